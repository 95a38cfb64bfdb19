"""How is it said who looked at an account, why, and at what?"""

import re
from collections.abc import Iterable

from ledger.store.access_log import Look
from ledger.vault.reveals import Reveal

WHO = {
    "citizen": "You",
    "representative": "Someone who helps you",
    "assessor": "The team that does care and money checks",
    "finance": "The care finance team",
    "finance_approver": "A second person in the care finance team",
    "policy": "The team that looks after the rules",
    "information_governance": "The team that looks after your data",
    "auditor": "An auditor",
    "council_admin": "The team that runs this service",
    "machine": "A computer program of ours",
}
WHY = {
    "citizen": "It is your account",
    "representative": "To help you",
    "assessor": "To check what you need, or your money",
    "finance": "To work out or check your costs",
    "finance_approver": "To check what another person did",
    "policy": "To see what a rule does",
    "information_governance": "To check who looks at accounts",
    "auditor": "To check our work",
    "council_admin": "To keep this service running",
    "machine": "To pass on your figures",
}
REVEALED = "POST /audit/accounts/{account_id}/name"
_WHAT = (
    (r"^POST /audit/accounts/.*/name$", "your name"),
    (r"dossier", "all that we wrote down, put together for a complaint or a check"),
    (r"/audit/bundle", "a file to check our work by, with your account in it"),
    (r"/statements", "your statements"),
    (r"/costs|/ledger|/charges", "your costs week by week"),
    (r"/explanation|/comparison|/compare", "how we worked out your figures"),
    (r"/assessments|/money-check|/financial-assessments|/received", "your money check"),
    (r"/entries|/history", "what we wrote down"),
    (r"/delayed-payments|/deferred-payments", "your delayed payment agreement"),
    (r"/disputes|/question", "your questions"),
    (r"/who-looked|/access", "this list"),
    (r"/people|/representatives", "people who help you"),
    (r"/reassessments", "a list of money checks, with yours in it"),
    (r"/\{(account|statement)_id\}|/account\b", "your care account"),
)


def who_in_words(look: Look) -> str:
    """Who looked, as the person would know them."""
    return WHO.get(look.role, look.role)


def why_in_words(look: Look) -> str:
    """What they looked for."""
    return WHY.get(look.role, "To do their work")


def what_in_words(look: Look) -> str:
    """What they saw, by the address they opened."""
    return next((words for part, words in _WHAT if re.search(part, look.opened)), "a list, with your account in it")


def why_of(look: Look, reveals: Iterable[Reveal]) -> str:
    """The reason that somebody wrote who asked to see the name; else what their role looks for."""
    return reason_written(look, reveals) or why_in_words(look)


def reason_written(look: Look, reveals: Iterable[Reveal]) -> str | None:
    """The reason that somebody wrote with a look; None for all looks but at a name that is hidden."""
    if look.opened != REVEALED:
        return None
    return next((each.reason for each in reveals if (each.by, each.at) == (look.who, look.at)), None)


def how_in_words(look: Look) -> str:
    """What became of it, where it was no page to be read."""
    if look.refused:
        return "We did not let them see it."
    return {"page": "", "export": "They took it away as a file.", "api": "A computer program asked for it."}[look.how]
