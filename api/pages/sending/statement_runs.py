"""/statement-runs: which statements are due, what was made and held, and does a second person let it go out?"""

from typing import Any, cast
from uuid import UUID, uuid4

from flask import flash, get_flashed_messages, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from api.exports.table import Column, Table, Value
from api.kit.afterwards import afterwards
from api.letters.issuing import with_paper
from api.pages.asked import Asked
from api.pages.exported import downloads, exported
from api.pages.page import Visit, form, page
from api.pages.sending.statement_run_view import WHY_HELD, StatementRunView
from api.pages.sent import request_sent, unreadable
from api.pages.words import day
from api.policy import may
from api.statement_runs import StatementRunListed, listed, weighed
from domain.account.refusals import StatementOfDaysToCome
from domain.account.statement_due import RunKind
from domain.dates import EARLIEST
from ledger.statement_run import NoSuchStatementRun, Standing, StatementsWanted
from ledger.statement_runs import StatementRuns

PATH = "/statement-runs"
CHECK, RUN = f"{PATH}/check", f"{PATH}/{{run_id}}"
RELEASE, WITHDRAWAL = f"{RUN}/release", f"{RUN}/withdrawal"
MOST_RUNS = 100
COLUMNS = (
    Column("number", "number"),
    Column("kind"),
    Column("to", "day"),
    Column("made", "number"),
    Column("held", "number"),
    Column("accrued_costs", "money"),
    Column("state"),
    Column("begun_by"),
    Column("begun_at", "instant"),
    Column("decided_by"),
)
KINDS = {"annual": "Yearly statements", "closing": "Closing statements"}
REASONS = {
    "wrong-figures": "Figures are wrong",
    "wrong-day": "They cover the wrong days",
    "wrong-people": "They are for the wrong people",
    "wrong-words": "The words or the layout are wrong",
}


@page(PATH, "read_council")
def statement_runs(visit: Visit) -> ResponseReturnValue:
    """The runs there were, and the form for another."""
    return _list(visit, Asked(visit.request.args))


@page(CHECK, "issue_statement")
def check_statement_run(visit: Visit) -> ResponseReturnValue:
    """What would be made and held. Nothing is recorded."""
    asked = Asked(visit.request.args)
    wanted = _wanted(asked, in_boxes=True)
    try:
        found = weighed(wanted, visit.council.scheme, StatementRuns(visit.council).weigh(wanted, visit.latest))
    except StatementOfDaysToCome as to_come:
        asked.errors.setdefault("to", str(to_come).rstrip("."))
    if asked.errors:
        return _list(visit, asked)
    return _shown(
        "sending/check_run.html",
        "Check before making statements",
        found=found,
        kinds=KINDS,
        why_held=WHY_HELD,
        key=uuid4().hex,
    )


@form(PATH, "issue_statement")
def begin_statement_run(visit: Visit) -> ResponseReturnValue:
    """Begin it once, however often the form is sent; the work goes on after the answer."""
    asked = Asked(visit.request.form)
    wanted = _wanted(asked)
    if asked.errors:
        raise unreadable()
    request = request_sent(visit, asked, {"to": wanted.to.isoformat(), "kind": wanted.kind})
    council, clock = visit.council, visit.installation.settings.now
    runs = StatementRuns(council, with_paper)
    run, _ = runs.begin(wanted, by=visit.identity.caller, now=visit.now, request=request)
    afterwards(f"statement run {run.run_id} of {council.code}", lambda: runs.work(run, clock))
    flash(f"Making {KINDS[run.wanted.kind].lower()} to {day(run.wanted.to)} was begun.")
    return redirect(f"{PATH}/{run.run_id}", 303)


@page(RUN, "read_council", people=True)
def statement_run(visit: Visit) -> ResponseReturnValue:
    """What a run came to, and what came of each account."""
    standing = _standing(visit)
    view = StatementRunView(visit, f"{PATH}/{standing.run.run_id}", Asked(visit.request.args), standing)
    return _shown(
        "sending/run.html",
        _title(standing),
        wide=True,
        run=listed(visit.council.schemes, standing),
        kinds=KINDS,
        reasons=REASONS,
        may_release=may(visit.identity.role, "release_statements"),
        may_make=may(visit.identity.role, "issue_statement"),
        its_maker=standing.run.by.sub == visit.identity.sub,
        key=uuid4().hex,
        typed=visit.request.args,
        **view.shown(),
    )


@page(RELEASE, "release_statements", people=True)
def check_release(visit: Visit) -> ResponseReturnValue:
    """The sample, to be looked at before anything goes out."""
    return _release(visit, Asked(visit.request.args))


