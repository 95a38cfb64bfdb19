"""/v1/reassessments: assess everybody anew for a day, see first what would change, and take it back."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from api.kit.afterwards import afterwards
from api.kit.call import Answer, Call, Write
from api.kit.endpoint import get, post
from api.reassessment import (
    ReassessmentBegun,
    ReassessmentListed,
    ReassessmentRead,
    ReassessmentWanted,
    ReassessmentWeighed,
    begun,
    listed,
    read,
    tally_of,
    weighed,
)
from api.v1.paging import Paged, Place, cursor, place_of
from domain.terms import Terms
from ledger.reassessment_run import NoSuchReassessment, ReassessmentRun, RunItem, Wanted
from ledger.reassessment_weighing import weigh, weigh_reversal
from ledger.reassessments import Reassessments

_RUNS = "/v1/reassessments"
_NEWEST = 2**31 - 1
_BEGUN_OR_WEIGHED: Mapping[int, type[BaseModel]] = {202: ReassessmentBegun, 200: ReassessmentWeighed}


class TakenBack(Terms):
    """Nothing more has to be said to take a reassessment back."""


class WriteByPage(Write, Paged):
    """A write, and which page of what it would come to is wanted of a dry run."""


class ReassessmentsListed(Terms):
    """The council's reassessments, newest first."""

    items: tuple[ReassessmentListed, ...]
    next: str | None


@post(_RUNS, "reassess", ReassessmentWanted, _BEGUN_OR_WEIGHED, query=WriteByPage)
def start_reassessment(call: Call[ReassessmentWanted, WriteByPage]) -> Answer:
    """Assess everybody anew for the day `on`; the work goes on after this answer.

    What was said of somebody's money stays, ages and amounts of law are those of the day. Nobody's income rises unless
    `rises` say so. A reassessment for the same that was left unfinished is gone on with.
    """
    wanted = Wanted(call.body.on, call.body.every, call.body.rises)
    if call.query.dry_run:
        return _weighed(call, wanted, weigh(call.council, wanted, call.now))
    return _begun(call, *_runs(call).begin(wanted, by=call.identity.caller, now=call.now, request=call.as_request))


@post(f"{_RUNS}/{{run_id}}/reversal", "reassess", TakenBack, _BEGUN_OR_WEIGHED, query=WriteByPage)
def take_reassessment_back(call: Call[TakenBack, WriteByPage]) -> Answer:
    """Void each assessment that a reassessment recorded; what somebody decided otherwise since is left as it is.

    A reassessment is taken back once: asked again, this answers with the run that takes it back.
    """
    run_id = _run_id(call)
    if call.query.dry_run:
        wanted = _runs(call).rows.standing(run_id).run.wanted
        return _weighed(call, wanted, weigh_reversal(call.council, run_id))
    return _begun(
        call, *_runs(call).begin_reversal(run_id, by=call.identity.caller, now=call.now, request=call.as_request)
    )


@get(_RUNS, "read_council", ReassessmentsListed, Paged)
def list_reassessments(call: Call[Any, Paged]) -> Answer:
    """Every reassessment there was, and every taking back, newest first."""
    found = _runs(call).rows.standings(place_of(call).offset or _NEWEST, call.query.limit)
    last = found[-1].run.number if found else 1
    return Answer(
        ReassessmentsListed(items=tuple(map(listed, found)), next=cursor(Place(offset=last)) if last > 1 else None)
    )


@get(f"{_RUNS}/{{run_id}}", "read_council", ReassessmentRead, Paged)
def read_reassessment(call: Call[Any, Paged]) -> Answer:
    """How far a reassessment has come: counts, totals, and what came of each account, page by page."""
    rows, start = _runs(call).rows, place_of(call).offset
    standing = rows.standing(_run_id(call))
    page = rows.items(standing.run, start, call.query.limit)
    call.shows(item.account_id for item in page)
    return Answer(read(standing, page, _next(start + len(page), standing.tally.accounts)))


def _begun(call: Call[Any, Any], run: ReassessmentRun, replayed: bool) -> Answer:
    council, clock = call.council, call.installation.settings.now
    afterwards(f"reassessment {run.run_id} of {council.code}", lambda: Reassessments(council).work(run, clock))
    headers = {"Location": f"{_RUNS}/{run.run_id}"} | ({"Idempotent-Replayed": "true"} if replayed else {})
    return Answer(begun(run), status=202, headers=headers)


def _weighed(call: Call[Any, WriteByPage], wanted: Wanted, came: Iterable[RunItem]) -> Answer:
    """The figures of all accounts, and a page of them in the order of their references."""
    start, items = place_of(call).offset, sorted(came, key=lambda item: item.reference)
    page = items[start : start + call.query.limit]
    call.shows(item.account_id for item in page)
    return Answer(weighed(wanted, tally_of(items), page, _next(start + len(page), len(items))))


def _next(reached: int, of: int) -> str | None:
    return cursor(Place(offset=reached)) if reached < of else None


def _runs(call: Call[Any, Any]) -> Reassessments:
    return Reassessments(call.council)


def _run_id(call: Call[Any, Any]) -> UUID:
    """The run in the address; what is no id names no run either."""
    try:
        return UUID(call.ids["run_id"])
    except ValueError:
        raise NoSuchReassessment(NoSuchReassessment.__doc__) from None
