"""Has a request one effect when it is sent twice at once, cut off while it commits, or overtaken by a shutdown?"""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Thread
from typing import Any, ClassVar
from uuid import UUID, uuid4

import psycopg2
import pytest
from eventsourcing.persistence import IntegrityError
from psycopg2.extensions import connection, cursor

from api.app import create_app
from api.settings import Settings
from api.wiring import Installation
from ledger.council import Council
from ledger.receipts import Receipt
from ledger.store.database import StoreUnavailable
from ledger.store.names import CouncilNames
from tests.api.caller import ApiCaller
from tests.conftest import NOON
from tests.faults.served import CODE, Answered, Home, Server, until
from tests.integration.conftest import Admin, administering
from tests.integration.recording import asking, open_account, rows, set_budget

BUDGET = {"kind": "independent", "setting": "care_home", "weekly_cost": "950.00", "effective_from": "2023-10-02"}
REPEATED = 12


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("one-effect") / "home")


def test_the_same_key_sent_to_two_servers_at_the_same_instant_has_one_effect(own: Home) -> None:
    """Two programs that share nothing but the store."""
    servers = [Server(own, processes=1) for _ in range(2)]
    try:
        for server in servers:
            server.start()
        account = servers[0].open_account("P-twice")
        for _ in range(REPEATED):
            first, second = _at_once(servers, f"{account}/budgets", uuid4().hex)
            assert (first.status, second.status) == (201, 201)
            assert first.body == second.body
            assert {first.replayed, second.replayed} == {False, True}
    finally:
        for server in servers:
            server.stop()
    with own.council() as council:
        assert council.ledger.account(UUID(account.rpartition("/")[2])).version == 1 + REPEATED


def _at_once(servers: list[Server], path: str, key: str) -> list[Answered]:
    together = Barrier(len(servers))

    def send(server: Server) -> Answered:
        together.wait(timeout=30)
        return server.send("POST", path, "assessor", BUDGET, key)

    with ThreadPoolExecutor(len(servers)) as threads:
        return list(threads.map(send, servers))


def test_a_shutdown_finishes_the_request_that_is_running(own: Home) -> None:
    server = Server(own)
    server.start()
    try:
        account, key = server.open_account("P-shutdown"), uuid4().hex
        with ThreadPoolExecutor(1) as thread, own.opened() as installation:
            with administering(installation) as statements:  # holds the place of the next event until the block ends
                statements.execute(f"SELECT FROM {CouncilNames(CODE).schema}.head FOR UPDATE")
                running = thread.submit(server.send, "POST", f"{account}/budgets", "assessor", BUDGET, key)
                until(lambda: _waiting(installation), "the request waits for its place")
                server.terminate()
                until(lambda: len(server.workers) == 1, "the idle worker has ended")
                assert not running.done()
            assert running.result(timeout=30).status == 201
            assert server.ended() == 0
    finally:
        server.stop()
    with own.council() as council:
        assert council.ledger.account(UUID(account.rpartition("/")[2])).version == 2


def _waiting(installation: Installation) -> bool:
    """Whether a session of the application waits for a lock."""
    with administering(installation) as statements:
        statements.execute(
            "SELECT FROM pg_stat_activity WHERE application_name = 'careledger' AND wait_event_type = 'Lock'"
        )
        return bool(statements.rowcount)


class Cut(connection):
    """A connection that is lost while committing: before the commit took effect, after it, or while it goes on."""

    moment = ""
    held: ClassVar[list["Cut"]] = []

    def cursor(self, *which: Any, **how: Any) -> Any:
        return super().cursor(*which, cursor_factory=CutStatement, **how)

    def commit(self) -> None:
        self.cut_at(super().commit)

    def cut_at(self, commit: Callable[[], None]) -> None:
        """Commit, or lose the connection at the moment that was chosen."""
        moment, self.moment = self.moment, ""
        if not moment:
            return commit()
        if moment == "after":
            commit()
        if moment == "meanwhile":
            Cut.held.append(self)  # the server has been sent the commit, and nobody here will hear of it
        else:
            super().close()
        raise psycopg2.OperationalError("the connection was cut here")

    @property
    def closed(self) -> int:
        return 2 if self in Cut.held else super().closed

    def close(self) -> None:
        if self not in Cut.held:
            super().close()

    def finish(self) -> None:
        """The commit takes effect after all."""
        with super().cursor() as statements:
            statements.execute("COMMIT")
        super().close()


class CutStatement(cursor):
    """One that keeps a receipt has the commit cut off, its own or that of its transaction, where this was asked for."""

    next: ClassVar[str] = ""

    def execute(self, query: Any, vars: Any = None) -> None:
        conn = self.connection
        assert isinstance(conn, Cut)
        if not CutStatement.next or "INTO" not in query or ".receipts" not in query:
            return super().execute(query, vars)
        conn.moment, CutStatement.next = CutStatement.next, ""
        if conn.autocommit:
            super().execute("BEGIN")
            super().execute(query, vars)
            conn.cut_at(self._commit)
        else:
            super().execute(query, vars)

    def _commit(self) -> None:
        super().execute("COMMIT")


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch, council: Council) -> Iterator[Callable[[str], None]]:
    """Has the next commit of an entry cut off at a moment."""
    real = psycopg2.connect
    monkeypatch.setattr("psycopg2.connect", lambda *a, **k: real(*a, connection_factory=Cut, **k))
    council.app.close()  # so that each connection from now on may be cut
    yield lambda moment: setattr(CutStatement, "next", moment)
    assert not CutStatement.next, "nothing was cut"
    Cut.held.clear()


