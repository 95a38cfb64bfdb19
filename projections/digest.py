"""Are two generations of what is ready to read the same, byte for byte?"""

from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from psycopg2.extensions import cursor

from ledger.council import Council
from ledger.store.waits import take_your_time
from projections.reached import BESIDE, LIVE, standing
from projections.tables import COLUMNS

AT_ONCE = 10_000
MOST_NAMED = 10


class Digests(NamedTuple):
    """The SHA-256 of one table, as it is read and as it was made again."""

    table: str
    live: str
    made_again: str


class Compared(NamedTuple):
    """What two generations, resting on the same events, say; and the references of some accounts where they differ."""

    position: int
    digests: tuple[Digests, ...]
    differing: tuple[str, ...]

    @property
    def same(self) -> bool:
        return all(each.live == each.made_again for each in self.digests)


def compared(statements: cursor, council: Council) -> Compared | None:
    """The live generation and the one made again beside it; None where they rest on different events."""
    schema = council.names.schema
    statements.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    take_your_time(statements)
    live, beside = (standing(statements, council, projection) for projection in (LIVE, BESIDE))
    if live.reached != beside.reached:
        return None
    numbers = (live.generation, beside.generation)
    found = tuple(Digests(table, *(digest(statements, schema, table, n) for n in numbers)) for table in COLUMNS)
    same = all(each.live == each.made_again for each in found)
    differing = [] if same else _differing(statements, schema, *numbers)
    return Compared(live.reached.position, found, tuple(differing))


def digest(statements: cursor, schema: str, table: str, generation: int) -> str:
    """The SHA-256 of what a table says of the ledger: every row as PostgreSQL writes it, in the order of its key."""
    found = sha256()
    for row in _rows(statements, schema, table, generation):
        found.update(row.encode() + b"\n")
    return found.hexdigest()


def _rows(statements: cursor, schema: str, table: str, generation: int) -> Iterator[str]:
    """The rows one after another, however many there are."""
    columns = COLUMNS[table]
    statements.execute(
        f"DECLARE every_row NO SCROLL CURSOR FOR SELECT ROW({', '.join(columns)})::text FROM {schema}.{table}"
        f" WHERE generation = %s ORDER BY {', '.join(columns)}",
        (generation,),
    )
    while True:
        statements.execute(f"FETCH {AT_ONCE} FROM every_row")
        if not (rows := statements.fetchall()):
            break
        yield from (row for (row,) in rows)
    statements.execute("CLOSE every_row")


def _differing(statements: cursor, schema: str, live: int, made_again: int) -> list[str]:
    """Some of the accounts of which the two generations say different things."""
    orders = ((live, made_again), (made_again, live))
    accounts = " UNION ".join(_only_in(schema, table, *order) for table in COLUMNS for order in orders)
    statements.execute(
        f"SELECT reference FROM {schema}.account_references JOIN ({accounts}) AS differing USING (account_id)"
        " ORDER BY reference LIMIT %s",
        (MOST_NAMED,),
    )
    return [reference for (reference,) in statements]


def _only_in(schema: str, table: str, one: int, other: int) -> str:
    """The accounts of which one generation says what the other does not."""
    said = f"SELECT {', '.join(COLUMNS[table])} FROM {schema}.{table} WHERE generation ="
    return f"SELECT account_id FROM ({said} {one} EXCEPT {said} {other}) AS said"
