"""Who asks a server that faults befall, sends each request until it is acknowledged, and counts what came of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from domain.account.facts import BreakRecorded, BudgetSet, Fact
from ledger.council import Council
from tests.faults.served import Answered, Home, Server
from tests.integration.recording import rows


@dataclass(frozen=True)
class Sent:
    """A request that no other resembles, so that its one effect can be told from every other."""

    path: str
    role: str
    body: dict[str, Any]
    key: str

    @property
    def effect(self) -> str:
        return str(self.body.get("weekly_cost") or self.body["from"])


def effect_of(fact: Fact) -> str | None:
    """What a recorded fact shows of the request that brought it."""
    if isinstance(fact, BudgetSet):
        return f"{fact.weekly_cost:.2f}"
    return fact.from_.isoformat() if isinstance(fact, BreakRecorded) else None


class Client:
    """Somebody who works on one account and sends each request until it is acknowledged."""

    def __init__(self, server: Server, name: str) -> None:
        self._server, self.account = server, server.open_account(name)
        self.acknowledged: list[tuple[Sent, Answered]] = []

    @property
    def account_id(self) -> UUID:
        return UUID(self.account.rpartition("/")[2])

    def work(self, times: int) -> None:
        done = len(self.acknowledged)
        for n in range(done, done + times):
            sent = self._budget(n) if n % 2 else self._break(n)
            self.acknowledged.append((sent, self._server.insist(sent.path, sent.role, sent.body, sent.key)))

    def _budget(self, n: int) -> Sent:
        body = {"kind": "independent", "setting": "care_home", "effective_from": "2023-10-02"}
        return Sent(f"{self.account}/budgets", "assessor", body | {"weekly_cost": f"{100 + n}.00"}, uuid4().hex)

    def _break(self, n: int) -> Sent:
        first = date(2024, 1, 1) + timedelta(days=n)
        body = {"from": str(first), "ending_before": str(first + timedelta(days=1)), "reason": "hospital"}
        return Sent(f"{self.account}/breaks", "finance", body, uuid4().hex)

    def repeat_all(self) -> None:
        """Each request again: the same answer, and no further effect."""
        for sent, first in self.acknowledged:
            again = self._server.insist(sent.path, sent.role, sent.body, sent.key)
            assert again == Answered(201, first.body, replayed=True)


def everything_stands_once(home: Home, clients: Sequence[Client]) -> None:
    """Each acknowledged request has its one entry, there is no other, and the order has neither gap nor step back."""
    with home.council() as council:
        for client in clients:
            recorded = Counter(effect_of(entry.fact) for entry in council.ledger.entries(client.account_id))
            assert recorded == Counter([None, *(sent.effect for sent, _ in client.acknowledged)])
        in_order_and_receipted(council)


def in_order_and_receipted(council: Council) -> None:
    """No position is missing or twice, time never goes back, and each entry has its receipt."""
    events = rows(council, "SELECT position, recorded_at FROM {schema}.events ORDER BY position")
    assert [position for position, _ in events] == list(range(1, len(events) + 1))
    assert all(earlier <= later for (_, earlier), (_, later) in pairwise(events))
    assert rows(council, "SELECT position, recorded_at FROM {schema}.head") == [events[-1]]
    assert rows(council, "SELECT count(*) FROM {schema}.receipts") == [(len(events),)]


def unseen(clients: Sequence[Client]) -> int:
    """How many commits there were whose first acknowledgement was lost: the receipt told of them."""
    return sum(answer.replayed for client in clients for _, answer in client.acknowledged)
