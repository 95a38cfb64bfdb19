"""How is a table written as an Excel workbook: real numbers and days, no formulas, and notes on what it is?"""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from api.exports.table import Column, Kind, Table, Value
from domain.dates import instant_text

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31
"""So many characters are taken in the name of a sheet."""
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_FORMATS: dict[Kind, str] = {"money": "#,##0.00;-#,##0.00", "percent": "0.00", "day": "d mmm yyyy", "number": "0"}
_WIDTHS: dict[Kind, int] = {"text": 24, "day": 14, "instant": 28, "money": 16, "number": 10, "percent": 10}


def workbook(table: Table) -> bytes:
    """The rows on a sheet whose heading stays in sight, and a sheet of notes. The same table is the same bytes."""
    out = BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties({"title": table.title, "created": table.known_at.replace(tzinfo=None)})
    formats = {kind: book.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
    bold = book.add_format({"bold": True})
    _rows(book.add_worksheet(table.name[:LONGEST_NAME]), table, formats, bold)
    _notes(book.add_worksheet("Notes"), table, bold)
    book.close()
    return out.getvalue()


def _rows(sheet: Any, table: Table, formats: dict[Kind, Any], bold: Any) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _WIDTHS[column.kind])
        sheet.write_string(0, place, column.name, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(table.rows, start=1):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            _cell(sheet, number, place, column, value, formats)


def _cell(sheet: Any, row: int, place: int, column: Column, value: Value, formats: dict[Kind, Any]) -> None:
    if value is None:
        return
    if column.kind in ("money", "number", "percent"):
        sheet.write_number(row, place, Decimal(value), formats[column.kind])  # type: ignore[arg-type]  # exact to the file
    elif column.kind == "day" and isinstance(value, date):
        sheet.write_datetime(row, place, value, formats["day"])
    else:
        sheet.write_string(row, place, _text(value))


def _text(value: Value) -> str:
    """Excel knows no time zones, so an instant is written out."""
    return instant_text(value) if hasattr(value, "tzinfo") else str(value)  # type: ignore[arg-type]


def _notes(sheet: Any, table: Table, bold: Any) -> None:
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 80)
    for number, (name, value) in enumerate(table.notes):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, value)
