"""Does a person read what changed since any statement, who decided it and why, as rows that add up?"""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.pages.words import day_of
from domain.account.facts import FinancialAssessed, StatementIssued
from domain.account.progress import cap_progress
from ledger.council import Council
from tests.conftest import NOON
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.everything import Everything
from tests.pages.office import Office
from tests.pages.reading import read

AMOUNT = re.compile(r'table__cell--numeric">(-?)£([0-9,]+[.][0-9]{2})<')
WHO = ["hourly", "late", "moved", "dead", "assessed", "in_a_home"]


def amounts_in(html: str) -> list[Decimal]:
    """The amounts of the table of what counts, from the top."""
    table = html.partition('id="changes"')[2].partition("</table>")[0]
    return [Decimal(sign + number.replace(",", "")) for sign, number in AMOUNT.findall(table)]


@pytest.mark.parametrize("who", WHO)
def test_since_whichever_statement_the_rows_add_up_to_what_counts_today(
    site: Flask, everything: Everything, who: str
) -> None:
    account = everything.council.ledger.account(getattr(everything, who))
    client = signed_in_client(site, everything.council, "citizen", account.id)
    today = cap_progress(account, everything.council.scheme, NOON.date()).accrued_costs
    for entry, issued in account.of(StatementIssued):
        answer = client.get(f"/account/changes?since={entry.id}")
        assert answer.status_code == 200
        opening, *rows, closing = amounts_in(answer.get_data(as_text=True))
        assert opening == issued.figures.accrued_costs
        assert opening + sum(rows) == closing == today


def test_a_higher_payment_is_said_with_its_day_its_cause_and_who_decided(site: Flask, everything: Everything) -> None:
    client = signed_in_client(site, everything.council, "citizen", everything.assessed)
    words = read(client, "/account/changes")
    assert "£5.00 more a week from 6 April 2026 because: your state pension rose by £11.05" in words
    entry, _ = everything.council.ledger.account(everything.assessed).of(FinancialAssessed)[-1]
    assert f"Decided by our social care team on {day_of(entry.recorded_at)}." in words
    assert "£100.00" not in words.partition("What you pay")[2].partition("What counts")[0]  # it was another person's


def test_what_two_people_decided_is_dated_by_the_second_of_them(site: Flask, everything: Everything) -> None:
    account = everything.council.ledger.account(everything.moved)
    first = account.of(StatementIssued)[0][0]
    client = signed_in_client(site, everything.council, "citizen", everything.moved)
    words = read(client, f"/account/changes?since={first.id}")
    assert "we decided to take £25.00 off the total" in words
    assert "Decided by our finance team on 9 September 2025." in words
    assert "h.lindqvist" not in words


def test_what_we_wrote_about_between_two_statements_is_read_there(site: Flask, everything: Everything) -> None:
    client = signed_in_client(site, everything.council, "citizen", everything.hourly)
    words = read(client, "/account/changes")
    assert "What we wrote to you about We need to agree what your care should cost." in words
    assert "On 31 August 2024 we could not count the costs of your care." in words
    assert (
        "This has to be done first: A talk about what your care should cost. We wrote this letter on 2 September 2024."
        in words
    )


def test_the_last_statement_is_taken_where_none_is_chosen_and_one_that_is_none_is_mended(
    site: Flask, kept: Kept
) -> None:
    client = signed_in_client(site, kept.council, "citizen", kept.mr_b)
    assert "since your statement to 31 March 2026" in read(client, "/account/changes")
    assert "since your statement to 15 February 2026" in read(client, f"/account/changes?since={kept.first_b}")
    words = read(client, f"/account/changes?since={kept.statement_a}", 422)
    assert "Choose one of the statements in the list" in words


def test_before_a_statement_was_made_it_is_all_since_the_account_began(site: Flask, kept: Kept) -> None:
    client = signed_in_client(site, kept.council, "citizen", kept.mr_d)
    assert "So this is all since your account began." in read(client, "/account/changes")


def test_where_no_cap_is_in_force_nothing_is_said_to_count(site: Flask, new_council: Callable[[str], Council]) -> None:
    national = new_council("national")
    client = signed_in_client(site, national, "citizen", Office(national).mrs_a())
    words = read(client, "/account/changes")
    assert "There is no cap in force. So nothing counts towards one." in words
    assert "Nothing changed in what you pay." in words


def test_the_way_there_stands_on_the_account_s_page(mrs_a: FlaskClient) -> None:
    html = mrs_a.get("/account").get_data(as_text=True)
    for path in ("/account/changes", "/account/if-things-change", "/account/moving"):
        assert f'href="{path}"' in html
