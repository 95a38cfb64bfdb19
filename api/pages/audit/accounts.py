"""/audit/accounts: which accounts are there, under their references alone?"""

from typing import cast
from uuid import UUID

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked, address
from api.pages.law import law_words
from api.pages.moments import Moment, moment_asked
from api.pages.page import Visit, page
from api.pages.sorting import columns, sort_asked
from ledger.outcomes import NoSuchAccount
from ledger.reference import read_reference
from projections.cap_progress import Sort, Wanted, progress_list

PATH = "/audit/accounts"
PAGE_SIZE = 50
SORTS = {
    "reference": ("Reference", False),
    "accrued_costs": ("Counted", True),
    "percent": ("Of the cap", True),
    "metering": ("Metering", False),
}


@page(PATH, "read_council")
def audit_accounts(visit: Visit) -> ResponseReturnValue:
    """One page of the accounts, by reference. Nothing of it is read from the vault."""
    asked = Asked(visit.request.args)
    moment, sort = moment_asked(visit, asked, PATH), sort_asked(asked, SORTS)
    text, number = asked.text("q"), asked.number("page", 1_000_000) or 1
    wanted = _wanted(moment, sort, number, asked.read("q", lambda typed: _named(visit, typed), text))
    items, totals, under_review = found = progress_list(visit.council, wanted)
    visit.shows(found.account_ids)
    kept = {"q": text, "sort": sort, **moment.kept}
    more = wanted.offset + len(items) < totals.accounts
    shown = render_template(
        "audit/accounts.html",
        page_title="Account history",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        law_words=law_words(visit.council, moment.known_at),
        past=None if asked.errors else moment.past,
        moment=moment,
        sort=sort,
        items=items,
        totals=totals,
        under_review=under_review,
        columns=columns(SORTS, sort, lambda by: address(PATH, **kept | {"sort": by})),
        previous={"href": address(PATH, **kept, page=number - 1)} if number > 1 else None,
        next={"href": address(PATH, **kept, page=number + 1)} if more else None,
    )
    return make_response(shown, 422 if asked.errors else 200)


def _wanted(moment: Moment, sort: str, page_number: int, accounts: list[UUID] | None) -> Wanted:
    return Wanted(
        on=moment.on,
        known_at=moment.known_at,
        accounts=accounts,
        sort=cast(Sort, sort.removeprefix("-")),
        descending=sort.startswith("-"),
        offset=(page_number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )


def _named(visit: Visit, text: str) -> list[UUID]:
    """The account of a reference, if there is one; raises NoReference for what is none."""
    try:
        return [visit.council.ledger.account_of_reference(read_reference(text))]
    except NoSuchAccount:
        return []
