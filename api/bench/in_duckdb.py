"""What would a column store make of the same spans, where somebody has installed one?"""

from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from api.bench.place import Place

if TYPE_CHECKING:
    from api.bench.council_list import Read

INSTALLED = find_spec("duckdb") is not None

_GROUPED = """
    SELECT metering, count(*),
        sum((metered_before + (CAST($on AS date) - valid_from + 1) * metered_daily) / denominator)
    FROM spans WHERE valid_from <= $on AND valid_to > $on AND known_from <= $known_at AND known_to > $known_at
    GROUP BY metering
"""
_COLUMNS = "metering, valid_from, valid_to, known_from, known_to, metered_before, metered_daily, denominator"
_TYPES = "VARCHAR, DATE, DATE, TIMESTAMPTZ, TIMESTAMPTZ, DOUBLE, DOUBLE, DOUBLE"


def over_spans(place: Place, spans: str) -> "Read":
    """The same GROUP BY over the rows as DuckDB keeps them in memory."""
    rows = place.folder / "spans.csv"
    with place.administering() as statements, rows.open("w", encoding="utf-8") as file:
        statements.copy_expert(f"COPY (SELECT {_COLUMNS} FROM {spans}) TO STDOUT (FORMAT csv)", file)
    store = import_module("duckdb").connect()
    declared = ", ".join(map(" ".join, zip(_COLUMNS.split(", "), _TYPES.split(", "), strict=True)))
    store.execute(f"CREATE TABLE spans ({declared})")
    store.execute(f"COPY spans FROM '{rows}'")

    def read(on: date, known_at: datetime) -> object:
        return store.execute(_GROUPED, {"on": on, "known_at": known_at}).fetchall()

    return read
