"""Does an export prove itself with nothing but Python, and is whatever is changed in it found and named?"""

import json
import random
import shutil
import subprocess
import sys
from ast import parse
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from domain.account.commands import (
    ApproveAdjustment,
    Correct,
    IssueStatement,
    ProposeAdjustment,
    RecordBreak,
)
from domain.account.facts import BudgetSet
from domain.account.statement import canonical
from ledger.council import Council
from ledger.evidence import verify
from ledger.evidence.checkpointing import Signing, origin_of
from ledger.evidence.copies import Copies
from ledger.evidence.export import NothingSigned, export
from ledger.evidence.note import PublicKey, Signer
from ledger.evidence.tree import leaf_hash
from ledger.outcomes import Caller
from tests.conftest import NOON
from tests.integration.posting import posted_run, self_funder, told
from tests.integration.recording import asking, budget, open_account

PROGRAM = Path(verify.__file__)
MOST_LINES = 500


class Exports:
    """A council with a few lives in it, signed twice, and its exports."""

    def __init__(self, council: Council, folder: Path) -> None:
        self.council, self.folder = council, folder
        signer = Signer.of_file(origin_of(council.code), folder / "key")
        self.key = signer.public()
        self.mrs_a, self.mr_b = self_funder(council), self_funder(council)
        signing = Signing(council, signer, Copies(folder / "copies"))
        live(council, self.mrs_a)
        signing.sign(NOON)
        posted_run(council, date(2024, 4, 28))
        told(council, self.mrs_a, IssueStatement(to=date(2025, 3, 31), kind="annual", known_at=NOON))
        signing.sign(NOON + timedelta(minutes=1))
        open_account(council)  # after the last checkpoint, and so left out

    def to(self, name: str, account_id: UUID | None = None) -> Path:
        export(self.council, self.key, self.folder / name, account_id, lambda *_: None)
        return self.folder / name


def live(council: Council, account_id: UUID) -> None:
    """A break, a late change of cost, a correction, an adjustment: whatever moves totals."""
    away = {"from": "2024-01-03", "ending_before": "2024-01-20", "reason": "hospital"}
    told(council, account_id, RecordBreak.model_validate(away))
    posted_run(council)
    told(council, account_id, budget(990, date(2023, 10, 9)))
    wrong = council.ledger.account(account_id).of(BudgetSet)[0][0]
    told(council, account_id, Correct(entry_id=str(wrong.id), reason_code="mistyped", replacement=budget(905)))
    told(council, account_id, ProposeAdjustment(on=date(2024, 2, 1), amount=Decimal("-12.34"), reason_code="ombudsman"))
    proposed = council.ledger.account(account_id).entries[-1]
    approval, by = ApproveAdjustment(adjustment=str(proposed.id), approver="bert"), Caller("bert", "finance_approver")
    council.ledger.handle(account_id, approval, by=by, now=NOON, request=asking())
    told(council, account_id, IssueStatement(to=date(2024, 3, 31), kind="annual", known_at=NOON))


@pytest.fixture(scope="module")
def exports(new_council: Callable[..., Council], tmp_path_factory: pytest.TempPathFactory) -> Exports:
    return Exports(new_council(), tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="module")
def whole(exports: Exports) -> Path:
    return exports.to("whole")


@pytest.fixture(scope="module")
def of_mrs_a(exports: Exports) -> Path:
    return exports.to("mrs-a", exports.mrs_a)


def wrong(folder: Path, key: PublicKey) -> list[str]:
    found = verify.Verification(folder, verify.key_of(str(key)))
    found.run()
    return found.wrong


