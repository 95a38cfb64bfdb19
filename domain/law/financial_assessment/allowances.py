"""What has to be left to an adult, and which of their costs come first? (SI 2014/2672 reg 6 and R7, Sch 1)"""

from collections.abc import Mapping
from decimal import Decimal

from domain.law.financial_assessment.amounts import AmountsOfTheDay, Known
from domain.law.financial_assessment.asked import Circumstances, FullAssessment, LightTouchAssessment, MoreGenerous
from domain.law.financial_assessment.faults import CannotBeAssessed
from domain.law.financial_assessment.income import Received
from domain.law.financial_assessment.treatment import Group, Treated
from domain.law.financial_assessment.weekly import UP, said, to_pence, weekly
from domain.law.financial_assessment.working import PENCE, Line, total

WithMoney = FullAssessment | LightTouchAssessment

GUARANTEE = "minimum_income_guarantee"
ALLOWANCE = "personal_expenses_allowance"
EXPENSES = "disability_related_expenditure"
EXPENSES_AUTHORITY = "SI 2014/2672 Sch 1 para 4"
CHILD = "minimum_income_guarantee_child"

Part = tuple[str, str, int]
"""One amount of law of what is left to the adult: of what, by which name for this adult, how many times."""

_DISABILITY = "Disability-related expenditure"
_LABELS = {
    "minimum_income_guarantee_single_18_to_24": "Minimum income guarantee, single, aged 18 to 24",
    "minimum_income_guarantee_single_25_to_pension_age": "Minimum income guarantee, single, aged 25 to pension age",
    "minimum_income_guarantee_single_pension_age": "Minimum income guarantee, single, pension age",
    "minimum_income_guarantee_lone_parent": "Minimum income guarantee, lone parent",
    "minimum_income_guarantee_couple_member_18_or_over": "Minimum income guarantee, one of a couple",
    "minimum_income_guarantee_couple_member_pension_age": "Minimum income guarantee, one of a couple, pension age",
    CHILD: "Minimum income guarantee, for each child",
    "disability_premium_single": "Disability premium, single",
    "disability_premium_couple": "Disability premium, one of a couple",
    "enhanced_disability_premium_single": "Enhanced disability premium, single",
    "enhanced_disability_premium_couple": "Enhanced disability premium, one of a couple",
    "carer_premium": "Carer premium",
    ALLOWANCE: "Personal expenses allowance",
}
_SINGLE = {
    "18_to_24": "minimum_income_guarantee_single_18_to_24",
    "25_to_pension_age": "minimum_income_guarantee_single_25_to_pension_age",
    "pension_age": "minimum_income_guarantee_single_pension_age",
}
_PREMIUMS = ("disability", "enhanced_disability", "carer")


def allowance_lines(
    asked: WithMoney, group: Group, income: Received, outgoings: Mapping[str, Treated], amounts: AmountsOfTheDay
) -> list[Line]:
    """Everything that is taken off a week's income before anything is charged, in one order."""
    found = _housing_costs(asked, income, outgoings) if asked.outgoings else []
    if asked.disability_related_expenditure:
        found += _disability_related_expenditure(asked, group, income)
    if savings_credit := income.of_kind.get("savings_credit"):
        found.append(_savings_credit(savings_credit, asked, amounts))
    if group == "permanent" and asked.circumstances.household == "couple":
        found += _half_pension(income)
    if asked.local_disregards:
        found += _local(asked)
    found += _guarantee(asked, amounts) if group == "at_home" else _personal_expenses(asked, amounts)
    return found


def _housing_costs(asked: WithMoney, income: Received, outgoings: Mapping[str, Treated]) -> list[Line]:
    """What help does not meet of the costs of a home, except of one left for good (Sch 1 para 2)."""
    paid: dict[str, Decimal] = {}
    for each in asked.outgoings:
        paid[each.kind] = paid.get(each.kind, PENCE) + weekly(each, UP)
    return [_housing_cost(kind, treatment, paid[kind], income) for kind, treatment in outgoings.items() if kind in paid]


def _housing_cost(kind: str, treatment: Treated, paid: Decimal, income: Received) -> Line:
    label, amount = treatment.label, paid
    if not treatment.how.counts:
        label, amount = f"{label}: not allowed for a permanent resident of a care home", PENCE
    elif treatment.less and (help_with_it := income.of_kind.get(treatment.less)):
        label = f"{label}, £{paid:,.2f} a week less help of £{help_with_it:,.2f}"
        amount = max(PENCE, paid - help_with_it)
    return Line("allowance", label, amount, treatment.authority, None, treatment.certainty, kind)


