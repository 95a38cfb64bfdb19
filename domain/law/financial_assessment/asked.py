"""What has to be known of somebody's money to assess it: the request, the same for an estimate and a record."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from domain.dates import Day
from domain.law.financial_assessment.pension_age import AgeGroup, age_group
from domain.money import Money, Percentage
from domain.terms import Terms, ends_after

AssessmentSetting = Literal[
    "own_home",
    "supported_living",
    "extra_care",
    "shared_lives",
    "care_home_permanent",
    "care_home_temporary",
    "care_home_short_term",
]
Household = Literal["single", "couple", "lone_parent"]
Premium = Literal["disability", "enhanced_disability", "carer"]
Frequency = Literal["weekly", "four_weekly", "monthly", "annual"]
IncomeKind = Literal[
    "state_pension",
    "private_pension",
    "pension_credit_guarantee",
    "savings_credit",
    "universal_credit",
    "esa",
    "income_support",
    "carers_allowance",
    "attendance_allowance",
    "dla_care",
    "pip_daily_living",
    "dla_mobility",
    "pip_mobility",
    "earnings",
    "war_pension",
    "war_widows_pension",
    "guaranteed_income_payment",
    "housing_benefit",
    "council_tax_reduction",
    "child_benefit",
    "charitable_payment",
    "annuity",
    "trust",
    "rental",
    "other",
]
CapitalKind = Literal[
    "savings",
    "investments",
    "main_home",
    "second_property",
    "business",
    "bond_with_life_cover",
    "personal_injury_trust",
    "personal_possessions",
    "notional",
    "other",
]
OutgoingKind = Literal["rent", "mortgage", "ground_rent", "council_tax", "service_charge"]
QualifyingRelative = Literal["partner", "relative_aged_60_or_over", "incapacitated_relative", "child_under_18"]
"""Who, living in the home, lets it be ignored (SI 2014/2672 Sch 2 para 4)."""

MOST_LINES = 100
"""More lines of one sort than anybody has, and few enough to answer at once."""


def _share_of_the_whole(share: Decimal) -> Decimal:
    if not 0 <= share <= 1:
        raise PydanticCustomError("share", 'Write the share as part of the whole, from "0" to "1".')
    return share


def _of_a_hundred(percentage: Decimal) -> Decimal:
    if not 0 <= percentage <= 100:
        raise PydanticCustomError("of_a_hundred", "Give a percentage from 0 to 100.")
    return percentage


Share = Annotated[Percentage, AfterValidator(_share_of_the_whole)]
"""A part of the whole, at most four decimals."""


class PeriodicSum(Terms):
    """Pounds a week; or an amount with the period it is paid for, which is then converted."""

    weekly: Money | None = None
    amount: Money | None = None
    frequency: Frequency | None = None

    @model_validator(mode="after")
    def _said_in_one_way(self) -> Self:
        by_period = self.amount is not None and self.frequency is not None
        if (self.weekly is not None) == by_period or (self.amount is None) != (self.frequency is None):
            raise PydanticCustomError("periodic", "Give weekly, or amount together with frequency, and not both.")
        return self


class Income(PeriodicSum):
    """Income of one kind, net of tax, the adult's own share of it (SI 2014/2672 reg 13)."""

    kind: IncomeKind


class Outgoing(PeriodicSum):
    """A cost of the adult's home (SI 2014/2672 Sch 1 para 2)."""

    kind: OutgoingKind


class Expense(PeriodicSum):
    """Disability-related expenditure, for needs that the council does not meet (SI 2014/2672 Sch 1 para 4)."""


class LocalDisregard(PeriodicSum):
    """What this council leaves out of account of its own will."""


class Stay(Terms):
    """Days in a care home as a permanent resident, in an earlier stay."""

    effective_from: Day
    ending_before: Annotated[Day, AfterValidator(ends_after("effective_from"))]


