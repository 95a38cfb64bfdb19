"""A long life of an account, four weeks after four weeks, as a council's systems would have recorded it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from domain.account.accrual import accrue
from domain.account.facts import (
    AccountOpened,
    BreakRecorded,
    BudgetSet,
    ChargeRaised,
    ChargeRetracted,
    EntryVoided,
    Fact,
    FinancialAssessmentImported,
    NeedsAssessed,
    PeriodPosted,
    Source,
)
from domain.account.figures import ExactTotals
from domain.account.state import CareAccount, Entry
from domain.dates import ONE_DAY
from domain.money import NIL, to_the_penny
from domain.schemes import Scheme

FIRST_DAY = date(2023, 10, 2)
FOUR_WEEKS = timedelta(days=28)
NO_TOTALS = ExactTotals(base=NIL, daily_living_costs=NIL, metered=NIL)


def long_life(account_id: UUID, scheme: Scheme, years: int, charges: int) -> CareAccount:
    """An account over so many years, with so many charges every four weeks; every period is posted when it ends."""
    recorded = _Recorded(account_id)
    for n in range(365 * years // FOUR_WEEKS.days):
        recorded.four_weeks(n, FIRST_DAY + n * FOUR_WEEKS, charges)
    return CareAccount(tuple(_with_totals(recorded.entries, scheme)))


def told_late(account: CareAccount, times: int) -> CareAccount:
    """The same life, with so many budgets of its first day told after everything was posted."""
    last = account.entries[-1]
    late = (
        replace(last, version=last.version + n, fact=_budget(n, FIRST_DAY), recorded_at=last.recorded_at + n * ONE_DAY)
        for n in range(1, times + 1)
    )
    return CareAccount((*account.entries, *late))


class _Recorded:
    """The entries of a life, in the order they were recorded."""

    def __init__(self, account_id: UUID) -> None:
        self.account_id = account_id
        self.entries: list[Entry] = []
        self._add(FIRST_DAY, AccountOpened(reference="CA-0000-0000", opened_on=FIRST_DAY))

    def four_weeks(self, n: int, first: date, charges: int) -> None:
        """Charges, now and then one taken back, a stay in hospital, a rate put right; each year a new rate."""
        ends = first + FOUR_WEEKS
        if n % 13 == 0:
            self._add(first, NeedsAssessed(assessed_on=first, eligible=True, eligible_from=first))
            self._add(first, _budget(n, first))
            self._add(first, _means(n, first))
            self._void(self._add(first, _budget(n + 50, first)))
        raised = [self._add(first, _charge(f"INV-{n}-{k}", first, ends, n + k)) for k in range(charges)]
        if n % 11 == 3:
            self._add(ends, _taken_back(f"INV-{n}-0", raised[0]))
        if n % 5 == 1:
            span = {"from": first + 5 * ONE_DAY, "ending_before": ends}
            self._add(ends, BreakRecorded.model_validate({**span, "reason": "hospital"}))
        self._add(ends, _posting(ends - ONE_DAY))

    def _void(self, wrong: Entry) -> None:
        voided = EntryVoided(
            entry_id=str(wrong.id),
            version=wrong.version,
            effective_from=wrong.fact.effective_from,
            reason_code="wrong-rate",
            replaced_by=None,
        )
        self._add(wrong.recorded_at.date(), voided)

    def _add(self, day: date, fact: Fact) -> Entry:
        version = len(self.entries) + 1
        at = datetime.combine(day, time(9), tzinfo=UTC) + timedelta(microseconds=version)
        self.entries.append(Entry(self.account_id, version, fact, at, "tester", "finance"))
        return self.entries[-1]


def _charge(reference: str, first: date, ends: date, n: int) -> ChargeRaised:
    amount = Decimal(5_000 + 37 * n % 900).scaleb(-2)
    return ChargeRaised(reference=reference, period_from=first, period_ending_before=ends, amount=amount)


def _taken_back(reference: str, raised: Entry) -> ChargeRetracted:
    first = raised.fact.effective_from
    return ChargeRetracted(reference=reference, charge=str(raised.id), effective_from=first, reason_code="not-given")


def _budget(n: int, first: date) -> BudgetSet:
    return BudgetSet(kind="personal", setting="care_home", weekly_cost=Decimal(900 + n % 100), effective_from=first)


def _means(n: int, first: date) -> FinancialAssessmentImported:
    return FinancialAssessmentImported(
        type="imported",
        assessed_on=first,
        effective_from=first,
        outcome="contribution",
        weekly_contribution=Decimal(20_117 + n % 40).scaleb(-2),
        source=Source(system="charging"),
    )


def _posting(through: date, totals: ExactTotals = NO_TOTALS, scheme: str = "", edition: str = "") -> PeriodPosted:
    return PeriodPosted(
        through=through,
        scheme=scheme or "none",
        edition=edition or "none",
        lines=(),
        accrued_costs=to_the_penny(totals.metered),
        totals=totals,
        cap_reached_on=None,
    )


def _with_totals(entries: list[Entry], scheme: Scheme) -> Iterator[Entry]:
    """The entries, each posting with the totals of one walk over all of the life: nothing in it came late."""
    lived = CareAccount(tuple(entry for entry in entries if not isinstance(entry.fact, PeriodPosted)))
    accrual = accrue(lived, scheme, entries[-1].fact.effective_from)
    for entry in entries:
        if isinstance(entry.fact, PeriodPosted):
            through = entry.fact.through
            base, apart, metered = accrual.through(through)
            totals = ExactTotals(base=base, daily_living_costs=apart, metered=metered)
            yield replace(entry, fact=_posting(through, totals, scheme.name, scheme.edition_through(through)))
        else:
            yield entry
