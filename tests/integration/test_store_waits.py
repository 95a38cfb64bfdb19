"""Does everything that has to do with the store come to an end in time, and is it told as what it is?"""

import os
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event
from typing import Any

import psycopg2
import pytest
from psycopg2.extensions import TRANSACTION_STATUS_IDLE, connection, cursor

from api.wiring import Installation
from ledger.council import Council
from ledger.store.database import Database, StoreUnavailable
from ledger.store.waits import Waits, answering, take_your_time
from tests.conftest import PROJECT
from tests.integration.conftest import Admin

SOON = Waits(statement=0.3)
PATIENCE = 30.0  # seconds
PACKAGES = ("ledger", "projections", "api")


@pytest.fixture
def opened(installation: Installation, council: Council) -> Iterator[Callable[..., Database]]:
    """Makes a pool of the council's application, waiting as long as a test wants it to."""
    made: list[Database] = []

    def make(**how: Any) -> Database:
        made.append(Database(installation._url_of(council.names.app), **how))
        return made[-1]

    yield make
    for database in made:
        database.close()


def backend(statements: cursor) -> int:
    """Which process of the server's it is."""
    return statements.connection.get_backend_pid()


def test_a_statement_that_takes_too_long_is_given_up(opened: Callable[..., Database]) -> None:
    with pytest.raises(StoreUnavailable, match="statement timeout"), opened(waits=SOON).transaction() as statements:
        statements.execute("SELECT count(*) FROM generate_series(1, 1000 * 1000 * 1000)")


def test_work_that_nobody_waits_for_may_take_its_time(opened: Callable[..., Database]) -> None:
    """Longer than the server would have let it, and than anybody would have waited for its answer."""
    with opened(waits=Waits(statement=0.05)).transaction() as statements:
        take_your_time(statements)
        statements.execute(
            "SELECT clock_timestamp() - statement_timestamp(), count(*) FROM generate_series(1, 3000000)"
        )
        assert statements.rowcount == 1
        statements.execute("SELECT clock_timestamp() - transaction_timestamp() > interval '0.1 seconds'")
        assert statements.fetchone() == (True,)


def test_time_is_given_in_one_way_only() -> None:
    """Whoever lifted PostgreSQL's own time-out alone would be hung up on by the watch: see take_your_time."""
    found = [path for package in PACKAGES for path in (PROJECT / package).rglob("*.py")]
    lifting = [path.name for path in found if "statement_timeout" in path.read_text("utf-8")]
    assert lifting == ["waits.py"]


def test_a_lock_that_others_hold_is_given_up(opened: Callable[..., Database], council: Council, admin: Admin) -> None:
    held = f"SELECT FROM {council.names.schema}.head FOR UPDATE"
    with admin() as holding:
        holding.execute(held)
        with pytest.raises(StoreUnavailable, match="lock timeout"), opened(waits=SOON).transaction() as statements:
            statements.execute(held)


def test_a_transaction_that_does_nothing_is_ended_and_told_as_a_store_that_is_away(
    opened: Callable[..., Database], admin: Admin
) -> None:
    def idle_until_ended() -> None:
        with opened(waits=SOON).transaction() as statements:
            statements.execute("SELECT 1")
            with admin() as watching:
                gone = "SELECT FROM pg_stat_activity WHERE pid = %s"
                watching.execute(gone, (backend(statements),))
                while watching.rowcount:
                    watching.execute("SELECT pg_stat_clear_snapshot()")
                    watching.execute(gone, (backend(statements),))
            statements.execute("SELECT 1")

    with pytest.raises(StoreUnavailable):
        idle_until_ended()


def test_a_store_that_only_reads_is_told_as_one_that_is_away(opened: Callable[..., Database], council: Council) -> None:
    """As a standby is, to which a name leads for a while when the server has moved."""

    def write() -> None:
        with opened().transaction() as statements:
            statements.execute("SET TRANSACTION READ ONLY")
            statements.execute(f"UPDATE {council.names.schema}.head SET position = position")

    with pytest.raises(StoreUnavailable, match="read-only"):
        write()


