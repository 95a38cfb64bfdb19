"""/v1/posting-runs: post a period for every account of the council, and read what came of it."""

from typing import Any
from uuid import UUID

from api.kit.afterwards import afterwards
from api.kit.call import Answer, Call, Write
from api.kit.endpoint import get, post
from api.kit.problems import ApiError, invalid_field
from api.posting import PostingRunBegun, PostingRunListed, PostingRunRead, PostingWeighed, begun, listed, read, weighed
from api.v1.paging import Paged, Place, cursor, place_of
from domain.account.refusals import PostsDaysToCome
from domain.dates import Day
from domain.terms import Terms
from ledger.posting_run import NoSuchRun, PostingRun
from ledger.runs import PostingRuns
from ledger.weighing import weigh

_RUNS = "/v1/posting-runs"
_NEWEST = 2**31 - 1


class PostingWanted(Terms):
    """The last day to post."""

    through: Day


class PostingRunsListed(Terms):
    """The council's posting runs, newest first."""

    items: tuple[PostingRunListed, ...]
    next: str | None


@post(_RUNS, "post_periods", PostingWanted, {202: PostingRunBegun, 200: PostingWeighed})
def start_posting_run(call: Call[PostingWanted, Write]) -> Answer:
    """Post the days up to and with `through` for every account; the work goes on after this answer.

    A run of the same day that was left unfinished is gone on with. Read the run to see how far it has come.
    """
    try:
        return _weigh(call) if call.query.dry_run else _begin(call)
    except PostsDaysToCome as to_come:
        raise invalid_field("/through", str(to_come)) from None


def _begin(call: Call[PostingWanted, Write]) -> Answer:
    run, replayed = PostingRuns(call.council).begin(
        call.body.through, by=call.identity.caller, now=call.now, request=call.as_request
    )
    _go_on(call, run)
    headers = {"Location": f"{_RUNS}/{run.run_id}"} | ({"Idempotent-Replayed": "true"} if replayed else {})
    return Answer(begun(run), status=202, headers=headers)


def _weigh(call: Call[PostingWanted, Write]) -> Answer:
    through, scheme = call.body.through, call.council.scheme
    return Answer(weighed(through, scheme, weigh(call.council, through, call.now)))


@get(_RUNS, "read_council", PostingRunsListed, Paged)
def list_posting_runs(call: Call[Any, Paged]) -> Answer:
    """Every posting run there was, newest first."""
    below = place_of(call).offset or _NEWEST
    found = PostingRuns(call.council).rows.standings(below, call.query.limit)
    last = found[-1].run.number if found else 1
    schemes = call.council.schemes
    items = tuple(listed(schemes, standing) for standing in found)
    return Answer(PostingRunsListed(items=items, next=cursor(Place(offset=last)) if last > 1 else None))


@get(f"{_RUNS}/{{run_id}}", "read_council", PostingRunRead, Paged)
def read_posting_run(call: Call[Any, Paged]) -> Answer:
    """How far a posting run has come: counts, control totals, and what to look at, page by page."""
    rows, start = PostingRuns(call.council).rows, place_of(call).offset
    try:
        standing = rows.standing(_run_id(call.ids["run_id"]))
    except NoSuchRun as absent:
        raise ApiError(404, "not-found", str(absent)) from None
    page = rows.exceptions(standing.run, start, call.query.limit)
    call.shows(each.account_id for each in page)
    reached = start + len(page)
    next_page = cursor(Place(offset=reached)) if page and reached < standing.exceptions else None
    return Answer(read(call.council.schemes, standing, page, next_page))


def _go_on(call: Call[Any, Any], run: PostingRun) -> None:
    council, clock = call.council, call.installation.settings.now
    afterwards(f"posting run {run.run_id} of {council.code}", lambda: PostingRuns(council).work(run, clock))


def _run_id(text: str) -> UUID:
    """The id in an address; what is no id names no run either."""
    try:
        return UUID(text)
    except ValueError:
        raise NoSuchRun(NoSuchRun.__doc__) from None
