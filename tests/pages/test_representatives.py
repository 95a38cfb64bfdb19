"""Does a representative see what their authority covers, from its first day to its last, and is it kept in order?"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from domain.account.commands import Correct
from domain.account.facts import RepresentativeEnded, RepresentativeNamed
from ledger.council import Council
from ledger.store.access_log import Wanted
from tests.conftest import NOON
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.everything import Everything
from tests.pages.office import FINANCE, Office, died, helped_by, in_hospital
from tests.pages.reading import read, words_of

RECORDED = datetime(2025, 4, 1, 9, tzinfo=UTC)
MONEY = ("view_finance", "act")


def represented(office: Office, account: UUID, authority: str = "lpa_property", *may: str, **more: Any) -> UUID:
    """The entry that names Gina Green, the daughter."""
    words = {"name": "Gina Green", "sign_in": "gina"}
    return office.record(account, helped_by(authority, *(may or MONEY), **more), RECORDED, FINANCE, words)


def as_her(site: Flask, council: Council, account: UUID, entry: UUID) -> FlaskClient:
    return signed_in_client(site, council, "representative", account, "gina", authority=str(entry))


def test_a_power_of_attorney_to_31_march_shows_the_statement_on_30_march_and_nothing_on_1_april(
    site_at: Callable[[datetime], Flask], council: Council
) -> None:
    """On 1 April the daughter is told how to renew it, and her mother reads of both looks."""
    office = Office(council)
    account = office.mrs_a()
    statement = office.statement(account, date(2025, 12, 31), datetime(2026, 1, 5, 9, tzinfo=UTC))
    entry = represented(office, account, ending_before=date(2026, 4, 1))

    before = as_her(site_at(datetime(2026, 3, 30, 20, tzinfo=UTC)), council, account, entry)
    words = read(before, f"/account/statements/{statement}")
    assert "You are looking at Ada Ames's account as attorney for money" in words
    assert "Your care account statement" in words

    after = as_her(
        site_at(datetime(2026, 3, 31, 23, 30, tzinfo=UTC)), council, account, entry
    )  # past midnight in London
    words = read(after, f"/account/statements/{statement}", 403)
    assert "Your permission to see this account ended on 31 March 2026. To renew it, phone or write" in words
    assert "Show the paper that lets you act, such as a power of attorney" in words
    assert "Ames" not in words

    mother = signed_in_client(site_at(datetime(2026, 4, 2, 9, tzinfo=UTC)), council, "citizen", account)
    words = read(mother, "/account/who-looked")
    refused = "1 April 2026 at 12:30am Someone who helps you To help you Asked for your statements"
    assert f"{refused} We did not let them see it." in words
    assert "30 March 2026 at 9:00pm Someone who helps you To help you your statements" in words
    looks = council.access_log.read(Wanted(account_id=account, roles=("representative",)))
    assert [(each.look.who, each.look.authority, each.look.refused) for each in looks] == [
        ("gina", entry, True),
        ("gina", entry, False),
    ]


def test_with_the_death_of_the_person_nothing_more_is_shown_and_it_is_said_with_care(
    site: Flask, council: Council
) -> None:
    office = Office(council)
    account = office.mrs_a()
    daughter = as_her(site, council, account, represented(office, account))
    assert "Ada Ames" in read(daughter, "/account")
    report = office.record(account, died(date(2026, 11, 19)), datetime(2026, 11, 20, 9, tzinfo=UTC), FINANCE)
    words = read(daughter, "/account", 403)
    assert "ended on 19 November 2026, when the person died. We are sorry for your loss." in words
    assert "renew" not in words
    office.record(account, Correct(entry_id=str(report), reason_code="another-person"), NOON, FINANCE)
    assert "Ada Ames" in read(daughter, "/account")


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, 200),
        ({"effective_from": date(2026, 11, 22)}, 200),
        ({"effective_from": date(2026, 11, 23)}, 403),
        ({"ending_before": date(2026, 11, 23)}, 200),
        ({"ending_before": date(2026, 11, 22)}, 403),
    ],
    ids=str,
)
def test_an_authority_is_looked_up_at_each_request(
    site: Flask, council: Council, more: dict[str, Any], status: int
) -> None:
    """The clock stands on 22 November 2026."""
    office = Office(council)
    account = office.mrs_a()
    her = as_her(site, council, account, represented(office, account, **more))
    assert her.get("/account").status_code == status


def test_a_representative_sees_no_other_account_and_none_without_an_authority(site: Flask, council: Council) -> None:
    office = Office(council)
    account, other = office.mrs_a(), office.mrs_a("P-1002")
    entry = represented(office, account)
    assert as_her(site, council, other, entry).get("/account").status_code == 404
    needs_assessed = council.ledger.account(account).entries[1].id
    assert as_her(site, council, account, needs_assessed).get("/account").status_code == 404
    assert signed_in_client(site, council, "representative", account).get("/account").status_code == 404
    assert council.access_log.count(Wanted(account_id=other, unusual="refused")) == 1


def test_words_of_care_are_hidden_unless_the_authority_covers_them(site: Flask, council: Council) -> None:
    office = Office(council)
    account = office.mrs_a()
    office.statement(account, date(2025, 5, 31), datetime(2025, 6, 2, tzinfo=UTC))
    office.record(account, in_hospital(date(2025, 5, 1), date(2025, 5, 15)), datetime(2025, 6, 20, tzinfo=UTC))
    money = as_her(site, council, account, represented(office, account))
    both = as_her(site, council, account, represented(office, account, "deputy", "view_finance", "view_care"))
    assert "you were in hospital" in read(both, "/account")
    assert "you had no care" in read(money, "/account")
    assert "hospital" not in read(money, "/account")


def test_what_somebody_wrote_is_hidden_too(site: Flask, everything: Everything) -> None:
    (entry, _), *_ = everything.council.ledger.account(everything.moved).of(RepresentativeNamed)
    her = as_her(site, everything.council, everything.moved, entry.id)
    words = read(her, "/account")
    assert "Your questions to us" in words
    assert "I was in hospital." not in words


@pytest.mark.parametrize("permission", ["view_care", "act", "correspond"])
def test_figures_are_shown_with_the_permission_to_see_them_alone(
    site: Flask, council: Council, permission: str
) -> None:
    office = Office(council)
    account = office.mrs_a()
    her = as_her(site, council, account, represented(office, account, "informal", permission))
    assert her.get("/account").status_code == 403


def sent(client: FlaskClient, path: str, **fields: Any) -> TestResponse:
    """A form as a browser sends it: with what the page before it held."""
    html = client.get(path).get_data(as_text=True)
    held = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))
    return client.post(path, data=held | fields)


def test_a_person_adds_somebody_who_helps_them_and_removes_them(site: Flask, council: Council) -> None:
    account = Office(council).mrs_a()
    ada = signed_in_client(site, council, "citizen", account, "ada")
    assert "Nobody else can see your account." in read(ada, "/account/people")
    form = {
        "name": "Flo Field",
        "permissions": "view_finance",
        "last-day": "31",
        "last-month": "3",
        "last-year": "2027",
    }
    check = words_of(sent(ada, "/account/people/new", **form))
    assert "Check who helps you Name Flo Field What they can do See your figures and statements" in check
    assert not council.ledger.account(account).of(RepresentativeNamed)
    assert sent(ada, "/account/people/new", **form, do="record").status_code == 303
    words = read(ada, "/account/people")
    assert "Flo Field can now help you." in words
    assert "Flo Field Who they are Helps you What they can do See your figures and statements" in words
    assert "From 22 November 2026 Until 31 March 2027" in words
    ((entry, named),) = council.ledger.account(account).of(RepresentativeNamed)
    assert (named.authority, named.evidence, entry.recorded_by) == ("informal", "named-by-the-person", "ada")
    flo = as_her(site, council, account, entry.id)
    assert "Flo Field" not in read(flo, "/account/people")  # a name stands in the vault, beside words of care
    remove = f"/account/people/{entry.id}/remove"
    assert "From now on they cannot see your account." in read(ada, remove)
    assert sent(ada, remove).status_code == 303
    assert "Ended They can no longer see your account." in read(ada, "/account/people")
    assert flo.get("/account").status_code == 403
    assert len(council.ledger.account(account).of(RepresentativeEnded)) == 1


def test_a_form_that_is_sent_twice_adds_one_person(site: Flask, council: Council) -> None:
    account = Office(council).mrs_a()
    ada = signed_in_client(site, council, "citizen", account)
    html = ada.get("/account/people/new").get_data(as_text=True)
    held = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))
    given = {"name": "Flo Field", "permissions": ["view_finance", "correspond"], "address": "3 Mill Lane\r\nEX1 1AD"}
    assert "3 Mill Lane, EX1 1AD" in words_of(ada.post("/account/people/new", data=held | given))
    form = held | given | {"do": "record"}
    assert [ada.post("/account/people/new", data=form).status_code for _ in range(2)] == [303, 303]
    ((entry, _),) = council.ledger.account(account).of(RepresentativeNamed)
    words = council.people.texts(account, [entry.version])[entry.version]
    assert words == {"name": "Flo Field", "address": "3 Mill Lane\nEX1 1AD"}


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"permissions": "view_finance"}, "Enter the name"),
        ({"name": "Flo Field", "permissions": "correspond"}, "Enter the address for copies of letters"),
        ({"name": "Flo Field"}, "Choose at least one thing they may see or do"),
        ({"name": "Flo Field", "permissions": "view_care"}, "Choose at least one thing they may see or do"),
        (
            {"name": "Flo", "permissions": "view_finance", "last-day": "1", "last-month": "1", "last-year": "2020"},
            "Enter the first day or a later one",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mistake_is_told_with_how_to_mend_it_and_loses_nothing(
    site: Flask, kept: Kept, form: dict[str, str], said: str
) -> None:
    ada = signed_in_client(site, kept.council, "citizen", kept.mrs_a)
    answer = sent(ada, "/account/people/new", **form, contact="01632 960 111")
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert 'value="01632 960 111"' in answer.get_data(as_text=True)


def test_a_person_cannot_end_what_comes_from_a_paper(site: Flask, council: Council) -> None:
    office = Office(council)
    account = office.mrs_a()
    entry = represented(office, account)
    ada = signed_in_client(site, council, "citizen", account)
    assert "To end this, phone or write to us." in read(ada, "/account/people")
    assert sent(ada, f"/account/people/{entry}/remove").status_code == 403
    assert not council.ledger.account(account).of(RepresentativeEnded)


def test_a_representative_adds_nobody(site: Flask, council: Council) -> None:
    office = Office(council)
    account = office.mrs_a()
    her = as_her(site, council, account, represented(office, account, "deputy", *MONEY, "view_care", "correspond"))
    assert "Add someone who helps you" not in read(her, "/account/people")
    assert her.get("/account/people/new").status_code == 403


PAPER = {
    "name": "Gina Green",
    "contact": "01632 960 111",
    "address": "4 Weir Cottages\nEX4 6TD",
    "authority": "lpa_property",
    "permissions": ["view_finance", "view_care"],
    "from-day": "1",
    "from-month": "11",
    "from-year": "2026",
    "evidence": "scan:17",
}


@pytest.mark.parametrize("role", ["finance", "assessor"])
def test_an_officer_records_whom_a_paper_names_and_ends_it(site: Flask, council: Council, role: str) -> None:
    account = Office(council).mrs_a()
    officer = signed_in_client(site, council, role)
    path = f"/accounts/{account}/people"
    assert "Nobody has been named for this account." in read(officer, path)
    check = words_of(sent(officer, f"{path}/new", **PAPER))
    assert "Mental Capacity Act 2005 s 9" in check
    assert sent(officer, f"{path}/new", **PAPER, do="record").status_code == 303
    words = read(officer, path)
    assert (
        "Gina Green 01632 960 111 4 Weir Cottages, EX4 6TD Lasting power of attorney for property and affairs" in words
    )
    ((entry, _),) = council.ledger.account(account).of(RepresentativeNamed)
    assert as_her(site, council, account, entry.id).get("/account").status_code == 200
    assert sent(officer, f"{path}/{entry.id}/end", reason="revoked").status_code == 303
    assert "Ended" in read(officer, path)
    assert as_her(site, council, account, entry.id).get("/account").status_code == 403
    assert officer.get(f"{path}/{entry.id}/end").status_code == 404


def test_an_officer_is_told_what_is_missing_of_a_paper(finance: FlaskClient, kept: Kept) -> None:
    path = f"/accounts/{kept.mr_b}/people/new"
    answer = sent(finance, path, name="Gina Green", evidence="in the drawer")
    assert answer.status_code == 422
    for said in ("Choose by which authority", "Choose at least one thing", "Enter the first day"):
        assert said in words_of(answer)
    assert "Enter a code of letters, digits" in words_of(sent(finance, path, **PAPER | {"evidence": "in a drawer"}))
    assert 'value="Gina Green"' in sent(finance, path, **PAPER, do="change").get_data(as_text=True)


def test_who_may_not_name_anybody_is_offered_no_form(site: Flask, kept: Kept) -> None:
    approver = signed_in_client(site, kept.council, "finance_approver")
    assert "Record a representative" not in read(approver, f"/accounts/{kept.mr_b}/people")
