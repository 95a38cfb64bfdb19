"""Is any figure of a long life given at once, however much has happened in it?"""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from statistics import median
from uuid import UUID, uuid4

import pytest

from api.memory import look_seldom
from domain import schemes
from domain.account.accrual import accrue
from domain.account.explanation import explain
from domain.account.lines import lines
from domain.account.posting import posting_lines
from domain.account.progress import cap_progress
from domain.account.state import CareAccount, entry_id
from domain.account.statement import statement_figures
from domain.law.costs_accrued import charged_for_a_period
from ledger.council import Council
from ledger.entry import EntryMapper
from tests.performance.life import FIRST_DAY, long_life, told_late

REFORM = schemes.load("reform-2023")
LIVES = {"20 years": (20, 1, 600, 0.030), "99 years": (99, 3, 6_000, 0.300)}
"""For each life: years, charges every four weeks, the facts that makes at least, the seconds a figure may take."""

A_DAY = Fraction(95_017, 700)
YARDSTICK = 0.0113
"""The seconds that `additions` took on the machine of docs/measurements.md with nobody else at work."""

Life = tuple[str, CareAccount]
LATE = 10
Figure = Callable[[CareAccount, date], object]
FIGURES: dict[str, Figure] = {
    "cap progress": lambda account, on: cap_progress(account, REFORM, on),
    "statement": lambda account, on: statement_figures(account, REFORM, on),
    "ledger by month": lambda account, on: list(lines(accrue(account, REFORM, on), FIRST_DAY, on, "month")),
    "ledger by posting": lambda account, on: list(
        posting_lines(account, REFORM, accrue(account, REFORM, on), FIRST_DAY, on)
    ),
}


def additions() -> None:
    """Ten thousand exact additions: a yardstick for what this machine can do while it is shared."""
    total = Fraction(0)
    for _ in range(10_000):
        total += A_DAY


def cost(work: Callable[[], object], times: int = 9) -> float:
    """Seconds the work takes where nobody else is at work: what it takes of the yardstick's time."""
    return times_as_much(work, additions, times) * YARDSTICK


def times_as_much(work: Callable[[], object], other: Callable[[], object], times: int = 9) -> float:
    """How many times as long the work takes as the other; they take turns, so that a busy machine slows both."""
    spent: dict[Callable[[], object], list[float]] = {work: [], other: []}
    for _ in range(times):
        for what, seconds in spent.items():
            entry_id.cache_clear()  # nothing kept from the time before
            charged_for_a_period.cache_clear()
            began = time.process_time()
            what()
            seconds.append(time.process_time() - began)
    return median(spent[work]) / median(spent[other])


def took(work: Callable[[], object], times: int = 5) -> float:
    """Seconds that went by: what a reader of the store waits for is the store's time as well as our own."""
    waited = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        waited.append(time.perf_counter() - began)
    return min(waited)


@pytest.fixture(scope="module", autouse=True)
def memory_as_served() -> Iterator[None]:
    """Figures are given by processes that go about memory like this."""
    before = gc.get_threshold()
    look_seldom()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.fixture(scope="module", params=LIVES)
def life(request: pytest.FixtureRequest) -> Life:
    years, charges, _, _ = LIVES[request.param]
    return request.param, long_life(uuid4(), REFORM, years, charges)


@pytest.mark.parametrize("figure", FIGURES)
def test_any_figure_of_a_long_life_is_given_at_once(life: Life, figure: str) -> None:
    name, account = life
    years, _, facts, seconds = LIVES[name]
    assert len(account.entries) >= facts
    last = FIRST_DAY + timedelta(days=365 * years)
    spent = cost(lambda: FIGURES[figure](CareAccount(account.entries), last))  # nothing kept from the time before
    print(f"{name}, {len(account.entries)} facts, {figure}: {spent * 1000:.0f} ms")
    assert spent < seconds


def test_naming_causes_costs_a_figure_for_each_entry_that_came_late(life: Life) -> None:
    """Budgets of the first day, told when all was posted: each is a walk over the whole life, compared day by day."""
    name, account = life
    last, late = FIRST_DAY + timedelta(days=365 * LIVES[name][0]), told_late(account, LATE)
    ratio = times_as_much(
        lambda: FIGURES["ledger by posting"](CareAccount(late.entries), last),
        lambda: cap_progress(CareAccount(late.entries), REFORM, last),
        times=5,
    )
    print(f"{name}, {LATE} told late: {ratio:.1f} times a figure by posting")
    assert ratio < 2 * (LATE + 2)


def test_explaining_a_life_costs_a_few_figures(life: Life) -> None:
    name, account = life
    last = FIRST_DAY + timedelta(days=365 * LIVES[name][0])
    explaining = partial(explain, scheme=REFORM, on=last, figure="accrued_costs")
    told = cost(lambda: explaining(CareAccount(account.entries)))
    ratio = times_as_much(
        lambda: explaining(CareAccount(account.entries)),
        lambda: cap_progress(CareAccount(account.entries), REFORM, last),
    )
    print(f"{name}: explaining accrued costs {told * 1000:.0f} ms, {ratio:.1f} times the figure")
    assert ratio < 12


def test_a_figure_costs_a_few_times_what_reading_its_rows_costs(life: Life, council: Council) -> None:
    name, account = life
    mapper = EntryMapper()
    council.ledger.recorder.append([mapper.to_stored_event(entry) for entry in account.entries])
    rows, read = took(lambda: _rows(council, account.id)), took(lambda: council.ledger.account(account.id))
    figure = took(lambda: cap_progress(council.ledger.account(account.id), REFORM, FIRST_DAY + timedelta(days=7_000)))
    print(
        f"{name}: rows by SQL 1.0, read and folded {read / rows:.1f}, cap progress from the store {figure / rows:.1f}"
    )
    assert figure < 60 * rows


def _rows(council: Council, account_id: UUID) -> list[tuple[object, ...]]:
    with council.app.transaction() as statements:
        statements.execute(
            f"SELECT * FROM {council.names.schema}.events WHERE account_id = %s ORDER BY version", (str(account_id),)
        )
        return statements.fetchall()
