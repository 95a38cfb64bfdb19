"""Is every acknowledged entry there once, in one order without a gap, when many write and others read at once?"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Event
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import Notification, StoredEvent

from api.wiring import Installation
from domain.account.facts import BudgetSet
from ledger.council import Council
from ledger.outcomes import TooManyAtOnce
from ledger.store.database import StoreUnavailable
from ledger.store.recorder import CouncilRecorder
from tests.faults.clients import in_order_and_receipted
from tests.faults.served import LONG, until
from tests.integration.recording import asking, open_account, rows, set_budget

WRITERS, COMMANDS = (16, 200) if LONG else (8, 15)
APPENDS = 10_000 if LONG else 600
MANY = 40  # events
AT_A_TIME = 25  # events a reader takes, so that it is never far behind
LAST = "the-last"


@pytest.fixture
def others(installation: Installation, council: Council) -> Iterator[Council]:
    """The same council as another process has it, with connections of its own."""
    found = Installation(installation.settings).council(council.code)
    yield found
    found.close()


def test_many_writers_of_one_account_leave_each_command_once_and_no_gap(council: Council, others: Council) -> None:
    account_id = open_account(council).account.id

    def write(writer: int) -> list[tuple[int, int]]:
        each = range(1_000 * writer, 1_000 * writer + COMMANDS)
        return [insist(council if writer % 2 else others, account_id, pounds) for pounds in each]

    with ThreadPoolExecutor(WRITERS) as threads:
        acknowledged = [each for wrote in threads.map(write, range(1, WRITERS + 1)) for each in wrote]
    assert len(acknowledged) == WRITERS * COMMANDS
    recorded = [(entry.version, entry.fact) for entry in council.ledger.entries(account_id)]
    assert [version for version, _ in recorded] == list(range(1, len(acknowledged) + 2))
    budgets = [(version, int(fact.weekly_cost)) for version, fact in recorded if isinstance(fact, BudgetSet)]
    assert budgets == sorted(acknowledged)
    in_order_and_receipted(council)


def insist(council: Council, account_id: UUID, pounds: int) -> tuple[int, int]:
    """The version and the amount of a budget, asked for until it is acknowledged."""
    request = asking(pounds)

    def acknowledged() -> int | None:
        try:
            return set_budget(council, account_id, pounds, request=request).entries[0].version
        except (TooManyAtOnce, StoreUnavailable):
            return None

    return until(acknowledged, f"a budget of {pounds} pounds is acknowledged"), pounds


def test_a_reader_skips_nothing_and_sees_nothing_twice_however_many_write(council: Council, others: Council) -> None:
    """One follows by position, one by the library's subscription, from the first event to the last."""
    recorder, reading = council.ledger.recorder, others.ledger.recorder
    threads, readers = ThreadPoolExecutor(WRITERS), ThreadPoolExecutor(2)
    with threads, readers, giving_up() as given_up, reading.subscribe(gt=0) as subscription:
        followed, subscribed = readers.submit(follow, reading, given_up), readers.submit(to_the_last, subscription)
        appended = list(threads.map(partial(append, recorder), range(APPENDS)))
        recorder.append([event(uuid4(), 1, LAST)])
        seen = followed.result()
        assert [notification.id for notification in seen] == list(range(1, sum(appended) + 2))
        assert subscribed.result() == seen
    positions = rows(council, "SELECT account_id, version FROM {schema}.events ORDER BY position")
    assert [(str(each.originator_id), each.originator_version) for each in seen] == positions
    print(f"{APPENDS} appends, {len(seen)} events, each seen once and in order by both readers")


def append(recorder: CouncilRecorder, n: int) -> int:
    """Some events of a new account in one transaction, now and then so many that they are copied in; how many."""
    account_id, events = uuid4(), MANY if n % 20 == 7 else n % 3 + 1
    recorder.append([event(account_id, version, "some") for version in range(1, events + 1)])
    return events


def event(account_id: UUID, version: int, topic: str) -> StoredEvent:
    return StoredEvent(account_id, version, topic, b"{}")


@contextmanager
def giving_up() -> Iterator[Event]:
    """Set when the block ends, however it does, so that nobody waits for what will not come."""
    given_up = Event()
    try:
        yield given_up
    finally:
        given_up.set()


def follow(recorder: CouncilRecorder, given_up: Event) -> list[Notification]:
    seen: list[Notification] = []
    while not given_up.is_set() and (not seen or seen[-1].topic != LAST):
        seen += recorder.select_notifications(seen[-1].id if seen else 0, AT_A_TIME, inclusive_of_start=False)
    return seen


def to_the_last(subscription: Iterable[Notification]) -> list[Notification]:
    seen: list[Notification] = []
    for notification in subscription:
        seen.append(notification)
        if notification.topic == LAST:
            break
    return seen
