"""Who pays for a care home later, out of the value of a home?"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import count, takewhile

from api.demo.life import FINANCE, Life
from domain import parameters
from domain.account.agreeing import AskedUnderAgreement, to_agree, under_agreement
from domain.account.facts import Deferral, DeferredPayment, DeferredPaymentEnding, Repayment, StatedRate
from domain.law.deferred_interest import Compounding

_FIRST = date(2024, 1, 8)
_A_QUARTER = timedelta(weeks=13)
_NOTED = timedelta(days=2)


def goes_on_deferring(life: Life) -> None:
    """At the highest rate of each half-year, compounding daily; the fee was deferred too."""
    reference = _agrees(life, Decimal("265000.00"), "daily")
    _asks(life, reference, Deferral(kind="administration_fee", amount=Decimal("350.00"), due_on=_FIRST))
    _defers(life, reference, Decimal("5408.00"), life.story.day)


def pays_some_of_it_back(life: Life) -> None:
    """At a rate that the agreement states, added each half-year; a daughter paid 4,000.00 of it back."""
    low = StatedRate.model_validate({"from": _FIRST, "per_cent": Decimal("3.25")})
    reference = _agrees(life, Decimal("198500.00"), "half_yearly", low)
    _defers(life, reference, Decimal("3718.00"), life.story.day)
    _asks(life, reference, Repayment(on=date(2025, 2, 17), amount=Decimal("4000.00")))


def died_owing(life: Life) -> None:
    """Until the death; what the home then paid for is owed by the estate for 90 days."""
    reference = _agrees(life, Decimal("312000.00"), "daily")
    died = life.last_day
    assert died is not None  # this person's account ends by death, whenever the story is told
    _defers(life, reference, Decimal("8450.00"), died)
    _asks(life, reference, DeferredPaymentEnding(on=died, reason="died"))
    _asks(life, reference, Repayment(on=died + timedelta(days=62), amount=Decimal("15000.00")))


DEFERRING: Mapping[int, Callable[[Life], None]] = {44: goes_on_deferring, 61: pays_some_of_it_back, 101: died_owing}
"""By their number, people who live in a care home from the first winter on, and have a home to pay with."""


def _agrees(life: Life, value: Decimal, compounding: Compounding, *stated: StatedRate) -> str:
    """The person was told of interest, and agreed a week later."""
    terms = DeferredPayment(
        reference=f"DPA-{life.number + 1}",
        agreed_on=_FIRST - timedelta(days=4),
        effective_from=_FIRST,
        property_value=value,
        encumbrances=Decimal("0.00"),
        other_capital=Decimal("11400.00"),
        weekly_income_kept=Decimal("144.00"),
        compounding=compounding,
        interest="deferred",
        interest_told_on=_FIRST - timedelta(days=11),
        stated_rates=stated,
        administration_fee="deferred",
    )
    life.note(to_agree(terms, parameters.load), _FIRST, life.rng.choice(FINANCE))
    return terms.reference


def _defers(life: Life, reference: str, amount: Decimal, ending_before: date) -> None:
    """What was not paid for each whole quarter, due on the day after it."""
    for due_on in takewhile(lambda day: day < ending_before, (_FIRST + n * _A_QUARTER for n in count(1))):
        period = {"period_from": due_on - _A_QUARTER, "period_ending_before": due_on}
        _asks(life, reference, Deferral(kind="care_costs", amount=amount, due_on=due_on, **period))


def _asks(life: Life, reference: str, terms: AskedUnderAgreement) -> None:
    on = terms.due_on if isinstance(terms, Deferral) else terms.on
    life.note(under_agreement(terms, reference, parameters.load), on + _NOTED, life.rng.choice(FINANCE))
