"""/v1/cap-progress: how far every account of the council has come, with totals."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast, get_args

from flask import Response

from api.exports.files import FILES
from api.exports.table import Column, Table
from api.kit.basis import Basis, basis
from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.v1.paging import Paged, Place, cursor, place_of
from api.v1.shared import OnDay, known_at, on_day
from domain.account.figures import Metering
from domain.dates import Day, Instant
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
    Column("account_id"),
    Column("reference"),
    Column("on", "day"),
    Column("metering"),
    Column("cap", "money"),
    Column("accrued_costs", "money", added_up=True),
    Column("remaining", "money", added_up=True),
    Column("percent", "percent"),
    Column("daily_living_costs", "money", added_up=True),
    Column("cap_reached_on", "day"),
    Column("expected_to_reach_cap_on", "day"),
)
_ABOUT_ALL = (Column("known_at", "instant"), Column("scheme"), Column("in_force"))
"""Columns that say the same on every row, so that a saved file still says what it rests on."""
_FORMS = ("application/json", *(file.mimetype for file in FILES.values()))


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


@get("/v1/cap-progress", "read_council", CouncilProgress, CouncilQuery, also=_FORMS[1:])
def list_cap_progress(call: Call[Any, CouncilQuery]) -> Answer | Response:
    """How far every account has come; all of them at once as CSV, Excel or Parquet (by the Accept header)."""
    wanted = _wanted(call)
    scheme = call.council.scheme_at(wanted.known_at)
    form = call.request.accept_mimetypes.best_match(_FORMS, _FORMS[0])
    file = next((file for file in FILES.values() if file.mimetype == form), None)
    found = progress_list(call.council, replace(wanted, offset=0, limit=None) if file else wanted)
    items, totals, under_review = found
    call.shows(found.account_ids)
    if file:
        return file.answer(progress_table(found, wanted, scheme, call.request.full_path.rstrip("?")))
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


def progress_table(found: ProgressList, wanted: Wanted, scheme: Scheme, asked: str) -> Table:
    """The accounts as a table, each row with what it rests on; at the end those under review, without a figure."""
    about_all = (wanted.known_at, scheme.name, str(scheme.provisions_in_force).lower())
    rows = [[*(getattr(item, column.name) for column in COLUMNS), *about_all] for item in found.items]
    for each in found.under_review:
        said = {"account_id": each.account_id, "reference": each.reference, "on": wanted.on, "metering": UNDER_REVIEW}
        rows.append([*(said.get(column.name) for column in COLUMNS), *about_all])
    return Table(
        name="cap-progress",
        title="Cap progress",
        on=wanted.on,
        known_at=wanted.known_at,
        asked=asked,
        columns=(*COLUMNS, *_ABOUT_ALL),
        rows=rows,
    )


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
