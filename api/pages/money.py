"""What do people call each kind of income, capital and outgoing, each place of care and each part of a household?"""

from collections.abc import Mapping

SETTINGS: Mapping[str, str] = {
    "own_home": "At home",
    "supported_living": "In supported living",
    "extra_care": "In extra care housing",
    "shared_lives": "In a Shared Lives home",
    "care_home_permanent": "In a care home, for good",
    "care_home_temporary": "In a care home for a time, with a plan to go home",
    "care_home_short_term": "In a care home for a short stay, up to 8 weeks",
}
HOUSEHOLDS: Mapping[str, str] = {
    "single": "No",
    "couple": "Yes",
    "lone_parent": "No, and I bring up a child or children alone",
}
PREMIUMS: Mapping[str, str] = {
    "disability": "Disability premium",
    "enhanced_disability": "Enhanced disability premium",
    "carer": "Carer premium",
}
FREQUENCIES: Mapping[str, str] = {
    "weekly": "Every week",
    "four_weekly": "Every 4 weeks",
    "monthly": "Every month",
    "annual": "Every year",
}
INCOME: Mapping[str, str] = {
    "state_pension": "State Pension",
    "private_pension": "Private or work pension",
    "pension_credit_guarantee": "Pension Credit: guarantee credit",
    "savings_credit": "Pension Credit: savings credit",
    "universal_credit": "Universal Credit",
    "esa": "Employment and Support Allowance",
    "income_support": "Income Support",
    "carers_allowance": "Carer's Allowance",
    "attendance_allowance": "Attendance Allowance",
    "dla_care": "Disability Living Allowance: care part",
    "dla_mobility": "Disability Living Allowance: mobility part",
    "pip_daily_living": "Personal Independence Payment: daily living part",
    "pip_mobility": "Personal Independence Payment: mobility part",
    "earnings": "Pay from work",
    "war_pension": "War pension",
    "war_widows_pension": "War widow's or widower's pension",
    "guaranteed_income_payment": "Armed forces guaranteed income payment",
    "housing_benefit": "Housing Benefit",
    "council_tax_reduction": "Council Tax Reduction",
    "child_benefit": "Child Benefit",
    "charitable_payment": "Payments from a charity",
    "annuity": "An annuity",
    "trust": "Money from a trust",
    "rental": "Rent that people pay you",
    "other": "Any other income",
}
CAPITAL: Mapping[str, str] = {
    "savings": "Savings",
    "investments": "Shares and investments",
    "main_home": "The home you live in or lived in",
    "second_property": "Another property or land",
    "business": "A business",
    "bond_with_life_cover": "A bond with life cover",
    "personal_injury_trust": "A trust from a personal injury",
    "personal_possessions": "Things you own, such as a car or jewels",
    "notional": "Money or things you gave away or sold for less",
    "other": "Anything else of value",
}
OUTGOINGS: Mapping[str, str] = {
    "rent": "Rent",
    "mortgage": "Mortgage",
    "ground_rent": "Ground rent",
    "council_tax": "Council tax",
    "service_charge": "Service charge",
}
RELATIVES: Mapping[str, str] = {
    "partner": "My partner",
    "relative_aged_60_or_over": "A relative aged 60 or over",
    "incapacitated_relative": "A relative who is ill or disabled",
    "child_under_18": "A child under 18",
}
