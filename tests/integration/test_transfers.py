"""Does an account move from one council to another to the penny, and is one that was changed refused by its entry?"""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from domain.account.commands import IssueStatement
from domain.account.facts import OpeningCarriedIn, OpeningEvidenced
from domain.account.progress import cap_progress
from domain.account.statement import canonical
from ledger.bundle.manifest import MANIFEST, Manifest, digest_of
from ledger.council import Council
from ledger.evidence.checkpointing import origin_of
from ledger.evidence.note import Signer
from ledger.evidence.tree import leaf_hash
from ledger.transfers.acknowledging import Acknowledgement
from ledger.vault.people import Search
from tests.conftest import NOON
from tests.integration.posting import posted_run, self_funder, told
from tests.integration.recording import rows, set_budget

LAST_DAY = date(2024, 3, 31)
"""The specification's example: 26 weeks at 750.00 from 2 October 2023."""
AFTER_26_WEEKS = Decimal("19500.00")


def asked(*words: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, words)], env={"CARELEDGER_CLOCK": NOON.isoformat()})


@dataclass
class Moving:
    """Mrs A, offered by one council to another."""

    first: Council
    second: Council
    mrs_a: UUID
    folder: Path
    keys: dict[str, str]

    def offer(self, name: str) -> Path:
        to = self.folder / name
        said = asked(
            "transfer", "offer", "--council", self.first.code, "--account", self.mrs_a,
            "--to-council", self.second.code, "--on", LAST_DAY, "--to", to,
        )  # fmt: skip
        assert (said.exit_code, "19500.00" in said.output) == (0, True), said.output
        return to

    def accept(self, bundle: Path, key: str = "", local_id: str = "P-A", council: str = "") -> Result:
        return asked(
            "transfer", "accept", "--council", council or self.second.code, "--from", bundle,
            "--key", key or self.keys[self.first.code], "--local-id", local_id, "--acknowledge", self.acknowledged,
        )  # fmt: skip

    def end(self, bundle: Path, note: Path | None = None) -> Result:
        return asked(
            "transfer", "end", "--council", self.first.code, "--offered", bundle,
            "--acknowledged", note or self.acknowledged, "--key", self.keys[self.second.code],
        )  # fmt: skip

    @property
    def acknowledged(self) -> Path:
        return self.folder / "acknowledged.txt"


@pytest.fixture(scope="module")
def moving(
    home: Path, new_council: Callable[..., Council], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Moving]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARELEDGER_HOME", str(home))
        first, second = new_council(), new_council()
        mrs_a = self_funder(first)
        self_funder(first)  # somebody else, who stays
        posted_run(first)
        told(first, mrs_a, IssueStatement(to=date(2024, 2, 29), kind="on_request", known_at=NOON))
        keys = {}
        for council in (first, second):
            assert asked("checkpoint", "--council", council.code).exit_code == 0
            keys[council.code] = asked("checkpoint", "--council", council.code, "--public-key").stdout.strip()
        yield Moving(first, second, mrs_a, tmp_path_factory.mktemp("moving"), keys)


@pytest.fixture(scope="module")
def offered(moving: Moving) -> Path:
    return moving.offer("offer.zip")


def changed(bundle: Path, to: Path, name: str, before: bytes, after: bytes, signer: Signer | None = None) -> Path:
    """A bundle with other bytes in one of its files: signed for anew where somebody had the key."""
    with zipfile.ZipFile(bundle) as was, zipfile.ZipFile(to, "w") as into:
        found = {each: was.read(each) for each in was.namelist()}
        assert before in found[name]
        found[name] = found[name].replace(before, after)
        if signer:
            found = signed_for(found, signer)
        for each, text in found.items():
            into.writestr(each, text)
    return to


def signed_for(files: dict[str, bytes], signer: Signer) -> dict[str, bytes]:
    manifest = Manifest.read(files[MANIFEST].decode(), signer.public())
    digests = {name: digest_of(text.decode()) for name, text in files.items() if name != MANIFEST}
    return {**files, MANIFEST: manifest._replace(files=digests).signed(signer).encode()}


def of_home(home: Path, council: Council) -> Signer:
    return Signer.of_file(origin_of(council.code), home / "evidence" / f"{council.code}.key")


def nothing_arrived(moving: Moving) -> bool:
    return rows(moving.second, "SELECT count(*) FROM {schema}.events") == [(0,)]


def test_a_penny_changed_in_the_bundle_is_refused_naming_the_entry(moving: Moving, offered: Path, home: Path) -> None:
    """Even where somebody signs for it anew, who has the key: the log's root was signed before."""
    other = moving.folder / "penny.zip"
    for signer in (None, of_home(home, moving.first)):
        changed(offered, other, "entries.ndjson", b'"weekly_cost":"950.00"', b'"weekly_cost":"950.01"', signer)
        said = moving.accept(other)
        assert said.exit_code == 1
        assert f"account {moving.mrs_a}, version 3: it was changed, its hash is another." in said.output
    assert nothing_arrived(moving)


