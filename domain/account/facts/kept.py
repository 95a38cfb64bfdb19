"""From when to when the account is kept, and what was carried into it."""

from datetime import date
from decimal import Decimal
from typing import Literal

from domain.account.facts.fact import Fact
from domain.dates import Day
from domain.money import Money, Percentage
from domain.terms import Code, EntryId, Terms


class AccountOpened(Fact):
    """The council began to keep a care account for an adult (Care Act 2014 s 29(1))."""

    TOPIC = "account-opened.1"
    reference: Code
    opened_on: Day

    @property
    def effective_from(self) -> date:
        return self.opened_on


class Closure(Terms):
    """The end of the council's duty to keep the account up to date. The day itself still counts."""

    on: Day
    reason: Literal["died", "moved", "no_eligible_needs", "entered_in_error"]


class AccountClosed(Closure, Fact):
    """The account was closed."""

    TOPIC = "account-closed.1"

    @property
    def effective_from(self) -> date:
        return self.on


class Reopening(Terms):
    """The first day on which the account is kept again."""

    on: Day
    reason_code: Code


class AccountReopened(Reopening, Fact):
    """The account was opened again, as after a report of death that was wrong."""

    TOPIC = "account-reopened.1"

    @property
    def effective_from(self) -> date:
        return self.on


class Provenance(Terms):
    """Where a carried-in balance comes from: another council (Care Act 2014 s 37), or the system used before."""

    kind: Literal["transfer", "migration"]
    council: Code | None = None
    system: Code | None = None
    reference: Code | None = None


class CarriedRate(Terms):
    """What a week counted with the first council, which goes on until this one has assessed. Pounds a week."""

    metered: Money
    daily_living_costs: Money = Decimal("0.00")


class EarlierAdjustment(Terms):
    """An annual adjustment that the carried-in balance holds already (Care Act 2014 s 16)."""

    on: Day
    percentage: Percentage


class Opening(Terms):
    """What had accrued before this account, as at the start of a day. Pounds."""

    on: Day
    accrued_costs: Money
    daily_living_costs: Money
    provenance: Provenance
    weekly_rate: CarriedRate | None = None
    adjustments: tuple[EarlierAdjustment, ...] = ()


class OpeningCarriedIn(Opening, Fact):
    """Accrued costs were carried in. They are inherited and unproven until there is evidence."""

    TOPIC = "opening-carried-in.1"

    @property
    def effective_from(self) -> date:
        return self.on


class OpeningEvidenced(Fact):
    """Evidence for a carried-in balance was seen."""

    TOPIC = "opening-evidenced.1"
    opening: EntryId
    on: Day
    evidence: Code

    @property
    def effective_from(self) -> date:
        return self.on
