"""/accounts: which accounts are there, how far has each come, and what do they add up to?"""

from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.exports.table import Column, Table, Value
from api.pages.asked import Asked, address
from api.pages.exported import exported, require_readable
from api.pages.finance.view import PATH, SORTS, AccountsView, asked_view
from api.pages.law import law_words
from api.pages.page import Visit, page
from api.pages.sorting import columns
from api.pages.words import counted
from projections.cap_progress import ListedAccount, Wanted, progress_list
from projections.under_review import UNDER_REVIEW, AccountUnderReview

COLUMNS = (
    Column("reference"),
    Column("name"),
    Column("local_id"),
    Column("metering"),
    Column("cap", "money"),
    Column("accrued_costs", "money", added_up=True),
    Column("remaining", "money", added_up=True),
    Column("percent", "percent"),
    Column("daily_living_costs", "money", added_up=True),
    Column("cap_reached_on", "day"),
    Column("expected_to_reach_cap_on", "day"),
    Column("on", "day"),
    Column("known_at", "instant"),
    Column("account_id"),
)


@page(PATH, "read_council", people=True)
def accounts(visit: Visit) -> ResponseReturnValue:
    """One page of the accounts that are asked for, and the totals of all of them."""
    asked = Asked(visit.request.args)
    view = asked_view(visit, asked)
    items, totals, under_review = found = progress_list(visit.council, view.wanted)
    visit.shows(found.account_ids)
    shown = render_template(
        "finance/accounts.html",
        page_title="Care accounts",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        law_words=law_words(visit.council, view.moment.known_at),
        past=None if asked.errors else view.moment.past,
        view=view,
        items=items,
        totals=totals,
        under_review=under_review,
        found=_found(visit, view, totals.accounts),
        people=visit.council.people.of([view.account_id(item) for item in items]),
        columns=columns(SORTS, view.sort, lambda sort: address(PATH, **view.kept(sort=sort))),
        previous=_turned(view, -1) if view.page > 1 else None,
        next=_turned(view, 1) if view.wanted.offset + len(items) < totals.accounts else None,
    )
    return make_response(shown, 422 if asked.errors else 200)


@exported(PATH, "read_council", "Accounts", people=True)
def accounts_file(visit: Visit) -> Table:
    """Every row of exactly the same view: the same filters, the same order, the same moment."""
    asked = Asked(visit.request.args)
    view = asked_view(visit, asked)
    require_readable(asked)
    return table_of(visit, view)


def table_of(visit: Visit, view: AccountsView) -> Table:
    """The rows with who they are for, and on every row the day and the moment they rest on.

    Accounts under review come last, without a figure.
    """
    items, _, under_review = found = progress_list(visit.council, view.all)
    visit.shows(found.account_ids)
    listed: list[ListedAccount | AccountUnderReview] = [*items, *under_review]
    people = visit.council.people.of([view.account_id(item) for item in listed])

    def row(item: Any) -> list[Value]:
        person = people.get(view.account_id(item))
        more = {
            "name": person.sorted_name if person else None,
            "local_id": person.local_id if person else None,
            "on": view.wanted.on,
            "metering": getattr(item, "metering", UNDER_REVIEW),
            "known_at": view.wanted.known_at,
        }
        return [more[name] if name in more else getattr(item, name, None) for name, *_ in COLUMNS]

    return Table(
        name=f"care-accounts-{view.wanted.on}",
        title="Care accounts",
        on=view.wanted.on,
        known_at=view.wanted.known_at,
        asked=address(PATH, **view.kept()),
        columns=COLUMNS,
        rows=[row(item) for item in listed],
    )


def _found(visit: Visit, view: AccountsView, number: int) -> str:
    """How many accounts were found, and of how many where some were left out."""
    if not view.chosen:
        return counted(number, "account")
    everyone = Wanted(on=view.wanted.on, known_at=view.wanted.known_at, limit=0)
    all_accounts = progress_list(visit.council, everyone).totals.accounts
    return f"{number:,} of {counted(all_accounts, 'account')}"


def _turned(view: AccountsView, by: int) -> dict[str, str]:
    number = view.page + by
    return {"href": address(PATH, **view.kept(), page=number), "label": f"Page {number}"}
