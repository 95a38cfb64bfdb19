"""Is a council that was lost had again from its bundles alone, and does nothing come in that was changed?"""

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pyrage
import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Browser

from api.app import create_app
from api.cli import cli
from api.wiring import Installation
from domain.account.commands import IssueStatement
from domain.account.statement import canonical
from ledger.bundle.manifest import digest_of
from ledger.bundle.places import CannotOpen, opened
from ledger.bundle.restoring import NotWhole, Restoring
from ledger.bundle.tables import ENDED, IN_THE_LOG, MADE_AGAIN, WITH_THEIR_ENTRY
from ledger.council import Council
from ledger.evidence import verify
from ledger.evidence.note import PublicKey
from ledger.store.evidence_log import EvidenceLog
from tests.api.caller import ApiCaller
from tests.conftest import NOON
from tests.integration.conftest import administering
from tests.integration.posting import needs, posted_run, self_funder, told
from tests.integration.recording import budget, open_account, rows, set_budget
from tests.pages.conftest import signed_in_client
from tests.pages.pictures import keep_picture
from tests.pages.reading import read
from tests.pages.seen import faults_of, misfits

ADA = "=Ada"
"""A name that a spreadsheet would run as a formula."""
IDENTITY = pyrage.x25519.Identity.generate()
FORMS = ("json", "pdf")
ANOTHER = pyrage.x25519.Identity.generate()


def asked(*words: str, now: datetime = NOON) -> Result:
    return CliRunner().invoke(cli, [*words], env={"CARELEDGER_CLOCK": now.isoformat()})


@dataclass
class Drill:
    """A council, its bundles, what it answered before it was lost, and what it answers now."""

    council: Council
    folder: Path
    accounts: list[UUID]
    before: dict[str, Any]
    after: dict[str, Any]
    counted: dict[str, list[Any]]
    pages_before: dict[tuple[str, str], str]
    pages_after: dict[tuple[str, str], str]

    @property
    def bundles(self) -> list[Path]:
        return [self.folder / "first.age", self.folder / "second.age"]


def said_of(installation: Installation, council: Council, accounts: list[UUID]) -> dict[str, Any]:
    """What the API answers of a council, every byte of each statement among it."""
    finance = ApiCaller(create_app(installation), council.code, "finance")
    paths = ["/v1/cap-progress?on=2026-11-22", "/v1/posting-runs", "/v1/schemes"]
    for account_id in accounts:
        of = f"/v1/care-accounts/{account_id}"
        paths += [of, f"{of}/history", f"{of}/cap-progress?on=2026-11-22", f"{of}/ledger?from=2023-10-02&to=2026-11-22"]
        for statement in finance.get(f"{of}/statements").get_json()["items"]:
            paths += [f"{of}/statements/{statement['statement_id']}?format={form}" for form in FORMS]
    return {path: (answer.status_code, answer.data) for path in paths for answer in [finance.get(path)]}


def pages_of(installation: Installation, council: Council, accounts: list[UUID]) -> dict[tuple[str, str], str]:
    """What the pages say of it to everybody who may read them."""
    site, said = create_app(installation), dict[tuple[str, str], str]()

    def look(role: str, *paths: str, own: UUID | None = None) -> None:
        browser = signed_in_client(site, council, role, own)
        said.update({(f"{role} {own or ''}", path): read(browser, path) for path in paths})

    look("finance", "/accounts")
    for account in accounts:
        of, audited = f"/accounts/{account}", f"/audit/accounts/{account}"
        look("finance", of, f"{of}/costs", f"{of}/entries", f"{of}/statements")
        look("auditor", audited, f"{audited}/statements", f"{audited}/dossier")
        look("citizen", "/account", "/account/statements", "/account/explanation", own=account)
    return said


def count_of(council: Council) -> dict[str, list[Any]]:
    """The heads of the log, and every instant, number and hash in it."""
    log = (
        "SELECT account_id, version, position, recorded_at, encode(leaf, 'hex') FROM {schema}.events ORDER BY position"
    )
    return {
        "log": rows(council, log),
        "changes": rows(council, "SELECT number, stream, change, position, leaf::text FROM {schema}.policy_entries"),
        "head": rows(council, "SELECT * FROM {schema}.head"),
        "signed": rows(council, "SELECT * FROM {schema}.checkpoints"),
        "nodes": rows(council, "SELECT level, place, hash::text FROM {schema}.tree_nodes"),
        "receipts": rows(council, "SELECT key, digest::text, last_version FROM {schema}.receipts ORDER BY 1"),
    }


