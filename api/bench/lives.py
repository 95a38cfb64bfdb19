"""What have accounts lived through, as the domain's own decisions record it?"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from domain.account.commands import (
    Command,
    ImportFinancialAssessment,
    PostPeriod,
    RaiseCharge,
    RecordBreak,
    RecordNeedsAssessment,
    SetBudget,
)
from domain.account.decisions import decide
from domain.account.facts import AccountOpened, Fact, Source
from domain.account.state import CareAccount, Entry
from domain.dates import ONE_DAY
from domain.schemes import Scheme
from ledger.outcomes import Caller
from ledger.reference import new_reference

BY = Caller("benchmark", "finance")
FIRST_DAY = date(2023, 10, 2)
FOUR_WEEKS = timedelta(days=28)
DIFFERENT = 16
"""So many lives differ; more accounts than that live some of them again, each under a name of its own."""

_NOBODY = UUID(int=0)


F = TypeVar("F", bound=Fact, covariant=True)


class Lived(NamedTuple, Generic[F]):
    """A fact, and when it was recorded."""

    fact: F
    at: datetime


Life = tuple[Lived[Fact], ...]


def lives(entries: int, scheme: Scheme) -> list[Life]:
    """Lives of so many entries each. No fact in them names an entry, so any account may have lived any of them."""
    return [_life(number, entries, scheme) for number in range(DIFFERENT)]


def opening() -> Lived[AccountOpened]:
    """How each account begins, under a reference nobody else has."""
    return Lived(AccountOpened(reference=new_reference(), opened_on=FIRST_DAY), moment(FIRST_DAY))


def budget(n: int, effective_from: date = FIRST_DAY) -> SetBudget:
    """One of many budgets."""
    cost = Decimal(80_000 + n % 20_000).scaleb(-2)
    return SetBudget(kind="personal", setting="care_home", weekly_cost=cost, effective_from=effective_from)


def period_after(entries: int) -> date:
    """The last day of the first period that lives of so many entries have not been posted for."""
    told = sum(isinstance(command, PostPeriod) for command, _ in _first(entries, 0))
    return FIRST_DAY + (told + 1) * FOUR_WEEKS - ONE_DAY


def moment(day: date) -> datetime:
    """When on a day things are recorded."""
    return datetime.combine(day, time(9), tzinfo=UTC)


def _life(number: int, entries: int, scheme: Scheme) -> Life:
    account = CareAccount((Entry(_NOBODY, 1, *opening(), BY.sub, BY.role),))
    for command, at in _first(entries, number):
        (fact,) = decide(command, account, scheme)
        entry = Entry(_NOBODY, account.version + 1, fact, at, BY.sub, BY.role)
        account = CareAccount((*account.entries, entry))
    return tuple(Lived(entry.fact, entry.recorded_at) for entry in account.entries)


def _first(entries: int, number: int) -> list[tuple[Command, datetime]]:
    """The commands that follow an opening until there are so many entries; of every life at the same moments."""
    return [asked for asked, _ in zip(_commands(number), range(entries - 1), strict=False)]


def _commands(number: int) -> Iterator[tuple[Command, datetime]]:
    """Four weeks after four weeks: two charges and a posting; now and then a stay in hospital, each year new rates."""
    for n in count():
        first, ends = FIRST_DAY + n * FOUR_WEEKS, FIRST_DAY + (n + 1) * FOUR_WEEKS
        if n == 0:
            yield RecordNeedsAssessment(assessed_on=first, eligible=True, eligible_from=first), moment(first)
        if n % 13 == 0:
            yield budget(97 * number + n, first), moment(first)
            yield _means(number + n, first), moment(first)
        if n % 5 == 1:
            span = {"from": first + 5 * ONE_DAY, "ending_before": first + 12 * ONE_DAY}
            yield RecordBreak.model_validate({**span, "reason": "hospital"}), moment(ends)
        for half in (1, 2):
            yield _charge(f"INV-{n}-{half}", first, ends, number + n), moment(ends)
        yield PostPeriod(through=ends - ONE_DAY, known_at=moment(ends)), moment(ends)


def _charge(reference: str, first: date, ends: date, n: int) -> RaiseCharge:
    amount = Decimal(90_000 + 37 * n % 9_000).scaleb(-2)
    return RaiseCharge(reference=reference, period_from=first, period_ending_before=ends, amount=amount)


def _means(n: int, first: date) -> ImportFinancialAssessment:
    return ImportFinancialAssessment(
        type="imported",
        assessed_on=first,
        effective_from=first,
        outcome="contribution",
        weekly_contribution=Decimal(20_117 + n % 40).scaleb(-2),
        source=Source(system="charging"),
    )
