"""Are people told once what has come about, each by a fact and the letter that goes out with it, or by neither?"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from api.delivery.documents import paper_of
from api.wiring import Installation
from domain import schemes
from domain.account.facts import NoticeGiven
from domain.schedule import Rhythm
from ledger.council import Council
from ledger.due_runs import DueRuns
from ledger.letters import Told, first_letter
from ledger.notice_run import Standing
from ledger.notice_runs import NoticeRuns
from ledger.store.letter_rows import Letters
from tests.conftest import NOON
from tests.integration.recording import ALICE, open_account, rows
from tests.integration.stating import AT_HOME, written_to
from tests.letters.reading import said_on, squeezed

NEAR = date(2024, 6, 30)
"""A day on which a self-funder since 2 October 2023 is within 18 months of the cap."""


@pytest.fixture
def people(council: Council) -> tuple[UUID, UUID]:
    """Somebody near a cap that is law in force, and somebody whose needs nobody has assessed."""
    text = schemes.text_of("reform-2023").replace('in_force: "false"', 'in_force: "true"')
    council.scheme_changes.keep(schemes.read("in-force", text), text, by="b.ode", now=NOON)
    council.scheme_changes.adopt("in-force", by="b.ode", now=NOON)
    lacking = open_account(council, contact=AT_HOME, postcode="EX1 1AB", given_name="Ben", family_name="Bell")
    return written_to(council, given_name="Ada", family_name="Ames"), lacking.account.id


@pytest.fixture
def notices(home: Path, council: Council, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command, given to this session's installation for a council of this test's own."""
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", "2026-11-22T12:00:00Z")
    return lambda *more: CliRunner().invoke(cli, ["notices", "--council", council.code, *more])


def told(council: Council, account_id: UUID) -> list[str]:
    return [notice.kind for _, notice in council.ledger.account(account_id).of(NoticeGiven)]


def ran(council: Council, through: date = NEAR) -> Standing:
    runs = NoticeRuns(council)
    run = runs.begin(through, by=ALICE, now=NOON)
    runs.work(run, lambda: NOON)
    return runs.rows.standing(run.run_id)


def letters_of(council: Council) -> list[tuple[str, ...]]:
    return rows(council, "SELECT what, state, asked_by FROM {schema}.letters")


def test_a_run_tells_each_person_once_and_a_letter_goes_out_with_each_fact(
    council: Council, people: tuple[UUID, UUID], notices: Callable[..., Result], installation: Installation
) -> None:
    near, lacking = people
    dry = notices("--to", "2024-06-30", "--dry-run")
    assert (dry.exit_code, dry.stdout.splitlines()[0]) == (
        0, "What notices to 2024-06-30 would come to. Nobody was told anything."
    )  # fmt: skip
    assert dry.stdout.splitlines()[3].split() == ["would", "be", "told", "2"]
    assert told(council, near) == []
    assert letters_of(council) == []
    said = notices("--to", "2024-06-30")
    assert (said.exit_code, said.stdout.splitlines()) == (
        0,
        [
            "Notices to 2024-06-30.",
            "",
            "  accounts                                 2",
            "    told                                   2",
            "    nothing to tell                        0",
            "    not worked out                         0",
            "  notices                                  2",
        ],
    )
    assert (told(council, near), told(council, lacking)) == (["within_18_months"], ["something_missing"])
    assert letters_of(council) == [("notice", "waiting", "operator")] * 2
    assert notices("--to", "2024-06-30").stdout.splitlines()[3].split() == ["told", "0"]
    assert len(letters_of(council)) == 2
    found = Letters(council.app, council.names).one(first_letter(Told(near, "notice", 4))).letter
    paper = said_on(paper_of(installation, council, found).pdf)
    assert "AdaAmes" in paper
    assert squeezed("If nothing changes, you may reach the cap on care costs on: 12 December 2025") in paper


def test_a_schedule_tells_them_each_month(council: Council, people: tuple[UUID, UUID]) -> None:
    council.schedule_changes.decide("notices", Rhythm("month", date(2024, 5, 1)), by="ann", now=NOON)
    moment = NOON.replace(year=2024, month=7, day=1)
    assert list(DueRuns(council).do(lambda: moment)) == [
        "notice run 1 to 2024-05-31: 2 accounts, 1 notices to 1, 0 not worked out",
        "notice run 2 to 2024-06-30: 2 accounts, 1 notices to 1, 0 not worked out",
    ]
    assert list(DueRuns(council).do(lambda: moment + timedelta(hours=1))) == []


def test_where_the_letter_cannot_be_put_in_nobody_was_told_and_the_others_are(
    council: Council, people: tuple[UUID, UUID]
) -> None:
    near, lacking = people
    about = Told(near, "notice", 4)
    Letters(council.app, council.names).ask(first_letter(about), about, by="planted", now=NOON)
    assert ran(council).counts == {"not_worked_out": 1, "told": 1, "notices": 1}
    assert (told(council, near), told(council, lacking)) == ([], ["something_missing"])


def test_a_day_to_come_is_refused_in_a_sentence(notices: Callable[..., Result]) -> None:
    for more in ((), ("--dry-run",)):
        refused = notices("--to", "2026-11-23", *more)
        assert refused.exit_code == 2
        assert "Notices are given of days that have come. Give today or an earlier day." in refused.stderr
