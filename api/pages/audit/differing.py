"""Which figures of an account are not the same at two moments, and by how much?"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from api.pages.words import day, pounds
from domain.account.comparison import Comparison
from domain.account.figures import CapProgress


class Differs(NamedTuple):
    """A figure that is not the same at both moments; by how much, where it is money."""

    name: str
    one: str
    other: str
    difference: str


def differing(found: Comparison) -> Iterator[Differs]:
    """The figures that are not the same, in the order of the account's page."""
    for name, one, other in zip(_NAMES, _figures(found.one), _figures(found.other), strict=True):
        if one != other:
            difference = None if one is None or other is None or isinstance(one, str) else other - one
            yield Differs(name, _said(one), _said(other), "" if difference is None else pounds(difference))


_NAMES = (
    "Accrued costs",
    "Cap",
    "Remaining",
    "Daily living costs set apart",
    "Weekly rate that counts",
    "Cap reached on",
    "Expected to reach the cap on",
)


def _figures(progress: CapProgress) -> tuple[Any, ...]:
    reached, expected = progress.cap_reached_on, progress.expected_to_reach_cap_on
    return (
        progress.accrued_costs,
        progress.cap,
        progress.remaining,
        progress.daily_living_costs,
        progress.weekly_rate.metered if progress.weekly_rate else None,
        day(reached) if reached else None,
        day(expected) if expected else None,
    )


def _said(figure: Any) -> str:
    if figure is None:
        return "none"
    return figure if isinstance(figure, str) else pounds(figure)
