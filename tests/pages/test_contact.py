"""Does somebody choose how they are reached, and do their letters then come in the print they can read?"""

from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.delivery.sending import delivery_of
from api.wiring import Installation
from domain.account.contact import contact_choice
from ledger.council import Council
from ledger.store.letter_rows import Letters
from tests.api.caller import ApiCaller
from tests.integration.posting import self_funder
from tests.integration.stating import stated, written_to
from tests.letters.reading import placed
from tests.pages.conftest import signed_in_client
from tests.pages.office import FINANCE, Office, helped_by
from tests.pages.reading import read, words_of
from tests.pages.test_letter_codes import letters_to
from tests.pages.test_reassessments import hidden

CONTACT = "/account/contact"
LARGE: dict[str, object] = {"print_size": "18", "channel": "phone", "formats": ["audio", "bsl"], "language": "cy"}


@pytest.fixture
def own(council: Council) -> UUID:
    return written_to(council, given_name="Ada", family_name="Ames")


@pytest.fixture
def ada(site: Flask, council: Council, own: UUID) -> FlaskClient:
    return signed_in_client(site, council, "citizen", own, sub="ada")


@pytest.fixture
def statement(site: Flask, council: Council, own: UUID) -> str:
    """A statement that was made for the person; its id."""
    caller = ApiCaller(site, council.code, "finance")
    asked = {"to": "2024-10-31", "kind": "annual"}
    made = caller.post(f"/v1/care-accounts/{own}/statements", asked)
    return str(made.get_json()["statement_id"])


def sent(client: FlaskClient, more: dict[str, object]) -> dict[str, object]:
    return hidden(client.get(CONTACT).get_data(as_text=True)) | more


def test_what_is_chosen_is_checked_and_then_counts(ada: FlaskClient, council: Council, own: UUID) -> None:
    assert "Your letters go to 1 High Street, Example Town, EX1 1AB." in read(ada, CONTACT)
    form = sent(ada, LARGE)
    words = words_of(ada.post(CONTACT, data=form))
    assert "Size of print Large print How we get in touch Phone" in words
    assert "Anything else A recording to listen to, British Sign Language Language Welsh" in words
    assert contact_choice(council.ledger.account(own)).print_size == 14
    for _ in range(2):
        assert ada.post(CONTACT, data=form | {"do": "record"}).headers["Location"] == CONTACT
    chosen = contact_choice(council.ledger.account(own))
    assert (chosen.channel, chosen.print_size, chosen.formats, chosen.language) == ("phone", 18, ("audio", "bsl"), "cy")
    assert council.ledger.account(own).version == 4  # sent twice, taken down once
    assert "We will contact you in this way." in read(ada, CONTACT)


def test_the_form_can_be_gone_back_to_with_what_was_chosen(ada: FlaskClient) -> None:
    html = ada.post(CONTACT, data=sent(ada, LARGE) | {"do": "change"}).get_data(as_text=True)
    assert all(f'value="{value}" checked' in html for value in ("18", "phone", "audio", "bsl", "cy"))


def test_staff_take_a_choice_down_for_somebody_who_phones(site: Flask, council: Council, own: UUID) -> None:
    staff, path = signed_in_client(site, council, "assessor"), f"/accounts/{own}/contact"
    assert f'href="{path}"' in staff.get(f"/accounts/{own}").get_data(as_text=True)
    page = staff.get(path)
    assert "Letters go to 1 High Street, Example Town, EX1 1AB." in words_of(page)
    form = hidden(page.get_data(as_text=True)) | LARGE
    checked = words_of(staff.post(path, data=form))
    assert "Size of print Large print How to reach them Phone" in checked
    assert contact_choice(council.ledger.account(own)).print_size == 14
    changed = staff.post(path, data=form | {"do": "change"}).get_data(as_text=True)
    assert all(f'value="{value}" checked' in changed for value in ("18", "phone", "audio", "bsl", "cy"))
    for _ in range(2):
        assert staff.post(path, data=form | {"do": "record"}).headers["Location"] == path
    assert "It was recorded how the person wants to be contacted." in read(staff, path)
    chosen = contact_choice(council.ledger.account(own))
    assert (chosen.channel, chosen.print_size, chosen.formats, chosen.language) == ("phone", 18, ("audio", "bsl"), "cy")
    assert council.ledger.account(own).version == 4  # sent twice, taken down once


def test_a_program_says_and_reads_it(site: Flask, council: Council, own: UUID) -> None:
    caller, path = ApiCaller(site, council.code, "finance"), f"/v1/care-accounts/{own}/contact-preferences"
    assert caller.get(path).get_json()["print_size"] == 14
    assert (
        caller.post(path, {"channel": "letter", "print_size": 22, "formats": [], "language": "so"}).status_code == 201
    )
    found = caller.get(path).get_json()
    assert (found["channel"], found["print_size"], found["language"]) == ("letter", 22, "so")


@pytest.mark.parametrize(("permissions", "status"), [(("view_finance",), 403), (("view_finance", "act"), 200)])
def test_who_may_act_for_somebody_may_choose_for_them(
    site: Flask, council: Council, own: UUID, permissions: tuple[str, ...], status: int
) -> None:
    named = helped_by("lpa_property", *permissions)
    entry = Office(council).record(own, named, council.ledger.account(own).entries[-1].recorded_at, FINANCE)
    gina = signed_in_client(site, council, "representative", own, sub="gina", authority=entry)
    assert gina.get(CONTACT).status_code == status
    assert ('href="/account/contact"' in gina.get("/account").get_data(as_text=True)) is (status == 200)


def test_a_statement_is_asked_for_by_post_once_and_comes_in_large_print(
    ada: FlaskClient, council: Council, own: UUID, statement: str, installation: Installation
) -> None:
    ada.post(CONTACT, data=sent(ada, LARGE) | {"do": "record"})
    path = f"/account/statements/{statement}/post"
    assert f'href="{path}"' in ada.get("/account/statements").get_data(as_text=True)
    page = ada.get(path)
    assert "It goes to 1 High Street, Example Town, EX1 1AB Size of print Large print" in words_of(page)
    for _ in range(2):
        assert ada.post(path, data=hidden(page.get_data(as_text=True))).headers["Location"] == "/account/statements"
    assert "We will send it to you by post." in read(ada, "/account/statements")
    (letter_id,) = letters_to(council, own)
    assert Letters(council.app, council.names).one(letter_id).letter.asked_by == "ada"
    delivery_of(installation, council, installation.settings.now).work()
    (file,) = installation.settings.home.glob(f"letters/*/{council.code}/{letter_id}.pdf")
    sizes = {round(each.points) for each in placed(file.read_bytes()) if each.top > 100}
    assert min(sizes) == 18
    assert "The person also needs: A recording to listen to, British Sign Language." in read(
        signed_in_client(ada.application, council, "finance"), f"/letters/{letter_id}"
    )


def test_a_statement_of_somebody_else_is_not_sent(ada: FlaskClient, council: Council, own: UUID) -> None:
    path = f"/account/statements/{uuid4()}/post"
    assert ada.get(path).status_code == 404
    assert stated(council, own) == []


def test_whose_address_nobody_knows_is_told_to_say_it(site: Flask, council: Council) -> None:
    client = signed_in_client(site, council, "citizen", self_funder(council))
    assert "We do not have your address. To change your address, phone or write to us." in read(client, CONTACT)