@pytest.mark.parametrize(("moment", "replayed"), [("before", False), ("after", True)])
def test_a_commit_whose_acknowledgement_is_lost_is_resolved_by_the_receipt(
    council: Council, cut: Callable[[str], None], moment: str, replayed: bool
) -> None:
    account_id = open_account(council).account.id
    cut(moment)
    outcome = set_budget(council, account_id)
    assert outcome.replayed == replayed
    assert [entry.version for entry in outcome.entries] == [2]
    assert council.ledger.account(account_id) == outcome.account
    assert _counted(council) == (2, 2, 2)


@pytest.mark.parametrize(("moment", "replayed"), [("before", False), ("after", True)])
def test_an_opening_whose_acknowledgement_is_lost_opens_one_account(
    council: Council, cut: Callable[[str], None], moment: str, replayed: bool
) -> None:
    cut(moment)
    outcome = open_account(council, local_id="P-1", family_name="Ames")
    assert outcome.replayed == replayed
    assert council.ledger.account(outcome.account.id) == outcome.account
    assert council.people.of([outcome.account.id])[outcome.account.id].family_name == "Ames"
    assert _counted(council) == (1, 1, 1)


def test_a_commit_that_is_still_going_on_is_waited_for_and_not_repeated(
    council: Council, cut: Callable[[str], None], admin: Admin
) -> None:
    """The hardest case: no receipt yet when the request is looked up, and the commit takes effect afterwards."""
    account_id = open_account(council).account.id

    def finish() -> None:
        until(lambda: _waits_for_another(council, admin), "the second attempt waits for the first")
        Cut.held[0].finish()

    cut("meanwhile")
    late = Thread(target=finish)
    late.start()
    outcome = set_budget(council, account_id)
    late.join()
    assert outcome.replayed
    assert council.ledger.account(account_id) == outcome.account
    assert _counted(council) == (2, 2, 2)


def test_a_repetition_that_waits_for_the_first_holds_up_nobody_else(council: Council, admin: Admin) -> None:
    """While it waited with the place of the next event in hand, the first would wait for it, and both for ever."""
    account_id, request = open_account(council).account.id, asking("twice")
    with ThreadPoolExecutor(1) as thread, council.app.transaction() as first:
        council.ledger.receipts.write(first, request, Receipt(account_id, 2, 2))
        second = thread.submit(set_budget, council, account_id, request=request)
        until(lambda: _waits_for_another(council, admin), "the repetition waits")
        first.execute(f"SELECT FROM {council.names.schema}.head FOR UPDATE NOWAIT")
        first.connection.rollback()
        assert not second.result().replayed


def test_of_two_that_wait_for_each_other_one_gives_way(council: Council, admin: Admin) -> None:
    """A request that takes its turn may meet a repetition of itself that has written its receipt and waits for it."""
    request, receipt = asking("twice"), Receipt(uuid4(), 1, 1)
    keep, recorder = council.ledger.receipts.write, council.ledger.recorder

    def take_a_turn() -> None:
        with recorder.turn() as turn:
            keep(turn, request, receipt)

    with ThreadPoolExecutor(1) as thread, council.app.transaction() as first:
        keep(first, request, receipt)
        second = thread.submit(take_a_turn)
        until(lambda: _waits_for_another(council, admin), "the turn waits for the receipt")
        first.execute(f"SELECT FROM {council.names.schema}.head FOR UPDATE")
        with pytest.raises(IntegrityError):
            second.result()


def _waits_for_another(council: Council, admin: Admin) -> bool:
    with admin() as statements:
        statements.execute(
            "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = %s", (council.names.app,)
        )
        return bool(statements.rowcount)


def test_a_connection_cut_while_reading_is_told_and_records_nothing(council: Council, admin: Admin) -> None:
    account_id = open_account(council).account.id

    def cut_off() -> None:
        with council.app.transaction() as statements:
            with admin() as hand:
                hand.execute("SELECT pg_terminate_backend(%s)", (statements.connection.get_backend_pid(),))
            statements.execute("SELECT 1")

    with pytest.raises(StoreUnavailable):
        cut_off()
    assert set_budget(council, account_id, request=asking()).account.version == 2  # on a new connection
    assert _counted(council) == (2, 2, 2)


def test_a_store_that_is_away_is_told_as_such_with_a_time_to_come_back(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        nowhere = free.getsockname()[1]
    settings = Settings(home=tmp_path, clock=NOON, database_url=f"postgresql://a:b@127.0.0.1:{nowhere}/c")
    app = create_app(Installation(settings))
    for answer in (app.test_client().get("/readyz"), ApiCaller(app, CODE, "finance").get("/v1/cap-progress")):
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
        assert answer.get_json()["type"] == "/problems/store-unavailable"


def _counted(council: Council) -> tuple[int, int, int]:
    """How many events, receipts and positions there are."""
    (found,) = rows(
        council,
        "SELECT (SELECT count(*) FROM {schema}.events), (SELECT count(*) FROM {schema}.receipts), position"
        " FROM {schema}.head",
    )
    return found
