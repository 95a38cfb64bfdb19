"""What income counts, and what of it is partly ignored? (R13 to R15, Sch.1)"""

from datetime import date
from fractions import Fraction

from ..pencil import NIL
from .amounts import Amounts
from .request import PERMANENT, TEMPORARY, Request, coming_in, day, one_of, rounded_up, setting

DISABILITY_BENEFITS = {"attendance_allowance", "dla_care", "pip_daily_living"}
IGNORED = {
    "earnings",
    "dla_mobility",
    "pip_mobility",
    "housing_benefit",
    "council_tax_reduction",
    "guaranteed_income_payment",
    "charitable_payment",
    "child_benefit",
}
COUNTED = {  # R13 takes all income into account that nothing ignores (reading 4)
    *DISABILITY_BENEFITS,
    "state_pension",
    "private_pension",
    "pension_credit_guarantee",
    "savings_credit",
    "universal_credit",
    "esa",
    "income_support",
    "carers_allowance",
    "war_widows_pension",
    "war_pension",
    "annuity",
    "trust",
    "rental",
    "other",
}
FIRST_OF_A_WAR_PENSION = Fraction(10)
WAR_PENSIONS = {"war_widows_pension", "war_pension"}
WAR_PENSIONS_IGNORED_FROM = date(2017, 4, 10)


def counted_income(request: Request, includes_property: bool) -> Fraction:
    """A week's income that counts, before what is partly ignored but for the first of a war widow's pension."""
    kinds = _counted_kinds(request, includes_property)
    listed = sum((of_kind(request, kind) for kind in kinds), NIL)
    return listed - sum((min(FIRST_OF_A_WAR_PENSION, of_kind(request, kind)) for kind in kinds & WAR_PENSIONS), NIL)


def counts_disability_benefit(request: Request) -> bool:
    return any(of_kind(request, kind) > NIL for kind in DISABILITY_BENEFITS & _counted_kinds(request, False))


def savings_credit_disregard(request: Request, amounts: Amounts) -> Fraction:
    """The lesser of what is received and the figure of the day, single or couple (Sch.1 para 40; reading 6)."""
    received = of_kind(request, "savings_credit")
    if received == NIL:
        return NIL
    of_whom = "couple" if request["circumstances"]["household"] == "couple" else "single"
    return min(received, amounts.on(f"savings_credit_disregard_{of_whom}", day(request)))


def half_pension(request: Request) -> Fraction:
    """Half of a private pension, for the partner left at home (Sch.1 para 16; reading 7)."""
    leaves_partner = setting(request) == PERMANENT and request["circumstances"]["household"] == "couple"
    return rounded_up(of_kind(request, "private_pension") / 2) if leaves_partner else NIL


def of_kind(request: Request, kind: str) -> Fraction:
    items = request.get("income", [])
    return coming_in(item for item in items if one_of(COUNTED | IGNORED, item["kind"], "kind of income") == kind)


def _counted_kinds(request: Request, includes_property: bool) -> set[str]:
    ignored = DISABILITY_BENEFITS if setting(request) == TEMPORARY else set()
    if day(request) >= WAR_PENSIONS_IGNORED_FROM:
        ignored = ignored | {"war_pension"}
    return COUNTED - ignored - ({"rental"} if includes_property else set())
