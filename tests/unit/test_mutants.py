"""Is what docs/mutants.md says complete, and is it about today's code?"""

import os
from pathlib import Path

from tests.mutation.digest import digest
from tests.mutation.report import PLACE, digest_in, report
from tests.mutation.tally import REASONS, Known, Reason, Tally, Tried, reasons

PROJECT = Path(__file__).parents[2]
KILLED = Tried("domain/law/cap.py", 12, "is_reached", "return a > b", "return a < b", "worked examples")
SURVIVOR = Tried("domain/law/cap.py", 12, "is_reached", "return a > b", "return a >= b", None)
REASON = Reason("the same", "They are never equal.")


def project(folder: Path, code: str) -> Path:
    module = folder / "domain" / "law" / "cap.py"
    module.parent.mkdir(parents=True, exist_ok=True)
    module.write_text(code)
    return folder


def test_the_digest_of_the_code_changes_with_what_it_does_and_not_with_what_is_said_beside_it(tmp_path: Path) -> None:
    before = digest(project(tmp_path, "def cap(day):\n    return day + 1\n"))
    told = digest(
        project(tmp_path, '"""When?"""\n\ndef cap(day):\n    """The cap."""\n    return (day\n  + 1)  # why\n')
    )
    other = digest(project(tmp_path, "def cap(day):\n    return day - 1\n"))
    assert told == before
    assert other != before


def test_a_survivor_needs_a_reason_and_enough_of_the_others_have_to_be_killed() -> None:
    known = {SURVIVOR.known_as: REASON}
    assert Tally([KILLED] * 19 + [SURVIVOR], known).is_good
    assert not Tally([KILLED] * 18 + [SURVIVOR], known).is_good
    assert not Tally([KILLED] * 19 + [SURVIVOR], {}).is_good
    assert not Tally([], {}).is_good


def test_a_reason_goes_with_the_line_when_it_moves_and_is_named_when_nothing_needs_it() -> None:
    known = {SURVIVOR.known_as: REASON}
    moved = Tally([SURVIVOR._replace(line=40)], known)
    assert (moved.unexplained, moved.no_longer) == ([], [])
    assert Tally([KILLED], known).no_longer == [
        Known("domain/law/cap.py", "is_reached", "return a > b", "return a >= b")
    ]


def test_the_page_names_each_survivor_with_its_place_and_its_reason() -> None:
    page = report(Tally([KILLED] * 19 + [SURVIVOR], {SURVIVOR.known_as: REASON}), "0" * 64)
    assert "domain/law/cap.py:12 in `is_reached`" in page
    assert "the same: They are never equal." in page
    assert "| **killed, in per cent** | **95.0** |" in page
    assert digest_in(page) == "0" * 64


def test_every_survivor_on_the_page_has_its_reason_and_every_reason_is_on_the_page() -> None:
    page, known = (PROJECT / PLACE).read_text("utf-8"), reasons(REASONS.read_text("utf-8"))
    assert "nobody has said why" not in page
    assert [
        each.now
        for each in known
        if f"  - `{each.was}`\n  - {f'`{each.now}`' if each.now else 'taken away'}" not in page
    ] == []


def test_the_page_names_the_code_it_was_made_with() -> None:
    """The header of every run says when that is no longer today's; the long one makes it anew."""
    made_of = digest_in((PROJECT / PLACE).read_text("utf-8"))
    assert made_of
    assert made_of == digest(PROJECT) or not os.environ.get("CARELEDGER_LONG")
