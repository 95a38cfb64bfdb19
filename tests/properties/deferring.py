"""Random deferred payments: an agreement, what is deferred and repaid under it, and the highest rates of its years."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.account.commands import AgreeDeferredPayment
from domain.account.decisions import decide
from domain.account.facts import Fact
from domain.account.refusals import Refused
from domain.account.state import CareAccount
from domain.parameters import AmountsOfLaw
from tests.reference.deferred import Paid, Terms
from tests.rules.build import REFORM_2023, account, and_then
from tests.rules.deferring import agree, defer, end, law, repay

FIRST, LENGTH = date(2019, 11, 20), 420  # so that a new year, a leap day and both kinds of half-year are near
days = st.integers(0, LENGTH).map(lambda n: FIRST + timedelta(days=n))
amounts = st.one_of(
    st.sampled_from(["36500.00", "0.01", "1000.00", "165750.00"]),
    st.integers(1, 40_000_00).map(lambda pence: f"{pence // 100}.{pence % 100:02d}"),
)
rates = st.one_of(
    st.sampled_from(["3.65", "0", "0.0001"]), st.integers(1, 99999).map(lambda n: f"{n // 10000}.{n % 10000:04d}")
)
HALF_YEARS = (date(2019, 7, 1), date(2020, 1, 1), date(2020, 7, 1), date(2021, 1, 1))


@dataclass(frozen=True)
class Deferred:
    """One agreement and what happened under it, in both forms."""

    account: CareAccount
    amounts: AmountsOfLaw
    terms: Terms
    paid: tuple[Paid, ...]
    highest: dict[date, str | None]


@st.composite
def half_years(draw: st.DrawFn) -> dict[date, str | None]:
    """The highest rate of each half-year; of some nobody has seen one."""
    return {first: draw(st.one_of(rates, rates, rates, st.none())) for first in HALF_YEARS}


def as_law(highest: dict[date, str | None]) -> AmountsOfLaw:
    return law({first.isoformat(): rate for first, rate in highest.items()})


@st.composite
def agreements(draw: st.DrawFn, of_law: AmountsOfLaw) -> AgreeDeferredPayment:
    first = draw(days.map(lambda day: min(day, FIRST + timedelta(days=60))))
    later = sorted(day for day in draw(st.sets(days, max_size=2)) if day > first)
    stated = [first, *later] if draw(st.booleans()) else []
    compounding = draw(st.sampled_from(["daily", "quarterly", "half_yearly", "none"]))
    return agree(
        of_law,
        agreed_on=first.isoformat(),
        effective_from=first.isoformat(),
        compounding=compounding,
        interest=draw(st.sampled_from(["deferred", "paid_separately"])) if compounding == "none" else "deferred",
        interest_told_on=draw(st.sampled_from([first.isoformat()] * 4 + [None])),
        stated_rates=[{"from": day.isoformat(), "per_cent": draw(rates)} for day in stated],
    )


@st.composite
def happenings(draw: st.DrawFn, of_law: AmountsOfLaw) -> Any:
    """A request under an agreement. Most are deferrals, so that there is something to repay."""
    kind, on, amount = (
        draw(st.sampled_from(["defer"] * 3 + ["fee", "repay", "repay", "end"])),
        draw(days),
        draw(amounts),
    )
    if kind == "end":
        return end(
            (FIRST + timedelta(days=LENGTH)).isoformat(), draw(st.sampled_from(["sold", "died"])), amounts=of_law
        )
    if kind == "repay":
        return repay(amount, on.isoformat(), amounts=of_law)
    return defer(amount, on.isoformat(), "administration_fee" if kind == "fee" else "care_costs", amounts=of_law)


@st.composite
def deferred(draw: st.DrawFn) -> Deferred:
    """An agreement and up to eight things that happened under it and were not refused."""
    highest = draw(half_years())
    of_law = as_law(highest)
    agreed = draw(agreements(of_law))
    found = and_then(account(), *decide(agreed, account(), REFORM_2023))
    for command in draw(st.lists(happenings(of_law), max_size=8)):
        found = and_then(found, *unless_refused(command, found))
    return Deferred(found, of_law, _terms(agreed), tuple(_paid(found)), highest)


def unless_refused(command: Any, found: CareAccount) -> tuple[Fact, ...]:
    try:
        return decide(command, found, REFORM_2023)
    except Refused:
        return ()


def _terms(agreed: AgreeDeferredPayment) -> Terms:
    return Terms(
        first_day=agreed.effective_from,
        compounding=agreed.compounding,
        told=agreed.interest_told_on is not None,
        paid_separately=agreed.interest == "paid_separately",
        stated={rate.from_: str(rate.per_cent) for rate in agreed.stated_rates},
    )


def _paid(found: CareAccount) -> list[Paid]:
    """As the entries' own fields say it."""
    data = [entry.fact.model_dump(mode="json") for entry in found.entries]
    signs = [("due_on", ""), ("on", "-")]
    return [
        Paid(date.fromisoformat(each[day]), sign + each["amount"])
        for each in data
        for day, sign in signs
        if day in each and "amount" in each
    ]
