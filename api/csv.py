"""How a table is handed out as CSV: UTF-8 that a spreadsheet opens, and no cell that it would run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(heading: Sequence[str], rows: Iterable[Sequence[object]], filename: str) -> Response:
    """The rows under their heading, as a file to keep. Amounts stay as they are; text never starts a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heading)
    writer.writerows([_cell(value) for value in row] for row in rows)
    response = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
