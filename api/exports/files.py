"""Which kinds of file is a table handed out as, and how is one answered?"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from flask import Response

from api.csv import csv_file
from api.exports import parquet, workbook
from api.exports.table import Table


class File(NamedTuple):
    """A kind of file: how its name ends, what people call it, its media type, and how it is answered."""

    ending: str
    words: str
    mimetype: str
    answer: Callable[[Table], Response]


def _csv(table: Table) -> Response:
    return csv_file(table.csv, f"{table.name}.csv")


def _workbook(table: Table) -> Response:
    return _attached(table, workbook.workbook(table), "xlsx", workbook.MIMETYPE)


def _parquet(table: Table) -> Response:
    return _attached(table, parquet.parquet(table), "parquet", parquet.MIMETYPE)


def _attached(table: Table, content: bytes, ending: str, mimetype: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{table.name}.{ending}"'
    return response


FILES: Mapping[str, File] = {
    file.ending: file
    for file in (
        File("xlsx", "Excel", workbook.MIMETYPE, _workbook),
        File("csv", "CSV", "text/csv", _csv),
        File("parquet", "Parquet", parquet.MIMETYPE, _parquet),
    )
}
"""By how their names end, the one that most people want first."""
