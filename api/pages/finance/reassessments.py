"""/reassessments: what would everybody pay from a day on, what was recorded of that, and how is it taken back?"""

import hashlib
import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import flash, get_flashed_messages, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from api.kit.afterwards import afterwards
from api.kit.problems import ApiError
from api.pages.asked import Asked
from api.pages.finance.reassessed_view import SHOWN, ReassessedView
from api.pages.page import Visit, form, page
from api.pages.words import day
from api.policy import may
from api.reassessment import figures, listed, tally_of
from domain.account.statement import canonical
from ledger.reassessment_run import NoSuchReassessment, ReassessmentRun, RunItem, Standing, Wanted
from ledger.reassessment_weighing import weigh, weigh_reversal
from ledger.reassessments import Reassessments
from ledger.receipts import Request

PATH = "/reassessments"
PREVIEW, CHECK, RUN = f"{PATH}/preview", f"{PATH}/check", f"{PATH}/{{run_id}}"
MOST_RUNS = 100
_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)


@page(PATH, "read_council")
def reassessments(visit: Visit) -> ResponseReturnValue:
    """The reassessments there were, and the form for another."""
    return _list(visit, Asked(visit.request.args))


@page(PREVIEW, "reassess", people=True)
def preview_reassessment(visit: Visit) -> ResponseReturnValue:
    """What everybody would pay. Nothing is recorded."""
    view = _weighed(visit)
    if isinstance(view, Asked):
        return _list(visit, view)
    return _page("finance/reassessment_preview.html", "Who would pay another amount", view, **view.kept_always)


@page(f"{PREVIEW}.csv", "reassess", people=True)
def preview_reassessment_csv(visit: Visit) -> ResponseReturnValue:
    """Every row of exactly the same view, as a file."""
    view = _weighed(visit)
    if isinstance(view, Asked):
        raise ApiError(422, "invalid-fields", f"{next(iter(view.errors.values()))}.")
    return view.csv_response(f"reassessment-preview-{view.kept_always['on']}.csv")


@page(CHECK, "reassess")
def check_reassessment(visit: Visit) -> ResponseReturnValue:
    """How many assessments would be recorded, once more, before they are."""
    asked = Asked(visit.request.args)
    on = _day(asked)
    if on is None:
        return _list(visit, asked)
    found = figures(tally_of(weigh(visit.council, Wanted(on), visit.now)))
    return _shown("finance/check_reassessment.html", "Check before recording", on=on, found=found, key=uuid4().hex)


@form(PATH, "reassess")
def begin_reassessment(visit: Visit) -> ResponseReturnValue:
    """Begin it once, however often the form is sent; the work goes on after the answer."""
    asked = Asked(visit.request.form)
    on, request = _day(asked), _as_request(visit, asked)
    if on is None:
        raise ApiError(400, "malformed", "The form could not be read.")
    run, _ = Reassessments(visit.council).begin(Wanted(on), by=visit.identity.caller, now=visit.now, request=request)
    return _begun(visit, run, f"The reassessment from {day(on)} was begun.")


@page(RUN, "read_council", people=True)
def reassessment(visit: Visit) -> ResponseReturnValue:
    """What a reassessment came to, and what came of each account."""
    standing, view = _done(visit)
    runs = Reassessments(visit.council).rows
    reverses, reversed_by = (
        runs.standing(other).run if other else None for other in (standing.run.reverses, standing.reversed_by)
    )
    return _page(
        "finance/reassessment.html",
        _title(standing.run),
        view,
        run=listed(standing),
        reverses=reverses,
        reversed_by=reversed_by,
        may_reassess=may(visit.identity.role, "reassess"),
        key=uuid4().hex,
    )


@page(f"{RUN}/accounts.csv", "read_council", people=True)
def reassessment_csv(visit: Visit) -> ResponseReturnValue:
    """Every row of exactly the same view, as a file."""
    standing, view = _done(visit)
    return view.csv_response(f"reassessment-{standing.run.number}.csv")