def _disability_related_expenditure(asked: WithMoney, group: Group, income: Received) -> list[Line]:
    """Allowed wherever a benefit for disability counts as income, outside care homes (Sch 1 para 4)."""
    if group != "at_home" or not income.counts_disability_benefit:
        why = "in a care home" if group != "at_home" else "where no benefit for disability counts as income"
        return [Line("allowance", f"{_DISABILITY}: not allowed {why}", PENCE, EXPENSES_AUTHORITY, of=EXPENSES)]
    spent = sorted((weekly(each, UP), said(_DISABILITY, each)) for each in asked.disability_related_expenditure)
    return [Line("allowance", label, amount, EXPENSES_AUTHORITY, None, "official", EXPENSES) for amount, label in spent]


def _savings_credit(received: Decimal, asked: WithMoney, amounts: AmountsOfTheDay) -> Line:
    """Savings credit, up to the amount for one person or a couple (Sch 1 para 40)."""
    of_whom = "couple" if asked.circumstances.household == "couple" else "single"
    known = amounts.known(f"savings_credit_disregard_{of_whom}")
    label = f"Savings credit that does not count, at most {known.pounds}"
    amount, of = min(received, known.amount), "savings_credit"
    return Line("allowance", label, amount, known.authority, known.name, known.certainty, of)


def _half_pension(income: Received) -> list[Line]:
    """Half of the private pensions of a permanent resident, for the partner left at home (Sch 1 para 16)."""
    pension = income.of_kind.get("private_pension")
    if not pension:
        return []
    label = "Half of the private pension, for the partner at home"
    half, authority = to_pence(pension / 2, UP), "SI 2014/2672 Sch 1 para 16"
    return [Line("allowance", label, half, authority, None, "recalled", "private_pension")]


def _local(asked: WithMoney) -> list[Line]:
    """What this council leaves out of its own will: the power to charge is no duty to (Care Act 2014 s 14(1))."""
    left_out = sorted((weekly(each, UP), said("Left out by this council", each)) for each in asked.local_disregards)
    of = "local_disregards"
    return [Line("allowance", label, amount, "Care Act 2014 s 14(1)", of=of) for amount, label in left_out]


def _personal_expenses(asked: WithMoney, amounts: AmountsOfTheDay) -> list[Line]:
    """The personal expenses allowance of a resident (R6), or more where the council says so."""
    return _of_law_or_more([(ALLOWANCE, ALLOWANCE, 1)], ALLOWANCE, asked.personal_expenses_allowance, amounts)


def _guarantee(asked: WithMoney, amounts: AmountsOfTheDay) -> list[Line]:
    """The aggregate that R7 leaves to an adult outside care homes, or more where the council says so."""
    who = asked.circumstances
    of_whom = "couple" if who.household == "couple" else "single"
    parts = [(GUARANTEE, _basic(who, amounts), 1)]
    if who.children:
        parts.append((CHILD, CHILD, who.children))
    for premium in _PREMIUMS:
        if premium in who.premiums:
            of = f"{premium}_premium"
            parts.append((of, of if premium == "carer" else f"{of}_{of_whom}", 1))
    return _of_law_or_more(parts, GUARANTEE, asked.minimum_income_guarantee, amounts)


def _basic(who: Circumstances, amounts: AmountsOfTheDay) -> str:
    if who.household == "lone_parent":
        return "minimum_income_guarantee_lone_parent"
    age = who.age_group_on(amounts.day)
    if age is None:
        raise CannotBeAssessed(
            ("circumstances", "date_of_birth"), "Give the date of birth, age_group, or over_pension_age."
        )
    if age == "under_18":
        raise CannotBeAssessed(
            ("circumstances", "date_of_birth"), "Only an adult is assessed: the person is under 18 on effective_from."
        )
    if who.household == "single":
        return _SINGLE[age]
    return f"minimum_income_guarantee_couple_member_{'pension_age' if age == 'pension_age' else '18_or_over'}"


def _of_law_or_more(parts: list[Part], whole: str, stated: MoreGenerous | None, amounts: AmountsOfTheDay) -> list[Line]:
    """The amounts of law; where the council states another for the whole, that, if it is not less (s 14(7))."""
    if stated is None:
        return [_of_law(of, amounts.known(name), count) for of, name, count in parts]
    seen = [(of, amounts.known_if_any(name), count) for of, name, count in parts]
    by_law = total(_of_law(of, known, count) for of, known, count in seen if known)
    if stated.amount < by_law:
        raise CannotBeAssessed(
            (whole, "amount"),
            f"A council may leave more than the amount of law, £{by_law:,.2f} a week, and never less.",
        )
    label = f"{whole.replace('_', ' ').capitalize()}, as this council leaves it"
    return [Line("allowance", label, stated.amount, "Care Act 2014 s 14(7)", of=whole)]


def _of_law(of: str, known: Known, count: int) -> Line:
    label = _LABELS[known.name] if count == 1 else f"{_LABELS[known.name]}: {count} times {known.pounds}"
    return Line("allowance", label, known.amount * count, known.authority, known.name, known.certainty, of)
