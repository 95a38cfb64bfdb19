"""/accounts/<id>/questions/<id>: what does somebody ask, and what do we answer?"""

from typing import cast
from uuid import uuid4

from flask import flash, get_flashed_messages, redirect
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from api.kit.problems import sentence_of
from api.pages.asked import Asked, address
from api.pages.attached import handed_out, papers_of
from api.pages.finance.questions.ready import READY, gap_in
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, form, page
from api.pages.recorded import for_staff
from api.pages.recorded.codes import OUTCOMES
from api.pages.representing import carried
from api.pages.sent import request_sent
from api.pages.unsettled import Dispute, dispute_named
from api.policy import may
from api.v1.disputes import Finding, Outcome
from domain.account.commands import AnswerDispute
from domain.account.refusals import Refused

PATH = "/accounts/{account_id}/questions/{entry_id}"


@page(PATH, "read_council", people=True)
def question(visit: Visit) -> ResponseReturnValue:
    """The question with its clock, and the form to answer it, begun from ready words where they are asked for."""
    shown = StaffAccount(visit, "/entries")
    ready = READY.get(shown.asked.text("ready"))
    return _page(shown, ready.outcome if ready else "", ready.text if ready else "", uuid4().hex)


@page(f"{PATH}/paper", "read_council", people=True)
def paper_of_question(visit: Visit) -> ResponseReturnValue:
    """The paper that the person sent with it; raises NoSuchEntry."""
    account = visit.council.ledger.account(visit.account_id)
    return handed_out(visit.council, dispute_named(account, visit.ids["entry_id"]))


@form(PATH, "answer_dispute", people=True)
def answer_sent(visit: Visit) -> ResponseReturnValue:
    """The form again where it cannot be read, then the answer once more, then it is recorded."""
    shown = StaffAccount(visit, "/entries")
    shown.asked = asked = Asked(visit.request.form)
    body = _read(asked)
    if body is None or asked.text("do") == "change":
        return _page(shown, asked.text("outcome"), asked.prose("text"), asked.text("key"))
    return _record(shown, body) if asked.text("do") == "record" else _check(shown, body)


def _read(asked: Asked) -> Finding | None:
    """The answer as the API takes it; None where there is a mistake, which is kept."""
    outcome, text = asked.one_of("outcome", tuple(OUTCOMES), ""), asked.prose("text")
    if not outcome:
        asked.errors["outcome"] = "Choose what we found"
    if not text:
        asked.errors["text"] = "Write the answer"
    elif gap := gap_in(text):
        asked.errors["text"] = f"Fill in what stands in square brackets: {gap}"
    if asked.errors:
        return None
    try:
        return Finding(outcome=cast(Outcome, outcome), text=text)
    except ValidationError as fault:
        asked.errors["text"] = sentence_of(fault.errors()[0]).rstrip(".")
        return None


def _page(shown: StaffAccount, outcome: str, text: str, key: str) -> ResponseReturnValue:
    dispute = dispute_named(shown.account, shown.visit.ids["entry_id"])
    return shown.page(
        "finance/questions/question.html",
        "Question",
        dispute=dispute,
        words=_words(shown, dispute),
        paper=papers_of(shown.visit.council, [dispute]).get(dispute.entry.version),
        about=for_staff(dispute.raised, shown.account),
        see=_where(shown, dispute),
        may_answer=may(shown.visit.identity.role, "answer_dispute") and not shown.moment.past,
        outcomes=OUTCOMES,
        ready={name: each.name for name, each in READY.items()},
        chosen=shown.asked.text("ready"),
        outcome=outcome,
        text=text,
        key=key,
        done=next(iter(get_flashed_messages()), None),
    )


def _check(shown: StaffAccount, body: Finding) -> ResponseReturnValue:
    """What would be answered, once more. Nothing is recorded."""
    visit = shown.visit
    try:
        visit.council.ledger.weigh(visit.account_id, _command(visit, body), by=visit.identity.caller, now=visit.now)
    except Refused as refusal:
        shown.asked.errors["outcome"] = str(refusal).rstrip(".")
        return _page(shown, body.outcome, body.text or "", shown.asked.text("key"))
    return shown.page(
        "finance/questions/check.html",
        "Check before answering",
        outcome=OUTCOMES[body.outcome],
        text=body.text,
        action=f"{shown.path}/questions/{visit.ids['entry_id']}",
        carried=carried(visit),
    )


def _record(shown: StaffAccount, body: Finding) -> ResponseReturnValue:
    """Record it once, however often the form is sent; raises Refused where somebody answered meanwhile."""
    visit = shown.visit
    visit.council.ledger.handle(
        visit.account_id,
        _command(visit, body),
        by=visit.identity.caller,
        now=visit.now,
        request=request_sent(visit, shown.asked, body.model_dump(mode="json")),
        texts=({"text": body.text or ""},),
    )
    flash("The answer was recorded.")
    return redirect(f"{shown.path}/questions/{visit.ids['entry_id']}", 303)


def _command(visit: Visit, body: Finding) -> AnswerDispute:
    return AnswerDispute(dispute=visit.ids["entry_id"], on=visit.today, outcome=body.outcome)


def _words(shown: StaffAccount, dispute: Dispute) -> tuple[str | None, str | None]:
    """What the person wrote, and what we did."""
    versions = dispute.entry.version, dispute.answered.version if dispute.answered else 0
    kept = shown.visit.council.people.texts(shown.account.id, versions)
    said, told = (kept.get(version, {}).get("text") for version in versions)
    return said, told


def _where(shown: StaffAccount, dispute: Dispute) -> str:
    """Where what is questioned is shown."""
    about = dispute.raised.about
    if about.line:
        days = {"from": about.line.from_, "to": about.line.to, "by": "week"}
        return address(f"{shown.path}/costs", **days, **shown.moment.kept)
    entry = shown.account.entry(str(about.entry_id))
    return f"{address(f'{shown.path}/entries', **shown.moment.kept)}#entry-{entry.version if entry else ''}"
