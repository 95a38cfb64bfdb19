"""/accounts/<id>/statements: which statements were made, and how is another made?"""

from datetime import date
from typing import cast
from uuid import uuid4

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from api.letters.issuing import issue
from api.pages.asked import Asked
from api.pages.changes import changes
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, form, page
from api.pages.recorded import STATEMENTS
from api.pages.sent import request_sent, unreadable
from api.pages.words import day
from api.policy import may
from domain.account.commands import IssueStatement
from domain.account.facts import StatementIssued
from domain.account.figures import StatementKind
from domain.account.refusals import NotClosedYet, Refused
from domain.account.state import CareAccount

_ACCOUNT = "/accounts/{account_id}/statements"


@page(_ACCOUNT, "read_council", people=True)
def account_statements(visit: Visit) -> ResponseReturnValue:
    """The statements of an account, and the form for another."""
    return _list(StaffAccount(visit, "/statements"))


@page(f"{_ACCOUNT}/check", "issue_statement", people=True)
def check_statement(visit: Visit) -> ResponseReturnValue:
    """What the statement would say, before it is made. Nothing is recorded."""
    shown = StaffAccount(visit, "/statements")
    asked = _asked(visit, shown.asked)
    if asked is None:
        return _list(shown)
    try:
        effect = visit.council.ledger.weigh(visit.account_id, asked, by=visit.identity.caller, now=visit.now)
    except Refused as refusal:
        shown.asked.errors["kind" if isinstance(refusal, NotClosedYet) else "to"] = str(refusal).rstrip(".")
        return _list(shown)
    figures = _newest(effect.after).figures
    return shown.page(
        "finance/check_statement.html",
        "Check before making the statement",
        command=asked,
        kinds=STATEMENTS,
        figures_=figures,
        changes=changes(figures, effect.after, visit.council.scheme),
        key=uuid4().hex,
    )


@form(_ACCOUNT, "issue_statement", people=True)
def make_statement(visit: Visit) -> ResponseReturnValue:
    """Make the statement once, however often the form is sent."""
    asked = Asked(visit.request.form)
    command = _asked(visit, asked, in_boxes=False)
    if command is None:
        raise unreadable()
    outcome = issue(
        visit.council,
        visit.account_id,
        command,
        by=visit.identity.caller,
        now=visit.now,
        request=request_sent(visit, asked, {"to": command.to.isoformat(), "kind": command.kind}),
    )
    flash(f"The statement to {day(command.to)} was made.")
    return redirect(f"{_ACCOUNT.format(account_id=visit.account_id)}/{outcome.entries[0].id}", 303)


def _asked(visit: Visit, asked: Asked, *, in_boxes: bool = True) -> IssueStatement | None:
    """The statement a form asks for; None where it cannot be read, and then the mistakes are kept."""
    to = asked.day_in_boxes("to") if in_boxes else asked.day("to")
    kind = asked.one_of("kind", tuple(STATEMENTS), "")
    if to is None:
        asked.errors.setdefault("to", "Enter the last day that the statement is to cover")
    if not kind:
        asked.errors["kind"] = "Choose what kind of statement it is"
    if to is None or asked.errors:
        return None
    return IssueStatement(to=to, kind=cast(StatementKind, kind), known_at=visit.latest)


def _list(shown: StaffAccount) -> ResponseReturnValue:
    return shown.page(
        "finance/statements.html",
        "Statements",
        statements=list(reversed(shown.account.of(StatementIssued))),
        kinds=STATEMENTS,
        to=shown.asked.boxes("to") if any(shown.asked.boxes("to").values()) else _boxes(shown.visit.today),
        kind=shown.asked.text("kind"),
        may_make=may(shown.visit.identity.role, "issue_statement") and not shown.moment.past,
    )


def _boxes(on: date) -> dict[str, str]:
    return {"day": str(on.day), "month": str(on.month), "year": str(on.year)}


def _newest(account: CareAccount) -> StatementIssued:
    issued = account.last_statement
    assert issued is not None  # it was just weighed
    return issued[1]
