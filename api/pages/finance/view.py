"""Which accounts was the list asked for, on which day, as known when, in which order?"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from api.pages.asked import Asked, address
from api.pages.exported import Downloads, downloads
from api.pages.metering import METERING
from api.pages.moments import Moment, moment_asked
from api.pages.page import Visit
from api.pages.sorting import sort_asked
from domain.account.figures import Metering
from ledger.outcomes import NoSuchAccount
from ledger.reference import NoReference, read_reference
from projections.cap_progress import ListedAccount, Sort, Wanted
from projections.under_review import AccountUnderReview

PATH = "/accounts"
FORECAST = f"{PATH}/forecast"
PAGE_SIZE = 50
MOST_DAYS = 3660
"""So many days ahead a list may be asked who reaches the cap."""
SORTS = {
    "name": ("Name", False),
    "reference": ("Reference", False),
    "accrued_costs": ("Counted", True),
    "remaining": ("Remaining", True),
    "percent": ("Of cap", True),
    "expected_to_reach_cap_on": ("Cap reached", False),
    "metering": ("Metering", False),
}


@dataclass(frozen=True)
class AccountsView:
    """One view of the list. Its address is all of it, so a link to it can be sent."""

    typed: dict[str, Any]
    moment: Moment
    sort: str
    page: int
    wanted: Wanted

    def kept(self, **other: Any) -> dict[str, Any]:
        """What an address of this view holds, with some of it changed."""
        return {**self.typed, "sort": self.sort if self.sort != "name" else None, **other}

    @property
    def downloads(self) -> Downloads:
        """Where exactly this view is handed out as a file."""
        return downloads(PATH, **self.kept())

    @property
    def forecast_href(self) -> str:
        """The forecast of the whole council, from the same day and moment."""
        return address(FORECAST, **self.moment.kept)

    @property
    def between_href(self) -> str:
        """Why the total of all accounts is another than at the end of the month before."""
        return address(f"{PATH}/between", **self.moment.kept)

    @property
    def all(self) -> Wanted:
        """The same without pages."""
        return replace(self.wanted, offset=0, limit=None)

    @cached_property
    def chosen(self) -> list[dict[str, str]]:
        """Every choice that leaves accounts out, with the address of the view without it."""
        low, high, within = (self.typed.get(name) for name in ("from", "to", "reaching"))
        words = {
            "q": ("Name or reference", self.typed.get("q")),
            "from": ("Of the cap, from", f"{low}%" if low else None),
            "to": ("Of the cap, to", f"{high}%" if high else None),
            "reaching": ("Reaching the cap within", f"{within} days" if within else None),
        }
        found = [self._choice(name, value, **{field: None}) for field, (name, value) in words.items() if value]
        states: Collection[str] = self.typed.get("metering", ())
        return found + [
            self._choice("Metering", METERING[state].tag, metering=[s for s in states if s != state])
            for state in states
        ]

    def account_id(self, item: ListedAccount | AccountUnderReview) -> UUID:
        return UUID(item.account_id)

    def href(self, item: ListedAccount) -> str:
        """The page of one account, at the same two days."""
        return address(f"{PATH}/{item.account_id}", **self.moment.kept)

    def _choice(self, name: str, value: str, **without: Any) -> dict[str, str]:
        return {"name": name, "value": value, "href": address(PATH, **self.kept(**without))}


def asked_view(visit: Visit, asked: Asked) -> AccountsView:
    """The view that an address asks for. A filter that cannot be read is left out, and its mistake kept."""
    states = [state for state in visit.request.args.getlist("metering") if state in METERING]
    text, low, high = asked.text("q"), asked.percent("from"), asked.percent("to")
    if low is not None and high is not None and low > high:
        asked.errors["to"] = "The highest percentage is below the lowest: enter a higher one"
    reaching = asked.number("reaching", MOST_DAYS)
    typed = {"q": text, "metering": states, "from": low, "to": high, "reaching": reaching}
    moment = moment_asked(visit, asked, PATH, **typed)
    number = asked.number("page", 1_000_000) or 1
    sort = sort_asked(asked, SORTS)
    wanted = Wanted(
        on=moment.on,
        known_at=moment.known_at,
        metering=cast(list[Metering], states),
        reaching_before=reaching_before(moment.on, reaching),
        percent_from=low,
        percent_to=high,
        accounts=_accounts(visit, text, sort),
        sort=None if sort.endswith("name") else cast(Sort, sort.removeprefix("-")),
        descending=sort.startswith("-"),
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    return AccountsView({**typed, **moment.kept}, moment, sort, number, wanted)


def reaching_before(on: date, within: int | None) -> date | None:
    """The day before which the cap is reached by those who reach it within some days after a day."""
    return on + timedelta(days=within + 1) if within else None


def _accounts(visit: Visit, text: str, sort: str) -> list[UUID] | None:
    """The accounts that a name, a local id or a reference leads to, by name where that is the order."""
    if not text and not sort.endswith("name"):
        return None
    found = named(visit, text)
    return found[::-1] if sort == "-name" else found


def named(visit: Visit, text: str) -> list[UUID]:
    """The accounts that a name, a local id or a reference leads to, in the order of names."""
    try:
        return [visit.council.ledger.account_of_reference(read_reference(text))]
    except NoReference:
        family, comma, given = text.partition(",")  # as the list shows it: Ames, Ada
        return visit.council.people.by_name(f"{given.strip()} {family.strip()}" if comma else text)
    except NoSuchAccount:
        return []
