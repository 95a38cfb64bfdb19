"""/accounts/<id>/assessments: what was an account's person found able to pay, how, and what changed?"""

from flask import get_flashed_messages
from flask.typing import ResponseReturnValue

from api.pages.asked import address
from api.pages.assessed import listed_assessments, shown_assessment
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, page
from api.pages.stored import named
from api.policy import may


@page("/accounts/{account_id}/assessments", "read_council", people=True)
def account_assessments(visit: Visit) -> ResponseReturnValue:
    """Every financial assessment, as known at a moment, and which is in force on a day."""
    shown = StaffAccount(visit, "/assessments")
    return shown.page(
        "finance/assessments.html",
        "Assessments",
        assessments=listed_assessments(shown.account, shown.moment.on),
        query=address("", **shown.moment.kept),
        may_assess=may(visit.identity.role, "record_needs") and not shown.moment.past,
    )


@page("/accounts/{account_id}/assessments/{entry_id}", "read_council", people=True)
def account_assessment(visit: Visit) -> ResponseReturnValue:
    """One of them, line by line, with the words given with it."""
    shown = StaffAccount(visit, "/assessments")
    found = shown_assessment(shown.account, visit.ids["entry_id"], shown.moment.on, shown.asked)
    version = found.listed.entry.version
    words = visit.council.people.texts(shown.account.id, [version]).get(version, {})
    return shown.page(
        "finance/assessment.html",
        found.listed.words.heading,
        shown=found,
        done=next(iter(get_flashed_messages()), None),
        words={named(field): text for field, text in words.items()},
    )
