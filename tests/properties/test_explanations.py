"""What always holds of an explanation: its last parts add up, and what it names is there and in force."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.account.explanation import FIGURES, DatedLaw, Explained, Figure, explain
from domain.account.explanation.node import last_parts
from domain.account.progress import cap_progress
from domain.dates import ONE_DAY
from domain.parameters.parameter import DatedAmount
from domain.schemes import AnnualAdjustment, Scheme
from tests.properties.histories import History, histories
from tests.properties.lives import days_of
from tests.properties.schemes import Rules, rules

often = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


Asked = tuple[History, date, Figure]


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """A life, a day of it and a figure."""
    history = draw(histories())
    return history, draw(days_of(history)), draw(st.sampled_from(FIGURES))


def every_part(whole: Explained) -> Iterator[Explained]:
    yield whole
    for child in whole.children:
        yield from every_part(child)


def added(parts: Any) -> Decimal:
    return sum((part.amount or Decimal(0) for part in parts), Decimal(0))


@often
@given(asked(), rules())
def test_the_last_parts_of_the_tree_add_up_to_the_figure(asked: Asked, rules: Rules) -> None:
    history, on, figure = asked
    whole = explain(history.account, rules.scheme, on, figure)
    shown = getattr(cap_progress(history.account, rules.scheme, on), figure)
    if figure == "weekly_rate":
        shown = shown and shown.metered
    if figure in ("percent", "expected_to_reach_cap_on"):
        assert (whole.amount, whole.value) == (None, None if shown is None else str(shown))
    else:
        assert whole.amount == shown
    for part in every_part(whole):
        if part.amount is not None:
            assert added(last_parts(part)) == part.amount
            assert not part.children or added(part.children) == part.amount


@often
@given(asked(), rules())
def test_a_part_that_only_rounds_is_never_more_than_rounding_can_bring(asked: Asked, rules: Rules) -> None:
    history, on, figure = asked
    for part in every_part(explain(history.account, rules.scheme, on, figure)):
        assert part.figure != "posted"  # nothing was posted otherwise than it would be worked out now
        for child in part.children:
            if child.figure == "rounding":
                assert child.amount
                assert abs(child.amount) <= Decimal("0.01") + Decimal("0.005") * (len(part.children) - 1)


@often
@given(asked(), rules())
def test_every_entry_that_an_explanation_names_is_there_and_counts(asked: Asked, rules: Rules) -> None:
    history, on, figure = asked
    for part in every_part(explain(history.account, rules.scheme, on, figure)):
        for named in part.entries:
            entry = history.account.entry(named)
            assert entry is not None
            assert entry.version not in history.account.voided_by


@often
@given(asked(), rules())
def test_every_amount_of_law_that_an_explanation_names_is_the_one_in_force(asked: Asked, rules: Rules) -> None:
    history, on, figure = asked

    def check(part: Explained, first: date, last: date) -> None:
        first, last = part.first or first, part.last or last
        law = part.parameter
        assert law is None or law == told(rules.scheme, law.name, first) == told(rules.scheme, law.name, last)
        for child in part.children:
            check(child, first, last)

    check(explain(history.account, rules.scheme, on, figure), on, on)


def told(scheme: Scheme, name: str, day: date) -> DatedLaw:
    """The amount of law of a day, read from the scheme in another way than the explanation reads it."""
    assert scheme.cap is not None
    found: AnnualAdjustment | DatedAmount
    if name == "annual_adjustment":
        (found,) = [one for one in scheme.cap.annual_adjustments if one.from_ == day]
        amount, unit = f"{found.percentage:f}", "per cent"
    else:
        law = {"cap_on_care_costs": scheme.cap.amount, "daily_living_costs": scheme.cap.daily_living_costs}[name]
        found = [one for one in law.values if one.from_ <= day][-1]
        amount, unit = str(found.amount), law.unit
    words = found.model_dump(include={"from_", "authority", "certainty", "status"})
    return DatedLaw(name=name, amount=amount, unit=unit, **words)


@often
@given(history=histories(), rules=rules(), length=st.integers(0, 400))
def test_every_day_from_opening_stands_in_one_stretch(history: History, rules: Rules, length: int) -> None:
    opened = history.account.opened.opened_on
    last = opened + timedelta(days=length)
    for figure in ("accrued_costs", "daily_living_costs"):
        stretches = [
            part for part in explain(history.account, rules.scheme, last, figure).children if part.figure == "days"
        ]
        spans = [(part.first, part.last) for part in stretches]
        assert (spans[0][0], spans[-1][1]) == (opened, last)
        assert all(a[1] + ONE_DAY == b[0] for a, b in pairwise(spans) if a[1] and b[0])
        assert sum(part.days or 0 for part in stretches) == length + 1
