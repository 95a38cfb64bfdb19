"""Is a statement one that a distributed engine takes? The tests hear every one that the program sends.

Under Citus' schema-based sharding each schema lives on one node. What it says that it refuses, or takes only in part,
is refused here: docs/scaling.md has the list with where it was read.
"""

import re
import sys
from functools import lru_cache, partial
from math import inf
from pathlib import Path
from typing import Any

import psycopg2

from ledger.store.waits import Watched

PROJECT = Path(__file__).parents[1]
PROGRAM = tuple(str(PROJECT / package) for package in ("ledger", "projections", "api"))

SCHEMA = re.compile(r"\b(?:council|vault)_e[0-9]{8}\b")
"""The name of a schema: that of a role goes on after the digits."""

_ASIDE = re.compile(r"('(?:[^']|'')*')|--[^\n]*")
"""What stands in quotation marks, and comments, in which such marks may be odd."""
_CHANGES_ROWS = re.compile(r"\bUPDATE\s+(?:\S+\s+){0,3}?SET\b|\bDELETE\s+FROM\b", re.IGNORECASE)
_CALLED = re.compile(r"\b([a-z_]+)\(", re.IGNORECASE)
_IMMUTABLE = {"any", "coalesce", "greatest", "least", "max", "min", "unnest", "values"}
_IMMUTABLE |= {"decode", "encode", "extract", "lpad", "sha256"}  # extract is, of a timestamp without a time zone
_IN_UTC = "AT TIME ZONE '' + interval ''"  # timestamptz + interval is STABLE, timestamp + interval is IMMUTABLE
_CLOCK = re.compile(r"\binterval\b|\b(?:current_(?:date|timestamp)|localtimestamp)\b", re.IGNORECASE)
_REFUSED = {
    "a trigger": r"\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:CONSTRAINT\s+)?TRIGGER\b",
    "a rule": r"\bCREATE\s+(?:OR\s+REPLACE\s+)?RULE\b",
    "a table that inherits": r"\bINHERITS?\b",
    "a foreign table": r"\bCREATE\s+FOREIGN\s+TABLE\b",
    "a schema made together with its tables": r"\bCREATE\s+SCHEMA\b[^;]*\bCREATE\b",
    "a change of the row a cursor is at": r"\bWHERE\s+CURRENT\s+OF\b",
    "names without their schema": r"\bsearch_path\b",
    "a query among the values of an insert": r"\bVALUES\s*\((?:[^()]|\([^()]*\))*\(\s*SELECT\b",
}


def statements_of(text: str) -> list[str]:
    """The statements of a text, without its comments and the words in quotation marks."""
    bare = _ASIDE.sub(lambda aside: "''" if aside[1] else "", text)
    return [part.strip() for part in bare.split(";") if part.strip()]


def refusals(statement: str) -> tuple[str, ...]:
    """Why a distributed engine would not take one statement; nothing where it would."""
    named = sorted(set(SCHEMA.findall(statement)))
    found = [f"it reaches into {' and '.join(named)} at once"] if len(named) > 1 else []
    found += [what for what, pattern in _REFUSED.items() if re.search(pattern, statement, re.IGNORECASE)]
    return (*found, *(_not_immutable(statement) if _CHANGES_ROWS.search(statement) else ()))


@lru_cache(maxsize=4096)
def refused_in(text: str) -> tuple[str, ...]:
    """Every reason against any statement of a text, with the statement."""
    return tuple(f"{why}: {each[:500]}" for each in statements_of(text) for why in refusals(each))


def _not_immutable(text: str) -> list[str]:
    """What in a change of rows might come out otherwise on another node."""
    called = {name.lower() for name in _CALLED.findall(text)} | {
        word.lower() for word in _CLOCK.findall(text.replace(_IN_UTC, ""))
    }
    return [f"{name} in a change of rows, which is not known to be IMMUTABLE" for name in sorted(called - _IMMUTABLE)]


class Hearing:
    """What the program sent in this process that would be refused, and which of its files sent anything."""

    def __init__(self) -> None:
        self.refused: list[str] = []
        self.from_files: set[str] = set()

    def hear(self, statement: Any) -> None:
        """Note a statement, if it is the program's own and not a test's."""
        place = _sender()
        if place is None:
            return
        self.from_files.add(place.partition(":")[0])
        text = statement.decode("utf-8", "replace") if isinstance(statement, bytes) else str(statement)
        self.refused += [f"{place}: {refusal}" for refusal in refused_in(text)]

    def taken(self) -> list[str]:
        """What was refused since this was asked last."""
        taken, self.refused = self.refused, []
        return taken


HEARING = Hearing()


class HeardCursor(Watched):
    """The program's cursor, whose statements are heard."""

    def execute(self, query: Any, vars: Any = None) -> None:
        HEARING.hear(query)
        super().execute(query, vars)

    def copy_expert(self, sql: Any, file: Any, size: int = 8192) -> None:
        HEARING.hear(sql)
        super().copy_expert(sql, file, size)


def _sender() -> str | None:
    """The line of the program's that sends, where it is not a test that does."""
    frame = sys._getframe(2)
    while frame and (frame.f_code.co_filename == __file__ or "psycopg2" in frame.f_code.co_filename):
        frame = frame.f_back  # type: ignore[assignment]
    name = frame.f_code.co_filename
    return f"{Path(name).relative_to(PROJECT)}:{frame.f_lineno}" if name.startswith(PROGRAM) else None


def hear_everything() -> None:
    """Have every connection that is made from now on in this process be heard."""
    connect = psycopg2.connect

    def heard(*arguments: Any, **options: Any) -> Any:
        given = options.get("cursor_factory", partial(Watched, within=inf))
        return connect(*arguments, **options | {"cursor_factory": partial(HeardCursor, **given.keywords)})

    psycopg2.connect = heard
