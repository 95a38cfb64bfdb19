"""How does a council come to many accounts in little time, as if they had been recorded one by one over the years?"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO
from uuid import UUID, uuid4

from psycopg2.extensions import cursor

from api.bench.figures import Shown
from api.bench.lives import BY, Life, lives, opening
from domain.account.facts import Fact
from ledger.council import Council
from ledger.entry import EntryMapper, LedgerEntry
from ledger.schemes import THE_BEGINNING

CHUNK = 20_000
EVENT = "position, account_id, version, topic, state, recorded_at, recorded_by, role"

_MAPPER = EntryMapper()


def fill(council: Council, accounts: int, entries: int, shown: Shown) -> list[UUID]:
    """Accounts of so many entries each: the first entry of all of them, then the second, as time would have it."""
    lived, made = lives(entries, council.scheme), [uuid4() for _ in range(accounts)]
    for version in range(1, entries + 1):
        for start in range(0, accounts, CHUNK):
            shown((version - 1) * accounts + start, entries * accounts)
            _add(council, lived, made, range(start, min(start + CHUNK, accounts)), version)
    shown(entries * accounts, entries * accounts)
    return made


def as_stored(fact: Fact) -> str:
    """Topic and state of a fact as COPY takes them."""
    event = _MAPPER.to_stored_event(LedgerEntry(UUID(int=0), 0, fact, THE_BEGINNING, BY.sub, BY.role))
    return f"{event.topic}\t\\\\x{event.state.hex()}"


def row(position: int, account_id: UUID, version: int, fact: str, at: datetime) -> str:
    """An event as COPY takes it."""
    return f"{position}\t{account_id}\t{version}\t{fact}\t{at.isoformat()}\t{BY.sub}\t{BY.role}\n"


def copy(statements: cursor, table: str, rows: Iterable[str]) -> None:
    statements.copy_expert(f"COPY {table} FROM STDIN", StringIO("".join(rows)))


def _add(council: Council, lived: Sequence[Life], made: Sequence[UUID], places: range, version: int) -> None:
    """The entry of one version of some accounts, in one transaction."""
    with council.app.transaction() as statements:
        first, at = _take(statements, council, len(places), lived[0][version - 1].at)
        if version == 1:
            facts = _open(statements, council, [made[n] for n in places])
        else:
            different = [as_stored(life[version - 1].fact) for life in lived]
            facts = [different[n % len(different)] for n in places]
        rows = (row(first + k, made[n], version, facts[k], at) for k, n in enumerate(places))
        copy(statements, f"{council.names.schema}.events ({EVENT})", rows)


def _take(statements: cursor, council: Council, places: int, at: datetime) -> tuple[int, datetime]:
    """The first of so many positions, and the moment of recording, both taken from the head as every writer does."""
    statements.execute(
        f"UPDATE {council.names.schema}.head SET position = position + %s,"
        " recorded_at = GREATEST(recorded_at + interval '1 microsecond', %s)"
        " RETURNING position - %s + 1, recorded_at",
        (places, at, places),
    )
    ((first, recorded_at),) = statements.fetchall()
    return first, recorded_at


def _open(statements: cursor, council: Council, accounts: Sequence[UUID]) -> list[str]:
    """The openings of some accounts, each under a reference of its own, which is kept."""
    openings = [opening() for _ in accounts]
    references = (f"{fact.reference}\t{account_id}\n" for fact, account_id in zip(openings, accounts, strict=True))
    copy(statements, f"{council.names.schema}.account_references (reference, account_id)", references)
    return [as_stored(fact) for fact in openings]
