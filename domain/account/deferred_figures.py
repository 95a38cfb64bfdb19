"""The figures of a deferred payment agreement's statement, in the shapes that every reader gets."""

from typing import Literal

from pydantic import Field

from domain.account.facts import DeferredPaymentAgreed
from domain.account.facts.deferred import DeferredKind
from domain.account.figures import Figures
from domain.dates import Day
from domain.money import Money, SignedMoney
from domain.parameters.dated import Certainty
from domain.parameters.quantity import Quantity
from domain.terms import Code, EntryId

Warned = Literal["near_the_limit", "at_the_limit", "rate_not_known", "less_than_official"]


class DeferredSum(Figures):
    """A sum that was deferred."""

    entry_id: EntryId
    kind: DeferredKind
    due_on: Day
    period_from: Day | None
    period_ending_before: Day | None
    amount: Money


class InterestLine(Figures):
    """The interest of some days of one half-year. `to` is the last of them.

    `per_cent` a year was charged, which is never above `highest_per_cent`; both null where the highest is not known, so
    that nothing could be charged.
    """

    from_: Day = Field(alias="from")
    to: Day
    per_cent: Quantity | None
    highest_per_cent: Quantity | None
    authority: str
    certainty: Certainty
    amount: Money


class RepaidSum(Figures):
    """A sum that was repaid."""

    entry_id: EntryId
    on: Day
    amount: Money


class StatementWarning(Figures):
    """Something to look at before the figures are relied on."""

    code: Warned
    words: str


class DeferredPaymentStatement(Figures):
    """What is owed under an agreement, and how it came about. Pounds.

    `opening` and what was deferred, the interest unless it is paid separately, less what was repaid, is what is `owed`.
    Each line of interest is the difference of totals rounded once, so that the lines add up to the penny.
    """

    reference: Code
    from_: Day = Field(alias="from")
    to: Day
    agreement: DeferredPaymentAgreed
    opening: SignedMoney
    deferred: tuple[DeferredSum, ...]
    total_deferred: Money
    interest: tuple[InterestLine, ...]
    total_interest: Money
    repaid: tuple[RepaidSum, ...]
    total_repaid: Money
    owed: SignedMoney
    left_of_limit: Money
    percent_of_limit: str = Field(description="what is owed as a share of the limit, rounded down", examples=["41.20"])
    ended_on: Day | None
    pay_by: Day | None
    warnings: tuple[StatementWarning, ...]
