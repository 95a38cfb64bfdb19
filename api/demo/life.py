"""What is recorded of one fictitious person: each fact with the moment and the member of staff that wrote it down."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Literal

from api.demo.office import written_down
from api.demo.recording import Recording
from api.demo.story import Story
from api.demo.telling import closure_that_stands, told_before
from domain.account.commands import (
    CloseAccount,
    Command,
    ImportFinancialAssessment,
    IssueStatement,
    OpenAccount,
    RecordBreak,
    RecordFinancialAssessment,
    RecordNeedsAssessment,
    SetBudget,
)
from domain.account.facts import Provider, Setting
from domain.account.figures import StatementKind
from domain.dates import day_in_london
from ledger.outcomes import Caller
from ledger.vault.person import Person

ASSESSORS = tuple(Caller(sub, "assessor") for sub in ("a.okafor", "s.begum", "j.whitfield"))
FINANCE = tuple(Caller(sub, "finance") for sub in ("r.patel", "m.doyle"))

_AT_THE_BEGINNING = {OpenAccount, RecordNeedsAssessment, SetBudget, ImportFinancialAssessment}
_LIKE: Mapping[type, type] = {RecordFinancialAssessment: ImportFinancialAssessment}
"""Requests that stand for each other, so that one of them has to come after the other."""
Kind = Literal["independent", "personal"]
_SECOND_DAY = date(2023, 10, 3)
"""Mrs Ada Ames's account is the first; everybody else's is recorded from the day after."""


class Life:
    """Collects what is recorded of a person. Each `noted` is the day on which, or soon after which, it was."""

    def __init__(self, number: int, person: Person, story: Story) -> None:
        self.number, self.person, self.story = number, person, story
        self.rng = Random(f"care account demonstration, life {number}")
        self._recorded: list[Recording] = []
        self._latest: dict[type, datetime] = {}
        self._begun: datetime | None = None

    def days_ago(self, days: int) -> date:
        """So many days before the story is told."""
        return self.story.day - timedelta(days=days)

    def opens(self, reference: str, on: date, *, noted: date | None = None) -> None:
        """The council begins to keep the account."""
        noted = noted or max(on + timedelta(days=self.rng.randint(0, 5)), _SECOND_DAY)
        by = self.rng.choice(ASSESSORS + FINANCE)
        self.note(OpenAccount(reference=reference, opened_on=on), noted, by, person=self.person)

    def needs(self, on: date, *, eligible: bool = True, confirmed: bool = True, noted: date | None = None) -> None:
        """The needs are assessed; the next review is due after a year."""
        asked = RecordNeedsAssessment(
            assessed_on=on,
            eligible=eligible,
            eligible_from=on if eligible else None,
            confirmed=confirmed,
            review_due=on + timedelta(days=364) if eligible else None,
        )
        self.note(asked, noted or self.soon(on), self.rng.choice(ASSESSORS))

    def budget(
        self,
        weekly_cost: Decimal,
        on: date,
        kind: Kind,
        setting: Setting,
        *,
        noted: date | None = None,
        ending_before: date | None = None,
        provider: str | None = None,
    ) -> Recording:
        """The weekly cost of meeting the needs is set; a budget in a care home that ends is a short stay."""
        asked = SetBudget(
            kind=kind,
            setting=setting,
            weekly_cost=weekly_cost,
            effective_from=on,
            ending_before=ending_before,
            short_stay=setting == "care_home" and ending_before is not None,
            source=self.story.source,
            provider=Provider() if provider else None,
        )
        texts = {"provider.name": provider} if provider else None
        return self.note(asked, noted or self.soon(on), self.rng.choice(ASSESSORS), texts=texts)

    def is_assessed(
        self,
        asked: ImportFinancialAssessment | RecordFinancialAssessment,
        noted: date,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """What the person can afford is worked out here, or elsewhere and taken over."""
        self.note(asked, noted, self.rng.choice(ASSESSORS), texts=texts)

    def pauses(
        self,
        first: date,
        ending_before: date | None,
        reason: Literal["hospital", "away", "respite", "no_care"],
        *,
        noted: date | None = None,
    ) -> None:
        """Care pauses. The whole of it is recorded once it is over; one that goes on is recorded as it is."""
        asked = RecordBreak.model_validate({"from": first, "ending_before": ending_before, "reason": reason})
        self.note(asked, noted or self.soon(ending_before or first), self.rng.choice(FINANCE))

    def ends(
        self, on: date, reason: Literal["died", "moved", "no_eligible_needs"], *, noted: date | None = None
    ) -> Recording:
        """The account is closed."""
        return self.note(CloseAccount(on=on, reason=reason), noted or self.soon(on), self.rng.choice(FINANCE))

    def states(self, to: date, kind: StatementKind, noted: date) -> None:
        """A statement is made of what is known at that moment."""
        at = self.moment(IssueStatement, noted)
        self.keep(at, IssueStatement(to=to, kind=kind, known_at=at), self.rng.choice(FINANCE))

    @property
    def end(self) -> Recording | None:
        """The closure that nobody took back, if any."""
        return closure_that_stands(self._recorded)

    @property
    def last_day(self) -> date | None:
        """The day of that closure."""
        return self.end.asked.on if self.end and isinstance(self.end.asked, CloseAccount) else None

    def recordings(self) -> list[Recording]:
        """Everything that was recorded before the story's day, and nothing that an account's end made pointless."""
        return told_before(self.story.day, self._recorded)

    def soon(self, day: date) -> date:
        return day + timedelta(days=self.rng.choice((1, 1, 2, 2, 3, 4, 6, 9)))

    def note(
        self,
        asked: Command,
        noted: date,
        by: Caller,
        person: Person | None = None,
        texts: Mapping[str, str] | None = None,
        about: Recording | None = None,
    ) -> Recording:
        """A request is made on a day, or on the next on which the office is open; later than what it is about."""
        at = self.moment(type(asked), noted, about.at if about else None)
        return self.keep(at, asked, by, person, texts, about)

    def moment(self, kind: type, noted: date, about: datetime | None = None) -> datetime:
        """After the last of its kind, since of two in force on a day the one recorded last wins.

        The first of each kind comes after those an account begins with: opening, needs, budget, what can be paid.
        """
        kind = _LIKE.get(kind, kind)
        after = max(filter(None, (self._latest.get(kind, self._begun), about)), default=None)
        at = written_down(max(noted, day_in_london(after)) if after else noted, self.rng, after)
        if kind in _AT_THE_BEGINNING and kind not in self._latest:
            self._begun = at
        self._latest[kind] = at
        return at

    def keep(
        self,
        at: datetime,
        asked: Command,
        by: Caller,
        person: Person | None = None,
        texts: Mapping[str, str] | None = None,
        about: Recording | None = None,
    ) -> Recording:
        """A request is made at a moment."""
        self._recorded.append(Recording(at, by, self.person.local_id, asked, person, texts, about))
        return self._recorded[-1]
