"""Which questions was a page asked for, on which day, as known when?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from api.pages.asked import Asked
from api.pages.moments import Moment, moment_asked
from api.pages.page import Visit
from api.pages.unsettled import Dispute, answered_last
from domain.account.facts import DisputeAnswered, DisputeRaised
from ledger.council import Council
from ledger.vault.person import Person

PATH = "/questions"
STATES = {"open": "Waiting for an answer", "late": "Late", "answered": "Answered", "all": "All of them"}


@dataclass(frozen=True)
class QuestionsView:
    """One list of questions. Its address is all of it, so a link to it can be sent."""

    visit: Visit
    state: str
    moment: Moment

    @property
    def kept(self) -> dict[str, Any]:
        return {"state": self.state, **self.moment.kept}

    @property
    def title(self) -> str:
        return f"Questions: {STATES[self.state].lower()}"

    @cached_property
    def found(self) -> list[Dispute]:
        """Those asked for: what is due first comes first, and what was answered last comes last."""
        every = known_disputes(self.visit.council, self.moment.known_at)
        wanted = (each for each in every if each.raised.raised_on <= self.moment.on)
        return sorted((each for each in wanted if self._holds(each)), key=_order)

    def _holds(self, each: Dispute) -> bool:
        return {
            "open": each.answer is None,
            "late": each.overdue(self.moment.on),
            "answered": each.answer is not None,
            "all": True,
        }[self.state]

    @property
    def accounts(self) -> set[UUID]:
        return {each.entry.account_id for each in self.found}

    def people(self) -> Mapping[UUID, Person]:
        """Who the accounts that are shown are kept for; that they were shown is written down."""
        self.visit.shows(self.accounts)
        return self.visit.council.people.of(self.accounts)


def questions_asked(visit: Visit, asked: Asked) -> QuestionsView:
    """The list that an address asks for."""
    state = asked.one_of("state", tuple(STATES), "open")
    return QuestionsView(visit, state, moment_asked(visit, asked, PATH, state=state))


def known_disputes(council: Council, known_at: datetime) -> list[Dispute]:
    """Every question in the council, with the answer there was by a moment. None of them can be made void."""
    entries = council.ledger.of_kinds((DisputeRaised, DisputeAnswered))
    known = [(entry, entry.fact) for entry in entries if entry.recorded_at <= known_at]
    return answered_last(
        [(entry, fact) for entry, fact in known if isinstance(fact, DisputeRaised)],
        [(entry, fact) for entry, fact in known if isinstance(fact, DisputeAnswered)],
    )


def _order(each: Dispute) -> tuple[bool, date, str]:
    return each.answer is not None, each.raised.answer_due_on, str(each.entry.id)
