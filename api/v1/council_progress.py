"""/v1/cap-progress: how far every account of the council has come, with totals."""

from dataclasses import replace
from typing import Any, cast

from flask import Response
from pydantic import Field

from api.csv import csv_response
from api.kit.endpoint import Answer, Call, get
from api.v1.shared import Basis, Limit, Place, basis, cursor, known_at, on_day, place_of
from domain.account.figures import Metering
from domain.dates import Day, Instant
from domain.terms import Terms
from projections.cap_progress import ListedAccount, Sort, Totals, Wanted, progress_list

_SORT = r"^-?(reference|accrued_costs|percent|remaining|expected_to_reach_cap_on|metering)$"

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


class CouncilQuery(Terms):
    """Which accounts, on which day, as known when, in which order; a `-` before `sort` turns it round."""

    on: Day | None = None
    known_at: Instant | None = None
    reaching_before: Day | None = None
    metering: tuple[Metering, ...] = ()
    sort: str = Field(default="reference", pattern=_SORT)
    limit: Limit = 100
    cursor: str | None = Field(default=None, max_length=200)


class CouncilProgress(Terms):
    """One page of the council's accounts, and the totals of all that were asked for."""

    on: Day
    known_at: Instant
    items: tuple[ListedAccount, ...]
    next: str | None
    totals: Totals
    scheme: str
    basis: Basis


@get("/v1/cap-progress", "read_council", CouncilProgress, CouncilQuery, also=("text/csv",))
def list_cap_progress(call: Call[Any, CouncilQuery]) -> Answer | Response:
    """How far every account has come; all of them at once as CSV (Accept: text/csv)."""
    wanted = _wanted(call)
    if call.request.accept_mimetypes.best_match(("application/json", "text/csv"), "application/json") == "text/csv":
        items, _ = progress_list(call.council, replace(wanted, offset=0, limit=None))
        return progress_csv(items)
    items, totals = progress_list(call.council, wanted)
    reached = wanted.offset + len(items)
    scheme = call.council.scheme
    return Answer(
        CouncilProgress(
            on=wanted.on,
            known_at=wanted.known_at,
            items=tuple(items),
            next=cursor(Place(offset=reached, known_at=wanted.known_at)) if reached < totals.accounts else None,
            totals=totals,
            scheme=scheme.name,
            basis=basis(scheme),
        )
    )


def progress_csv(items: list[ListedAccount]) -> Response:
    """The accounts as a table."""
    return csv_response(COLUMNS, ([getattr(item, column) for column in COLUMNS] for item in items), "cap-progress.csv")


def _wanted(call: Call[Any, CouncilQuery]) -> Wanted:
    """A cursor carries the moment of the first page, so that what is recorded meanwhile moves nothing."""
    place, asked = place_of(call), call.query
    return Wanted(
        on=on_day(call),
        known_at=place.known_at or known_at(call),
        metering=asked.metering,
        reaching_before=asked.reaching_before,
        sort=cast(Sort, asked.sort.removeprefix("-")),
        descending=asked.sort.startswith("-"),
        offset=place.offset,
        limit=asked.limit,
    )
