"""/audit/separation: who recorded what needs two people, who approved it, and who works on both sides?"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from api.csv import csv_response
from api.pages.asked import Asked, address
from api.pages.page import Visit, page
from api.policy import ROLES, Verb, may
from domain.dates import day_in_london, instant_text
from ledger.approvals import Approval, Kind, Worked, approvals, in_several_roles

_PATH = "/audit/separation"
KINDS: dict[Kind, str] = {
    "adjustment": "Adjustment",
    "amounts": "Amounts of law",
    "reversal": "Reversal of amounts",
    "statements": "Statements sent out",
    "rows": "Rows of a file",
}
SHOWN = {"one_person": "One person on both sides", "waiting": "Waiting for a second person"}
_SIDES: tuple[tuple[Verb, Verb], ...] = (
    ("propose_adjustment", "approve_adjustment"),
    ("propose_amounts", "approve_amounts"),
    ("issue_statement", "release_statements"),
    ("import_rows", "commit_imports"),
)
_MOST = 200
_CSV = (
    "kind",
    "account_change_or_run",
    "entry_id",
    "recorded_by",
    "recorded_as",
    "recorded_at",
    "approved_by",
    "approved_as",
    "approved_at",
    "one_person",
    "returned_by",
    "returned_at",
)


class Wanted(NamedTuple):
    """Which of what needs two people is looked for."""

    kind: str
    shown: str
    first: date | None
    last: date | None

    def holds(self, each: Approval) -> bool:
        """Whether it is one of them."""
        on = day_in_london(each.recorded.at)
        return (
            self.kind in ("", each.kind)
            and (self.shown != "one_person" or each.one_person)
            and (self.shown != "waiting" or each.state == "waiting")
            and (self.first is None or self.first <= on)
            and (self.last is None or on <= self.last)
        )

    @property
    def kept(self) -> dict[str, object]:
        """What an address has to carry on."""
        return {"kind": self.kind, "shown": self.shown, "from": self.first, "to": self.last}


class Person(NamedTuple):
    """Somebody who worked in more than one role, and whether those roles hold both sides of something."""

    work: Sequence[Worked]
    both_sides: bool


@page(_PATH, "read_council")
def audit_separation(visit: Visit) -> ResponseReturnValue:
    """Everything that needs two people, and everybody who worked in several roles."""
    asked = Asked(visit.request.args)
    wanted, every = wanted_of(asked), approvals(visit.council)
    found = [each for each in every if wanted.holds(each)]
    visit.shows(_accounts(found[:_MOST]))
    shown = render_template(
        "audit/separation.html",
        page_title="Who recorded and who approved",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        now=visit.latest,
        wanted=wanted,
        kinds=KINDS,
        shown=SHOWN,
        found=found[:_MOST],
        number=len(found),
        one_person=sum(each.one_person for each in found),
        waiting=sum(each.state == "waiting" for each in found),
        references=visit.council.ledger.references.of(_accounts(found[:_MOST])),
        people=[Person(work, _both_sides(work)) for work in in_several_roles(visit.council)],
        csv=address(f"{_PATH}.csv", **wanted.kept),
    )
    return make_response(shown, 422 if asked.errors else 200)


@page(f"{_PATH}.csv", "read_council")
def separation_csv(visit: Visit) -> Response:
    """The same as a file: every row that the filter leaves."""
    wanted = wanted_of(Asked(visit.request.args))
    found = [each for each in approvals(visit.council) if wanted.holds(each)]
    visit.shows(_accounts(found))
    return csv_response(_CSV, map(_row, found), f"who-approved-{visit.today}.csv")


def wanted_of(asked: Asked) -> Wanted:
    """What a filter asks for; a day that cannot be read is a mistake, and asks for nothing."""
    kind, shown = asked.one_of("kind", tuple(KINDS), ""), asked.one_of("shown", tuple(SHOWN), "")
    return Wanted(kind, shown, asked.day("from"), asked.day("to"))


def _accounts(found: Sequence[Approval]) -> set[UUID]:
    return {each.of for each in found if each.kind == "adjustment"}


def _both_sides(work: Sequence[Worked]) -> bool:
    """Whether one of the roles may record what another of them may approve."""
    worked_as = {worked.role for worked in work}
    roles = [role for role in ROLES if role in worked_as]
    return any(
        may(one, records) and may(other, approves)
        for records, approves in _SIDES
        for one in roles
        for other in roles
        if one != other
    )


def _row(each: Approval) -> Sequence[object]:
    approved, returned = each.approved, each.returned
    second = (approved.who, approved.role, instant_text(approved.at)) if approved else (None, None, None)
    first = (each.recorded.who, each.recorded.role, instant_text(each.recorded.at))
    entry_id = str(each.entry_id) if each.entry_id else None
    back = (returned.who, instant_text(returned.at)) if returned else (None, None)
    return (each.kind, str(each.of), entry_id, *first, *second, "yes" if each.one_person else "no", *back)
