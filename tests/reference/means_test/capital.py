"""What capital counts, and what income is it treated as yielding? (R18, R20, R22, R24, R25, Sch.2)"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from ..pencil import NIL, day_of, pounds
from .amounts import Amounts
from .request import PERMANENT, Item, Refused, Request, day, one_of, rounded_down, setting

COUNTED = {"savings", "investments", "second_property", "business", "notional", "other"}  # readings 15, 16
IGNORED = {"bond_with_life_cover", "personal_injury_trust", "personal_possessions"}
KINDS = {*COUNTED, *IGNORED, "main_home"}
OCCUPIED_BY = {"partner", "relative_aged_60_or_over", "incapacitated_relative", "child_under_18"}  # reading 18


@dataclass(frozen=True)
class Limits:
    lower: Fraction
    upper: Fraction


@dataclass(frozen=True)
class Capital:
    """What counts, in exact pounds, and whether any of it is land, whose rent is then no income (R19(3))."""

    assessable: Fraction
    includes_property: bool


def limits(amounts: Amounts, on: date) -> Limits:
    return Limits(amounts.on("capital_limit_lower", on), amounts.on("capital_limit_upper", on))


def capital(request: Request, amounts: Amounts) -> Capital:
    holdings = request.get("capital", [])
    kinds = [one_of(KINDS, holding["kind"], "kind of capital") for holding in holdings]
    others = sum((value(holding) for holding in holdings if holding["kind"] in COUNTED), NIL)
    homes = [h for h in holdings if h["kind"] == "main_home" and not _is_ignored(h, request, others, amounts)]
    return Capital(
        assessable=others + sum((value(home) for home in homes), NIL),
        includes_property=bool(homes) or "second_property" in kinds,
    )


def value(holding: Item) -> Fraction:
    """The adult's share of what a sale would leave, in whole pence (readings 11 to 13)."""
    whole = pounds(holding["value"])
    costs = whole / 10 if holding.get("selling_costs_10_percent") else NIL
    left = max(NIL, whole - costs - pounds(holding.get("secured_debt") or "0"))
    return rounded_down(left * _share(holding))


def tariff_income(assessable: Fraction, amounts: Amounts, on: date) -> Fraction:
    """A pound a week for each step above the lower limit, a part of a step counting whole (R25)."""
    lower = limits(amounts, on).lower
    return NIL if assessable <= lower else Fraction(ceil((assessable - lower) / amounts.on("tariff_step", on)))


def _share(holding: Item) -> Fraction:
    share: Any = holding.get("share")
    found = Fraction(1, holding.get("joint_holders") or 1) if share is None else Fraction(share)
    if isinstance(share, float) or not 0 <= found <= 1:
        raise Refused("share: a part of the whole, as a string")
    return found


def _is_ignored(home: Item, request: Request, others: Fraction, amounts: Amounts) -> bool:
    """Whether the only or main home is disregarded (readings 17 to 20)."""
    if setting(request) != PERMANENT:
        return True
    if home.get("occupied_by") is not None:
        return bool(one_of(OCCUPIED_BY, home["occupied_by"], "occupied_by"))
    if home.get("twelve_week_from") is None:
        return False
    on, began = day(request), day_of(home["twelve_week_from"])
    ends = began + timedelta(weeks=int(amounts.on("property_disregard_weeks", on)))
    return began <= on < ends and others <= limits(amounts, on).upper
