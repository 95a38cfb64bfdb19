"""Do the pages say the same figures as the API, to the penny?"""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.pages.words import day, percent, pounds
from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.conftest import FACE
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.everything import Everything
from tests.pages.office import Office, money_check
from tests.pages.reading import lines_of, read, words_of


@pytest.fixture
def api(site: Flask, kept: Kept) -> ApiCaller:
    return ApiCaller(site, kept.council.code, "finance")


@pytest.mark.parametrize(
    ("on", "accrued", "remaining"),
    [
        ("2023-10-02", "107.14", "85,892.86"),
        ("2024-03-31", "19,500.00", "66,500.00"),
        ("2025-12-11", "85,928.57", "71.43"),
        ("2025-12-12", "86,000.00", "0.00"),
    ],
)
def test_mrs_a_is_right_to_the_penny_on_the_staff_page(
    finance: FlaskClient, kept: Kept, on: str, accrued: str, remaining: str
) -> None:
    words = read(finance, f"/accounts/{kept.mrs_a}?on={on}")
    assert f"£{accrued} counted, £{remaining} left to reach the cap." in words
    assert ("Cap reached on 12 December 2025" in words) == (on == "2025-12-12")


def test_mrs_a_reads_on_the_eve_of_the_cap_what_is_left(site_at: Callable[[datetime], Flask], kept: Kept) -> None:
    eve = site_at(datetime(2025, 12, 11, 15, tzinfo=UTC))
    words = read(signed_in_client(eve, kept.council, "citizen", kept.mrs_a), "/account")
    assert "£85,928.57 of your care costs count towards the cap so far. You have £71.43 left to reach it." in words
    assert "99% of the cap reached The cap: £86,000.00" in words
    assert "114 weeks and 4 days at £750.00 a week" in words
    assert "When you may reach the cap About December 2025, if nothing changes" in words


def test_mrs_a_reads_when_she_reached_the_cap(mrs_a: FlaskClient) -> None:
    words = read(mrs_a, "/account")
    assert "You reached the cap of £86,000.00 on 12 December 2025." in words
    assert "12 December 2025 the day you reached the cap, when only the rest counts £71.43" in words
    assert "These figures are correct up to 22 November 2026. Last updated 15 December 2025." in words


@pytest.mark.parametrize("on", ["2023-10-02", "2024-02-29", "2025-06-07", "2026-02-01", "2026-11-22", "2027-01-01"])
@pytest.mark.parametrize("known_at", ["", "2023-10-03", "2026-02-18"])
@pytest.mark.parametrize("who", ["mrs_a", "mr_b", "mrs_c", "mr_d"])
def test_the_page_of_an_account_says_what_the_api_says(
    finance: FlaskClient, api: ApiCaller, kept: Kept, who: str, on: str, known_at: str
) -> None:
    account = getattr(kept, who)
    instant = f"&known_at={known_at}T23:59:59.999999Z" if known_at else ""
    progress = api.get(f"/v1/care-accounts/{account}/cap-progress?on={on}{instant}").get_json()
    words = read(finance, f"/accounts/{account}?on={on}&known_at={known_at}")
    for figure in said_of(progress):
        assert figure in words


def said_of(progress: dict[str, Any]) -> list[str]:
    """The figures of an API answer as the staff page says them."""
    expected = progress["expected_to_reach_cap_on"]
    return [
        f"Accrued costs {pounds(progress['accrued_costs'])}",
        f"Cap {pounds(progress['cap'])}",
        f"Remaining {pounds(progress['remaining'])}",
        f"Of the cap {progress['percent']}%",
        f"Daily living costs set apart so far {pounds(progress['daily_living_costs'])}",
        f"{percent(progress['percent'])} of the cap reached",
        f"Expected to reach the cap on {day(expected)}" if expected else "",
    ]


