"""/v1/cap-progress: how far every account of the council has come, with totals."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast, get_args

from flask import Response

from api.csv import csv_response
from api.kit.basis import Basis, basis
from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.v1.paging import Paged, Place, cursor, place_of
from api.v1.shared import OnDay, known_at, on_day
from domain.account.figures import Metering
from domain.dates import Day, Instant, instant_text
from domain.schemes import Scheme
from domain.terms import Terms, written_as
from projections.cap_progress import ListedAccount, ProgressList, Sort, Totals, Wanted, progress_list
from projections.under_review import UNDER_REVIEW, AccountUnderReview

if TYPE_CHECKING:
    Order = str
else:
    Order = written_as(
        f"-?({'|'.join(get_args(Sort))})", f"Use one of: {', '.join(get_args(Sort))}; a - before it turns it round."
    )

COLUMNS = (
    "account_id",
    "reference",
    "on",
    "metering",
    "cap",
    "accrued_costs",
    "remaining",
    "percent",
    "daily_living_costs",
    "cap_reached_on",
    "expected_to_reach_cap_on",
)
_ABOUT_ALL = ("known_at", "scheme", "in_force")
"""Columns that say the same on every row, so that a saved file still says what it rests on."""


class CouncilQuery(OnDay, Paged):
    """Which accounts, on which day, as known when, in which order; a `-` before `sort` turns it round."""

    reaching_before: Day | None = None
    metering: tuple[Metering, ...] = ()
    sort: Order = "reference"


class CouncilProgress(Terms):
    """One page of the council's accounts, and the totals of all that were asked for.

    Accounts `under_review` stand apart from the items, on every page, whatever filter was asked for: they have no
    figures at all, since when and why each says of itself.
    """

    on: Day
    known_at: Instant
    items: tuple[ListedAccount, ...]
    next: str | None
    totals: Totals
    under_review: tuple[AccountUnderReview, ...]
    scheme: str
    basis: Basis


@get("/v1/cap-progress", "read_council", CouncilProgress, CouncilQuery, also=("text/csv",))
def list_cap_progress(call: Call[Any, CouncilQuery]) -> Answer | Response:
    """How far every account has come; all of them at once as CSV (Accept: text/csv)."""
    wanted = _wanted(call)
    scheme = call.council.scheme_at(wanted.known_at)
    as_csv = (
        call.request.accept_mimetypes.best_match(("application/json", "text/csv"), "application/json") == "text/csv"
    )
    found = progress_list(call.council, replace(wanted, offset=0, limit=None) if as_csv else wanted)
    items, totals, under_review = found
    call.shows(found.account_ids)
    if as_csv:
        return progress_csv(found, wanted, scheme)
    reached = wanted.offset + len(items)
    return Answer(
        CouncilProgress(
            on=wanted.on,
            known_at=wanted.known_at,
            items=tuple(items),
            next=cursor(_at(wanted, reached)) if reached < totals.accounts else None,
            totals=totals,
            under_review=tuple(under_review),
            scheme=scheme.name,
            basis=basis(scheme),
        )
    )


def progress_csv(found: ProgressList, wanted: Wanted, scheme: Scheme) -> Response:
    """The accounts as a table, each row with what it rests on; at the end those under review, without a figure."""
    about_all = (instant_text(wanted.known_at), scheme.name, str(scheme.provisions_in_force).lower())
    rows = [[*(getattr(item, column) for column in COLUMNS), *about_all] for item in found.items]
    for each in found.under_review:
        said = {"account_id": each.account_id, "reference": each.reference, "on": wanted.on, "metering": UNDER_REVIEW}
        rows.append([*(said.get(column) for column in COLUMNS), *about_all])
    return csv_response((*COLUMNS, *_ABOUT_ALL), rows, "cap-progress.csv")


def _at(wanted: Wanted, offset: int) -> Place:
    """A place in this list, with both times of the first page: what is recorded meanwhile moves nothing."""
    return Place(offset=offset, on=wanted.on, known_at=wanted.known_at)


def _wanted(call: Call[Any, CouncilQuery]) -> Wanted:
    asked = call.query
    return Wanted(
        on=on_day(call),
        known_at=known_at(call),
        metering=asked.metering,
        reaching_before=asked.reaching_before,
        sort=cast(Sort, asked.sort.removeprefix("-")),
        descending=asked.sort.startswith("-"),
        offset=place_of(call).offset,
        limit=asked.limit,
    )
