"""Does an auditor take a file that proves itself, of exactly what was asked for, and is it written down?"""

import hashlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.letters.issuing import issue
from api.wiring import Installation
from domain.account.commands import IssueStatement
from domain.account.facts import StatementIssued
from ledger.council import Council
from ledger.evidence.checkpointing import Signing, origin_of
from ledger.evidence.copies import Copies
from ledger.evidence.note import Signer
from ledger.receipts import Request
from ledger.store.access_log import Wanted
from tests.conftest import NOON
from tests.letters.reading import said_on
from tests.letters.test_paper import faults_of
from tests.pages.conftest import signed_in_client
from tests.pages.everything import at
from tests.pages.office import FINANCE, Office, budget
from tests.pages.reading import read, words_of
from tests.pages.test_who_may import csrf_token


class Audited(NamedTuple):
    """A council with two accounts, one of them with a statement, all of it signed; what is recorded since is not."""

    council: Council
    mrs_a: UUID
    mr_b: UUID
    key: str

    def reference(self, account: UUID) -> str:
        return self.council.ledger.account(account).opened.reference


@pytest.fixture(scope="module")
def audited(new_council: Callable[..., Council], installation: Installation) -> Audited:
    council = new_council()
    office, folder = Office(council), installation.settings.home / "evidence"
    folder.mkdir(exist_ok=True)
    signer = Signer.of_file(origin_of(council.code), folder / f"{council.code}.key")
    mrs_a, mr_b = office.mrs_a(), office.mrs_a("P-1002", ("Bert", "Brown"))
    command, request = IssueStatement(to=date(2024, 3, 31), kind="annual", known_at=at(2024, 4, 2)), uuid4().hex
    asked = Request(FINANCE.sub, request, hashlib.sha256(b"told by a test").digest())
    issue(council, mrs_a, command, by=FINANCE, now=at(2024, 4, 2), request=asked)
    Signing(council, signer, Copies(folder / f"{council.code}.checkpoints")).sign(NOON)
    office.record(mr_b, budget("999.00", date(2026, 11, 1)), NOON)
    return Audited(council, mrs_a, mr_b, str(signer.public()))


@pytest.fixture
def auditor(site: Flask, audited: Audited) -> FlaskClient:
    return signed_in_client(site, audited.council, "auditor", sub="v.okoro")


def taken(client: FlaskClient, audited: Audited, **more: str | list[str]) -> ZipFile:
    """What comes of the form as the page before sends it."""
    both = f"{audited.reference(audited.mrs_a)}\n{audited.reference(audited.mr_b)}"
    asked = {"references": both, "contents": ["figures", "statements"], **more}
    checked = client.get(f"/audit/bundle/check?{urlencode(asked, doseq=True)}").get_data(as_text=True)
    key, known_at = (re.findall(rf'name="{name}" value="([^"]+)"', checked)[0] for name in ("key", "known_at"))
    form = {**asked, "key": key, "known_at": known_at, "csrf_token": csrf_token(client)}
    answer = client.post("/audit/bundle", data=form)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    return ZipFile(io.BytesIO(answer.data))


def verified(bundle: ZipFile, folder: Path, key: str) -> tuple[int, str]:
    """What verify.py says of it, with nothing but Python."""
    bundle.extractall(folder)
    program = [sys.executable, "-I", "verify.py", ".", "--key", key]
    ran = subprocess.run(program, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    return ran.returncode, ran.stdout


def test_what_is_taken_proves_itself_without_us(auditor: FlaskClient, audited: Audited, tmp_path: Path) -> None:
    bundle = taken(auditor, audited)
    assert {"entries.ndjson", "checkpoints.txt", "public-key.txt", "verify.py", "figures.json", "manifest.txt"} < set(
        bundle.namelist()
    )
    status, said = verified(bundle, tmp_path, audited.key)
    assert (status, said.startswith("PASS: "), "2 accounts" in said) == (0, True, True), said


@pytest.mark.parametrize("name", ["figures.json", "entries.ndjson"])
def test_a_penny_changed_in_it_is_found(auditor: FlaskClient, audited: Audited, tmp_path: Path, name: str) -> None:
    bundle = taken(auditor, audited)
    bundle.extractall(tmp_path)
    changed = (tmp_path / name).read_bytes().replace(b"950.00", b"950.01", 1)
    assert changed != bundle.read(name)
    (tmp_path / name).write_bytes(changed)
    program = [sys.executable, "-I", "verify.py", ".", "--key", audited.key]
    ran = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, "FAIL" in ran.stdout) == (1, True), ran


def test_before_it_is_taken_all_that_will_be_in_it_is_shown(auditor: FlaskClient, audited: Audited) -> None:
    asked = urlencode({"references": audited.reference(audited.mrs_a), "contents": "figures"})
    said = read(auditor, f"/audit/bundle/check?{asked}")
    assert f"{audited.reference(audited.mrs_a)} 4 1" in said
    assert "Also in it The figures of each account and how they were worked out" in said
    assert "The list of its files Signed with the key of the log" in said


