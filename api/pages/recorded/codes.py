"""Which words stand for the codes that facts hold, and how is a span of days said?"""

from datetime import date

from api.pages.words import day
from api.v1.bodies import IN_WORDS
from domain.dates import ONE_DAY
from domain.words import span

SETTINGS = {
    "care_home": "care home",
    "own_home": "own home",
    "supported_living": "supported living",
    "extra_care": "extra care",
    "shared_lives": "shared lives",
}
BREAKS = {
    "hospital": "in hospital",
    "away": "away",
    "respite": "respite",
    "no_care": "no care",
}
CLOSURES = {
    "died": "the person has died",
    "moved": "moved to another council's area",
    "no_eligible_needs": "no eligible needs",
    "entered_in_error": "entered in error",
}
OUTCOMES = {
    "upheld": "upheld",
    "partly_upheld": "partly upheld",
    "not_upheld": "not upheld",
    "withdrawn": "withdrawn",
}
DEFERRED = {"care_costs": "care", "top_up": "top-up", "administration_fee": "administration fee"}
ENDINGS = {"sold": "the property was sold", "repaid": "all was repaid", "died": "the person has died"}
COMPOUNDING = {
    "daily": "compounding daily",
    "quarterly": "compounding quarterly",
    "half_yearly": "compounding half-yearly",
    "none": "not compounding",
}
AUTHORITIES = {
    "lpa_property": "lasting power of attorney for property and affairs",
    "deputy": "deputy of the Court of Protection",
    "appointee": "appointee for benefits",
    "advocate": "independent advocate",
    "informal": "informal helper",
}
PERMISSIONS = {
    "view_finance": "see figures and charges",
    "view_care": "see what is written of care",
    "act": "act: question a figure, say how to be contacted",
    "correspond": "be sent copies of letters",
}
REPRESENTS = {
    "lpa_property": "attorney for money",
    "deputy": "deputy",
    "appointee": "appointee for benefits",
    "advocate": "advocate",
    "informal": "helper",
}
STATEMENTS = {"annual": "Yearly statement", "on_request": "Statement on request", "closing": "Closing statement"}


def said(code: str) -> str:
    """A code as people say it: rate-error is rate error."""
    if code == IN_WORDS:
        return "given in words, which are kept apart"
    return code.replace("_", " ").replace("-", " ")


def since(first: date, ending_before: date | None) -> str:
    """A span that may have no end yet: from 1 February 2026, or from 1 February 2026 to 31 March 2026."""
    return f"from {day(first)}" + (f" to {day(ending_before - ONE_DAY)}" if ending_before else "")


def within(first: date, ending_before: date) -> str:
    """A span that has an end: 1 February 2026 to 31 March 2026."""
    return span(first, ending_before - ONE_DAY)
