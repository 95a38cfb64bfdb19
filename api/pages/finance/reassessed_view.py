"""Which accounts of a reassessment, weighed or done, was a page asked for, and in which order?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response

from api.csv import csv_response
from api.pages.asked import Asked, address
from api.pages.page import Visit
from api.pages.sorting import columns, sort_asked
from api.pages.words import counted
from api.reassessment import ReassessmentFigures, figures, tally_of
from ledger.reassessment_run import RunItem
from ledger.vault.person import Person

PAGE_SIZE = 50
SORTS = {
    "reference": ("Reference", False),
    "before": ("Paid a week", True),
    "after": ("To pay a week", True),
    "change": ("Change", True),
}
SHOWN = {"more": "Pay more", "less": "Pay less", "same": "Pay the same", "not_done": "Not done"}
CSV = ("reference", "name", "local_id", "outcome", "before", "after", "change", "why_not", "why")


def what_of(item: RunItem) -> str:
    """Which of `SHOWN` an account is."""
    if item.why_not:
        return "not_done"
    return "more" if (change := item.change or 0) > 0 else "less" if change < 0 else "same"


@dataclass(frozen=True)
class ReassessedView:
    """One view of the accounts. Its address is all of it, so a link to it can be sent."""

    visit: Visit
    path: str
    asked: Asked
    items: Sequence[RunItem]
    kept_always: Mapping[str, object]

    @property
    def states(self) -> list[str]:
        return [state for state in self.visit.request.args.getlist("show") if state in SHOWN]

    @property
    def sort(self) -> str:
        return sort_asked(self.asked, SORTS)

    @property
    def figures(self) -> ReassessmentFigures:
        """Counts and totals of every account, whatever the filter leaves out."""
        return figures(tally_of(self.items))

    def found(self) -> list[RunItem]:
        """The accounts that fit the filter, in the order asked for; those without a figure last."""
        chosen, text = set(self.states or SHOWN), self.asked.text("q")
        named = set(self.visit.council.people.by_name(text)) if text else set()
        fit = [
            item
            for item in self.items
            if what_of(item) in chosen and (not text or item.account_id in named or text.upper() in item.reference)
        ]
        name, descending = self.sort.removeprefix("-"), self.sort.startswith("-")
        there, missing = (
            [item for item in fit if (getattr(item, name) is None) == without] for without in (False, True)
        )
        return sorted(there, key=lambda item: getattr(item, name), reverse=descending) + missing

    def kept(self, **other: Any) -> dict[str, Any]:
        """What an address of this view holds, with some of it changed."""
        sort = self.sort if self.sort != "reference" else None
        return {**self.kept_always, "q": self.asked.text("q"), "show": self.states, "sort": sort, **other}

    def shown(self) -> dict[str, Any]:
        """What a template needs to show a page of it."""
        found, number = self.found(), self.asked.number("page", 1_000_000) or 1
        page = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        return {
            "view": self,
            "items": page,
            "people": self._people(page),
            "number_found": self._number(len(found)),
            "columns": [
                {"text": "Name"},
                *columns(SORTS, self.sort, lambda sort: address(self.path, **self.kept(sort=sort))),
                {"text": "Why"},
            ],
            "previous": self._turned(number - 1) if number > 1 else None,
            "next": self._turned(number + 1) if number * PAGE_SIZE < len(found) else None,
        }

    def chosen(self) -> list[dict[str, str]]:
        """Every choice that leaves accounts out, with the address of the view without it."""
        text = self.asked.text("q")
        named = [self._choice("Name or reference", text, q=None)] if text else []
        return named + [
            self._choice("Show", SHOWN[state], show=[other for other in self.states if other != state])
            for state in self.states
        ]

    def csv(self, csv_path: str) -> str:
        """Where exactly this view is handed out as a file."""
        return address(csv_path, **self.kept())

    def csv_response(self, filename: str) -> Response:
        """Every row of exactly this view."""
        found = self.found()
        people = self._people(found)
        return csv_response(CSV, (_row(item, people.get(item.account_id)) for item in found), filename)

    def _people(self, items: Sequence[RunItem]) -> Mapping[UUID, Person]:
        """Who the accounts that are shown are kept for."""
        accounts = [item.account_id for item in items]
        self.visit.shows(accounts)
        return self.visit.council.people.of(accounts)

    def _number(self, found: int) -> str:
        everybody = counted(len(self.items), "account")
        return f"{found:,} of {everybody}" if found < len(self.items) else everybody

    def _turned(self, number: int) -> dict[str, str]:
        return {"href": address(self.path, **self.kept(page=number)), "label": f"Page {number}"}

    def _choice(self, name: str, value: str, **without: Any) -> dict[str, str]:
        return {"name": name, "value": value, "href": address(self.path, **self.kept(**without))}


def _row(item: RunItem, person: Person | None) -> list[object]:
    who = (person.sorted_name, person.local_id) if person else (None, None)
    figures = (item.before, item.after, item.change)
    return [item.reference, *who, item.outcome, *figures, item.why_not, "; ".join(item.details)]