def lose(installation: Installation, council: Council) -> None:
    """Drop everything of a council: its tables, its people, its roles, and what was signed of it."""
    council.close()
    installation.forget(council.code)
    (installation.settings.home / "evidence" / f"{council.code}.checkpoints").unlink(missing_ok=True)
    names = council.names
    with administering(installation) as statements:
        for schema in (names.schema, names.vault):
            statements.execute(f"DROP SCHEMA {schema} CASCADE")
        for role in (names.app, names.projector, names.verifier, names.keeper, names.owner):
            statements.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


@pytest.fixture(scope="module")
def at_home(home: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARELEDGER_HOME", str(home))
        yield


@pytest.fixture(scope="module")
def drill(
    at_home: None,
    installation: Installation,
    new_council: Callable[..., Council],
    tmp_path_factory: pytest.TempPathFactory,
) -> Drill:
    council, folder = new_council(), tmp_path_factory.mktemp("bundles")
    code, to = council.code, str(IDENTITY.to_public())
    mrs_a = open_account(council, local_id="P-A", given_name=ADA, family_name="Ames").account.id
    for command in (needs(), budget()):
        told(council, mrs_a, command)
    posted_run(council)
    told(council, mrs_a, IssueStatement(to=date(2024, 3, 31), kind="annual", known_at=NOON))
    assert asked("checkpoint", "--council", code).exit_code == 0
    wrote = asked("export", "--council", code, "--to", str(folder / "first.age"), "--recipient", to)
    assert wrote.exit_code == 0, wrote.output
    mr_b = self_funder(council)
    set_budget(council, mrs_a, 990, texts={"provider": "Rose Court"})
    posted_run(council, date(2024, 4, 28))
    told(council, mrs_a, IssueStatement(to=date(2025, 3, 31), kind="annual", known_at=NOON))
    wrote = asked(
        "export", "--council", code, "--to", str(folder / "second.age"), "--recipient", to,
        "--since", str(folder / "first.age"),
    )  # fmt: skip
    assert wrote.exit_code == 0, wrote.output
    plain = asked("export", "--council", code, "--to", str(folder / "plain"))
    assert plain.exit_code == 0, plain.output
    (folder / "identity").write_text(f"# whose it is\n{IDENTITY}\n", "utf-8")
    of = (installation, council, [mrs_a, mr_b])
    found = Drill(council, folder, [mrs_a, mr_b], said_of(*of), {}, count_of(council), pages_of(*of), {})
    lose(installation, council)
    again = restored(found)
    assert again.exit_code == 0, again.output
    found.after, found.pages_after = said_of(*of), pages_of(*of)
    return found


def restored(drill: Drill, *bundles: Path, identity: str = "identity") -> Result:
    named = [word for each in bundles or drill.bundles for word in ("--from", str(each))]
    return asked("restore", *named, "--identity", str(drill.folder / identity))


def test_every_answer_and_every_byte_of_a_statement_is_as_before(drill: Drill) -> None:
    assert all(status == 200 for status, _ in drill.before.values()), drill.before
    assert drill.after == drill.before


def test_every_page_says_what_it_said_before(drill: Drill) -> None:
    assert drill.pages_after == drill.pages_before
    assert any("£" in said for said in drill.pages_before.values())


def test_the_log_is_the_same_to_the_last_hash_and_instant(drill: Drill) -> None:
    now = count_of(drill.council)
    for name, found in drill.counted.items():
        assert now[name] == found, name
    assert len(now["log"]) > 10


def test_what_is_recorded_next_goes_on_from_it(drill: Drill, installation: Installation) -> None:
    """Positions, numbers and the signed log; what is signed has to follow from what was."""
    council = installation.council(drill.council.code)
    last = count_of(council)["head"][0][1]
    account_id = open_account(council).account.id
    assert council.ledger.recorder.receipted(account_id, 1).position == last + 1  # type: ignore[union-attr]
    council.scheme_changes.adopt("national", by="pat", now=NOON)
    said = asked("checkpoint", "--council", council.code, "--thorough")
    assert (said.exit_code, "Signed" in said.output) == (0, True), said.output


def test_a_database_that_has_the_council_is_left_as_it_is(drill: Drill) -> None:
    before = count_of(drill.council)
    said = restored(drill)
    assert (said.exit_code, "keeps the council already" in said.output) == (1, True), said.output
    assert count_of(drill.council) == before


def test_every_table_is_kept_made_again_or_ended(drill: Drill, installation: Installation) -> None:
    names = drill.council.names
    with administering(installation) as statements:
        statements.execute("SELECT tablename FROM pg_tables WHERE schemaname IN %s", ((names.schema, names.vault),))
        there = {name for (name,) in statements.fetchall()}
    with opened(drill.bundles[0], [str(IDENTITY)]) as bundle:
        kept = {
            each.name.removesuffix(".ndjson") for folder in ("tables", "people") for each in (bundle / folder).iterdir()
        }
    assert not kept & (MADE_AGAIN | ENDED | IN_THE_LOG)
    assert kept | MADE_AGAIN | ENDED | IN_THE_LOG == there
    assert WITH_THEIR_ENTRY.keys() <= kept


def test_a_bundle_that_goes_on_from_another_holds_only_what_came_after(drill: Drill) -> None:
    with opened(drill.bundles[0], [str(IDENTITY)]) as first, opened(drill.bundles[1], [str(IDENTITY)]) as second:
        of_first, of_second = ((each / "entries.ndjson").read_bytes().splitlines() for each in (first, second))
        assert json.loads(of_second[0])["index"] == json.loads(of_first[-1])["index"] + 1
        assert len((second / "people" / "texts.ndjson").read_bytes().splitlines()) == 1
        assert not (second / "tables" / "scheme_changes.ndjson").exists()


@pytest.fixture
def decrypted(drill: Drill, tmp_path: Path) -> list[Path]:
    """The bundles as whoever holds the key unpacks them."""
    found = [tmp_path / "first.zip", tmp_path / "second.zip"]
    for encrypted, clear in zip(drill.bundles, found, strict=True):
        clear.write_bytes(pyrage.decrypt(encrypted.read_bytes(), [IDENTITY]))
    return found


def ran(*words: str | Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-I", verify.__file__, *map(str, words)]
    return subprocess.run(program, capture_output=True, text=True, timeout=120, check=False)


def test_a_chain_of_bundles_proves_itself_and_a_part_of_it_does_not(decrypted: list[Path]) -> None:
    whole = ran(*decrypted)
    assert (whole.returncode, whole.stdout.startswith("The key came with"), "PASS" in whole.stdout) == (0, True, True)
    alone = ran(decrypted[1])
    assert (alone.returncode, "Name all, in order" in alone.stdout) == (1, True)
    assert ran(*reversed(decrypted)).returncode == 1


def wrong(folder: Path, key: str) -> list[str]:
    """What verify.py says of a bundle's files; the figures are looked at elsewhere."""
    found = verify.Verification(folder, verify.key_of(key))
    found.manifest("-", folder)
    return found.wrong


def test_every_file_that_is_changed_or_gone_is_named(drill: Drill, tmp_path: Path) -> None:
    folder, key = tmp_path / "changed", (drill.folder / "plain" / "public-key.txt").read_text("utf-8")
    shutil.copytree(drill.folder / "plain", folder)
    assert wrong(folder, key) == []
    files = [each for each in folder.rglob("*") if each.is_file() and each.name != "manifest.txt"]
    for path in files:
        path.write_bytes(path.read_bytes()[:-9] + b"~" + path.read_bytes()[-8:])
    changed = wrong(folder, key)
    assert len(changed) == len(files)
    assert all(any(f": {each.relative_to(folder)} is not" in said for said in changed) for each in files)
    for path in files:
        path.unlink()
    assert wrong(folder, key) == changed
    (folder / "manifest.txt").write_text((folder / "manifest.txt").read_text("utf-8").replace("first 0", "first 1"))
    assert "is not signed by the key" in wrong(folder, key)[0]


def test_nothing_is_let_in_from_a_bundle_that_was_changed(
    drill: Drill, decrypted: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody but the council can sign for a word that was changed, though no hash of the log covers it."""
    monkeypatch.setattr("ledger.bundle.restoring.is_there", lambda *_: False)  # as on an empty machine
    no_entry = canonical({"entry": [], "index": 0, "leaf": "0" * 64, "position": 0, "proof": None})
    for file, before, after, why in (
        ("people/texts.ndjson", b"Rose Court", b"Rise Court", "people/texts.ndjson is not the file that was signed"),
        ("entries.ndjson", b"\n", b"\n" + no_entry + b"\n", "this is no entry"),
    ):
        other = tmp_path / f"{len(after)}.zip"
        with zipfile.ZipFile(decrypted[1]) as was, zipfile.ZipFile(other, "w") as to:
            for name in was.namelist():
                to.writestr(name, was.read(name).replace(before, after) if name == file else was.read(name))
        said = restored(drill, decrypted[0], other)
        assert (said.exit_code, why in said.output) == (1, True), said.output


def test_a_bundle_of_a_newer_version_is_refused_by_what_it_holds(
    drill: Drill, installation: Installation, decrypted: list[Path]
) -> None:
    """Else a table that this version does not know would be lost without a word."""
    lose(installation, drill.council)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ledger.bundle.tables.ENDED", ENDED | {"receipts"})
        with pytest.raises(NotWhole, match=r"tables/receipts.ndjson, which this version does not know"):
            restored_at_once(installation, decrypted)
    assert drill.council.code not in installation.codes()
    restored_at_once(installation, decrypted)


def test_only_all_of_a_chain_in_order_is_let_in(
    drill: Drill, decrypted: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.bundle.restoring.is_there", lambda *_: False)
    for some in ([decrypted[1]], decrypted[::-1], [decrypted[0], decrypted[0]]):
        said = restored(drill, *some)
        assert (said.exit_code, "Name all, in order" in said.output) == (1, True), said.output


def test_a_bundle_without_people_is_no_council(drill: Drill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.bundle.restoring.is_there", lambda *_: False)
    said = restored(drill, drill.folder / "plain")
    assert (said.exit_code, "holds no people" in said.output) == (1, True)


def test_what_was_interrupted_has_left_nothing_and_is_given_again(
    drill: Drill, installation: Installation, decrypted: list[Path]
) -> None:
    lose(installation, drill.council)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EvidenceLog, "keep_nodes", interrupted)  # the last step of all
        with pytest.raises(KeyboardInterrupt):
            restored_at_once(installation, decrypted)
    assert drill.council.code not in installation.codes()
    restored_at_once(installation, decrypted)
    assert count_of(installation.council(drill.council.code)) == drill.counted


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def restored_at_once(installation: Installation, bundles: list[Path]) -> None:
    with ExitStack() as ends:
        found = [ends.enter_context(opened(each)) for each in bundles]
        key = PublicKey.read((found[0] / "public-key.txt").read_text("utf-8"))
        admin = ends.enter_context(installation.administering())
        Restoring(admin, installation.secret, found, key).restore(lambda *_: None)


def test_nobody_but_the_recipient_opens_it(drill: Drill) -> None:
    for encrypted in drill.bundles:
        assert b"Ames" not in encrypted.read_bytes()
        with pytest.raises(CannotOpen, match="not for whoever would open it"), opened(encrypted, [str(ANOTHER)]):
            pass
    (drill.folder / "another").write_text(str(ANOTHER), "utf-8")
    said = restored(drill, identity="another")
    assert (said.exit_code, "--identity" in said.output) == (1, True)


def test_without_a_recipient_no_name_is_written(drill: Drill) -> None:
    files = [each for each in (drill.folder / "plain").rglob("*") if each.is_file()]
    assert len(files) > 20
    for each in files:
        assert not any(word in each.read_bytes() for word in (b"Ames", b"P-A", b"Rose Court")), each


def test_a_spreadsheet_reads_the_table_and_runs_none_of_it(decrypted: list[Path]) -> None:
    with opened(decrypted[1]) as bundle:
        text = (bundle / "accounts.csv").read_text("utf-8-sig")
    found = {row["name"]: row for row in csv.DictReader(text.splitlines())}
    assert found["'=Ada Ames"]["accrued_costs"] == "86000.00"
    assert len(found) == 2


def test_the_manifest_is_as_sha256sum_reads_it(drill: Drill) -> None:
    folder = drill.folder / "plain"
    lines = [line.split("  ") for line in (folder / "manifest.txt").read_text("utf-8").splitlines() if "  " in line]
    assert {name: digest for digest, name in lines} == {
        str(each.relative_to(folder)): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in folder.rglob("*")
        if each.is_file() and each.name != "manifest.txt"
    }


def test_one_account_is_exported_with_its_figures_and_no_other(drill: Drill, tmp_path: Path) -> None:
    mrs_a, mr_b = drill.accounts
    said = asked(
        "export", "--council", drill.council.code, "--account", str(mrs_a), "--to", str(tmp_path / "mrs-a.zip")
    )
    assert said.exit_code == 0, said.output
    assert ran(tmp_path / "mrs-a.zip").returncode == 0
    with opened(tmp_path / "mrs-a.zip") as bundle:
        names = {each.name for each in bundle.iterdir()}
        assert {"accounts.html", "accounts.csv", "entries.ndjson", "statements.ndjson", "verify.py"} <= names
        assert str(mr_b) not in "".join(each.read_text("utf-8") for each in bundle.iterdir())


def test_each_day_has_its_bundle_and_each_month_begins_with_a_whole_one(drill: Drill, tmp_path: Path) -> None:
    words = ["export", "--daily", "--council", drill.council.code, "--to", str(tmp_path)]
    words += ["--recipient", str(IDENTITY.to_public())]
    for days in (7, 8, 8, 9):  # from 29 November to 1 December, one of them twice
        said = asked(*words, now=NOON + timedelta(days=days))
        assert said.exit_code == 0, said.output
    assert "is there already. Nothing was written" in asked(*words, now=NOON + timedelta(days=9)).output
    made = [tmp_path / f"{drill.council.code}-2026-{day}.age" for day in ("11-29", "11-30", "12-01")]
    assert sorted(tmp_path.glob("*.age")) == made
    notes = [(tmp_path / f"{each.name}.manifest").read_text("utf-8") for each in made]
    size = notes[0].splitlines()[1]
    assert [note.splitlines()[4:6] for note in notes] == [
        ["first 0", "after -"],
        [f"first {size}", f"after {digest_of(notes[0])}"],
        ["first 0", "after -"],
    ]


def test_an_export_that_cannot_be_is_refused_with_what_to_do(drill: Drill, tmp_path: Path) -> None:
    of = ("export", "--council", drill.council.code)
    there = str(drill.folder / "plain")
    for words, why in (
        (("--to", there), "name a new one"),
        (("--to", str(tmp_path / "x"), "--recipient", "age1nobody"), "age-keygen"),
        (("--to", str(tmp_path / "x"), "--since", there, "--account", "any"), "is exported whole"),
        (("--to", str(tmp_path / "x"), "--daily"), "is for a --recipient"),
        (("--to", str(tmp_path / "x"), "--since", str(drill.bundles[0])), "holds people's names where"),
        (("--to", str(tmp_path / "x"), "--key", str(tmp_path / "none")), "first give: careledger checkpoint"),
    ):
        said = asked(*of, *words)
        assert (said.exit_code != 0, why in said.output) == (True, True), said.output
        assert not (tmp_path / "x").exists()


def test_the_page_is_for_everybody_and_asks_for_nothing(
    browser: Browser, decrypted: list[Path], tmp_path: Path
) -> None:
    with opened(decrypted[1]) as bundle:
        (tmp_path / "accounts.html").write_text((bundle / "accounts.html").read_text("utf-8"), "utf-8")
    text = (tmp_path / "accounts.html").read_text("utf-8")
    assert "is not in force in England" in text
    assert "=Ada Ames" in text
    assert "£86,000.00" in text
    assert not re.search(r"<script|<link|src=|https?:", text)
    page = browser.new_page()
    page.goto(f"file://{tmp_path}/accounts.html")
    assert misfits(page, 1280) == []
    keep_picture(page, 1280)
    assert faults_of(page, 320) == []
    keep_picture(page, 320)
    page.close()