def test_a_penny_changed_with_its_hash_is_refused_naming_the_entry_and_the_totals(
    moving: Moving, offered: Path, home: Path
) -> None:
    with zipfile.ZipFile(offered) as was:
        line = next(each for each in was.read("entries.ndjson").splitlines() if b'"weekly_cost":"950.00"' in each)
    found = json.loads(line)
    entry = canonical(found["entry"]).replace(b'"950.00"', b'"950.01"')
    forged = canonical({**found, "entry": json.loads(entry), "leaf": leaf_hash(entry).hex()})
    other = changed(offered, moving.folder / "forged.zip", "entries.ndjson", line, forged, of_home(home, moving.first))
    said = moving.accept(other)
    assert (said.exit_code, "version 3: it is not in the log that was signed" in said.output) == (1, True)
    assert "accrued_costs is stated as" in said.output
    assert nothing_arrived(moving)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (b'"accrued_costs":"19500.00"', b'"accrued_costs":"19500.01"', "offered as 19500.01, and come to 19500.00"),
        (b'"metered":"750.00"', b'"metered":"750.10"', "weekly costs that count on 2024-03-31 are offered as 750.10"),
        (b'"daily_living_costs":"5200.00"', b'"daily_living_costs":"5200.01"', "and come to 5200.00"),
    ],
)
def test_an_offer_that_its_entries_do_not_come_to_is_refused(
    moving: Moving, offered: Path, home: Path, before: bytes, after: bytes, why: str
) -> None:
    other = changed(offered, moving.folder / "other.zip", "offer.json", before, after, of_home(home, moving.first))
    said = moving.accept(other)
    assert (said.exit_code, why in said.output) == (1, True), said.output
    assert nothing_arrived(moving)


def test_what_is_no_offer_to_this_council_is_refused(moving: Moving, offered: Path, tmp_path: Path) -> None:
    whole = asked("export", "--council", moving.first.code, "--to", tmp_path / "whole.zip")
    assert whole.exit_code == 0, whole.output
    for said, why in (
        (moving.accept(offered, key=moving.keys[moving.second.code]), "is not signed by the key"),
        (moving.accept(offered, council=moving.first.code), f"offered to {moving.second.code}"),
        (moving.accept(tmp_path / "whole.zip"), "holds no account that is offered"),
    ):
        assert (said.exit_code, why in said.output) == (1, True), said.output
    assert nothing_arrived(moving)


def test_mrs_a_moves_to_the_penny_and_her_first_account_ends(moving: Moving, offered: Path) -> None:
    for _ in range(2):  # repeated, it is the same account
        said = moving.accept(offered)
        assert (said.exit_code, "Verified: 19500.00" in said.output) == (0, True), said.output
    (account_id,) = moving.second.people.find(Search(local_id="P-A"))
    account = moving.second.ledger.account(account_id)
    ((entry, opening),) = account.of(OpeningCarriedIn)
    assert (opening.on, opening.accrued_costs, opening.daily_living_costs) == (
        date(2024, 4, 1), AFTER_26_WEEKS, Decimal("5200.00"),
    )  # fmt: skip
    assert (opening.provenance.council, opening.provenance.kind) == (moving.first.code, "transfer")
    ((_, evidenced),) = account.of(OpeningEvidenced)
    assert evidenced.opening == str(entry.id)
    assert moving.second.received_accounts.bundles(account_id) == [offered.read_bytes()]
    for day in (date(2024, 4, 1), date(2025, 12, 11), date(2025, 12, 12)):  # the rate goes on, and the cap is reached
        here, there = (
            cap_progress(council.ledger.account(of), council.scheme, day)
            for council, of in ((moving.second, account_id), (moving.first, moving.mrs_a))
        )
        assert (here.accrued_costs, here.daily_living_costs) == (there.accrued_costs, there.daily_living_costs), day
        assert here.cap_reached_on == there.cap_reached_on
    for _ in range(2):
        ended = moving.end(offered)
        assert ended.exit_code == 0, ended.output
    closed = moving.first.ledger.account(moving.mrs_a).closed
    assert closed
    assert (closed.on, closed.reason) == (LAST_DAY, "moved")
    assert cap_progress(
        moving.first.ledger.account(moving.mrs_a), moving.first.scheme, date(2026, 1, 1)
    ).accrued_costs == (AFTER_26_WEEKS)


def test_a_person_who_has_an_account_here_gets_no_second(moving: Moving, offered: Path) -> None:
    again = moving.offer("again.zip")
    said = moving.accept(again)
    assert (said.exit_code, "Nothing was carried in" in said.output) == (1, True), said.output


def test_an_account_is_not_ended_by_what_does_not_fit_the_offer(
    moving: Moving, offered: Path, home: Path, tmp_path: Path
) -> None:
    signer, digest = of_home(home, moving.second), "0" * 64
    with zipfile.ZipFile(offered) as bundle:
        right = digest_of(bundle.read(MANIFEST).decode())
    for note, why in (
        (Acknowledgement(signer.name, digest, "CA-X", AFTER_26_WEEKS).signed(signer), "acknowledges another bundle"),
        (Acknowledgement(signer.name, right, "CA-X", Decimal("1.00")).signed(signer), "took over 1.00"),
        (Acknowledgement(signer.name, right, "CA-X", AFTER_26_WEEKS).signed(of_home(home, moving.first)), "not signed"),
        ("any text\n\nat all", "not signed"),
    ):
        (tmp_path / "note").write_text(note, "utf-8")
        said = moving.end(offered, tmp_path / "note")
        assert (said.exit_code, why in said.output) == (1, True), said.output


def test_what_became_known_since_the_offer_is_put_right_before_the_end(
    moving: Moving, home: Path, tmp_path: Path
) -> None:
    mr_b = Moving(moving.first, moving.second, self_funder(moving.first), tmp_path, moving.keys)
    bundle = mr_b.offer("mr-b.zip")
    assert mr_b.accept(bundle, local_id="P-B").exit_code == 0
    set_budget(moving.first, mr_b.mrs_a, 960)
    said = mr_b.end(bundle)
    assert (said.exit_code, "What became known since makes it 19760.00" in said.output) == (1, True), said.output
