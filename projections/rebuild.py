"""How is what is ready to read made again beside what is being read, by how many processes, and put in its place?"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache, partial
from multiprocessing import get_context
from signal import SIG_IGN, SIGINT, signal
from typing import NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.council import Council
from ledger.store.recorder import entries_between
from projections.digest import Compared, compared
from projections.follow import Progress, catch_up, follow_on
from projections.program import program
from projections.reached import BESIDE, LIVE, Reached, Standing, ahead, held, move, standing
from projections.tables import Generation
from projections.turns import Turns, turns
from projections.working import made

ACCOUNTS = 200
"""So many accounts are read by one query, and written by one COPY in a transaction of their own."""


class RebuiltElsewhere(ValueError):
    """Somebody is making this council's list again just now. Wait until that has ended."""


class Chunk(NamedTuple):
    """The accounts from one id to another."""

    first: UUID
    last: UUID
    accounts: int


Build = Callable[[Iterable[Chunk]], Iterable[int]]
"""Makes chunks, in their order; how many accounts each had."""


def rebuild(council: Council, progress: Progress | None = None, processes: int = 1) -> int:
    """Make every row again beside the live ones, and have readers take those; the position they rest on.

    Until the last moment nothing of what is read has changed, so this may be cut off anywhere. Raises RebuiltElsewhere.
    """
    with _made_beside(council, progress, processes) as alone:
        held(alone, council)  # no follower moves the live rows any more
        beside = _to_the_end(alone, council, BESIDE)
        move(alone, council, beside)  # in the transaction that has kept every other rebuild out
    with council.projector.transaction() as statements:
        if _keep_others_out(statements, council):  # else whoever is in clears what is spare
            _spare(statements, council).clear()
    return beside.reached.position


def check(council: Council, progress: Progress | None = None, processes: int = 1) -> Compared:
    """Make every row again beside the live ones, say whether they are the same, and change nothing.

    Raises RebuiltElsewhere.
    """
    catch_up(council)
    with _made_beside(council, progress, processes):
        while True:
            with council.projector.transaction() as statements:
                for projection in (LIVE, BESIDE):
                    _to_the_end(statements, council, projection)
            with council.projector.transaction() as statements:
                if found := compared(statements, council):  # else somebody recorded something just then
                    break
        with council.projector.transaction() as statements:
            _spare(statements, council).clear()
    return found


@contextmanager
def _made_beside(council: Council, progress: Progress | None, processes: int) -> Iterator[cursor]:
    """Everything recorded so far is made beside what is read; nobody else does so until this transaction ends."""
    with council.projector.transaction() as alone:
        if not _keep_others_out(alone, council):
            raise RebuiltElsewhere(RebuiltElsewhere.__doc__)
        beside = _begin(council)
        chunks = list(_chunks(council, beside.reached.position))
        done, accounts = 0, sum(chunk.accounts for chunk in chunks)
        with _hands(council, beside, processes) as build:
            for number in build(chunks):
                done += number
                if progress:
                    progress(done, accounts)
        with council.projector.transaction() as statements:
            move(statements, council, beside, BESIDE)
        while _behind(council):  # what was recorded meanwhile, so that little is left for when everybody waits
            with council.projector.transaction() as statements:
                follow_on(statements, council, BESIDE)
        yield alone


def _keep_others_out(alone: cursor, council: Council) -> bool:
    """Whether no other is at it, until the end of the transaction, which may idle while work is done elsewhere."""
    alone.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    alone.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", (f"{council.names.schema} made again",))
    return alone.fetchone() == (True,)


def _spare(statements: cursor, council: Council) -> Generation:
    """The generation that nobody reads."""
    return Generation(statements, council.names.schema, 1 - standing(statements, council).generation)


def _begin(council: Council) -> Standing:
    """An empty generation beside the live one, and how far it is to come before the follower goes on with it."""
    with council.projector.transaction() as statements:
        rows, last = _spare(statements, council), ahead(statements, council).last
        rows.clear()
        held(statements, council, BESIDE)
        move(statements, council, Standing(rows.number, Reached(0, 0)), BESIDE)
    return Standing(rows.number, last)


def _chunks(council: Council, position: int) -> Iterator[Chunk]:
    """All accounts there were at a position, in the order of their ids."""
    after = UUID(int=0)
    while True:
        with council.projector.transaction() as statements:
            statements.execute(
                f"SELECT account_id FROM {council.names.schema}.events"
                " WHERE version = 1 AND position <= %s AND account_id > %s ORDER BY account_id LIMIT %s",
                (position, str(after), ACCOUNTS),
            )
            ids = [UUID(account_id) for (account_id,) in statements]
        if not ids:
            return
        after = ids[-1]
        yield Chunk(ids[0], after, len(ids))


def _behind(council: Council) -> bool:
    with council.projector.transaction() as statements:
        return _lacks(standing(statements, council, BESIDE).reached, ahead(statements, council).last)


def _to_the_end(statements: cursor, council: Council, projection: str) -> Standing:
    """Bring a generation to the end of the ledger as it is now, while nobody else can move it."""
    last = ahead(statements, council).last
    while _lacks((reached := held(statements, council, projection)).reached, last):
        follow_on(statements, council, projection)
    return reached


def _lacks(reached: Reached, last: Reached) -> bool:
    return reached.position < last.position or reached.scheme_change < last.scheme_change


@contextmanager
def _hands(council: Council, beside: Standing, processes: int) -> Iterator[Build]:
    """What makes chunks: this process, or so many others, which leave it to this one to be interrupted."""
    build = partial(_build, council.code, tuple(council.urls.items()), beside)
    if processes == 1:
        yield partial(map, build)
        _builder.cache_clear()
        return
    pool = ProcessPoolExecutor(processes, get_context("spawn"), initializer=signal, initargs=(SIGINT, SIG_IGN))
    try:
        yield partial(pool.map, build)
    finally:
        pool.shutdown(cancel_futures=True)


class _Builder(NamedTuple):
    """One process that makes chunks of accounts of a council, up to a place in its ledger."""

    council: Council
    beside: Standing
    schemes: Turns

    def build(self, chunk: Chunk) -> int:
        """Read, work out, write: the working out outside of any transaction, however long the lives are."""
        schema, (generation, reached) = self.council.names.schema, self.beside
        with self.council.projector.transaction() as statements:
            events = entries_between(statements, schema, chunk.first, chunk.last, reached.position)
        thoughts = {account_id: made(each, self.schemes).thoughts for account_id, each in events.items()}
        with self.council.projector.transaction() as statements:
            Generation(statements, schema, generation).write(thoughts, [program()])
        return chunk.accounts


def _build(code: str, urls: tuple[tuple[str, str], ...], beside: Standing, chunk: Chunk) -> int:
    return _builder(code, urls, beside).build(chunk)


@lru_cache(maxsize=1)
def _builder(code: str, urls: tuple[tuple[str, str], ...], beside: Standing) -> _Builder:
    council = Council(code, dict(urls).__getitem__)
    with council.projector.transaction() as statements:
        known = council.scheme_changes.known_in(statements)
    return _Builder(council, beside, turns(known.through(beside.reached.scheme_change)))
