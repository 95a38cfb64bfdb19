"""How is a table handed out as CSV: UTF-8 that a spreadsheet opens, and no cell that it would run as a formula?"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from flask import Response

from domain.dates import instant_text

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The rows under their heading. Amounts stay as they are; text never starts a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heading)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def csv_response(heading: Sequence[str], rows: Iterable[Sequence[object]], filename: str) -> Response:
    """The rows under their heading, as a file to keep."""
    return csv_file(csv_text(heading, rows), filename)


def csv_file(text: str, filename: str) -> Response:
    """CSV as a file to keep, with the mark by which a spreadsheet knows UTF-8."""
    response = Response("\ufeff" + text, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _cell(value: object) -> str:
    text = "" if value is None else instant_text(value) if isinstance(value, datetime) else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
