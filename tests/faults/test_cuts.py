"""Is anything acknowledged lost, or done twice, when connections are cut at any byte, or nothing comes any more?"""

import os
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain, repeat
from random import Random
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import pytest

from api.wiring import Installation
from domain.account.commands import OpenAccount
from domain.account.facts import BudgetSet
from ledger.asked import Asked, Done, NewAccount
from ledger.batch import handle_many
from ledger.council import Council
from ledger.outcomes import Outcome
from ledger.reference import new_reference
from ledger.store.database import StoreUnavailable
from ledger.store.waits import Waits
from ledger.vault.person import Person
from tests.conftest import NOON
from tests.faults.clients import Client, everything_stands_once, in_order_and_receipted, unseen
from tests.faults.proxy import ANSWER_TO_COMMIT, COMMIT, Cut, Manner, Proxy, Towards
from tests.faults.served import CODE, LONG, PATIENCE, Home, Server, until
from tests.integration.recording import ALICE, FIRST_DAY, asking, budget, open_account, set_budget

CUTS = 500 if LONG else 24
BATCH_CUTS, TOGETHER = 100 if LONG else 8, 40
SILENCES = 60 if LONG else 4
CLIENTS = 4
IN_A_WHILE: dict[Towards, int] = {"server": 6_000, "client": 4_000}
"""How many bytes a connection to the database passes until it has signed in and served some requests."""
IN_A_COMMIT: dict[Towards, int] = {"server": len(COMMIT), "client": ANSWER_TO_COMMIT}
THREADS = 2 * 8  # of a server with two processes
IMPATIENT = Waits(statement=0.6)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("cuts") / "home")


@pytest.fixture(scope="module")
def installation(home: Home) -> Iterator[Installation]:
    with home.opened() as found:
        yield found


@pytest.fixture(scope="module")
def line(home: Home) -> Iterator[Proxy]:
    """Between the server and its database."""
    with Proxy(partial(to_postgresql, home)) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def server(home: Home, installation: Installation, line: Proxy) -> Iterator[Server]:
    url = through(line, installation._admin_url())
    server = Server(home, settings={"CARELEDGER_DATABASE_URL": url, "CARELEDGER_CLIENT_TIMEOUT": "1"})
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def chance() -> Random:
    return Random(int(os.environ["CARELEDGER_SEED"]))


def to_port(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port))


def to_postgresql(home: Home) -> socket.socket:
    """Raises OSError when it is away."""
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(os.fspath(home.settings.home / "postgresql" / "run" / ".s.PGSQL.5432"))
    except OSError:
        line.close()
        raise
    return line


def through(proxy: Proxy, url: str) -> str:
    """The URL of a database, reached by way of the proxy."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{parts.netloc.rpartition('@')[0]}@127.0.0.1:{proxy.port}", query=""))


def work_until_cut(server: Server, proxy: Proxy) -> list[Client]:
    """Clients that work until the line has been cut often enough."""
    clients = [Client(server, f"P-{uuid4().hex}") for _ in range(CLIENTS)]

    def work(client: Client) -> None:
        while len(proxy.cuts) < CUTS:
            client.work(1)

    with ThreadPoolExecutor(CLIENTS) as threads:
        list(threads.map(work, clients))
    return clients


def longest(proxy: Proxy) -> dict[Towards, int]:
    """How many bytes the longest conversation was, either way."""
    return {towards: max(passed[towards] for passed in proxy.lengths) for towards in proxy.lengths[0]}


def anywhere(chance: Random, within: dict[Towards, int], *manners: Manner) -> Cut:
    towards: Towards = chance.choice(("server", "client"))
    return Cut(chance.randint(0, within[towards]), towards, chance.choice(manners))


def at_the_commit(chance: Random, *manners: Manner) -> Cut:
    """Before, in or after the message that commits, or the one that says it is done."""
    return replace(anywhere(chance, IN_A_COMMIT, *manners), at_commit=True)


def test_requests_cut_between_client_and_server_have_one_effect_each(
    home: Home, server: Server, chance: Random
) -> None:
    with Proxy(partial(to_port, server.port)) as proxy:
        server.door = proxy.port
        Client(server, "P-uncut").work(2)
        whole = longest(proxy)
        proxy.draw = lambda: anywhere(chance, whole, "FIN", "RST") if chance.random() < 0.7 else None
        clients = work_until_cut(server, proxy)
        server.door = server.port
    all_is_well(home, clients, proxy)


def test_requests_cut_between_server_and_database_have_one_effect_each(
    home: Home, server: Server, line: Proxy, chance: Random
) -> None:
    """The first few are cut between a commit and its acknowledgement, so that there always are such."""
    lost = Cut(0, "client", "FIN", at_commit=True)
    cuts: Iterator[Cut] = chain(repeat(lost, 3), iter(lambda: either(chance), None))
    line.draw = lambda: next(cuts)
    line.hang_up()  # so that no connection is left that will not be cut
    clients = work_until_cut(server, line)
    line.draw = lambda: None
    all_is_well(home, clients, line)


def all_is_well(home: Home, clients: list[Client], proxy: Proxy) -> None:
    for client in clients:
        client.repeat_all()
    everything_stands_once(home, clients)
    print(f"{len(proxy.cuts)} cuts, {unseen(clients)} commits whose acknowledgement was lost")
    assert unseen(clients), "no cut fell between a commit and its acknowledgement: this proved too little"


def either(chance: Random) -> Cut:
    manners: tuple[Manner, ...] = ("FIN", "RST")
    return at_the_commit(chance, *manners) if chance.random() < 0.5 else anywhere(chance, IN_A_WHILE, *manners)


def test_a_store_that_falls_silent_is_given_up_and_the_request_has_one_effect(
    home: Home, installation: Installation, chance: Random
) -> None:
    """Nothing is closed and nothing comes: only time can tell. The server's session holds its locks meanwhile."""
    with ThreadPoolExecutor(1) as thread, Proxy(partial(to_postgresql, home)) as proxy:
        council = Council(CODE, lambda role: through(proxy, installation._url_of(role)), IMPATIENT)
        account_id = open_account(council).account.id
        for _ in range(2):  # the second asks for nothing that was known by then
            set_budget(council, account_id)
            council.close()
        until(lambda: len(proxy.lengths) == 2, "both conversations have ended")
        for n in range(SILENCES):
            cut = iter([a_silence(chance, n, proxy.lengths[1])])
            proxy.draw = partial(next, cut, None)
            thread.submit(insist, council, account_id, 1_000 + n).result(PATIENCE)
            council.close()
    assert len(proxy.cuts) == SILENCES
    council = installation.council(CODE)
    budgets = [e.fact.weekly_cost for e in council.ledger.entries(account_id) if isinstance(e.fact, BudgetSet)]
    assert budgets == [950, 950, *range(1_000, 1_000 + SILENCES)]
    in_order_and_receipted(council)


