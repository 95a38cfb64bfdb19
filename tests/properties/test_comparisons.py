"""What always holds of a comparison: its causes add up to the difference, whichever way round it is asked."""

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.account.comparison import Comparison, Moment, compare
from domain.account.facts import EntryVoided
from domain.account.progress import cap_progress
from domain.account.state import Entry
from tests.properties.histories import History, days, histories
from tests.properties.lives import days_of
from tests.properties.schemes import Rules, rules

often = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def moments(draw: st.DrawFn) -> tuple[Moment, Moment]:
    """Two moments of one life, each on any day and known at any version; at times under two schemes."""
    history: History = draw(histories())
    drawn: Rules = draw(rules())
    other: Rules = draw(rules()) if draw(st.booleans()) else drawn
    versions = st.sampled_from([entry.version for entry in history.account.entries if not replaced(entry)])
    on, later = draw(days_of(history)), draw(days_of(history))
    return (
        Moment(history.account.first(draw(versions)), drawn.scheme, on),
        Moment(history.account.first(draw(versions)), other.scheme, draw(st.sampled_from([on, later]))),
    )


def replaced(entry: Entry) -> bool:
    """Whether the next entry stands in the place of another: the two are recorded at one moment."""
    return isinstance(entry.fact, EntryVoided) and entry.fact.replaced_by is not None


def added(found: Comparison) -> tuple[Decimal, Decimal]:
    amounts = [(cause.amount, cause.daily_living_costs) for cause in found.causes]
    return sum((a for a, _ in amounts), Decimal(0)), sum((b for _, b in amounts), Decimal(0))


@often
@given(moments())
def test_the_causes_add_up_to_the_difference(pair: tuple[Moment, Moment]) -> None:
    found = compare(*pair)
    if pair[0].scheme is pair[1].scheme:
        assert "rules" not in {cause.kind for cause in found.causes}
    shown = [cap_progress(*moment) for moment in pair]
    assert [found.one, found.other] == shown
    differing = shown[1].accrued_costs - shown[0].accrued_costs
    apart = shown[1].daily_living_costs - shown[0].daily_living_costs
    assert added(found) == (differing, apart)
    assert (found.difference.accrued_costs, found.difference.daily_living_costs) == (differing, apart)
    if found.difference.remaining is not None and found.difference.cap is not None:
        assert found.difference.remaining == found.difference.cap - differing


@often
@given(moments())
def test_turned_round_every_sign_is_turned(pair: tuple[Moment, Moment]) -> None:
    there, back = compare(*pair), compare(*reversed(pair))
    told = [(cause.kind, cause.amount, cause.first, cause.last, cause.entries) for cause in there.causes]
    assert told == [(cause.kind, -cause.amount, cause.first, cause.last, cause.entries) for cause in back.causes]


@often
@given(moments())
def test_every_entry_that_a_cause_names_was_known_at_one_of_the_moments(pair: tuple[Moment, Moment]) -> None:
    known = max((moment.account for moment in pair), key=lambda account: account.version)
    least = min(moment.account.version for moment in pair)
    for cause in compare(*pair).causes:
        entries = [known.entry(named) for named in cause.entries]
        assert all(entries)
        if cause.kind == "learned":
            assert all(entry and entry.version > least for entry in entries)
            assert cause.entry_id == cause.entries[0]


@often
@given(histories(), rules(), days)
def test_two_moments_that_know_the_same_of_the_same_day_do_not_differ(history: History, rules: Rules, on: date) -> None:
    moment = Moment(history.account, rules.scheme, on)
    assert compare(moment, moment).causes == ()
