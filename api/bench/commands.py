"""W1: how many commands a second are recorded, each decided on an account that was read for it?"""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID, uuid4

from api.bench.copying import A_HASH
from api.bench.figures import Goal, NotMeasured, Shown, Trial
from api.bench.filling import fill, stored
from api.bench.lives import BY, Lived, budget
from api.bench.pgbench import NoPgbench, pgbench, transactions_a_second
from api.bench.place import Place
from api.bench.sizes import FEW, Size
from api.bench.workers import Workers, workers
from api.wiring import Installation
from domain.account.facts import BudgetSet
from ledger.receipts import Request

UNIT = "commands a second"
OVER_ALL = "commands, as many clients as councils"
OVER_ONE = "commands, as many clients on one council"
GOAL_OVER_ALL, GOAL_OVER_ONE = Goal(">=", 0.35), Goal(">=", 0.2)


def trials(place: Place, size: Size, shown: Shown) -> Iterator[Trial | NotMeasured]:
    """Clients over councils of their own, and over one, where commits wait for each other."""
    try:
        pgbench()
    except NoPgbench as missing:
        yield NotMeasured("W1", OVER_ALL, UNIT, GOAL_OVER_ALL, str(missing))
        yield NotMeasured("W1-one", OVER_ONE, UNIT, GOAL_OVER_ONE, str(missing))
        return
    kept = {number: _filled(place, size, number, shown) for number in range(size.clients)}
    floor = _Floor(place, size)
    with workers(place.settings, size.clients) as clients:
        commands = _Commands(clients, size.seconds)
        each, one = list(kept.values()), [kept[0]] * size.clients
        commands.a_second(each)  # so that connections and caches are there
        yield Trial("W1", OVER_ALL, UNIT, GOAL_OVER_ALL, lambda: commands.a_second(each), floor.a_second)
        yield Trial("W1-one", OVER_ONE, UNIT, GOAL_OVER_ONE, lambda: commands.a_second(one), floor.a_second)


Kept = tuple[str, list[UUID]]
"""A council's code, and its accounts."""


def _filled(place: Place, size: Size, number: int, shown: Shown) -> Kept:
    council = place.council(number)
    accounts = fill(council, size.accounts_commanded, FEW, shown)
    place.settle(f"{council.names.schema}.events")
    return council.code, accounts


class _Commands:
    """Clients that each command accounts drawn from a council."""

    def __init__(self, clients: Workers, seconds: int) -> None:
        self._clients, self._seconds = clients, seconds

    def a_second(self, kept: list[Kept]) -> float:
        return sum(self._clients.together(_command, [(code, accounts, self._seconds) for code, accounts in kept]))


def _command(installation: Installation, code: str, accounts: list[UUID], seconds: int) -> float:
    """Commands a second of one client, one after the other."""
    ledger, done, began = installation.council(code).ledger, 0, time.monotonic()
    while time.monotonic() < began + seconds:
        request = Request(BY.sub, uuid4().hex, sha256(done.to_bytes(8)).digest())
        ledger.handle(random.choice(accounts), budget(done), by=BY, now=datetime.now(UTC), request=request)
        done += 1
    return done / (time.monotonic() - began)


class _Floor:
    """One durable insert of a row of the same size a transaction, into a table with the same indexes."""

    def __init__(self, place: Place, size: Size) -> None:
        self._place, self._size = place, size
        table = place.floor_like(place.council(), "events")
        with place.administering() as statements:
            statements.execute(f"ALTER TABLE {table} ALTER position ADD GENERATED ALWAYS AS IDENTITY")
        event = stored(UUID(int=0), 1, Lived(BudgetSet.on_the_terms_of(budget(0)), datetime.now(UTC)))
        self._insert = (
            f"INSERT INTO {table} (account_id, version, topic, state, recorded_at, recorded_by, role, leaf)"
            f" VALUES (gen_random_uuid(), 21, '{event.topic}', '\\x{event.state.hex()}',"
            f" now(), '{BY.sub}', '{BY.role}', '\\x{A_HASH}');"
        )

    def a_second(self) -> float:
        return transactions_a_second(self._place, self._insert, self._size.clients, self._size.seconds)
