"""Of which accounts could nothing be said, as known at a moment, and what is to be done about each?"""

from datetime import datetime

from psycopg2.extensions import cursor

from domain.dates import Instant
from domain.terms import Terms
from projections.tables import OF_THE_LIVE, REVIEWS
from projections.thoughts import Kind

UNDER_REVIEW = "under_review"
"""What stands in a table where an account's metering would, were anything known of it."""

WHY: dict[Kind, str] = {
    "unreadable": "One of its entries could not be read by this version of the program.",
    "not_in_force": "For some of its days nobody has entered the amount of law.",
    "not_worked_out": "Its figures could not be worked out by this version of the program.",
}
_TELL_US = "Tell whoever looks after the system; the log names the fault. Nothing that was recorded is lost."
WHAT_TO_DO: dict[Kind, str] = {
    "unreadable": _TELL_US,
    "not_in_force": "Enter the amount with the day from which it is in force, or correct what was recorded.",
    "not_worked_out": _TELL_US,
}


class AccountUnderReview(Terms):
    """An account without figures, since when, why, and what to do. No figure stands in for them, not even an old one.

    It is tried again with each new entry, by each new version of the program, and when the list is made again.
    """

    account_id: str
    reference: str
    since: Instant
    kind: Kind
    detail: str
    what_to_do: str


def under_review(
    statements: cursor, schema: str, known_at: datetime, accounts: list[str] | None = None
) -> list[AccountUnderReview]:
    """The accounts under review as known at a moment, of all or of some, in the order of their references."""
    statements.execute(
        f"SELECT account_id, reference, known_from, kind FROM {schema}.{REVIEWS}"
        f" JOIN {schema}.account_references USING (account_id)"
        f" WHERE {OF_THE_LIVE.format(schema=schema)} AND known_from <= %s AND known_to > %s"
        " AND (%s::uuid[] IS NULL OR account_id = ANY(%s::uuid[])) ORDER BY reference",
        (known_at, known_at, accounts, accounts),
    )
    return [_account(*row) for row in statements]


def _account(account_id: str, reference: str, since: datetime, kind: Kind) -> AccountUnderReview:
    return AccountUnderReview(
        account_id=account_id,
        reference=reference,
        since=since,
        kind=kind,
        detail=WHY[kind],
        what_to_do=WHAT_TO_DO[kind],
    )