class Holding(Terms):
    """Capital of one kind: what the whole is worth, what is secured on it, and what part of it is the adult's."""

    kind: CapitalKind
    value: Money
    share: Share | None = None
    joint_holders: int | None = Field(default=None, ge=1, le=100, description="how many hold it, the adult included")
    secured_debt: Money | None = None
    selling_costs_10_percent: bool = False
    occupied_by: QualifyingRelative | None = None
    twelve_week_from: Day | None = Field(default=None, description="the first day as a permanent resident")
    earlier_stays: tuple[Stay, ...] = Field(default=(), max_length=MOST_LINES)
    diminishes_from: Day | None = Field(default=None, description="the day on which notional capital had this value")

    @model_validator(mode="after")
    def _says_what_its_kind_has(self) -> Self:
        of_the_home = self.occupied_by, self.twelve_week_from, self.earlier_stays or None
        if self.kind != "main_home" and of_the_home != (None, None, None):
            raise PydanticCustomError(
                "of_the_home", "occupied_by, twelve_week_from and earlier_stays are said of the main_home alone."
            )
        if self.kind != "notional" and self.diminishes_from is not None:
            raise PydanticCustomError("of_notional_capital", "diminishes_from is said of notional capital alone.")
        if self.earlier_stays and self.twelve_week_from is None:
            raise PydanticCustomError("stays", "Give twelve_week_from with earlier_stays: the day this stay began.")
        return self


class MoreGenerous(Terms):
    """What a council leaves to the adult in place of the amount of law: more, never less (Care Act 2014 s 14(7))."""

    amount: Money


class Circumstances(Terms):
    """The adult, as far as the amounts to leave them depend on it. Their age is given in one of three ways."""

    date_of_birth: Day | None = None
    over_pension_age: bool | None = None
    age_group: AgeGroup | None = None
    household: Household
    premiums: tuple[Premium, ...] = Field(default=(), max_length=3)
    children: int = Field(default=0, ge=0, le=20)

    def age_group_on(self, day: date) -> AgeGroup | None:
        """The age group on a day; what is stated of it goes before the date of birth. None where nothing is known."""
        found = age_group(self.date_of_birth, day) if self.date_of_birth else self.age_group
        if found == "under_18" or self.over_pension_age is None:
            return found
        if self.over_pension_age:
            return "pension_age"
        return "25_to_pension_age" if found in (None, "pension_age") else found


class AnyAssessment(Terms):
    """What every way to assess has in common. The amounts and ages are those of `effective_from`."""

    assessed_on: Day
    effective_from: Day
    ending_before: Annotated[Day | None, AfterValidator(ends_after("effective_from"))] = None
    setting: AssessmentSetting
    cost_of_care: Money


class _WithMoney(AnyAssessment):
    """A request that says what comes in and what has to be paid."""

    circumstances: Circumstances
    income: tuple[Income, ...] = Field(default=(), max_length=MOST_LINES)
    outgoings: tuple[Outgoing, ...] = Field(default=(), max_length=MOST_LINES)
    disability_related_expenditure: tuple[Expense, ...] = Field(default=(), max_length=MOST_LINES)
    local_disregards: tuple[LocalDisregard, ...] = Field(default=(), max_length=MOST_LINES)
    minimum_income_guarantee: MoreGenerous | None = None
    personal_expenses_allowance: MoreGenerous | None = None
    council_percentage: Annotated[Percentage, AfterValidator(_of_a_hundred)] = Decimal(100)


class FullAssessment(_WithMoney):
    """Everything the adult has and receives is looked at (SI 2014/2672 reg 9)."""

    type: Literal["full"]
    capital: tuple[Holding, ...] = Field(default=(), max_length=MOST_LINES)


class LightTouchAssessment(_WithMoney):
    """Capital is taken to be below or above the limit, by consent and on evidence (SI 2014/2672 reg 10(2) and (3))."""

    type: Literal["light_touch"]
    capital: Literal["below", "above"]
    consent: Literal[True]


class RefusedAssessment(AnyAssessment):
    """The adult refused a full assessment: they are treated as having more than the upper limit (R10(1))."""

    type: Literal["refused"]
