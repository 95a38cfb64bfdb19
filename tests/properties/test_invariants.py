"""What always holds of every account, whatever happened to it (metering, section 7)."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.account.accrual import accrue
from domain.account.figures import CapProgress
from domain.account.lines import By, lines
from domain.account.progress import cap_progress
from domain.account.statement import digest, statement_figures
from domain.dates import ONE_DAY
from tests.properties.histories import History, days, histories
from tests.properties.schemes import Rules, rules

often = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
divisions = st.sampled_from(["posting", "day", "week", "four_weeks", "month"])


@often
@given(history=histories(), rules=rules(), first=days, length=st.integers(0, 500), by=divisions)
def test_lines_add_up_to_the_balance(history: History, rules: Rules, first: date, length: int, by: By) -> None:
    last = first + timedelta(days=length)
    accrual = accrue(history.account, rules.scheme, last)
    found = list(lines(accrual, first, last, by))
    opening = accrual.balance(first - ONE_DAY)
    for line in found:
        opening += line.metered
        assert opening == line.balance
    assert opening == accrual.balance(last)
    days_counted = [line for line in found if line.kind == "accrual"]
    assert [days_counted[0].from_, days_counted[-1].to] == [first, last]
    assert all(a.to + ONE_DAY == b.from_ for a, b in pairwise(days_counted))


@often
@given(history=histories(), rules=rules(), on=days)
def test_accrued_costs_lie_between_nil_and_the_cap(history: History, rules: Rules, on: date) -> None:
    progress = cap_progress(history.account, rules.scheme, on)
    assert progress.accrued_costs >= 0
    assert progress.cap is None or progress.accrued_costs <= progress.cap
    if progress.cap is not None and progress.remaining is not None:
        assert progress.accrued_costs + progress.remaining == progress.cap


@often
@given(history=histories(), rules=rules(), first=days, length=st.integers(0, 90), by=divisions)
def test_accrued_costs_fall_only_at_a_line_that_says_why(
    history: History, rules: Rules, first: date, length: int, by: By
) -> None:
    last = first + timedelta(days=length)
    for line in lines(accrue(history.account, rules.scheme, last), first, last, by):
        assert line.metered >= 0 or line.kind != "accrual"


@often
@given(history=histories(), rules=rules(), on=days)
def test_nothing_accrues_on_a_day_that_does_not_count(history: History, rules: Rules, on: date) -> None:
    accrual = accrue(history.account, rules.scheme, on)
    if cap_progress(history.account, rules.scheme, on).metering not in ("metering", "capped"):
        counted = [line for line in lines(accrual, on, on, "day") if line.kind == "accrual"]
        assert not any(line.base or line.daily_living_costs or line.metered for line in counted)


@often
@given(history=histories(), rules=rules(), on=days)
def test_asking_twice_gives_the_same_bytes(history: History, rules: Rules, on: date) -> None:
    def asked() -> str:
        return cap_progress(history.account, rules.scheme, on).model_dump_json()

    assert asked() == asked()
    assert CapProgress.model_validate_json(asked()).model_dump_json() == asked()


@often
@given(history=histories(), rules=rules(), on=days)
def test_the_figure_of_a_day_does_not_depend_on_how_far_one_looks(history: History, rules: Rules, on: date) -> None:
    near, far = (accrue(history.account, rules.scheme, on + timedelta(days=n)) for n in (0, 700))
    assert near.through(on) == far.through(on)


@often
@given(history=histories(), rules=rules(), to=days)
def test_a_statement_ties_its_opening_to_its_closing(history: History, rules: Rules, to: date) -> None:
    if to < history.account.opened.opened_on:
        return
    figures = statement_figures(history.account, rules.scheme, to)
    corrections = sum((a.amount for a in figures.adjustments), Decimal(0))
    assert figures.opening + figures.counted + corrections == figures.accrued_costs
    assert sum((line.metered for line in figures.lines), Decimal(0)) == figures.counted
    assert sum(line.days for line in figures.lines) == (to - figures.from_).days + 1
    assert digest(figures) == digest(statement_figures(history.account, rules.scheme, to))
