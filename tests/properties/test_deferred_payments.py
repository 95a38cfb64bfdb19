"""What always holds of deferred payments: none of them counts, and interest adds up and is never above the highest."""

import os
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from domain.account.accrual import accrue
from domain.account.commands import Correct, PostPeriod
from domain.account.decisions import decide
from domain.account.deferred import deferred_statement
from domain.account.explanation import explain
from domain.account.explanation.node import Figure
from domain.account.facts import DeferredPaymentAgreed, StatedRate
from domain.account.progress import cap_progress
from domain.account.state import CareAccount
from domain.law.deferred_interest import Compounding, Owed, with_interest
from domain.money import Fraction, to_the_penny
from projections.spans import Reckoning
from tests.properties.deferring import (
    Deferred,
    agreements,
    as_law,
    days,
    deferred,
    half_years,
    happenings,
    rates,
    unless_refused,
)
from tests.properties.histories import History, histories
from tests.properties.lives import days_of
from tests.properties.schemes import Rules, rules
from tests.reference.deferred import reckon
from tests.rules.asking import NOW
from tests.rules.build import and_then

LONG = bool(os.environ.get("CARELEDGER_LONG"))
often = settings(max_examples=1_000 if LONG else 100, deadline=None, suppress_health_check=list(HealthCheck))


@often
@given(history=histories(), rules=rules(), data=st.data())
def test_no_deferred_payment_ever_changes_a_cap_figure(history: History, rules: Rules, data: st.DataObject) -> None:
    """Whatever is agreed, deferred, repaid, ended and corrected: the same progress, spans, explanations, postings."""
    without, on, of_law = history.account, data.draw(days_of(history)), as_law(data.draw(half_years()))
    found = and_then(without, *unless_refused(data.draw(agreements(of_law)), without))
    for command in data.draw(st.lists(happenings(of_law), min_size=1, max_size=4)):
        found = and_then(found, *(unless_refused(command, found) if found.of(DeferredPaymentAgreed) else ()))
    if found.version > without.version and data.draw(st.booleans()):
        wrong = Correct(entry_id=str(found.entries[-1].id), reason_code="wrong")
        found = and_then(found, *unless_refused(wrong, found))
    assert accrue(found, rules.scheme, on).counted == accrue(without, rules.scheme, on).counted
    assert cap_progress(found, rules.scheme, on) == cap_progress(without, rules.scheme, on)
    assert Reckoning().spans(found, rules.scheme) == Reckoning().spans(without, rules.scheme)
    for figure in get_args(Figure):
        assert explain(found, rules.scheme, on, figure) == explain(without, rules.scheme, on, figure)
    post = PostPeriod(through=min(on, date(2026, 1, 1)), known_at=NOW)
    assert decide(post, found, rules.scheme) == decide(post, without, rules.scheme)


@often
@given(lent=deferred(), on=days)
def test_every_statement_is_the_references(lent: Deferred, on: date) -> None:
    shown = deferred_statement(lent.account, "DPA-1", lent.amounts, on)
    theirs = reckon(lent.terms, lent.paid, lent.highest, on)
    assert (Fraction(shown.total_interest), Fraction(shown.owed)) == (theirs.interest, theirs.owed)


@often
@given(lent=deferred(), on=days, since=days)
def test_a_statement_adds_up_and_begins_where_the_one_before_it_ended(lent: Deferred, on: date, since: date) -> None:
    since, on = sorted((since, on))
    shown = deferred_statement(lent.account, "DPA-1", lent.amounts, on, since)
    eve = deferred_statement(lent.account, "DPA-1", lent.amounts, since - timedelta(days=1))
    added = Decimal(0) if shown.agreement.interest == "paid_separately" else shown.total_interest
    assert shown.opening == eve.owed
    assert shown.opening + shown.total_deferred + added - shown.total_repaid == shown.owed
    for total, lines in (("deferred", shown.deferred), ("interest", shown.interest), ("repaid", shown.repaid)):
        amounts: list[Decimal] = [line.amount for line in lines]
        assert getattr(shown, f"total_{total}") == sum(amounts)
    for line in shown.interest:
        assert since <= line.from_ <= line.to <= on
        assert line.per_cent is None or (line.highest_per_cent is not None and line.per_cent <= line.highest_per_cent)
        assert line.per_cent is not None or not line.amount


@often
@given(lent=deferred(), on=days)
def test_no_more_interest_runs_than_at_the_highest_rate_and_none_at_nil(lent: Deferred, on: date) -> None:
    """As long as nothing is repaid: who repays the same sums of a lower debt is done sooner."""
    assume(lent.terms.stated and not any(each.pounds.startswith("-") for each in lent.paid))
    nothing = StatedRate.model_validate_json('{"from": "2015-04-01", "per_cent": "0"}')
    highest, nil = _at_other_rates(lent, ()), _at_other_rates(lent, (nothing,))
    interest = [deferred_statement(each, "DPA-1", lent.amounts, on).total_interest for each in (lent.account, highest)]
    assert interest[0] <= interest[1]
    assert deferred_statement(nil, "DPA-1", lent.amounts, on).total_interest == 0


def _at_other_rates(lent: Deferred, stated: tuple[StatedRate, ...]) -> CareAccount:
    """The same account, the agreement under other rates."""
    opened, agreed, *others = lent.account.entries
    assert isinstance(agreed.fact, DeferredPaymentAgreed)
    return CareAccount((opened, replace(agreed, fact=agreed.fact.model_copy(update={"stated_rates": stated})), *others))


sums = st.integers(-100_00, 400_000_00).map(lambda pence: Fraction(pence, 100))
how: st.SearchStrategy[Compounding] = st.sampled_from(["daily", "quarterly", "half_yearly", "none"])


@often
@given(owed=sums, waiting=sums.map(abs), rate=rates, how=how, cuts=st.sets(days, min_size=3, max_size=3))
def test_splitting_days_changes_nothing_before_rounding(
    owed: Fraction, waiting: Fraction, rate: str, how: Compounding, cuts: set[date]
) -> None:
    first, between, last = sorted(cuts)
    begun = Owed(owed, waiting, lent=owed)
    at_once = with_interest(begun, first, last, Decimal(rate), how)
    half_way = with_interest(begun, first, between, Decimal(rate), how)
    assert with_interest(half_way, between, last, Decimal(rate), how) == at_once
    assert at_once.lent == owed
    assert at_once.sums + at_once.interest >= owed + waiting
    assert with_interest(begun, first, last, Decimal(0), how).interest_so_far == to_the_penny(waiting)
