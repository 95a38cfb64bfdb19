"""W2: how many accounts a second are given one more entry each, decided in one batch?"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from uuid import UUID, uuid4

from api.bench.copying import Copied
from api.bench.figures import Goal, Shown, Trial
from api.bench.filling import fill
from api.bench.lives import BY, budget
from api.bench.place import Place
from api.bench.sizes import FEW, Size
from api.bench.workers import Workers, workers
from api.wiring import Installation
from domain.account.facts import BudgetSet
from ledger.asked import Asked, Done
from ledger.batch import handle_many
from ledger.receipts import Request

UNIT = "accounts a second"


def trials(place: Place, size: Size, shown: Shown) -> Iterator[Trial]:
    """One process, and two that share the accounts, beside as many rows copied into a table like theirs."""
    council = place.new_council()
    accounts = fill(council, size.accounts_in_batch, FEW, shown)
    place.settle(f"{council.names.schema}.events")
    floor = Copied(place, council, accounts, FEW, BudgetSet)
    what = f"one decided fact on each of {len(accounts):,} accounts"
    for processes, workload, goal in ((1, "W2", Goal(">=", 0.35)), (2, "W2-two", Goal(">=", 0.5))):
        with workers(place.settings, processes) as sharing:
            batch = _Batch(sharing, council.code, accounts)
            yield Trial(workload, f"{what}, processes: {processes}", UNIT, goal, batch.a_second, floor.rows_a_second)


class _Batch:
    """Processes that each take their share of the accounts."""

    def __init__(self, sharing: Workers, code: str, accounts: list[UUID]) -> None:
        self._sharing, self._code, self._accounts = sharing, code, accounts
        self._turns = count()

    def a_second(self) -> float:
        turn, each = next(self._turns), self._sharing.number
        shares = [(self._code, self._accounts[n::each], turn) for n in range(each)]
        return len(self._accounts) / max(self._sharing.together(_handle, shares))


def _handle(installation: Installation, code: str, accounts: list[UUID], turn: int) -> float:
    """Seconds that a share takes, its requests made up before."""
    ledger = installation.council(code).ledger
    asked = [Asked(each, budget(turn), Request(BY.sub, uuid4().hex, sha256(each.bytes).digest())) for each in accounts]
    began = time.monotonic()
    answers = handle_many(ledger, asked, by=BY, now=datetime.now(UTC))
    seconds = time.monotonic() - began
    if not all(isinstance(answer, Done) for answer in answers):
        raise RuntimeError("some requests of the batch were refused")
    return seconds
