"""Files of rows, as tests want to write them: a right row of each kind with cells changed, as CSV or as a workbook."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from api.importing.columns import KINDS
from api.importing.rows import Row, read_rows
from api.importing.table import Table, read_table
from ledger.import_run import RowFault

RIGHT: dict[str, dict[str, Any]] = {
    "accounts": {"local_id": "P-1", "opened_on": "2023-10-02", "nhs_number": "9434765919", "family_name": "Ames"},
    "needs": {"local_id": "P-1", "assessed_on": "2023-10-02", "eligible": "true", "eligible_from": "2023-10-02"},
    "budgets": {
        "local_id": "P-1",
        "kind": "independent",
        "setting": "care_home",
        "weekly_cost": "950.00",
        "effective_from": "2023-10-02",
        "ending_before": "",
    },
    "assessments": {
        "local_id": "P-1",
        "assessed_on": "2023-10-02",
        "effective_from": "2023-10-02",
        "outcome": "contribution",
        "weekly_contribution": "350.00",
        "source.system": "charging",
    },
    "charges": {
        "local_id": "P-1",
        "reference": "INV-1",
        "period_from": "2024-01-01",
        "period_ending_before": "2024-01-29",
        "amount": "1400.00",
    },
}
"""A row that is right for each kind of file."""


def as_csv(rows: Sequence[Mapping[str, object]], columns: Sequence[str] = ()) -> bytes:
    """The rows under the columns of the first of them, or in the order given."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns or list(rows[0]), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_workbook(rows: Sequence[Mapping[str, Any]], *, above: int = 0, aside: int = 0) -> bytes:
    """The same in a workbook, where numbers are numbers and days are days; perhaps not in its first cell."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for place, name in enumerate(rows[0]):
            sheet.write(above, aside + place, name)
        for number, row in enumerate(rows, start=above + 1):
            for place, value in enumerate(row.values()):
                sheet.write(number, aside + place, value)
    return out.getvalue()


def table(kind: str, content: bytes) -> Table:
    """The table of a file."""
    return read_table(content, KINDS[kind])


def read(kind: str, content: bytes) -> list[Row | list[RowFault]]:
    """What each row says, or its faults."""
    return list(read_rows(table(kind, content)))


def faults(kind: str, content: bytes) -> list[RowFault]:
    """Every fault of a file."""
    return [fault for row in read(kind, content) if isinstance(row, list) for fault in row]


def bodies(kind: str, content: bytes) -> list[object]:
    """The body of every row, all of which are right."""
    rows = read(kind, content)
    assert [row for row in rows if isinstance(row, list)] == []
    return [row.body for row in rows if isinstance(row, Row)]
