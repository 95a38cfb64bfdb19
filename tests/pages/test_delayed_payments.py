"""Do the person and the office read what is owed for care that is paid for later, and does it add up?"""

import re
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.pages.delayed import delayed
from tests.api.caller import ApiCaller
from tests.conftest import NOON
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.everything import Everything
from tests.pages.reading import read


@pytest.fixture
def iris(site: Flask, everything: Everything) -> FlaskClient:
    """The browser of somebody who pays for care later."""
    return signed_in_client(site, everything.council, "citizen", everything.lent)


def owed(site: Flask, everything: Everything, reference: str) -> dict[str, str]:
    """What the API says is owed today under an agreement."""
    api = ApiCaller(site, everything.council.code, "finance")
    found: dict[str, str] = api.get(
        f"/v1/care-accounts/{everything.lent}/deferred-payments/{reference}/statement"
    ).get_json()
    return found


@pytest.mark.parametrize("reference", ["DPA-1", "DPA-2"])
def test_both_pages_say_what_the_api_says(
    reference: str, site: Flask, iris: FlaskClient, finance_of_everything: FlaskClient, everything: Everything
) -> None:
    amount = f"£{Decimal(owed(site, everything, reference)['owed']):,.2f}"
    assert f"You owe us {amount}." in read(iris, "/account/delayed-payments")
    assert f"Owed {amount}" in read(finance_of_everything, f"/accounts/{everything.lent}/delayed-payments")


def test_the_rows_of_a_page_add_up_to_what_is_owed(everything: Everything) -> None:
    account = everything.council.ledger.account(everything.lent)
    found = delayed(everything.council, account, NOON.date(), NOON)
    assert len(found) == 2
    for each in found:
        amounts = [row.amount for row in each.rows if row.amount is not None]
        assert each.statement.opening + sum(amounts) == each.statement.owed
        assert [row.on for row in each.rows] == sorted(row.on for row in each.rows)


def test_the_person_reads_each_sum_the_rate_and_the_most_the_law_lets_us_charge(iris: FlaskClient) -> None:
    words = read(iris, "/account/delayed-payments")
    assert "Our fee, to pay later From 8 January 2024. £90.00" in words
    assert "Care you pay for later From 29 January 2024. £2,776.00" in words
    assert "Extra you chose, to pay for later From 26 February 2024. £160.00" in words
    assert "What you paid back On 15 April 2024. -£500.00" in words
    assert "From 1 January 2024 to 30 June 2024. The rate is 4.65% a year. The law lets us charge up to 4.65%." in words
    assert "We have not worked this out. We do not know yet how much the law lets us charge." in words
    assert "You pay it on its own, so it is not part of this sum." in words
    assert "The agreement ended on 31 August 2024. What is owed is to be paid by 31 August 2024." in words


def test_the_formal_name_is_given_once(iris: FlaskClient) -> None:
    assert len(re.findall("deferred payment", read(iris, "/account/delayed-payments"), re.IGNORECASE)) == 1


def test_the_way_there_is_on_the_account_of_whoever_has_an_agreement(
    iris: FlaskClient, site: Flask, kept: Kept
) -> None:
    assert 'href="/account/delayed-payments"' in iris.get("/account").get_data(as_text=True)
    without = signed_in_client(site, kept.council, "citizen", kept.mr_b)
    assert 'href="/account/delayed-payments"' not in without.get("/account").get_data(as_text=True)
    assert "You have not asked us to let you pay for care later." in read(without, "/account/delayed-payments")


def test_the_office_reads_the_authority_of_each_rate_and_goes_to_each_entry(
    finance_of_everything: FlaskClient, everything: Everything
) -> None:
    path = f"/accounts/{everything.lent}"
    words = read(finance_of_everything, f"{path}/delayed-payments")
    assert "Deferred payment agreement DPA-1" in words
    assert "At most 4.65%: SI 2014/2671 reg 9 limits it; West Sussex, charges for deferred payments" in words
    assert "No interest was worked out for 1 July 2024 to 31 December 2024: the highest rate is not known." in words
    assert "These amounts are not from a text that was read: deferred payment equity reserve (recalled)" in words
    html = finance_of_everything.get(f"{path}/delayed-payments").get_data(as_text=True)
    for version in re.findall(r"#entry-(\d+)", html):
        assert f'id="entry-{version}"' in finance_of_everything.get(f"{path}/entries").get_data(as_text=True)
    assert f'href="{path}/delayed-payments"' in finance_of_everything.get(path).get_data(as_text=True)


def test_the_office_reads_what_was_known_then(finance_of_everything: FlaskClient, everything: Everything) -> None:
    path = f"/accounts/{everything.lent}/delayed-payments"
    then = read(finance_of_everything, f"{path}?on=2024-03-31&known_at=2025-03-07")
    now = read(finance_of_everything, f"{path}?on=2024-03-31")
    assert "29 January 2024: care" in then
    assert "26 February 2024: top-up" not in then
    assert "26 February 2024: top-up" in now


def test_an_account_without_an_agreement_says_so(finance: FlaskClient, kept: Kept) -> None:
    assert "No deferred payment agreement has been made." in read(finance, f"/accounts/{kept.mr_b}/delayed-payments")
