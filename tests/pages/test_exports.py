"""Is a list that is handed out as a file the view it was taken from, whatever kind of file it is?"""

import csv
import io
import sys
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pyarrow.parquet
import pytest
import python_calamine
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from api.exports.files import FILES
from api.exports.table import Column, Table, Value
from api.exports.workbook import workbook
from api.pages.words import pounds
from tests.conftest import NOON
from tests.pages.everything import Everything
from tests.pages.reading import words_of

VIEWS = ("/accounts", "/accounts?on=2025-12-12&metering=capped&sort=-accrued_costs", "/today/needs_review_overdue")
OF_EVERYTHING = ("/questions?state=all", "/approvals?kind=adjustment&state=all")
MONEY = st.decimals(Decimal("-999999999.99"), Decimal("999999999.99"), places=2)
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text('aZ09=+-@";,/£é€ ', min_size=1, max_size=12),
    "day": st.dates(date(1900, 3, 1), date(2199, 12, 31)),
    "money": MONEY,
    "number": st.integers(-(2**31), 2**31),
    "percent": st.decimals(Decimal(0), Decimal(100), places=2),
}


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any table at all, of every kind of cell, with gaps."""
    kinds = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=6))
    columns = [Column(f"c{n}", kind, kind == "money") for n, kind in enumerate(kinds)]  # type: ignore[arg-type]
    cells = st.tuples(*(st.none() | CELLS[kind] for kind in kinds))
    return Table("rows", "Rows", NOON.date(), NOON, "/rows?q=1", columns, draw(st.lists(cells, max_size=8)))


def sheet(content: bytes, name: str | int = 0) -> list[list[Any]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = book.get_sheet_by_name(name) if isinstance(name, str) else book.get_sheet_by_index(name)
    return found.to_python(skip_empty_area=False)


def in_excel(kind: str, value: Value) -> Any:
    """What a reader of a workbook finds in a cell."""
    if value is None:
        return ""
    return float(value) if kind in ("money", "number", "percent") else value  # type: ignore[arg-type]


def in_parquet(kind: str, value: Value) -> Any:
    if kind == "money" and value is not None:
        return int(Decimal(value) * 100)  # type: ignore[arg-type]
    return value


@settings(deadline=None)
@given(tables())
def test_a_workbook_holds_the_rows_as_real_numbers_and_days(table: Table) -> None:
    rows = sheet(workbook(table))[1:]
    kinds = [column.kind for column in table.columns]
    width = len(kinds)
    found = [row + [""] * (width - len(row)) for row in rows] + [[""] * width] * (len(table.rows) - len(rows))
    assert found == [[in_excel(k, v) for k, v in zip(kinds, row, strict=True)] for row in table.rows]


@settings(deadline=None)
@given(tables())
def test_parquet_holds_the_rows_in_whole_pence_and_what_they_rest_on(table: Table) -> None:
    read = pyarrow.parquet.read_table(io.BytesIO(FILES["parquet"].answer(table).get_data()))
    kinds = [column.kind for column in table.columns]
    columns = [column.to_pylist() for column in read.columns]
    expected = [[in_parquet(k, v) for k, v in zip(kinds, row, strict=True)] for row in table.rows]
    assert [list(row) for row in zip(*columns, strict=True)] == expected
    assert dict(table.notes) == {name.decode(): value.decode() for name, value in read.schema.metadata.items()}


@settings(deadline=None)
@given(tables())
def test_csv_holds_the_rows_and_its_digest_is_the_one_in_the_notes(table: Table) -> None:
    text = FILES["csv"].answer(table).get_data(as_text=True).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    assert len(rows) == len(table.rows)
    assert sha256(text.encode()).hexdigest() == dict(table.notes)["SHA-256 of the rows as CSV"]
    for row, wanted in zip(rows, table.rows, strict=True):
        assert [cell.removeprefix("'") for cell in row] == ["" if value is None else str(value) for value in wanted]


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    table = Table("x", "X", NOON.date(), NOON, "/x", [Column("name")], [["=1+1"], ["http://example.org"], ["007"]])
    assert sheet(workbook(table))[1:] == [["=1+1"], ["http://example.org"], ["007"]]
    assert "'=1+1" in FILES["csv"].answer(table).get_data(as_text=True)


def test_the_same_view_is_the_same_workbook() -> None:
    table = Table(
        "x", "X", NOON.date(), NOON, "/x", [Column("a", "money", True)], [[Decimal("0.10")], [Decimal("0.20")]]
    )
    assert workbook(table) == workbook(table)
    assert ("Total of a", "0.30") in table.notes


def downloads(client: FlaskClient, view: str) -> dict[str, bytes]:
    """Every file that a page links to."""
    html = client.get(view).get_data(as_text=True)
    hrefs = [part.partition('"')[0].replace("&amp;", "&") for part in html.split('href="')[1:]]
    files = [href for href in hrefs if any(f".{ending}" in href for ending in FILES) and "/static/" not in href]
    return {next(e for e in FILES if f".{e}" in href): client.get(href).get_data() for href in files}


@pytest.mark.parametrize("view", OF_EVERYTHING)
def test_the_three_files_of_a_view_of_what_happened_hold_its_rows(
    finance_of_everything: FlaskClient, view: str
) -> None:
    holds_its_rows(finance_of_everything, view)


@pytest.mark.parametrize("view", VIEWS)
def test_the_three_files_of_a_view_hold_its_rows(finance: FlaskClient, view: str) -> None:
    holds_its_rows(finance, view)


def holds_its_rows(finance: FlaskClient, view: str) -> None:
    files = downloads(finance, view)
    assert files.keys() == FILES.keys()
    text = files["csv"].decode().removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    html = finance.get(view).get_data(as_text=True)
    assert html.count("cl-row-link") == len(rows) > 0
    for row in rows:
        assert row["reference"] in html
    notes = dict(row[:2] for row in sheet(files["xlsx"], "Notes"))
    parquet = pyarrow.parquet.read_table(io.BytesIO(files["parquet"]))
    assert (notes["Rows"], parquet.num_rows) == (str(len(rows)), len(rows))
    assert notes["SHA-256 of the rows as CSV"] == sha256(text.encode()).hexdigest()
    assert [row[0] for row in sheet(files["xlsx"])[1:]] == [row["reference"] for row in rows]
    assert parquet["reference"].to_pylist() == [row["reference"] for row in rows]


def test_the_totals_of_the_notes_are_those_of_the_page(finance: FlaskClient) -> None:
    notes = dict(row[:2] for row in sheet(finance.get("/accounts.xlsx?on=2026-03-31").get_data(), "Notes"))
    words = words_of(finance.get("/accounts?on=2026-03-31"))
    assert f"Counted {pounds(notes['Total of accrued_costs'])}" in words
    assert notes["View"] == "/accounts?on=2026-03-31"
    assert (notes["Figures for the close of"], notes["As known at"]) == ("2026-03-31", "2026-11-22T12:00:00.000000Z")


@pytest.mark.parametrize(
    ("view", "total", "said"),
    [
        ("/accounts/forecast?quarters=3&on=2024-03-31", "cost_to_the_council", "All 3 quarters"),
        ("/accounts/{who}/costs?by=week&from=2025-06-01&to=2025-07-31", "counted", "All"),
        ("/accounts/{who}/costs?by=posting&known_at=2025-09-10", "counted", "All"),
    ],
)
def test_the_lines_of_a_view_of_money_add_up_to_what_its_page_says(
    finance_of_everything: FlaskClient, everything: Everything, view: str, total: str, said: str
) -> None:
    view = view.format(who=everything.moved)
    files = downloads(finance_of_everything, view)
    assert files.keys() == FILES.keys()
    rows = list(csv.DictReader(io.StringIO(files["csv"].decode().removeprefix("\ufeff"))))
    assert len(rows) > 2
    added = sum((Decimal(row[total]) for row in rows), Decimal("0.00"))
    notes = dict(row[:2] for row in sheet(files["xlsx"], "Notes"))
    assert notes[f"Total of {total}"] == str(added)
    words = words_of(finance_of_everything.get(view))
    assert pounds(added) in words.partition(said)[2]
    assert notes["View"] == view
    pence = pyarrow.parquet.read_table(io.BytesIO(files["parquet"]))[f"{total}_pence"].to_pylist()
    assert sum(pence) == added * 100


def rows_of(client: FlaskClient, view: str) -> list[dict[str, str]]:
    text = downloads(client, view)["csv"].decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_what_counted_in_each_line_of_a_file_is_what_its_balance_grew_by(
    finance_of_everything: FlaskClient, everything: Everything
) -> None:
    rows = rows_of(finance_of_everything, f"/accounts/{everything.in_a_home}/costs?by=month")
    grew = [Decimal(row["balance"]) - Decimal(before["balance"]) for before, row in pairwise(rows)]
    assert grew == [Decimal(row["counted"]) for row in rows[1:]]
    assert any(row["base"] != row["counted"] for row in rows)  # where it did not, the columns could be exchanged


def test_the_amounts_that_wait_for_somebody_are_in_the_file_as_on_the_page(
    finance_of_everything: FlaskClient,
) -> None:
    view = "/approvals?kind=adjustment&state=all"
    amounts = [row["amount"] for row in rows_of(finance_of_everything, view)]
    assert {"-25.00", "40.00"} <= set(amounts)
    words = words_of(finance_of_everything.get(view))
    assert [amount for amount in amounts if pounds(Decimal(amount)) not in words] == []


def test_a_filter_that_cannot_be_read_makes_no_file(finance: FlaskClient) -> None:
    assert {finance.get(f"/accounts.{ending}?on=x").status_code for ending in FILES} == {422}


def test_without_the_library_parquet_is_refused_with_what_to_do(
    finance: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    answer = finance.get("/accounts.parquet")
    assert answer.status_code == 501
    assert "Take it as Excel or as CSV instead." in words_of(answer)
    assert finance.get("/accounts.xlsx").status_code == 200
