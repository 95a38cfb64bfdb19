"""Whether the council's list of cap progress can be filtered, sorted, paged and added up."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pyarrow.parquet
import pytest
import python_calamine

from api.exports.parquet import MIMETYPE as PARQUET
from api.exports.workbook import MIMETYPE as EXCEL
from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import BUDGET, CLOSURE, NEEDS, opening

COSTS = ("950.00", "700.00", "150.00", "1400.00", "500.00", None)


@pytest.fixture(scope="module")
def listing(new_council: Callable[..., Council], as_role: Callable[..., ApiCaller]) -> ApiCaller:
    """A council of eight accounts: five with budgets, one without, one closed, one in hospital. Its finance officer."""
    code = new_council().code
    finance, assessor = as_role("finance", council=code), as_role("assessor", council=code)
    for cost in (*COSTS, "950.00", "600.00"):
        made = finance.post("/v1/care-accounts", opening()).get_json()
        path = f"/v1/care-accounts/{made['account_id']}"
        assessor.post(f"{path}/needs-assessments", NEEDS)
        if cost:
            assessor.post(f"{path}/budgets", BUDGET | {"weekly_cost": cost})
    finance.post(f"{path}/breaks", {"from": "2024-06-01", "reason": "hospital"})
    accounts = finance.get("/v1/cap-progress?limit=1000").get_json()["items"]
    closed = next(a["account_id"] for a in accounts if a["accrued_costs"] == "86000.00")
    finance.post(f"/v1/care-accounts/{closed}/closures", CLOSURE)
    return finance


def _list(finance: ApiCaller, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = finance.get(f"/v1/cap-progress?{query}").get_json()
    return found


def test_every_row_is_what_the_account_itself_answers(listing: ApiCaller) -> None:
    for on in ("2023-09-30", "2024-03-31", "2025-12-11", "2026-11-22"):
        for item in _list(listing, f"on={on}")["items"]:
            own = listing.get(f"/v1/care-accounts/{item['account_id']}/cap-progress?on={on}").get_json()
            assert item == {name: own.get(name) for name in item} | {"reference": item["reference"]}


@pytest.mark.parametrize("on", ["2024-03-31", "2026-11-22"])
def test_the_totals_add_up_whatever_page_is_shown(listing: ApiCaller, on: str) -> None:
    whole = _list(listing, f"on={on}")
    items, totals = whole["items"], whole["totals"]
    assert totals["accounts"] == len(items) == 8
    for figure in ("accrued_costs", "remaining", "daily_living_costs"):
        assert Decimal(totals[figure]) == sum(Decimal(item[figure]) for item in items)
    counts = {name: sum(item["metering"] == name for item in items) for name in totals["by_metering"]}
    assert totals["by_metering"] == counts
    assert _list(listing, f"on={on}&limit=3")["totals"] == totals


def test_accounts_can_be_filtered_by_how_they_are_metered(listing: ApiCaller) -> None:
    paused = _list(listing, "metering=paused")
    either = _list(listing, "metering=paused&metering=no_budget")
    assert [item["metering"] for item in paused["items"]] == ["paused"]
    assert sorted(item["metering"] for item in either["items"]) == ["no_budget", "paused"]
    assert either["totals"]["accounts"] == 2


def test_accounts_can_be_filtered_by_when_they_would_reach_the_cap(listing: ApiCaller) -> None:
    everyone = _list(listing, "on=2024-03-31")["items"]
    due = sorted(item["expected_to_reach_cap_on"] for item in everyone if item["expected_to_reach_cap_on"])
    assert len(due) > 3
    found = _list(listing, f"on=2024-03-31&reaching_before={due[2]}")["items"]
    assert sorted(item["expected_to_reach_cap_on"] for item in found) == [day for day in due if day < due[2]]


SORTS = ("reference", "accrued_costs", "percent", "remaining", "expected_to_reach_cap_on", "metering")


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("turned", ["", "-"])
def test_the_list_can_be_sorted_either_way_round(listing: ApiCaller, sort: str, turned: str) -> None:
    items = _list(listing, f"on=2024-03-31&sort={turned}{sort}")["items"]
    values = [item[sort] for item in items if item[sort] is not None]
    if sort in ("accrued_costs", "percent", "remaining"):
        values = [Decimal(value) for value in values]
    assert values == sorted(values, reverse=bool(turned))
    assert [item[sort] is None for item in items] == sorted(item[sort] is None for item in items)
    assert len(items) == 8


@pytest.mark.parametrize("sort", ["reference", "-accrued_costs", "metering"])
def test_pages_hold_every_account_once_whatever_is_recorded_between_them(
    new_council: Callable[..., Council], as_role: Callable[..., ApiCaller], sort: str
) -> None:
    code = new_council().code
    finance, assessor = as_role("finance", council=code), as_role("assessor", council=code)
    paths = []
    for n in range(7):
        made = finance.post("/v1/care-accounts", opening()).get_json()
        paths.append(f"/v1/care-accounts/{made['account_id']}")
        assessor.post(f"{paths[-1]}/needs-assessments", NEEDS)
        assessor.post(f"{paths[-1]}/budgets", BUDGET | {"weekly_cost": f"{400 + n * 50}.00"})
    asked = f"on=2024-03-31&sort={sort}&limit=2"
    page = _list(finance, asked)
    first, seen = page, list(page["items"])
    for path in paths:
        if page["next"] is None:
            break
        assessor.post(f"{path}/budgets", BUDGET | {"weekly_cost": "999.00"})
        finance.post(f"{path}/closures", {"on": "2024-01-01", "reason": "died"})
        finance.post("/v1/care-accounts", opening())
        page = _list(finance, f"{asked}&cursor={page['next']}")
        assert (page["known_at"], page["totals"]) == (first["known_at"], first["totals"])
        seen += page["items"]
    as_it_was = _list(finance, f"on=2024-03-31&sort={sort}&known_at={first['known_at']}")
    assert seen == as_it_was["items"]
    assert len({item["account_id"] for item in seen}) == 7
    assert page["next"] is None


def test_the_csv_says_what_the_json_says(listing: ApiCaller) -> None:
    for query in ("on=2024-03-31&sort=-accrued_costs&limit=3", "metering=paused", "on=2023-01-01"):
        answer = listing.get(f"/v1/cap-progress?{query}", Accept="text/csv")
        assert (answer.status_code, answer.mimetype) == (200, "text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
        whole = _list(listing, query.replace("&limit=3", ""))
        assert len(rows) == whole["totals"]["accounts"]
        about_all = {"scheme": whole["scheme"], "in_force": "false"}
        for row, item in zip(rows, whole["items"], strict=True):
            told = {name: "" if item[name] is None else str(item[name]) for name in item if name != "weekly_rate"}
            assert row == told | about_all | {"known_at": row["known_at"]}


def test_a_workbook_and_parquet_say_what_the_json_says(listing: ApiCaller) -> None:
    whole = _list(listing, "on=2024-03-31")
    book, parquet = (listing.get("/v1/cap-progress?on=2024-03-31&limit=3", Accept=form) for form in (EXCEL, PARQUET))
    assert (book.mimetype, parquet.mimetype) == (EXCEL, PARQUET)
    sheets = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book.get_data()))
    heading, *rows = sheets.get_sheet_by_index(0).to_python()
    assert [row[heading.index("reference")] for row in rows] == [item["reference"] for item in whole["items"]]
    accrued = [f"{row[heading.index('accrued_costs')]:.2f}" for row in rows]
    assert accrued == [item["accrued_costs"] for item in whole["items"]]
    pence = pyarrow.parquet.read_table(io.BytesIO(parquet.get_data()))["accrued_costs_pence"].to_pylist()
    assert pence == [int(item["accrued_costs"].replace(".", "")) for item in whole["items"]]
    notes = {name: value for name, value, *_ in sheets.get_sheet_by_name("Notes").to_python()}
    assert notes["Total of accrued_costs"] == whole["totals"]["accrued_costs"]
    assert notes["View"] == "/v1/cap-progress?on=2024-03-31&limit=3"


def test_the_answer_repeats_both_times_and_what_it_rests_on(listing: ApiCaller) -> None:
    now = _list(listing)
    assert (now["on"], now["known_at"][:19]) == ("2026-11-22", "2026-11-22T12:00:00")
    then = _list(listing, f"on=2024-03-31&known_at={now['known_at']}")
    assert (then["on"], then["known_at"]) == ("2024-03-31", now["known_at"])
    assert then["basis"] == {"scheme": "reform-2023", "in_force": False}


def test_before_anything_was_known_the_list_is_empty(listing: ApiCaller) -> None:
    empty = _list(listing, "known_at=2020-01-01T00:00:00Z")
    assert (empty["items"], empty["next"], empty["totals"]["accounts"]) == ([], None, 0)
    assert empty["totals"]["accrued_costs"] == "0.00"


def test_under_the_law_in_force_the_list_shows_that_nothing_accrues(
    new_council: Callable[..., Council], as_role: Callable[..., ApiCaller]
) -> None:
    finance = as_role("finance", council=new_council("national").code)
    finance.post("/v1/care-accounts", opening())
    found = _list(finance)
    assert found["basis"] == {"scheme": "national", "in_force": False}
    assert [(item["cap"], item["metering"]) for item in found["items"]] == [(None, "not_commenced")]
    assert found["totals"]["remaining"] == "0.00"
