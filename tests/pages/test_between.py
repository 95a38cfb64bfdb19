"""Is it told why the council's total is another than it was, and does what is told add up?"""

import csv
import io
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.pages.words import pounds
from domain.account.progress import cap_progress
from ledger.council import Council
from tests.pages.conftest import signed_in_client
from tests.pages.office import Office, budget
from tests.pages.reading import read

JANUARY, FEBRUARY = date(2025, 1, 31), date(2025, 2, 28)
CLOSE_OF_JANUARY = datetime(2025, 1, 31, 23, 59, 59, 999_999, tzinfo=UTC)
PATH = "/accounts/between"


@pytest.fixture
def late(council: Council) -> UUID:
    """Mrs A, whose care is found in February to cost more since 5 January."""
    office = Office(council)
    account_id = office.mrs_a()
    office.record(account_id, budget("1100.00", date(2025, 1, 5)), datetime(2025, 2, 19, 9, tzinfo=UTC))
    return account_id


@pytest.fixture
def finance(site: Flask, council: Council) -> FlaskClient:
    return signed_in_client(site, council, "finance")


def test_what_was_learned_late_is_told_apart_from_the_days_and_all_of_it_adds_up(
    council: Council, finance: FlaskClient, late: UUID
) -> None:
    account, scheme = council.ledger.account(late), council.scheme
    then = account.as_known_at(CLOSE_OF_JANUARY)
    assert then is not None
    before = cap_progress(then, scheme, JANUARY).accrued_costs
    known, after = (cap_progress(account, scheme, day).accrued_costs for day in (JANUARY, FEBRUARY))
    assert known > before
    words = read(finance, f"{PATH}?from=31/1/2025&on=28/2/2025")
    parts = [pounds(each) for each in (before, known - before, after - known, after)]
    assert f"Counted then {parts[0]} Learned late of days up to 31 January 2025 {parts[1]}" in words
    assert f"The days since {parts[2]} Counted now {parts[3]}" in words
    assert " ".join(parts) in words  # the account's own row


def test_the_file_holds_the_same(finance: FlaskClient, late: UUID) -> None:
    sent = finance.get(f"{PATH}.csv?from=31/1/2025&on=28/2/2025").get_data().decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(sent)) if row["account_id"] == str(late)]
    (row,) = rows
    cents = {name: round(100 * float(row[name])) for name in ("before", "late", "days", "after")}
    assert cents["before"] + cents["late"] + cents["days"] == cents["after"]


def test_where_nothing_is_asked_it_is_the_end_of_the_month_before(finance: FlaskClient, late: UUID) -> None:
    assert "From 31 October 2026, as known on 31 October 2026" in read(finance, PATH)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=1/1/2027&on=31/12/2026", "This is after the other day"),
        ("from=31/2/2026", "There is no such day"),
        (
            "from=31/1/2026&from_known_at=1/3/2026&known_at=2/2/2026",
            "This is later than what the other day is known by",
        ),
    ],
)
def test_a_mistake_is_told_with_how_to_mend_it(finance: FlaskClient, query: str, said: str) -> None:
    assert said in read(finance, f"{PATH}?{query}", 422)
