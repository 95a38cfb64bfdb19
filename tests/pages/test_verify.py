"""Does an auditor see whether everything is as it was recorded, have it gone through again, and learn what is not?"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from click import Context
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from api.cli import cli
from api.pages.words import instant
from api.verifying import Verifying, evidence_here
from api.wiring import Installation
from ledger.council import Council
from ledger.evidence.checkpointing import Signing, origin_of
from ledger.evidence.copies import Copies
from ledger.evidence.note import COSIGNATURE, Signer
from ledger.evidence.witnessing import Asked, keep_witnessed, witness
from tests.conftest import NOON
from tests.faults.served import until
from tests.integration.conftest import administering
from tests.pages.conftest import sign_in_path, signed_in_client
from tests.pages.office import Office
from tests.pages.reading import read, words_of
from tests.pages.seen import Seen, look_at
from tests.pages.test_policy import form_of

PATH = "/audit/verify"


@pytest.fixture(scope="module")
def office(new_council: Callable[..., Council]) -> Office:
    """A council of which nothing has been signed yet, until a test does."""
    found = Office(new_council())
    found.mrs_a()
    return found


@pytest.fixture
def auditor(site: Flask, office: Office) -> FlaskClient:
    return signed_in_client(site, office.council, "auditor", sub="ines")


@pytest.fixture(scope="module")
def signed(office: Office, home: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The log signed and witnessed, with its key and its copy where this machine keeps them; the public key."""
    code, folder = office.council.code, home / "evidence"
    signer = Signer.of_file(origin_of(code), tmp_path_factory.mktemp("key") / "key")
    neighbour = Signer.of_file("witness.example", tmp_path_factory.mktemp("witness") / "key")
    signing = Signing(office.council, signer, Copies(folder / f"{code}.checkpoints"))
    assert signing.sign(NOON)
    (folder / f"{code}.public").write_text(f"{signer.public()}\n", "ascii")
    (note,) = signing.copies.notes()
    seen = Copies(tmp_path_factory.mktemp("seen") / "seen")
    line = witness(Asked(0, (), note), signer.public(), seen, neighbour, NOON)
    keep_witnessed(office.council, line, neighbour.public(COSIGNATURE))
    return str(signer.public())


def verified(client: FlaskClient, council: Council) -> None:
    """Have everything gone through by the form, and see the end of it."""
    before = len(council.verifications.last(1000))
    answer = client.post(PATH, data=form_of(client.get(PATH).get_data(as_text=True), "Verify now"))
    assert (answer.status_code, answer.headers["Location"]) == (303, PATH), words_of(answer)
    newest = council.verifications.last(1000)
    assert len(newest) == before + 1
    until(lambda: council.verifications.last()[0].reached.ended, "it came to its end")


def test_before_anything_was_gone_through_nothing_is_said_to_be_whole(auditor: FlaskClient) -> None:
    words = read(auditor, PATH)
    for said in ("Not known", "Nothing has been signed yet.", "No witness has seen this log yet."):
        assert said in words
    assert "Not known" in read(auditor, "/audit")


def test_the_commands_that_it_names_are_commands_that_there_are(auditor: FlaskClient) -> None:
    said = re.findall(r"careledger ([a-z]+)((?: --[a-z]+| [A-Z]+\b)*)", words_of(auditor.get(PATH)))
    assert {name for name, _ in said} == {"checkpoint", "witness", "export"}
    for name, arguments in said:
        command = cli.get_command(Context(cli), name)
        assert command
        if arguments:
            assert command.make_context(name, arguments.split())


def test_what_is_whole_is_said_to_be_with_what_it_was_held_against(
    auditor: FlaskClient, office: Office, signed: str
) -> None:
    verified(auditor, office.council)
    words = read(auditor, PATH)
    assert "Whole Nothing recorded was changed" in words
    assert "Last finished on 22 November 2026" in words
    for said in ("The database", "The copy outside of the database", "witness.example", signed, "verify.py"):
        assert said in words
    assert "Whole Nothing recorded was changed" in read(auditor, "/audit")


def test_a_form_sent_twice_begins_once(auditor: FlaskClient, office: Office) -> None:
    form = form_of(auditor.get(PATH).get_data(as_text=True), "Verify now")
    before = len(office.council.verifications.last(1000))
    assert [auditor.post(PATH, data=form).status_code for _ in range(2)] == [303, 303]
    assert len(office.council.verifications.last(1000)) == before + 1
    until(lambda: office.council.verifications.last()[0].reached.ended, "it came to its end")


def test_how_far_it_is_can_be_seen_before_it_ends(auditor: FlaskClient, office: Office, home: Path) -> None:
    verifying = Verifying(office.council, evidence_here(home, office.council.code))
    begun = verifying.begin(by="ines", now=NOON)
    size = begun.size
    assert f"Under way, asked for by ines on {instant(NOON)}: 0 of {size} entries" in read(auditor, PATH)
    begun = verifying.step(begun, NOON)
    assert f": {size} of {size} entries, 0 accounts. Look again" in read(auditor, PATH)
    verifying.go_on(begun, lambda: NOON)
    assert "Under way" not in read(auditor, PATH)


@pytest.fixture
def changed(office: Office, installation: Installation) -> Iterator[UUID]:
    """An account of which a superuser changed who opened it; put right afterwards."""
    account_id = office.open("P-9", "Otto", "Orme")
    recorded_by = office.council.ledger.account(account_id).entries[0].recorded_by
    of = f"{office.council.names.schema}.events SET recorded_by = %s WHERE account_id = %s"
    with administering(installation) as statements:
        statements.execute(f"UPDATE {of}", ("mallory", str(account_id)))
    yield account_id
    with administering(installation) as statements:
        statements.execute(f"UPDATE {of}", (recorded_by, str(account_id)))


def test_what_does_not_hold_is_named_with_its_position_account_and_version(
    auditor: FlaskClient, office: Office, changed: UUID, signed: str, browser: Browser, site_address: str, site: Flask
) -> None:
    verified(auditor, office.council)
    words = read(auditor, PATH)
    assert f"version 1 of account {changed} is not what was recorded." in words
    assert f"{office.council.ledger.account(changed).opened.reference} 1" in words
    assert "Not whole" in read(auditor, "/audit")
    with closing(browser.new_context()) as visitor:
        opened = visitor.new_page()
        opened.goto(site_address + sign_in_path(site, office.council, "auditor"))
        assert look_at(opened, site_address + PATH) == Seen()


def test_only_an_auditor_has_it_done(site: Flask, office: Office) -> None:
    finance = signed_in_client(site, office.council, "finance")
    assert "Verify now" not in read(finance, PATH)
