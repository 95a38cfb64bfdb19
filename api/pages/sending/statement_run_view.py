"""Which accounts of a statement run was a page asked for?"""

from dataclasses import dataclass
from typing import Any

from api.pages.asked import Asked, address
from api.pages.page import Visit
from api.pages.words import counted
from api.statement_runs import item
from ledger.statement_run import Standing
from ledger.statement_runs import StatementRuns

PAGE_SIZE = 50
SHOWN = {"made": "Made", "held": "Held"}
WHY_HELD = {
    "died": "The person has died",
    "disputed": "A question is not answered yet",
    "no_budget": "No personal budget",
    "unassessed": "No financial assessment and no charge",
    "no_address": "No address",
    "not_in_force": "An amount of law is missing",
    "kept_changing": "The account kept changing",
    "unreadable": "The account is under review",
}


@dataclass(frozen=True)
class StatementRunView:
    """One view of the accounts. Its address is all of it, so a link to it can be sent."""

    visit: Visit
    path: str
    asked: Asked
    standing: Standing

    @property
    def states(self) -> list[str]:
        return self.asked.some_of("show", SHOWN)

    def shown(self) -> dict[str, Any]:
        """What a template needs to show a page of it."""
        number, states = self.asked.number("page", 1_000_000) or 1, self.states or list(SHOWN)
        of_state = {"made": self.standing.made, "held": sum(self.standing.held.values())}
        found = sum(of_state[state] for state in states)
        rows = StatementRuns(self.visit.council).rows
        page = rows.items(self.standing.run, states, (number - 1) * PAGE_SIZE, PAGE_SIZE)
        self.visit.shows(each.account_id for each in page)
        return {
            "view": self,
            "items": [item(each) for each in page],
            "people": self.visit.council.people.of([each.account_id for each in page]),
            "number_found": f"{found:,} of {counted(sum(of_state.values()), 'account')} made or held",
            "states": SHOWN,
            "why_held": WHY_HELD,
            "previous": self._turned(number - 1) if number > 1 else None,
            "next": self._turned(number + 1) if number * PAGE_SIZE < found else None,
        }

    def chosen(self) -> list[dict[str, str]]:
        """Every choice that leaves accounts out, with the address of the view without it."""
        return [
            {"name": "Show", "value": SHOWN[state], "href": self._address([one for one in self.states if one != state])}
            for state in self.states
        ]

    def _address(self, states: list[str], **more: object) -> str:
        return address(self.path, show=states, **more)

    def _turned(self, number: int) -> dict[str, str]:
        return {"href": self._address(self.states, page=number), "label": f"Page {number}"}