@form(RELEASE, "release_statements", people=True)
def release_statement_run(visit: Visit) -> ResponseReturnValue:
    """Let the statements go out, once each of the sample was ticked."""
    asked, standing = Asked(visit.request.form), _standing(visit)
    ticked, runs = asked.several("seen"), StatementRuns(visit.council)
    request = request_sent(visit, asked, {"seen": sorted(ticked)})
    wanted = {str(statement_id) for _, statement_id in runs.sample(standing.run)}
    if set(ticked) != wanted:
        asked.errors["seen"] = "Look at each statement of the sample, and tick it"
        return _release(visit, asked)
    seen = [UUID(each) for each in ticked]
    runs.release(standing.run.run_id, seen, by=visit.identity.caller, now=visit.now, request=request)
    flash("The statements were released.")
    return redirect(f"{PATH}/{standing.run.run_id}", 303)


@page(WITHDRAWAL, "release_statements")
def check_withdrawal(visit: Visit) -> ResponseReturnValue:
    """Why they are not to go out."""
    return _withdrawal(visit, Asked(visit.request.args))


@form(WITHDRAWAL, "release_statements")
def withdraw_statement_run(visit: Visit) -> ResponseReturnValue:
    """Never let them go out."""
    asked, standing = Asked(visit.request.form), _standing(visit)
    reason = asked.one_of("reason", tuple(REASONS), "")
    request = request_sent(visit, asked, {"reason": reason})
    if not reason:
        asked.errors["reason"] = "Choose why they are not to go out"
        return _withdrawal(visit, asked)
    runs = StatementRuns(visit.council)
    runs.withdraw(standing.run.run_id, reason, by=visit.identity.caller, now=visit.now, request=request)
    flash("The statements were withdrawn. They stay as they were made, and never go out.")
    return redirect(f"{PATH}/{standing.run.run_id}", 303)


@exported(PATH, "read_council", "Statement runs")
def statement_runs_file(visit: Visit) -> Table:
    """The runs that the page lists."""
    return Table(
        name=f"statement-runs-{visit.today}",
        title="Statement runs, the newest first",
        on=visit.today,
        known_at=visit.latest,
        asked=PATH,
        columns=COLUMNS,
        rows=[_row(run) for run in _runs(visit)],
    )


def _row(run: StatementRunListed) -> list[Value]:
    who = (run.started_by, run.started_at, run.decided.decided_by if run.decided else None)
    return [run.number, run.kind, run.to, run.counts.made, run.counts.held, run.accrued_costs, run.status, *who]


def _runs(visit: Visit) -> list[StatementRunListed]:
    """The runs there were, the newest first."""
    standings = StatementRuns(visit.council).rows.standings(2**31 - 1, MOST_RUNS)
    return [listed(visit.council.schemes, standing) for standing in standings]


def _wanted(asked: Asked, *, in_boxes: bool = False) -> StatementsWanted:
    """What a form asks for; where it cannot be read the mistakes are kept, and today stands for the day."""
    to = asked.day_in_boxes("to") if in_boxes else asked.day("to")
    kind = asked.one_of("kind", tuple(KINDS), "annual")
    if to is None:
        asked.errors.setdefault("to", "Enter the last day that the statements are to cover")
    return StatementsWanted(to or EARLIEST, cast(RunKind, kind))


def _list(visit: Visit, asked: Asked) -> ResponseReturnValue:
    return _shown(
        "sending/runs.html",
        "Statement runs",
        asked,
        runs=_runs(visit),
        downloads=downloads(PATH),
        to=asked.boxes("to"),
        kind=asked.one_of("kind", tuple(KINDS), "annual"),
        kinds=KINDS,
        may_make=may(visit.identity.role, "issue_statement"),
    )


def _release(visit: Visit, asked: Asked) -> ResponseReturnValue:
    standing = _standing(visit)
    sample = StatementRuns(visit.council).sample(standing.run)
    accounts = [account_id for account_id, _ in sample]
    visit.shows(accounts)
    return _shown(
        "sending/release.html",
        "Look at the sample, then release",
        asked,
        run=listed(visit.council.schemes, standing),
        sample=sample,
        references=visit.council.ledger.references.of(accounts),
        people=visit.council.people.of(accounts),
        ticked=asked.several("seen"),
        its_maker=standing.run.by.sub == visit.identity.sub,
        key=asked.text("key") or uuid4().hex,
    )


def _withdrawal(visit: Visit, asked: Asked) -> ResponseReturnValue:
    run = listed(visit.council.schemes, _standing(visit))
    key = asked.text("key") or uuid4().hex
    return _shown("sending/withdrawal.html", "Withdraw the statements", asked, run=run, reasons=REASONS, key=key)


def _standing(visit: Visit) -> Standing:
    """The run in the address; what is no id names no run either."""
    try:
        run_id = UUID(visit.ids["run_id"])
    except ValueError:
        raise NoSuchStatementRun(NoSuchStatementRun.__doc__) from None
    return StatementRuns(visit.council).rows.standing(run_id)


def _title(standing: Standing) -> str:
    return f"{KINDS[standing.run.wanted.kind]} to {day(standing.run.wanted.to)}"


def _shown(template: str, title: str, asked: Asked | None = None, **more: Any) -> ResponseReturnValue:
    errors, done = asked.errors if asked else {}, next(iter(get_flashed_messages()), None)
    shown = render_template(template, page_title=title, errors=errors, done=done, **more)
    return make_response(shown, 422 if errors else 200)
