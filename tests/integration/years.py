"""A council's years in which everything happens that can, made up from a seed."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from domain.account.commands import (
    ApproveAdjustment,
    CarryInOpening,
    CloseAccount,
    Command,
    Correct,
    ImportFinancialAssessment,
    PostPeriod,
    ProposeAdjustment,
    RaiseCharge,
    RecordBreak,
    RecordNeedsAssessment,
    ReopenAccount,
    RetractCharge,
    SetBudget,
)
from domain.account.facts import (
    AdjustmentProposed,
    BreakRecorded,
    BudgetSet,
    ChargeRaised,
    Fact,
    NeedsAssessed,
    PeriodPosted,
    Provenance,
    Setting,
    Source,
)
from domain.account.refusals import NoSuchEntry, Refused
from domain.account.state import CareAccount, Entry
from domain.dates import EARLIEST, FOREVER
from ledger.council import Council
from tests.conftest import NOON
from tests.integration.recording import ALICE, asking, open_account

ACCOUNTS, FACTS = 24, 12
SETTINGS: tuple[Setting, ...] = ("care_home", "own_home", "supported_living", "extra_care", "shared_lives")


def a_seed() -> int:
    """Another past each time; CARELEDGER_SEED brings back the one that a failure named."""
    return int(os.environ.get("CARELEDGER_SEED") or secrets.randbelow(2**32))


class Years:
    """A council's years, made up from a seed: the same seed brings the same requests."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.now = NOON

    def pass_over(self, council: Council, accounts: int = ACCOUNTS, facts: int = FACTS) -> Iterator[UUID]:
        """Record in random order; yields the account of each request."""
        ids = [open_account(council, now=self.later()).account.id for _ in range(accounts)]
        yield from ids
        for _ in range(accounts * facts):
            account_id = self._random.choice(ids)
            with suppress(Refused, NoSuchEntry):
                happened = self._random.random() < 0.9
                command = self.happening(council.ledger.account(account_id)) if happened else self._posting()
                council.ledger.handle(account_id, command, by=ALICE, now=self.later(), request=asking())
            yield account_id

    def day(self, first: date = date(2023, 4, 1), days: int = 1400) -> date:
        return first + timedelta(days=self._random.randrange(days))

    def any_day(self) -> date:
        """Mostly near the facts, now and then anywhere that may be asked for."""
        if self._random.random() < 0.8:
            return self.day(days=2500)
        return self.day(EARLIEST, (FOREVER - EARLIEST).days)

    def moment(self, council: Council) -> datetime:
        """Around the instant of some entry: just before it, at it, or just after it."""
        recorder = council.ledger.recorder
        place = self._random.randint(1, recorder.max_notification_id() or 1)
        event = recorder.select_notifications(place, 1)[0]
        at = recorder.select_events(event.originator_id, lte=event.originator_version)[-1].recorded_at
        return at + timedelta(microseconds=self._random.choice((-1, 0, 0, 1)))

    def later(self) -> datetime:
        self.now += timedelta(minutes=self._random.choice((0, 0, 1, 5000)))
        return self.now

    def _command(self) -> Command:
        make = self._random.choice(
            (self._needs, self._budget, self._budget, self._budget, self._break, self._assessment)
        )
        return self._closure() if self._random.random() < 0.03 else make()

    def _ending(self, first: date) -> date | None:
        return self._random.choice((None, first + timedelta(days=self._random.randint(1, 400))))

    def _needs(self) -> Command:
        first, eligible = self.day(), self._random.random() < 0.9
        ending = self._ending(first)
        return RecordNeedsAssessment(
            assessed_on=first, eligible=eligible, eligible_from=first if eligible else None, ending_before=ending
        )

    def _budget(self) -> Command:
        first = self.day()
        return SetBudget(
            kind=self._random.choice(("independent", "personal")),
            setting=self._random.choice(SETTINGS),
            weekly_cost=self._pounds(300_000),
            effective_from=first,
            ending_before=self._ending(first),
            short_stay=self._random.random() < 0.1,
        )

    def _assessment(self) -> Command:
        first = self.day()
        return ImportFinancialAssessment(
            type="imported",
            assessed_on=first,
            effective_from=first,
            outcome=self._random.choice(("contribution", "full_cost")),
            weekly_contribution=self._pounds(60_000),
            source=Source(system="charging"),
        )

    def _break(self) -> Command:
        first = self.day()
        return RecordBreak(**{"from": first}, ending_before=self._ending(first), reason="hospital")

    def _closure(self) -> Command:
        return CloseAccount(on=self.day(days=2000), reason="died")

    def _pounds(self, most: int) -> Decimal:
        return Decimal(self._random.randint(1, most)).scaleb(-2)

    def happening(self, account: CareAccount) -> Command:
        """The next request of an account."""
        entries = [entry for entry in account.entries if not isinstance(entry.fact, PeriodPosted)]
        kinds: tuple[Callable[[list[Entry]], Command | None], ...] = (
            self._charge,
            self._retraction,
            self._opening,
            self._adjustment,
            self._approval,
            self._approval,
            self._correction,
            self._correction,
            self._end,
        )
        made = self._random.choice(kinds)(entries) if self._random.random() < 0.6 else None
        return made or self._command()

    def _posting(self) -> Command:
        return PostPeriod(through=self.day(date(2023, 10, 1), 1100), known_at=self.now)

    def one_of(self, ids: list[UUID]) -> UUID:
        return self._random.choice(ids)

    def _pick(self, entries: list[Entry], kind: type[Fact] = Fact) -> Entry | None:
        found = [entry for entry in entries if isinstance(entry.fact, kind)]
        return self._random.choice(found) if found else None

    def _charge(self, entries: list[Entry]) -> Command:
        first = self.day()
        return RaiseCharge(
            reference=f"INV-{self._random.randrange(10**9)}",
            period_from=first,
            period_ending_before=first + timedelta(days=self._random.choice((7, 28))),
            amount=self._pounds(400_000),
        )

    def _retraction(self, entries: list[Entry]) -> Command | None:
        charge = self._pick(entries, ChargeRaised)
        if charge and isinstance(charge.fact, ChargeRaised):
            return RetractCharge(reference=charge.fact.reference, reason_code="wrong")
        return None

    def _opening(self, entries: list[Entry]) -> Command:
        return CarryInOpening(
            on=self.day(),
            accrued_costs=self._pounds(5_000_000),
            daily_living_costs=self._pounds(1_000_000),
            provenance=Provenance(kind="migration"),
        )

    def _adjustment(self, entries: list[Entry]) -> Command:
        amount = self._pounds(500_000) * self._random.choice((1, -1))
        return ProposeAdjustment(on=self.day(), amount=amount, reason_code="ombudsman")

    def _approval(self, entries: list[Entry]) -> Command | None:
        proposal = self._pick(entries, AdjustmentProposed)
        return ApproveAdjustment(adjustment=str(proposal.id), approver="bob") if proposal else None

    def _correction(self, entries: list[Entry]) -> Command:
        wrong = self._random.choice(entries[1:] or entries)
        made = {BudgetSet: self._budget, NeedsAssessed: self._needs, BreakRecorded: self._break}.get(type(wrong.fact))
        replacement = {"replacement": made()} if made and self._random.random() < 0.7 else {}
        return Correct.model_validate({"entry_id": str(wrong.id), "reason_code": "wrong", **replacement})

    def _end(self, entries: list[Entry]) -> Command:
        if self._random.random() < 0.5:
            return CloseAccount(on=self.day(), reason="died")
        return ReopenAccount(on=self.day(), reason_code="alive")
