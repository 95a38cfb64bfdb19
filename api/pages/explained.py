"""What does a page need to tell what makes up a figure?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import cast

from api.pages.asked import Asked, address
from api.pages.page import Visit
from domain.account.explanation import FIGURES, Explained, Figure, explain, last_parts
from domain.account.state import CareAccount, Entry
from domain.schemes import Scheme

NAMES: Mapping[Figure, str] = {
    "accrued_costs": "Accrued costs",
    "daily_living_costs": "Daily living costs set apart",
    "remaining": "Remaining",
    "cap": "Cap",
    "percent": "Of the cap, per cent",
    "weekly_rate": "Weekly rate that counts",
    "expected_to_reach_cap_on": "Expected to reach the cap on",
}
"""What staff call each figure."""


@dataclass(frozen=True)
class Told:
    """A figure of an account as a tree, and what its last parts add up to."""

    account: CareAccount
    figure: Figure
    whole: Explained

    @property
    def name(self) -> str:
        return NAMES[self.figure]

    @cached_property
    def last_parts(self) -> list[Explained]:
        return [*last_parts(self.whole)]

    @property
    def added(self) -> Decimal:
        return sum((part.amount or Decimal("0.00") for part in self.last_parts), Decimal("0.00"))

    @property
    def entries(self) -> dict[str, Entry]:
        """Every entry that the tree names, by its id."""
        named = {named for part in _every(self.whole) for named in part.entries}
        return {str(entry.id): entry for entry in self.account.entries if str(entry.id) in named}

    @property
    def versions(self) -> dict[str, int]:
        """Their places in the account, by id."""
        return {named: entry.version for named, entry in self.entries.items()}


def figure_asked(asked: Asked) -> Figure:
    """The figure that a page was asked about: what has accrued, where it was none."""
    return cast(Figure, asked.one_of("figure", FIGURES, "accrued_costs"))


def told(account: CareAccount, scheme: Scheme, on: date, figure: Figure) -> Told:
    """The figure at the close of a day, explained; raises NotInForce."""
    return Told(account, figure, explain(account, scheme, on, figure))


def link_to(visit: Visit, path: str, **asked: object) -> str:
    """The whole address of a page, to be sent to somebody: it shows the same to whoever may see it."""
    return address(visit.request.host_url.rstrip("/") + path, **asked)


def _every(part: Explained) -> Iterator[Explained]:
    yield part
    for child in part.children:
        yield from _every(child)