def test_an_answer_that_broke_off_without_a_code_is_told_as_a_store_that_is_away(
    opened: Callable[..., Database],
) -> None:
    """As psycopg2 tells of a server that died while it answered: of no kind, and the connection as if it stood."""
    database, lost = opened(), list[connection]()

    def ask() -> None:
        with database.transaction() as statements, answering(statements.connection, PATIENCE):
            lost.append(statements.connection)
            raise psycopg2.DatabaseError("\n")

    with pytest.raises(StoreUnavailable, match="no whole answer"):
        ask()
    assert lost[0].closed
    with database.transaction() as statements:
        statements.execute("SELECT 1")


def test_nobody_answering_while_a_connection_is_made_is_given_up() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        database = Database(f"postgresql://a:b@127.0.0.1:{silent.getsockname()[1]}/c", waits=SOON)
        with pytest.raises(StoreUnavailable, match="timeout"), database.transaction():
            pass


def test_a_caller_waits_for_a_connection_that_others_have_lent(opened: Callable[..., Database]) -> None:
    database, lent, enough = opened(size=1), Event(), Event()

    def borrow() -> int:
        with database.transaction() as statements:
            lent.set()
            assert enough.wait(PATIENCE)
            return backend(statements)

    def ask() -> int:
        with database.transaction() as statements:
            return backend(statements)

    with ThreadPoolExecutor(2) as threads:
        borrower = threads.submit(borrow)
        assert lent.wait(PATIENCE)
        waiting = threads.submit(ask)
        assert not waiting.done()
        enough.set()
        assert waiting.result(PATIENCE) == borrower.result(PATIENCE)


def test_a_caller_who_waited_long_for_a_connection_is_told(opened: Callable[..., Database]) -> None:
    database = opened(size=1, waits=SOON)
    with database.transaction(), pytest.raises(StoreUnavailable, match="in use"), database.transaction():
        pass


@pytest.mark.parametrize(("lifetime", "same"), [(60.0, True), (0.0, False)])
def test_an_old_connection_is_not_lent_again(opened: Callable[..., Database], lifetime: float, same: bool) -> None:
    database, lent = opened(waits=Waits(lifetime=lifetime)), []
    for _ in range(2):
        with database.transaction() as statements:
            lent.append(backend(statements))
    assert (lent[0] == lent[1]) == same


def test_when_one_connection_is_lost_those_that_lie_idle_are_not_trusted(
    opened: Callable[..., Database], admin: Admin
) -> None:
    database = opened()
    with database.transaction() as one, database.transaction() as other:
        lost, idle = backend(one), backend(other)

    def cut_off() -> None:
        with database.transaction() as statements, admin() as hand:
            hand.execute("SELECT pg_terminate_backend(%s)", (backend(statements),))
            statements.execute("SELECT 1")

    with pytest.raises(StoreUnavailable):
        cut_off()
    with database.transaction() as statements:
        assert backend(statements) not in (lost, idle)


def test_a_refused_statement_costs_no_connection(opened: Callable[..., Database]) -> None:
    database = opened()
    with database.transaction() as statements:
        first = backend(statements)
    with pytest.raises(psycopg2.DataError), database.transaction() as statements:
        statements.execute("SELECT 1 / 0")
    with database.transaction() as statements:
        assert backend(statements) == first
        assert statements.connection.info.transaction_status == TRANSACTION_STATUS_IDLE


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # newer Pythons warn of threads: that is the point
def test_a_forked_process_has_connections_and_places_of_its_own(opened: Callable[..., Database]) -> None:
    """Also when every one was lent as it was forked."""
    database = opened(size=1)
    with database.transaction() as statements:
        statements.execute("SELECT 1")
        child = os.fork()
        if child == 0:
            with database.transaction() as its_own:
                os._exit(0 if backend(its_own) != backend(statements) else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        statements.execute("SELECT 1")
