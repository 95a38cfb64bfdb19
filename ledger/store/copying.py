"""How are many rows put into a table at once? By COPY, the fastest way in that PostgreSQL has."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from psycopg2.extensions import cursor

_AS_TEXT = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_TAB = "\t"
_PORTION = 1 << 20  # bytes that are handed over at a time


def copy_in(statements: cursor, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Put rows into a table, all or none. Raises what an INSERT of them would raise."""
    lines = "".join(f"{_TAB.join(map(_written, row))}\n" for row in rows)
    statements.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", StringIO(lines), _PORTION)


def _written(value: Any) -> str:
    """A value as COPY reads it in its text form."""
    if isinstance(value, str):
        return value.translate(_AS_TEXT)
    if isinstance(value, bytes):
        return rf"\\x{value.hex()}"
    if isinstance(value, datetime):
        return value.isoformat()
    return r"\N" if value is None else str(value)
