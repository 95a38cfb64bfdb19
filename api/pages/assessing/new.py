"""/accounts/<id>/financial-assessments/new: how is an assessment made, its working seen before it is recorded?"""

import re
from uuid import uuid4

from flask.typing import ResponseReturnValue

from api.kit.problems import ApiError
from api.pages.asked import Asked
from api.pages.assessing.lines import LISTS
from api.pages.assessing.making import Made, made_of, record
from api.pages.assessing.read import AGES, note_faults, read_request
from api.pages.assessing.typed import Typed, empty_form, form_of, numbered, with_another_line, without_line
from api.pages.finance.shown import StaffAccount
from api.pages.money import HOUSEHOLDS, PREMIUMS, SETTINGS
from api.pages.page import Visit, form, page
from api.pages.working import working
from domain.law.financial_assessment import CannotBeAssessed
from domain.parameters import NotInForce
from ledger.vault.received import Received

NEW = "/accounts/{account_id}/financial-assessments/new"
_ADD, _REMOVE = re.compile(r"add ([a-z_]+)"), re.compile(r"remove ([a-z_]+) ([0-9]{1,3})", re.ASCII)


@page(NEW, "record_needs", people=True)
def new_assessment(visit: Visit) -> ResponseReturnValue:
    """The form: empty, or filled from an estimate that was received."""
    received = _received(visit, visit.request.args.get("received", ""))
    typed = form_of(received.asked) if received else empty_form(visit.today)
    return _form(visit, Asked(typed), typed, received)


@form(NEW, "record_needs", people=True)
def make_assessment(visit: Visit) -> ResponseReturnValue:
    """Add or remove a line, work the assessment out, or record what was worked out and seen."""
    typed: Typed = visit.request.form
    received, do = _received(visit, typed.get("received", "")), typed.get("do", "")
    if changed := _with_other_lines(typed, do):
        return _form(visit, Asked(changed), changed, received)
    asked = Asked(typed)
    made = _made(visit, asked, typed)
    if made and do == "record" and typed.get("seen") == made.digest:
        return record(visit, made, typed.get("key", ""), received)
    return _form(visit, asked, typed, received, made)


def _received(visit: Visit, reference: str) -> Received | None:
    return visit.council.received.one(reference) if reference else None


def _with_other_lines(typed: Typed, do: str) -> Typed | None:
    """The form with a line more or less; none where something else was asked."""
    if add := _ADD.fullmatch(do):
        return with_another_line(typed, add[1])
    remove = _REMOVE.fullmatch(do)
    return without_line(typed, remove[1], int(remove[2])) if remove else None


def _made(visit: Visit, asked: Asked, typed: Typed) -> Made | None:
    """The assessment that the form asks for; none where it cannot be made, and then the mistakes are kept."""
    request = read_request(asked, typed)
    if request is None:
        return None
    try:
        return made_of(visit, visit.account_id, request)
    except (NotInForce, CannotBeAssessed, ApiError) as fault:
        note_faults(asked, fault)
        return None


def _form(
    visit: Visit, asked: Asked, typed: Typed, received: Received | None, made: Made | None = None
) -> ResponseReturnValue:
    shown = StaffAccount(visit, "/assessments")
    shown.asked.errors.update(asked.errors)
    return shown.page(
        "assessing/new.html",
        "Make a financial assessment",
        boxes=typed,
        lists=[(lines, list(numbered(typed, lines))) for lines in LISTS],
        words={"settings": SETTINGS, "households": HOUSEHOLDS, "premiums": PREMIUMS, "ages": AGES},
        key=typed.get("key") or uuid4().hex,
        received=received,
        figures=made.command if made else None,
        sections=working(made.command) if made else (),
        seen=made.digest if made else "",
        changed_since=bool(made and typed.get("seen") and typed.get("seen") != made.digest),
    )