def ran(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The verifier by itself, in a folder of its own, with none of our packages to be found."""
    program = [sys.executable, "-I", "verify.py", ".", *more]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_the_export_of_a_council_proves_itself(exports: Exports, whole: Path) -> None:
    said = ran(whole, "--key", str(exports.key))
    assert (said.returncode, said.stderr) == (0, ""), said
    assert said.stdout.startswith("PASS: ")
    assert "2 accounts, 6 totals" in said.stdout


def test_the_export_of_one_account_proves_itself_and_shows_no_other(exports: Exports, of_mrs_a: Path) -> None:
    said = ran(of_mrs_a, "--key", str(exports.key))
    assert (said.returncode, "1 accounts, 4 totals" in said.stdout) == (0, True), said
    assert str(exports.mr_b) not in (of_mrs_a / "entries.ndjson").read_text("utf-8")


def test_a_key_that_came_with_the_export_is_said_to_prove_less(whole: Path) -> None:
    assert "compare it with the one that the council publishes" in ran(whole).stdout


def test_another_councils_key_proves_nothing(exports: Exports, whole: Path, tmp_path: Path) -> None:
    other = Signer.of_file(exports.key.name, tmp_path / "key").public()
    said = ran(whole, "--key", str(other))
    assert (said.returncode, "no checkpoint in this export is signed by the key" in said.stdout) == (1, True)


def test_what_is_no_export_cannot_be_read(tmp_path: Path) -> None:
    shutil.copy(PROGRAM, tmp_path / "verify.py")
    assert ran(tmp_path).returncode == 2


def test_the_verifier_is_one_short_file_for_python_3_9_that_needs_nothing() -> None:
    text = PROGRAM.read_text("utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    tree = parse(text, feature_version=(3, 9))
    imported = {alias.name for node in tree.body for alias in getattr(node, "names", [])}
    assert imported
    modules = {getattr(node, "module", None) or node.names[0].name for node in tree.body if hasattr(node, "names")}
    assert {name.partition(".")[0] for name in modules} <= sys.stdlib_module_names


def lines(folder: Path) -> list[bytes]:
    return (folder / "entries.ndjson").read_bytes().splitlines(keepends=True)


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Path, list[bytes]], Path]:
    """An export with other entries."""

    def change(folder: Path, entries: list[bytes]) -> Path:
        shutil.copytree(folder, tmp_path / "changed", dirs_exist_ok=True)
        (tmp_path / "changed" / "entries.ndjson").write_bytes(b"".join(entries))
        return tmp_path / "changed"

    return change


Change = Callable[[Path, list[bytes]], Path]


def rehashed(line: bytes, before: bytes, after: bytes) -> bytes:
    """An entry changed by somebody who puts its own hash right too."""
    told = json.loads(line)
    entry = canonical(told["entry"])
    assert before in entry
    entry = entry.replace(before, after)
    return canonical({**told, "entry": json.loads(entry), "leaf": leaf_hash(entry).hex()}) + b"\n"


def test_a_penny_changed_in_an_entry_is_found_and_named(exports: Exports, whole: Path, changed: Change) -> None:
    entries = lines(whole)
    at = next(n for n, line in enumerate(entries) if b'"990.00"' in line)
    entries[at] = entries[at].replace(b'"990.00"', b'"990.01"')
    found = wrong(changed(whole, entries), exports.key)
    named = [each for each in found if "it was changed, its hash is another" in each]
    assert len(named) == 1
    assert f"entry {at}, position" in named[0]
    assert f"account {exports.mrs_a}, version" in named[0]


def test_a_penny_changed_with_its_hash_breaks_the_chain_the_root_and_the_figures(
    exports: Exports, whole: Path, of_mrs_a: Path, changed: Change
) -> None:
    for folder, root in ((whole, "does not come to the root"), (of_mrs_a, "not in the log that was signed")):
        entries = [rehashed(line, b'"905.00"', b'"905.07"') if b'"905.00"' in line else line for line in lines(folder)]
        found = wrong(changed(folder, entries), exports.key)
        for what in (root, "does not follow the entry before it", "accrued_costs is stated as"):
            assert any(what in each for each in found), (what, found)


@pytest.mark.parametrize("field", [b'"accrued_costs":"', b'"daily_living_costs_so_far":"'])
def test_a_figure_that_was_stated_wrongly_from_the_start_is_found(
    exports: Exports, of_mrs_a: Path, changed: Change, field: bytes
) -> None:
    """Whatever was signed: the total has to follow from the entries."""
    entries = lines(of_mrs_a)
    at = next(n for n, line in enumerate(entries) if b"statement-issued.1" in line)
    entries[at] = rehashed(entries[at], field, field + b"1")
    found = wrong(changed(of_mrs_a, entries), exports.key)
    assert any(f"{field.decode()[1:-3]} is stated as 1" in each for each in found), found


def test_a_line_that_reads_the_same_and_is_written_otherwise_is_refused(
    exports: Exports, whole: Path, of_mrs_a: Path, changed: Change
) -> None:
    for folder in (whole, of_mrs_a):
        entries = lines(folder)
        told = json.loads(entries[-1])
        shouted = canonical({**told, "leaf": told["leaf"].upper()})
        proved = canonical({**told, "proof": [each.upper() for each in told["proof"]] if told["proof"] else 0})
        for line in (shouted, proved, entries[-1].rstrip().replace(b":", b": ", 1), canonical({**told, "x": 1}), b"[]"):
            found = wrong(changed(folder, [*entries[:-1], line + b"\n"]), exports.key)
            assert any(f"line {len(entries)} of entries.ndjson cannot be read" in each for each in found), line


def test_an_entry_taken_out_or_put_in_or_moved_is_found(exports: Exports, whole: Path, changed: Change) -> None:
    entries = lines(whole)
    for at in range(0, len(entries), 4):
        assert wrong(changed(whole, entries[:at] + entries[at + 1 :]), exports.key), at
        assert wrong(changed(whole, [*entries[:at], entries[at], *entries[at:]]), exports.key), at
        assert not at or wrong(
            changed(whole, [*entries[: at - 1], entries[at], entries[at - 1], *entries[at + 1 :]]), exports.key
        )
    assert any("were signed, and" in each for each in wrong(changed(whole, entries[:-1]), exports.key))


def test_a_checkpoint_changed_is_found(exports: Exports, whole: Path, changed: Change) -> None:
    folder = changed(whole, lines(whole))
    notes = [json.loads(line) for line in (folder / "checkpoints.txt").read_text("utf-8").splitlines()]
    (folder / "checkpoints.txt").write_text(json.dumps(notes[0].replace("12:00", "12:01")) + "\n", "utf-8")
    assert any("checkpoint 1 is not signed" in each for each in wrong(folder, exports.key))


@pytest.mark.parametrize("name", ["whole", "of_mrs_a"])
def test_a_bit_flipped_anywhere_is_found(
    exports: Exports, name: str, changed: Change, request: pytest.FixtureRequest
) -> None:
    folder, chance = request.getfixturevalue(name), random.Random(1)
    text = b"".join(lines(folder))
    for _ in range(25):
        at = chance.randrange(len(text))
        flipped = text[:at] + bytes([text[at] ^ 1 << chance.randrange(8)]) + text[at + 1 :]
        assert wrong(changed(folder, [flipped]), exports.key), (at, text[at - 20 : at + 20])


def test_before_anything_is_signed_there_is_nothing_to_export(council: Council, tmp_path: Path) -> None:
    key = Signer.of_file(origin_of(council.code), tmp_path / "key").public()
    with pytest.raises(NothingSigned):
        export(council, key, tmp_path / "export", None, lambda *_: None)
    assert not (tmp_path / "export").exists()