@pytest.mark.parametrize("by", ["week", "four_weeks", "month"])
def test_costs_by_period_are_the_api_s_ledger_and_add_up(
    finance: FlaskClient, api: ApiCaller, kept: Kept, by: str
) -> None:
    days = "from=2025-05-10&to=2026-03-15"
    ledger = api.get(f"/v1/care-accounts/{kept.mr_b}/ledger?{days}&by={by}&limit=1000").get_json()
    words = read(finance, f"/accounts/{kept.mr_b}/costs?{days}&by={by}")
    for line in ledger["items"]:
        base, apart, counted, balance = (
            Decimal(line[name]) for name in ("base", "daily_living_costs", "metered", "balance")
        )
        figures = [pounds(each) for each in (base, apart, base - apart - counted, counted, balance)]
        assert f"{day(line['from'])} to {day(line['to'])} {' '.join(figures)}" in words
    totals = ledger["totals"]
    assert f"All {len(ledger['items'])} lines {pounds(totals['base'])}" in words
    assert (
        f"The balance before, {pounds(totals['opening_balance'])}, and what was counted, {pounds(totals['metered'])},"
        f" make {pounds(totals['balance'])}."
    ) in words


def test_the_list_and_its_totals_are_the_api_s(finance: FlaskClient, api: ApiCaller) -> None:
    found = api.get("/v1/cap-progress?on=2026-03-31").get_json()
    words = read(finance, "/accounts?on=2026-03-31")
    assert f"Counted {pounds(found['totals']['accrued_costs'])}" in words
    assert f"Remaining {pounds(found['totals']['remaining'])}" in words
    for item in found["items"]:
        assert f"{item['reference']} {pounds(item['accrued_costs'])} {pounds(item['remaining'])}" in words


def test_the_totals_of_a_filter_are_those_of_the_rows_it_leaves(finance: FlaskClient) -> None:
    words = read(finance, "/accounts?metering=capped&metering=closed")
    assert "2 of 4 accounts Counted £141,392.86 Remaining £30,607.14" in words
    assert "Clough, Clara" in words
    assert "O'Brien" not in words


@pytest.mark.parametrize("asked", ["Ames", "ames, ada", "Ada Ames", "P-1001", "{reference}", "{typed}"])
def test_an_account_is_found_by_name_local_id_or_reference(finance: FlaskClient, kept: Kept, asked: str) -> None:
    reference = kept.council.ledger.account(kept.mrs_a).opened.reference
    typed = reference.lower().replace("-", " ").replace("0", "o")
    words = read(finance, f"/accounts?q={asked.format(reference=reference, typed=typed)}")
    assert "1 of 4 accounts" in words
    assert reference in words


def test_the_list_is_sorted_on_the_server_by_links(finance: FlaskClient) -> None:
    def order(sort: str) -> list[str]:
        lines = lines_of(finance.get(f"/accounts?sort={sort}").get_data(as_text=True))
        return [line.partition(",")[0] for line in lines if line.partition(",")[0] in NAMES]

    NAMES = {"Ames", "Clough", "Desai", "O'Brien"}
    assert order("name") == ["Ames", "Clough", "Desai", "O'Brien"]
    assert order("-name") == ["O'Brien", "Desai", "Clough", "Ames"]
    assert order("-accrued_costs") == ["Ames", "O'Brien", "Clough", "Desai"]
    assert 'aria-sort="descending"' in finance.get("/accounts?sort=-name").get_data(as_text=True)


def test_the_download_is_exactly_the_view(finance: FlaskClient) -> None:
    view = "?metering=capped&metering=metering&sort=-accrued_costs&on=2026-03-31&known_at=2026-05-01"
    html = finance.get(f"/accounts{view}").get_data(as_text=True)
    href = html.partition('href="/accounts.csv')[2].partition('"')[0].replace("&amp;", "&")
    answer = finance.get(f"/accounts.csv{href}")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [row["name"] for row in rows] == ["Ames, Ada", "O'Brien, Bert"]
    assert {(row["on"], row["known_at"]) for row in rows} == {("2026-03-31", "2026-05-01T22:59:59.999999Z")}
    total = sum((Decimal(row["accrued_costs"]) for row in rows), Decimal(0))
    assert f"Counted {pounds(total)}" in words_of(html)
    assert answer.mimetype == "text/csv"