def test_figures_are_those_of_the_pages_at_the_moment(auditor: FlaskClient, audited: Audited) -> None:
    then = {"known_at-day": "1", "known_at-month": "4", "known_at-year": "2024"}
    mrs_a, _ = json.loads(taken(auditor, audited, **then).read("figures.json"))
    assert (mrs_a["version"], mrs_a["on"], mrs_a["figures"]["accrued_costs"]) == (3, "2024-04-01", "19607.14")
    page = read(auditor, f"/audit/accounts/{audited.mrs_a}?version=3&on=2024-04-01")
    assert "£19,607.14 counted" in page
    assert mrs_a["explanation"]["amount"] == "19607.14"


def test_entries_are_those_of_the_accounts_known_then_and_signed(auditor: FlaskClient, audited: Audited) -> None:
    def versions(bundle: ZipFile) -> list[int]:
        entries = [json.loads(line)["entry"] for line in bundle.read("entries.ndjson").splitlines()]
        return sorted(each["version"] for each in entries if "stream" not in each)

    assert versions(taken(auditor, audited)) == [1, 1, 2, 2, 3, 3, 4]  # what was recorded since is not signed yet
    then = {"known_at-day": "1", "known_at-month": "4", "known_at-year": "2024"}
    assert versions(taken(auditor, audited, **then)) == [1, 1, 2, 2, 3, 3]
    one = taken(auditor, audited, references=audited.reference(audited.mr_b))
    assert versions(one) == [1, 2, 3]


def test_a_statement_in_it_is_byte_for_byte_the_paper_that_was_kept(auditor: FlaskClient, audited: Audited) -> None:
    bundle = taken(auditor, audited)
    (name,) = (each for each in bundle.namelist() if each.startswith("statements/"))
    assert name == f"statements/{audited.reference(audited.mrs_a)}-2024-03-31-entry-4.pdf"
    _, issued = audited.council.ledger.account(audited.mrs_a).of(StatementIssued)[0]
    assert issued.paper
    assert hashlib.sha256(bundle.read(name)).hexdigest() == issued.paper.prints[0].sha256
    assert faults_of(bundle.read(name)) == []


def test_only_what_was_asked_for_is_in_it_and_no_name_ever(auditor: FlaskClient, audited: Audited) -> None:
    assert {"figures.json", "statements"} & {
        name.partition("/")[0] for name in taken(auditor, audited, contents=[]).namelist()
    } == set()
    bundle = taken(auditor, audited)
    for name in bundle.namelist():
        content = bundle.read(name)
        words = said_on(content) if name.endswith(".pdf") else content.decode()
        assert ("Ames" in words, "Brown" in words) == (False, False), name


def test_that_it_was_taken_is_written_down_for_each_account(
    site: Flask, auditor: FlaskClient, audited: Audited
) -> None:
    taken(auditor, audited)
    for account in (audited.mrs_a, audited.mr_b):
        look = audited.council.access_log.read(Wanted(account_id=account, limit=1))[0].look
        assert (look.who, look.opened, look.how) == ("v.okoro", "POST /audit/bundle", "export")
        person = signed_in_client(site, audited.council, "citizen", account)
        assert "a file to check our work by, with your account in it" in read(person, "/account/who-looked")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"references": ""}, "Enter a reference on each line, such as CA-7K3M-92QX"),
        ({"references": "CA-0000-0000"}, "CA-0000-0000"),
        ({"known_at-day": "1", "known_at-month": "1", "known_at-year": "2020"}, "by then: enter a later day"),
        ({"known_at-day": "1", "known_at-month": "1", "known_at-year": "2030"}, "Nobody knows yet what will be known"),
    ],
)
def test_what_cannot_be_taken_is_told_where_it_was_asked(
    auditor: FlaskClient, audited: Audited, asked: dict[str, str], sentence: str
) -> None:
    given = {"references": audited.reference(audited.mrs_a), **asked}
    answer = auditor.get(f"/audit/bundle/check?{urlencode(given)}")
    assert (answer.status_code, sentence in words_of(answer)) == (422, True), words_of(answer)


def test_before_anything_is_signed_there_is_nothing_to_prove(site: Flask, council: Council) -> None:
    account = Office(council).mrs_a()
    reference = council.ledger.account(account).opened.reference
    answer = signed_in_client(site, council, "auditor").get(f"/audit/bundle/check?references={reference}")
    assert (answer.status_code, "Nothing has been signed yet" in words_of(answer)) == (422, True)


def test_where_the_key_is_kept_elsewhere_the_list_is_not_signed_and_the_page_says_so(
    site: Flask, council: Council, tmp_path: Path
) -> None:
    signer = Signer.of_file(origin_of(council.code), tmp_path / "key")
    elsewhere = Audited(council, Office(council).mrs_a(), Office(council).mrs_a("P-2"), str(signer.public()))
    Signing(council, signer, Copies(tmp_path / "copies")).sign(NOON)
    auditor = signed_in_client(site, council, "auditor")
    asked = urlencode({"references": elsewhere.reference(elsewhere.mrs_a)})
    assert "Not signed This machine does not keep the key." in read(auditor, f"/audit/bundle/check?{asked}")
    bundle = taken(auditor, elsewhere)
    assert {"manifest.txt", "public-key.txt"} & set(bundle.namelist()) == set()
    assert verified(bundle, tmp_path / "bundle", elsewhere.key)[0] == 0


@pytest.mark.parametrize("role", ["finance", "finance_approver", "information_governance"])
def test_nobody_but_an_auditor_takes_it(site: Flask, audited: Audited, role: str) -> None:
    assert signed_in_client(site, audited.council, role).get("/audit/bundle").status_code == 403
