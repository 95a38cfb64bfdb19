"""/v1/statement-runs: make the statements that are due, look at them, and let them go out as a second person."""

from typing import Any
from uuid import UUID

from api.kit.afterwards import afterwards
from api.kit.call import Answer, Call, Write
from api.kit.endpoint import get, post
from api.kit.problems import invalid_field
from api.letters.issuing import with_paper
from api.statement_runs import (
    StatementRunBegun,
    StatementRunDecided,
    StatementRunListed,
    StatementRunRead,
    StatementRunWanted,
    StatementRunWeighed,
    begun,
    decided,
    listed,
    read,
    weighed,
)
from api.v1.paging import Paged, Place, cursor, place_of
from domain.account.refusals import StatementOfDaysToCome
from domain.terms import Code, Terms
from ledger.statement_run import Decided, NoSuchStatementRun, Standing, StatementRun
from ledger.statement_runs import StatementRuns

_RUNS = "/v1/statement-runs"
_NEWEST = 2**31 - 1
_SHOWN = ("made", "held")


class SampleSeen(Terms):
    """The statements of the run's sample, once they were looked at: exactly those."""

    seen: tuple[UUID, ...]


class Withdrawal(Terms):
    """Why the statements of a run never go out."""

    reason_code: Code


class StatementRunsListed(Terms):
    """The council's statement runs, newest first."""

    items: tuple[StatementRunListed, ...]
    next: str | None


@post(_RUNS, "issue_statement", StatementRunWanted, {202: StatementRunBegun, 200: StatementRunWeighed})
def start_statement_run(call: Call[StatementRunWanted, Write]) -> Answer:
    """Make a statement for every account whose statement is due by a day; the work goes on after this answer.

    A run of the same that was left unfinished is gone on with. Nothing goes out before a second person releases it.
    """
    wanted = call.body.wanted
    try:
        if call.query.dry_run:
            return Answer(weighed(wanted, call.council.scheme, _runs(call).weigh(wanted, call.latest)))
        run, replayed = _runs(call).begin(wanted, by=call.identity.caller, now=call.now, request=call.as_request)
    except StatementOfDaysToCome as to_come:
        raise invalid_field("/to", str(to_come)) from None
    _go_on(call, run)
    return Answer(begun(run), status=202, headers=_headers(run.run_id, replayed))


@post(
    f"{_RUNS}/{{run_id}}/release", "release_statements", SampleSeen, {202: StatementRunDecided, 200: StatementRunRead}
)
def release_statement_run(call: Call[SampleSeen, Write]) -> Answer:
    """Let the statements of a run go out, having seen its sample. Whoever began the run cannot."""
    caller, run_id, seen = call.identity.caller, _run_id(call), call.body.seen
    if call.query.dry_run:
        return _read(call, _runs(call).to_release(run_id, seen, caller))
    return _decided(*_runs(call).release(run_id, seen, by=caller, now=call.now, request=call.as_request))


@post(
    f"{_RUNS}/{{run_id}}/withdrawal",
    "release_statements",
    Withdrawal,
    {202: StatementRunDecided, 200: StatementRunRead},
)
def withdraw_statement_run(call: Call[Withdrawal, Write]) -> Answer:
    """Never let the statements of a run go out. They stay as they were made, and the same people's are due again."""
    caller, run_id, reason = call.identity.caller, _run_id(call), call.body.reason_code
    if call.query.dry_run:
        return _read(call, _runs(call).to_withdraw(run_id))
    return _decided(*_runs(call).withdraw(run_id, reason, by=caller, now=call.now, request=call.as_request))


@get(_RUNS, "read_council", StatementRunsListed, Paged)
def list_statement_runs(call: Call[Any, Paged]) -> Answer:
    """Every statement run there was, newest first."""
    found = _runs(call).rows.standings(place_of(call).offset or _NEWEST, call.query.limit)
    last, schemes = found[-1].run.number if found else 1, call.council.schemes
    items = tuple(listed(schemes, standing) for standing in found)
    return Answer(StatementRunsListed(items=items, next=cursor(Place(offset=last)) if last > 1 else None))


@get(f"{_RUNS}/{{run_id}}", "read_council", StatementRunRead, Paged)
def read_statement_run(call: Call[Any, Paged]) -> Answer:
    """How far a statement run has come: counts, what is held and why, the sample, and its accounts page by page."""
    return _read(call, _runs(call).rows.standing(_run_id(call)), place_of(call).offset, call.query.limit)


def _read(call: Call[Any, Any], standing: Standing, start: int = 0, limit: int = Paged().limit) -> Answer:
    runs = _runs(call)
    page = runs.rows.items(standing.run, _SHOWN, start, limit)
    sample = runs.sample(standing.run)
    call.shows(each.account_id for each in page)
    call.shows(account_id for account_id, _ in sample)
    reached = start + len(page)
    more = page and reached < standing.made + sum(standing.held.values())
    next_page = cursor(Place(offset=reached)) if more else None
    return Answer(read(call.council.schemes, standing, sample, page, next_page))


def _decided(decision: Decided, replayed: bool) -> Answer:
    return Answer(decided(decision), status=202, headers=_headers(decision.run_id, replayed))


def _headers(run_id: UUID, replayed: bool) -> dict[str, str]:
    return {"Location": f"{_RUNS}/{run_id}"} | ({"Idempotent-Replayed": "true"} if replayed else {})


def _go_on(call: Call[Any, Any], run: StatementRun) -> None:
    council, clock = call.council, call.installation.settings.now
    afterwards(
        f"statement run {run.run_id} of {council.code}", lambda: StatementRuns(council, with_paper).work(run, clock)
    )


def _runs(call: Call[Any, Any]) -> StatementRuns:
    return StatementRuns(call.council)


def _run_id(call: Call[Any, Any]) -> UUID:
    """The run in the address; what is no id names no run either."""
    try:
        return UUID(call.ids["run_id"])
    except ValueError:
        raise NoSuchStatementRun(NoSuchStatementRun.__doc__) from None