def test_a_long_list_is_turned_page_by_page_without_a_row_lost(site: Flask, new_council: Callable[[], Council]) -> None:
    office = Office(new_council())
    for number in range(53):
        office.open(f"P-{number:03}", "Ada", f"Ames {number:03}")
    client = signed_in_client(site, office.council, "finance")
    first, second = (
        client.get("/accounts").get_data(as_text=True),
        client.get("/accounts?page=2").get_data(as_text=True),
    )
    assert (first.count("cl-row-link"), second.count("cl-row-link")) == (50, 3)
    assert "page=2" in first
    assert "Page 1" in words_of(second)


def test_under_the_law_in_force_the_pages_say_plainly_that_there_is_no_cap(
    site: Flask, new_council: Callable[[str], Council]
) -> None:
    office = Office(new_council("national"))
    account = office.mrs_a()
    office.record(account, money_check("350.00"), datetime(2023, 10, 3, 10, tzinfo=UTC))
    statement = office.statement(account, date(2026, 3, 31), datetime(2026, 4, 1, 9, tzinfo=UTC))
    person = signed_in_client(site, office.council, "citizen", account)
    for path in ("/account", f"/account/statements/{statement}"):
        html = person.get(path).get_data(as_text=True)
        words = words_of(html)
        assert "There is no cap on care costs in force. So we do not count your care costs towards one." in words
        assert "What your care should cost £950.00 a week" in words
        assert "What your money check says you pay £350.00 a week" in words
        assert "cl-meter" not in html
        assert "An illustration" not in words
    staff = signed_in_client(site, office.council, "finance")
    assert "no cap is in force on this day, so nothing accrues" in read(staff, f"/accounts/{account}")
    assert "Not commenced" in read(staff, "/accounts")


def test_under_a_scheme_that_is_not_law_every_page_with_figures_says_so(
    finance: FlaskClient, auditor: FlaskClient, mrs_a: FlaskClient, kept: Kept
) -> None:
    paths = ["/accounts", *(f"/accounts/{kept.mrs_a}{part}" for part in ("", "/costs", "/entries", "/statements"))]
    pages = [read(finance, path) for path in paths]
    pages += [read(auditor, path) for path in ("/audit/accounts", f"/audit/accounts/{kept.mrs_a}")]
    pages += [read(mrs_a, path) for path in ("/account", f"/account/statements/{kept.statement_a}")]
    assert all("An illustration. The cap on care costs is not in force in England." in page for page in pages)


def test_what_a_council_has_not_told_us_of_itself_is_not_invented(site: Flask, kept: Kept) -> None:
    assert str(FACE["phone"]) in read(signed_in_client(site, kept.council, "finance"), "/accounts")
    nobody = read(site.test_client(), "/")
    assert "Your council" in nobody
    assert "Phone" not in nobody
    assert "Contact your council." in nobody


def test_an_auditor_can_add_up_the_weeks_of_a_corrected_rate_with_a_pencil(
    finance_of_everything: FlaskClient, everything: Everything
) -> None:
    """14 hours a week at 21.00, which should have been 20.16: what was counted stands struck through beside it."""
    path = f"/accounts/{everything.hourly}/costs?by=week&from=2024-04-03&to=2024-07-02"
    html = finance_of_everything.get(path).get_data(as_text=True)
    assert html.count('<s class="cl-voided">£294.00</s>') == 13
    words = words_of(html)
    assert "£0.00 Before: £294.00rate error, entry 5, which corrected the line from 3 April 2024 £282.24" in words
    table = html.partition("<tbody")[2].partition("</tbody>")[0]
    rows = [re.sub(r"<s .*?</a></span>", "", row, flags=re.DOTALL) for row in table.split("</tr>")[1:-2]]
    sums = [[Decimal(amount.replace(",", "")) for amount in re.findall(r"£([0-9,.]+)", row)] for row in rows]
    assert len(sums) == 13
    for base, apart, other, counted, _ in sums:
        assert base - apart - other == counted
    assert sum(line[3] for line in sums) == sums[-1][4] == Decimal("3669.12")


def test_what_lies_beyond_the_cap_is_told_apart_from_living_costs(finance: FlaskClient, kept: Kept) -> None:
    words = read(finance, f"/accounts/{kept.mrs_a}/costs?by=week&from=2025-12-08&to=2025-12-14")
    assert "8 December 2025 to 14 December 2025 £950.00 £200.00 £250.00 £500.00 £86,000.00" in words