@page(f"{RUN}/undo", "reassess")
def check_undoing(visit: Visit) -> ResponseReturnValue:
    """What taking it back would bring, before it is done. Nothing is recorded."""
    run_id = _run_id(visit)
    items = sorted(weigh_reversal(visit.council, run_id), key=lambda item: item.reference)
    left = [item for item in items if item.why_not]
    visit.shows(item.account_id for item in left)
    return _shown(
        "finance/check_undoing.html",
        "Check before taking it back",
        run=Reassessments(visit.council).rows.standing(run_id).run,
        found=figures(tally_of(items)),
        left=left,
        key=uuid4().hex,
    )


@form(f"{RUN}/undo", "reassess")
def undo_reassessment(visit: Visit) -> ResponseReturnValue:
    """Take it back once, however often the form is sent."""
    request = _as_request(visit, Asked(visit.request.form))
    run, _ = Reassessments(visit.council).begin_reversal(
        _run_id(visit), by=visit.identity.caller, now=visit.now, request=request
    )
    return _begun(visit, run, "Taking it back was begun.")


def _weighed(visit: Visit) -> ReassessedView | Asked:
    """The view of a dry run; what was asked, with the mistakes in it, where it cannot be read."""
    asked = Asked(visit.request.args)
    on = _day(asked)
    if on is None:
        return asked
    items = list(weigh(visit.council, Wanted(on), visit.now))
    return ReassessedView(visit, PREVIEW, asked, items, {"on": on})


def _done(visit: Visit) -> tuple[Standing, ReassessedView]:
    """A run and the view of its accounts; raises NoSuchReassessment."""
    rows, run_id = Reassessments(visit.council).rows, _run_id(visit)
    standing = rows.standing(run_id)
    items: list[RunItem] = rows.items(standing.run)
    return standing, ReassessedView(visit, f"{PATH}/{run_id}", Asked(visit.request.args), items, {})


def _day(asked: Asked) -> date | None:
    """The day of a form; None where it cannot be read, and then the mistake is kept."""
    on = asked.day("on")
    if on is None:
        asked.errors.setdefault("on", "Enter the day from which everybody is assessed anew")
    return on


def _as_request(visit: Visit, asked: Asked) -> Request:
    """What makes it the same form when it is sent again."""
    key = asked.text("key")
    if not _KEY.fullmatch(key):
        raise ApiError(400, "malformed", "The form could not be read.")
    what = ["POST", visit.request.path.lower(), {"on": asked.text("on")}]
    return Request(visit.identity.sub, key, hashlib.sha256(canonical(what)).digest())


def _begun(visit: Visit, run: ReassessmentRun, words: str) -> ResponseReturnValue:
    council, clock = visit.council, visit.installation.settings.now
    afterwards(f"reassessment {run.run_id} of {council.code}", lambda: Reassessments(council).work(run, clock))
    flash(words)
    return redirect(f"{PATH}/{run.run_id}", 303)


def _list(visit: Visit, asked: Asked) -> ResponseReturnValue:
    runs = [listed(standing) for standing in Reassessments(visit.council).rows.standings(2**31 - 1, MOST_RUNS)]
    return _shown(
        "finance/reassessments.html",
        "Reassessment",
        asked,
        typed=visit.request.args,
        runs=runs,
        may_reassess=may(visit.identity.role, "reassess"),
    )


def _page(template: str, title: str, view: ReassessedView, **more: Any) -> ResponseReturnValue:
    shown = view.shown()
    return _shown(template, title, view.asked, wide=True, typed=view.visit.request.args, states=SHOWN, **shown, **more)


def _shown(template: str, title: str, asked: Asked | None = None, **more: Any) -> ResponseReturnValue:
    errors, done = asked.errors if asked else {}, next(iter(get_flashed_messages()), None)
    page = render_template(template, page_title=title, errors=errors, done=done, **more)
    return make_response(page, 422 if errors else 200)


def _title(run: ReassessmentRun) -> str:
    return f"Reassessment from {day(run.wanted.on)}" + (", taken back" if run.reverses else "")


def _run_id(visit: Visit) -> UUID:
    try:
        return UUID(visit.ids["run_id"])
    except ValueError:
        raise NoSuchReassessment(NoSuchReassessment.__doc__) from None
