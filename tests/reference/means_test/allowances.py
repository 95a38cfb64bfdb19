"""What must a person be left with, and what costs come first? (R6, R7; Sch.1 paras 2 and 4)"""

from fractions import Fraction

from ..pencil import NIL, day_of, pounds
from .amounts import Amounts
from .income import counts_disability_benefit, half_pension, of_kind, savings_credit_disregard
from .pension_age import age, has_reached_pension_age
from .request import AS_AT_HOME, PERMANENT, Item, Refused, Request, day, going_out, one_of, setting

Parts = list[tuple[str, int]]

OUTGOINGS = {"rent", "mortgage", "ground_rent", "council_tax", "service_charge"}
HOUSEHOLDS = {"single", "couple", "lone_parent"}
PREMIUMS = {"disability", "enhanced_disability", "carer"}


def allowances(request: Request, amounts: Amounts) -> Fraction:
    """All that is taken from a week's income (reading 9)."""
    return (
        housing_costs(request)
        + disability_related_expenditure(request)
        + savings_credit_disregard(request, amounts)
        + half_pension(request)
        + going_out(request.get("local_disregards", []))
        + left_to_the_adult(request, amounts)
    )


def left_to_the_adult(request: Request, amounts: Amounts) -> Fraction:
    """The minimum income guarantee, or in a care home the personal expenses allowance, or more if a council says so."""
    if setting(request) in AS_AT_HOME:
        return _at_least(minimum_income_guarantee(request), request, "minimum_income_guarantee", amounts)
    return _at_least([("PEA", 1)], request, "personal_expenses_allowance", amounts)


def minimum_income_guarantee(request: Request) -> Parts:
    """The amounts whose aggregate R7 leaves to the adult, and how many of each (readings 22 to 26)."""
    circumstances = request["circumstances"]
    household = one_of(HOUSEHOLDS, circumstances["household"], "household")
    of_whom = "couple" if household == "couple" else "single"
    parts = [(_basic(household, circumstances, request), 1)]
    if circumstances.get("children", 0):
        parts.append(("MIG_child", circumstances["children"]))
    for premium in dict.fromkeys(circumstances.get("premiums", [])):
        name = f"MIG_premium_{one_of(PREMIUMS, premium, 'premium')}"
        parts.append((name if premium == "carer" else f"{name}_{of_whom}", 1))
    return parts


def housing_costs(request: Request) -> Fraction:
    """What help does not meet of the costs of a home, except of one left for good (Sch.1 para 2; readings 27, 28)."""
    help_with = {"rent": "housing_benefit", "council_tax": "council_tax_reduction"}
    outgoings = request.get("outgoings", [])
    if setting(request) == PERMANENT:
        return NIL
    costs = NIL
    for kind in OUTGOINGS:
        cost = going_out(o for o in outgoings if one_of(OUTGOINGS, o["kind"], "kind of outgoing") == kind)
        costs += max(NIL, cost - of_kind(request, help_with[kind])) if kind in help_with else cost
    return costs


def disability_related_expenditure(request: Request) -> Fraction:
    """Deducted whenever a disability benefit is counted, and outside care homes only (Sch.1 para 4; reading 29)."""
    if setting(request) not in AS_AT_HOME or not counts_disability_benefit(request):
        return NIL
    return going_out(request.get("disability_related_expenditure", []))


def _basic(household: str, circumstances: Item, request: Request) -> str:
    if household == "lone_parent":
        return "MIG_lone_parent"
    stated = circumstances.get("over_pension_age")
    born = None if circumstances.get("date_of_birth") is None else day_of(circumstances["date_of_birth"])
    if born is None and not stated:
        raise Refused("date_of_birth: needed where over_pension_age is not stated")
    if born is not None and age(born, day(request)) < 18:
        raise Refused("date_of_birth: the Regulations are about adults")
    if stated or (stated is None and born is not None and has_reached_pension_age(born, day(request))):
        return "MIG_couple_member_pca" if household == "couple" else "MIG_single_pca"
    if household == "couple":
        return "MIG_couple_member_18_plus"
    return "MIG_single_18_24" if born is not None and age(born, day(request)) < 25 else "MIG_single_25_to_pca"


def _at_least(parts: Parts, request: Request, name: str, amounts: Amounts) -> Fraction:
    """The amounts of law, or what the council leaves instead: more, never less (reading 10)."""
    on, stated = day(request), request.get(name)
    if stated is None:
        return sum((count * amounts.on(part, on) for part, count in parts), NIL)
    left = pounds(stated["amount"])
    if left < sum((count * amounts.on(part, on) for part, count in parts if amounts.knows(part, on)), NIL):
        raise Refused(f"{name}: a council may leave more, never less")
    return left
