"""In which plain words is a part of a financial assessment told to the person it is about?"""

from collections.abc import Mapping

from domain.law.financial_assessment import Line

SAVINGS = "your savings and property"

INCOME: Mapping[str, str] = {
    "state_pension": "your state pension",
    "private_pension": "your private or work pension",
    "pension_credit_guarantee": "your Pension Credit",
    "savings_credit": "your savings credit",
    "universal_credit": "your Universal Credit",
    "esa": "your Employment and Support Allowance",
    "income_support": "your Income Support",
    "carers_allowance": "your Carer's Allowance",
    "attendance_allowance": "your Attendance Allowance",
    "dla_care": "your Disability Living Allowance for care",
    "pip_daily_living": "your Personal Independence Payment for daily living",
    "dla_mobility": "your Disability Living Allowance for getting about",
    "pip_mobility": "your Personal Independence Payment for getting about",
    "earnings": "your pay from work",
    "war_pension": "your war pension",
    "war_widows_pension": "your war widow's pension",
    "guaranteed_income_payment": "your guaranteed income payment",
    "housing_benefit": "your Housing Benefit",
    "council_tax_reduction": "your Council Tax Reduction",
    "child_benefit": "your Child Benefit",
    "charitable_payment": "your money from a charity",
    "annuity": "your annuity",
    "trust": "your income from a trust",
    "rental": "your income from letting",
    "other": "your other income",
}
ALLOWANCES: Mapping[str, str] = {
    "rent": "your rent",
    "mortgage": "your mortgage",
    "ground_rent": "your ground rent",
    "council_tax": "your council tax",
    "service_charge": "your service charge",
    "disability_related_expenditure": "what your disability costs you",
    "savings_credit": "the part of your savings credit that does not count",
    "private_pension": "the half of your pension for your partner",
    "local_disregards": "what we leave out for you",
    "minimum_income_guarantee": "the amount you keep to live on",
    "minimum_income_guarantee_child": "the amount you keep for your children",
    "disability_premium": "the extra you keep because of a disability",
    "enhanced_disability_premium": "the higher extra you keep because of a disability",
    "carer_premium": "the extra you keep as a carer",
    "personal_expenses_allowance": "the amount you keep for yourself",
}
LIMITS: Mapping[str, str] = {
    "council_percentage": "the part of what is left that we do not ask for",
    "cost_of_care": "the limit of what your care costs",
    "minimum_weekly_charge": "what is too little to ask for",
}
WHOLE: Mapping[str, str] = {"available": "what is left, never less than nothing", "contribution": "what you pay"}


def name_of(line: Line) -> str:
    """What a line is of that does something to the contribution: your state pension, the amount you keep to live on."""
    if line.step == "tariff_income":
        return SAVINGS
    named = {"income": INCOME, "allowance": ALLOWANCES, "charged": LIMITS}.get(line.step)
    return named[line.of or ""] if named else WHOLE[line.step]
