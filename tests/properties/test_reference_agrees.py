"""The domain and the independent day-by-day reference give the same figures for any life, under any scheme."""

import os
from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.account.accrual import accrue
from domain.account.progress import cap_progress
from tests.properties.histories import History, days, histories
from tests.properties.schemes import Rules, rules
from tests.reference.metering import daily, figures

LONG = bool(os.environ.get("CARELEDGER_LONG"))
thorough = settings(max_examples=10_000 if LONG else 500, deadline=None, suppress_health_check=list(HealthCheck))


@thorough
@given(history=histories(), rules=rules(), on=days, data=st.data())
def test_every_figure_is_the_references_as_known_at_any_moment(
    history: History, rules: Rules, on: date, data: st.DataObject
) -> None:
    version = data.draw(st.integers(1, history.account.version))
    known_at = history.known_at(version)
    account = history.account.as_known_at(known_at)
    assert account is not None
    assert account.version == version
    ours = cap_progress(account, rules.scheme, on)
    theirs = figures(history.entries, rules.policy, on, known_at)
    week = ours.weekly_rate
    assert (
        ours.accrued_costs,
        ours.daily_living_costs,
        ours.cap,
        ours.metering,
        week and week.base,
        week and week.daily_living_costs,
        week and week.metered,
        ours.cap_reached_on,
        ours.expected_to_reach_cap_on,
    ) == (
        theirs.accrued_costs,
        theirs.daily_living_costs,
        theirs.cap,
        theirs.metering,
        theirs.base,
        theirs.dlc_week,
        theirs.metered_week,
        theirs.cap_reached_on,
        theirs.expected_to_reach_cap_on,
    )


@settings(thorough, max_examples=100)
@given(history=histories(), rules=rules(), first=days)
def test_every_single_day_is_the_references(history: History, rules: Rules, first: date) -> None:
    last = first + timedelta(days=90)
    known_at = history.known_at(history.account.version)
    accrual = accrue(history.account, rules.scheme, last)
    for theirs in daily(history.entries, rules.policy, first, last, known_at):
        counted = accrual.at(theirs.day)
        ours = counted.daily if counted else (0, 0, 0)
        assert ours == (theirs.base or 0, theirs.daily_living_costs or 0, theirs.metered or 0), theirs


def test_the_lives_that_are_drawn_are_worth_asking_about() -> None:
    """Lives in which nothing accrues would let any two programs agree."""
    asked = Counter[str]()

    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(history=histories(), rules=rules(), on=days)
    def look(history: History, rules: Rules, on: date) -> None:
        accrual = accrue(history.account, rules.scheme, on)
        asked["lives"] += 1
        asked["accrued"] += accrual.balance(on) > 0
        asked["moved"] += any(counted.moves_first or counted.moves_last for counted in accrual.counted)
        asked["reached"] += accrual.cap_reached_on is not None

    look()
    shares = {word: asked[word] / asked["lives"] for word in ("accrued", "moved", "reached")}
    assert shares["accrued"] > 0.25, shares
    assert shares["moved"] > 0.10, shares
    assert shares["reached"] > 0.08, shares
