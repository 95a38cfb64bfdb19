"""What is said of a council's history under another scheme: of each person, of each year, and of all added up?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from domain.account.relief import financial_year
from domain.dates import Day, Instant
from domain.money import Money, SignedMoney
from domain.schemes import Scheme
from domain.terms import Terms

NO_POUNDS = Decimal("0.00")


class Outcome(NamedTuple):
    """What an account comes to under a scheme by the close of a day. Pounds."""

    accrued_costs: Decimal
    cap_reached_on: date | None
    relief_by_year: dict[int, Decimal]

    @property
    def relief(self) -> Decimal:
        return sum(self.relief_by_year.values(), NO_POUNDS)


class Replayed(NamedTuple):
    """An account under the council's own scheme and under the other one."""

    reference: str
    own: Outcome
    other: Outcome

    @property
    def difference(self) -> Decimal:
        """How much less the person could have been asked to pay under the other scheme. Signed pounds."""
        return self.other.relief - self.own.relief


class NotReplayed(Terms):
    """An account that could not be worked out, and why."""

    reference: str
    detail: str


class UnderScheme(Terms):
    """What all accounts come to under one scheme. Pounds."""

    scheme: str
    edition: str
    reaching_the_cap: int
    accrued_costs: Money
    relief: SignedMoney


class Year(Terms):
    """A financial year, from 1 April: who reached the cap in it, and the relief given in it, under either scheme.

    `cost` is the relief under the other scheme less the relief under the council's own: what the other would have cost
    the council more.
    """

    financial_year: str
    reaching_the_cap: int
    reaching_the_cap_under_own: int
    relief: SignedMoney
    relief_under_own: SignedMoney
    cost: SignedMoney


class Report(Terms):
    """What the other scheme changes, all accounts added up. The years add up to the relief under either scheme."""

    on: Day
    known_at: Instant
    own: UnderScheme
    other: UnderScheme
    accounts: int
    gaining: int
    losing: int
    unchanged: int
    gained: Money
    lost: Money
    cost: SignedMoney
    years: tuple[Year, ...]
    not_worked_out: tuple[NotReplayed, ...]


@dataclass
class Side:
    """All accounts under one scheme."""

    accrued_costs: Decimal = NO_POUNDS
    reached_by_year: Counter[int] = field(default_factory=Counter)
    relief_by_year: dict[int, Decimal] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        self.accrued_costs += outcome.accrued_costs
        if outcome.cap_reached_on:
            self.reached_by_year[financial_year(outcome.cap_reached_on)] += 1
        for year, relief in outcome.relief_by_year.items():
            self.relief_by_year[year] = self.relief_by_year.get(year, NO_POUNDS) + relief

    def under(self, scheme: Scheme) -> UnderScheme:
        return UnderScheme(
            scheme=scheme.name,
            edition=scheme.edition,
            reaching_the_cap=self.reached_by_year.total(),
            accrued_costs=self.accrued_costs,
            relief=sum(self.relief_by_year.values(), NO_POUNDS),
        )


@dataclass
class Added:
    """All accounts under both schemes."""

    own: Side = field(default_factory=Side)
    other: Side = field(default_factory=Side)
    gaining: int = 0
    losing: int = 0
    unchanged: int = 0
    gained: Decimal = NO_POUNDS
    lost: Decimal = NO_POUNDS

    def add(self, found: Replayed) -> None:
        self.own.add(found.own)
        self.other.add(found.other)
        self.gaining += found.difference > 0
        self.losing += found.difference < 0
        self.unchanged += found.difference == 0
        self.gained += max(found.difference, NO_POUNDS)
        self.lost += max(-found.difference, NO_POUNDS)

    def report(
        self, own: Scheme, other: Scheme, on: date, known_at: datetime, not_worked_out: Sequence[NotReplayed]
    ) -> Report:
        return Report(
            on=on,
            known_at=known_at,
            own=self.own.under(own),
            other=self.other.under(other),
            accounts=self.gaining + self.losing + self.unchanged,
            gaining=self.gaining,
            losing=self.losing,
            unchanged=self.unchanged,
            gained=self.gained,
            lost=self.lost,
            cost=self.gained - self.lost,
            years=tuple(self._years()),
            not_worked_out=tuple(not_worked_out),
        )

    def _years(self) -> Iterator[Year]:
        """Every financial year in which anything happened under either scheme."""
        sides = (self.own, self.other)
        for year in sorted({y for side in sides for y in (*side.relief_by_year, *side.reached_by_year)}):
            own, other = (side.relief_by_year.get(year, NO_POUNDS) for side in sides)
            yield Year(
                financial_year=f"{year}-{(year + 1) % 100:02d}",
                reaching_the_cap=self.other.reached_by_year[year],
                reaching_the_cap_under_own=self.own.reached_by_year[year],
                relief=other,
                relief_under_own=own,
                cost=other - own,
            )
