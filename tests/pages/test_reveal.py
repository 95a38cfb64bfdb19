"""Does an auditor see a name only for a reason that the person reads, and only their own asking?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ledger.council import Council
from tests.conftest import NOON
from tests.pages.conftest import signed_in_client
from tests.pages.office import Office
from tests.pages.reading import read, words_of
from tests.pages.test_who_may import csrf_token


@pytest.fixture
def account(council: Council) -> UUID:
    return Office(council).mrs_a()


def ask(client: FlaskClient, account: UUID, reason: str) -> TestResponse:
    form = {"csrf_token": csrf_token(client), "reason": reason}
    return client.post(f"/audit/accounts/{account}/name", data=form)


def test_a_name_is_hidden_until_it_is_asked_for_with_a_reason(site: Flask, council: Council, account: UUID) -> None:
    auditor = signed_in_client(site, council, "auditor", sub="a.field")
    assert "Ask whose account this is" in read(auditor, f"/audit/accounts/{account}")
    assert "Ames" not in read(auditor, f"/audit/accounts/{account}/name")
    assert ask(auditor, account, "To compare the paper file.").status_code == 303
    words = read(auditor, f"/audit/accounts/{account}/name")
    assert "Name Ada Ames Shown to you until you sign out." in words
    assert "a.field To compare the paper file." in words
    assert "Whose account this is: shown to you until you sign out" in read(auditor, f"/audit/accounts/{account}")


def test_without_a_reason_nothing_is_shown(site: Flask, council: Council, account: UUID) -> None:
    auditor = signed_in_client(site, council, "auditor")
    answer = ask(auditor, account, "  ")
    assert answer.status_code == 422
    assert "Say why you need the name: the person is shown what you write" in words_of(answer)
    assert "Ames" not in words_of(answer)
    assert council.reveals.of(account) == []


def test_a_name_is_shown_to_who_asked_alone_and_for_one_account(site: Flask, council: Council, account: UUID) -> None:
    other = Office(council).mrs_a("P-1002")
    ask(signed_in_client(site, council, "auditor", sub="a.field"), account, "Sample 7.")
    colleague = signed_in_client(site, council, "auditor", sub="b.field")
    assert "Ames" not in read(colleague, f"/audit/accounts/{account}/name")
    assert "Ames" not in read(
        signed_in_client(site, council, "auditor", sub="a.field"), f"/audit/accounts/{other}/name"
    )


def test_a_name_is_hidden_again_from_who_signs_in_anew(
    site_at: Callable[[datetime], Flask], council: Council, account: UUID
) -> None:
    site = site_at(NOON)
    ask(signed_in_client(site, council, "auditor"), account, "Sample 7.")
    site.extensions["careledger"].settings.clock += timedelta(minutes=5)
    assert "Ames" not in read(signed_in_client(site, council, "auditor"), f"/audit/accounts/{account}/name")


def test_the_person_reads_that_their_name_was_asked_for_and_why(site: Flask, council: Council, account: UUID) -> None:
    ask(signed_in_client(site, council, "auditor"), account, "To compare the paper file.")
    ada = signed_in_client(site, council, "citizen", account)
    assert "An auditor To compare the paper file. your name" in read(ada, "/account/who-looked")


@pytest.mark.parametrize("role", ["auditor", "information_governance"])
def test_whoever_watches_over_looks_reads_why_a_name_was_asked_for(
    site: Flask, council: Council, account: UUID, role: str
) -> None:
    other, auditor = Office(council).mrs_a("P-1002"), signed_in_client(site, council, "auditor", sub="a.field")
    ask(auditor, account, "To compare the paper file.")
    ask(auditor, other, "Sample 7.")
    log = read(signed_in_client(site, council, role, sub="i.gov"), "/audit/access")
    for reason in ("Why: To compare the paper file.", "Why: Sample 7."):
        assert log.count(f"POST /audit/accounts/{{account_id}}/name {reason}") == 1


@pytest.mark.parametrize("role", ["finance", "information_governance", "policy"])
def test_nobody_else_asks_for_a_name_here(site: Flask, council: Council, account: UUID, role: str) -> None:
    assert signed_in_client(site, council, role).get(f"/audit/accounts/{account}/name").status_code == 403
