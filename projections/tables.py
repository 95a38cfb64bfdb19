"""Where is what is thought of accounts kept, and how do many accounts come and go by a few statements?"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.store.copying import copy_in
from ledger.store.waits import take_your_time
from projections.reached import LIVE
from projections.spans import Span
from projections.thoughts import Doubt, Thought, Thoughts

SPANS, REVIEWS = "progress_spans", "accounts_under_review"
WHEN = ("account_id", "known_from", "known_to")
COLUMNS = {SPANS: (*WHEN, *Span._fields), REVIEWS: (*WHEN, *Doubt._fields)}
"""Every table that is ready to read, and the columns that follow from the ledger."""

OF_THE_LIVE = f"generation = (SELECT generation FROM {{schema}}.positions WHERE projection = '{LIVE}')"
"""Which rows a reader takes. It stands in the statement that reads, so a swap is seen whole or not at all."""

Row = tuple[UUID, datetime, datetime | None, Thought]


@dataclass(frozen=True, slots=True)
class Generation:
    """The rows of one generation, in a transaction of the projector's."""

    statements: cursor
    schema: str
    number: int

    def thoughts(self, accounts: Collection[UUID]) -> dict[UUID, Thoughts]:
        """What is thought of each account now: one query for each table."""
        found = {account_id: Thoughts() for account_id in accounts}
        for account_id, thought, since in self._standing(accounts):
            found[account_id].standing[thought] = found[account_id].stored[thought] = since
        return found

    def _standing(self, accounts: Collection[UUID]) -> Iterator[tuple[UUID, Thought, datetime]]:
        for table, kind in ((SPANS, Span), (REVIEWS, Doubt)):
            self.statements.execute(
                f"SELECT account_id, known_from, {', '.join(kind._fields)} FROM {self.schema}.{table}"
                " WHERE generation = %s AND account_id = ANY(%s::uuid[]) AND known_to = 'infinity'"
                f" ORDER BY account_id, {kind._fields[0]}",
                (self.number, _texts(accounts)),
            )
            for account_id, since, *values in self.statements:
                yield UUID(account_id), kind(*values), since

    def write(self, accounts: Mapping[UUID, Thoughts], tried_by: Iterable[str]) -> None:
        """Have the tables say what is thought of some accounts."""
        self._remove(
            (account_id, thought)
            for account_id, thoughts in accounts.items()
            for thought, since in thoughts.stored.items()
            if thoughts.standing.get(thought) != since
        )
        rows = [row for account_id, thoughts in accounts.items() for row in new_rows(account_id, thoughts)]
        tried = f"{{{','.join(tried_by)}}}"
        self._copy(SPANS, (), [values_of(row) for row in rows if isinstance(row[-1], Span)])
        self._copy(REVIEWS, ("tried_by",), [(*values_of(row), tried) for row in rows if isinstance(row[-1], Doubt)])

    def _remove(self, gone: Iterable[tuple[UUID, Thought]]) -> None:
        """What stood until now is written again with its end."""
        by_kind = defaultdict[type, list[tuple[str, Any]]](list)
        for account_id, thought in gone:
            by_kind[type(thought)].append((str(account_id), thought[0]))
        if spans := by_kind[Span]:
            self.statements.execute(
                f"DELETE FROM {self.schema}.{SPANS} AS spans USING unnest(%s::uuid[], %s::date[]) AS gone (id, first)"
                " WHERE generation = %s AND account_id = id AND valid_from = first AND known_to = 'infinity'",
                ([account for account, _ in spans], [first for _, first in spans], self.number),
            )
        if doubts := by_kind[Doubt]:
            self.statements.execute(
                f"DELETE FROM {self.schema}.{REVIEWS}"
                " WHERE generation = %s AND account_id = ANY(%s::uuid[]) AND known_to = 'infinity'",
                (self.number, [account for account, _ in doubts]),
            )

    def _copy(self, table: str, more: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            columns = ("generation", *COLUMNS[table], *more)
            copy_in(self.statements, f"{self.schema}.{table}", columns, ((self.number, *row) for row in rows))

    def forget(self, account_id: UUID) -> list[str]:
        """Remove all that was ever thought of an account; which versions of the program had tried it."""
        self.statements.execute(
            f"DELETE FROM {self.schema}.{SPANS} WHERE generation = %s AND account_id = %s",
            (self.number, str(account_id)),
        )
        self.statements.execute(
            f"DELETE FROM {self.schema}.{REVIEWS} WHERE generation = %s AND account_id = %s RETURNING tried_by",
            (self.number, str(account_id)),
        )
        return sorted(dict.fromkeys(program for (tried_by,) in self.statements for program in tried_by))

    def clear(self) -> None:
        """Remove every row, by DELETE: whoever still reads these rows reads them to the end, and waits for nobody."""
        take_your_time(self.statements)
        for table in COLUMNS:
            self.statements.execute(f"DELETE FROM {self.schema}.{table} WHERE generation = %s", (self.number,))


def new_rows(account_id: UUID, thoughts: Thoughts) -> Iterator[Row]:
    """What the tables do not hold yet."""
    for thought, since, until in thoughts.ended:
        yield account_id, since, until, thought
    for thought, since in thoughts.standing.items():
        if thoughts.stored.get(thought) != since:
            yield account_id, since, None, thought


def values_of(row: Row) -> tuple[Any, ...]:
    """A row as its table's columns take it."""
    account_id, since, until, thought = row
    return (account_id, since, until or "infinity", *thought)


def _texts(accounts: Collection[UUID]) -> list[str]:
    return [str(account_id) for account_id in accounts]