def a_silence(chance: Random, n: int, whole: dict[Towards, int]) -> Cut:
    """In turn: somewhere in a request, then in its commit, then in the answer to that."""
    if n % 3 == 0:
        return replace(anywhere(chance, whole, "silence"), after=chance.randrange(min(whole.values())))
    towards: Towards = "server" if n % 3 == 1 else "client"
    return Cut(chance.randrange(IN_A_COMMIT[towards]), towards, "silence", at_commit=True)


def test_many_requests_together_cut_at_any_byte_have_one_effect_each(
    home: Home, installation: Installation, chance: Random
) -> None:
    """Their receipts, facts and all else go in one transaction, whose bytes are many; the same requests go on."""
    with Proxy(partial(to_postgresql, home)) as proxy:
        council = Council(CODE, lambda role: through(proxy, installation._url_of(role)))
        openings = [new_account() for _ in range(TOGETHER)]
        handle_until_done(council, openings)
        council.close()
        until(lambda: proxy.lengths, "the uncut conversation has ended")
        whole, rounds = proxy.lengths[0], 0
        while len(proxy.cuts) < BATCH_CUTS:
            proxy.draw = lambda: batch_cut(chance, whole)
            rounds += 1
            handle_until_done(
                council, [Asked(each.account_id, budget(1_000 + rounds), asking(rounds)) for each in openings]
            )
            council.close()
    council = installation.council(CODE)
    for each in openings:
        facts = [entry.fact for entry in council.ledger.entries(each.account_id)]
        budgets = [fact.weekly_cost for fact in facts if isinstance(fact, BudgetSet)]
        assert budgets == list(range(1_001, 1_001 + rounds))
    in_order_and_receipted(council)
    print(f"{len(proxy.cuts)} cuts in {rounds} times {TOGETHER} requests")


def new_account() -> NewAccount:
    command = OpenAccount(reference=new_reference(), opened_on=FIRST_DAY)
    return NewAccount(uuid4(), command, asking(), Person(local_id=f"P-{uuid4().hex}"))


def batch_cut(chance: Random, whole: dict[Towards, int]) -> Cut | None:
    """Half of all connections are let be, so that it ends."""
    manners: tuple[Manner, ...] = ("FIN", "RST")
    if chance.random() < 0.5:
        return None
    return at_the_commit(chance, *manners) if chance.random() < 0.5 else anywhere(chance, whole, *manners)


def handle_until_done(council: Council, asked: Sequence[Asked | NewAccount]) -> None:
    def done() -> bool:
        try:
            answers = handle_many(council.ledger, asked, by=ALICE, now=NOON)
        except StoreUnavailable:
            return False
        assert all(isinstance(answer, Done) for answer in answers)
        return True

    until(done, "all requests are carried out")


def insist(council: Council, account_id: UUID, pounds: int) -> Outcome:
    """The same request until it is acknowledged."""
    request = asking(pounds)

    def acknowledged() -> Outcome | None:
        try:
            return set_budget(council, account_id, pounds, request=request)
        except StoreUnavailable:
            return None

    found = until(acknowledged, f"a budget of {pounds} pounds is acknowledged")
    assert isinstance(found, Outcome)
    return found


def test_clients_that_stop_in_the_middle_of_a_request_keep_nobody_from_being_served(server: Server) -> None:
    """As many of them as the server has threads. Each is hung up on, and whoever came after them is served."""
    begun = b"POST /v1/care-accounts HTTP/1.1\r\nHost: example\r\nContent-Le"

    def stop_in_the_middle(_: int) -> bytes:
        with closing(to_port(server.port)) as line:
            line.settimeout(PATIENCE)
            line.sendall(begun)
            return line.recv(1)

    with ThreadPoolExecutor(THREADS) as threads:
        heard = threads.map(stop_in_the_middle, range(THREADS))
        assert server.open_account("P-served")
        assert list(heard) == [b""] * THREADS
