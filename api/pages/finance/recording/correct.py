"""/accounts/<id>/entries/<id>/correct: how is an entry that was wrong put right, old and new side by side?"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import uuid4

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from pydantic import BaseModel

from api.auth import Forbidden
from api.pages.asked import Asked
from api.pages.finance.recording.effect import change
from api.pages.finance.recording.fields import YES_OR_NO, not_asked, read_body, sent_again, typed_as
from api.pages.finance.recording.forms import BY_FACT, Form
from api.pages.finance.recording.keeping import keep_checked
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, form, page
from api.pages.recorded import for_staff
from api.pages.stored import as_stored
from api.policy import may_correct
from api.v1.bodies import asked as asked_of
from api.v1.corrections import kind_of
from domain.account.commands import Correct
from domain.account.facts import EntryVoided, Fact
from domain.account.refusals import NoSuchEntry, Refused
from domain.account.state import Entry
from domain.parameters import NotInForce
from ledger.outcomes import Effect

PATH = "/accounts/{account_id}/entries/{entry_id}/correct"
REASONS = {
    "wrong-amount": "A wrong amount",
    "wrong-day": "A wrong day",
    "rate-error": "A wrong rate",
    "wrong-person": "It belongs to another person",
    "duplicate": "It was recorded twice",
    "new-evidence": "New evidence",
}
HOW = {"replace": "It should say something else", "void": "It should not be there at all"}


class Side(NamedTuple):
    """One field, as it is and as it would be."""

    name: str
    was: str
    becomes: str

    @property
    def differs(self) -> bool:
        return self.was != self.becomes


class Wrong(NamedTuple):
    """The entry that was wrong, and the form by which another is put in its place, where there is one."""

    entry: Entry
    kind: Form | None


@page(PATH, "correct_entry", people=True)
def correct_entry(visit: Visit) -> ResponseReturnValue:
    """The form, filled in as the entry says."""
    shown = StaffAccount(visit, "/entries")
    wrong = _wrong(shown)
    return _ask(shown, wrong, typed_as(wrong.entry.fact, wrong.kind.fields) if wrong.kind else {})


@form(PATH, "correct_entry", people=True)
def correct_entry_sent(visit: Visit) -> ResponseReturnValue:
    """Show the form again, what it would change, or record it."""
    shown = StaffAccount(visit, "/entries")
    shown.asked = Asked(visit.request.form)
    wrong, asked = _wrong(shown), shown.asked
    reason, how = asked.one_of("reason", tuple(REASONS), ""), asked.one_of("how", tuple(HOW), "")
    if asked.text("do") == "change":
        return _ask(shown, wrong, visit.request.form)
    if not reason:
        asked.errors["reason"] = "Choose why it is wrong"
    if wrong.kind and not how:
        asked.errors["how"] = "Choose what should stand there"
    body = _replacing(asked, wrong.entry, wrong.kind) if wrong.kind and how == "replace" else None
    if asked.errors:
        return _ask(shown, wrong, visit.request.form)
    return (_record if asked.text("do") == "record" else _check)(shown, wrong, reason, body)


def _replacing(asked: Asked, entry: Entry, kind: Form) -> BaseModel | None:
    """What is to stand in the place: what the form asks for, and all else as it was recorded."""
    return read_body(asked, kind.fields, kind.body, not_asked(entry.fact, kind.fields, kind.body))


def _wrong(shown: StaffAccount) -> Wrong:
    """The entry; raises NoSuchEntry, and Forbidden for a kind that is not the caller's to correct."""
    entry = shown.account.entry(shown.visit.ids["entry_id"])
    if entry is None:
        raise NoSuchEntry
    if not may_correct(shown.visit.identity.role, kind_of(shown.account, entry)):
        raise Forbidden(Forbidden.__doc__)
    return Wrong(entry, BY_FACT.get(type(entry.fact)))


def _ask(shown: StaffAccount, wrong: Wrong, boxes: Any) -> ResponseReturnValue:
    shown.asked = Asked(boxes) if not shown.asked.errors and boxes else shown.asked
    return shown.page(
        "finance/recording/correct.html",
        f"Correct entry {wrong.entry.version}",
        wrong=wrong.entry,
        words=for_staff(wrong.entry.fact, shown.account),
        kind=wrong.kind,
        boxes=boxes,
        asked=shown.asked,
        reasons=REASONS,
        how=HOW,
        yes_or_no=YES_OR_NO,
    )


def _command(wrong: Wrong, reason: str, body: BaseModel | None) -> tuple[Correct, Mapping[str, str]]:
    """The correction, and the words of what is put in the place."""
    replacement = asked_of(body) if body else None
    command = Correct(
        entry_id=str(wrong.entry.id),
        reason_code=reason,
        replacement=replacement.command if replacement else None,
    )
    return command, replacement.words if replacement else {}


def _check(shown: StaffAccount, wrong: Wrong, reason: str, body: BaseModel | None) -> ResponseReturnValue:
    """Old and new side by side, and what it would change. Nothing is recorded."""
    visit, (command, _) = shown.visit, _command(wrong, reason, body)
    try:
        effect = visit.council.ledger.weigh(visit.account_id, command, by=visit.identity.caller, now=visit.now)
        changed = change(effect, visit.council.scheme, visit.today)
    except (Refused, NotInForce) as refusal:
        shown.asked.errors["reason"] = str(refusal).rstrip(".")
        return _ask(shown, wrong, visit.request.form)
    return shown.page(
        "finance/recording/check_correction.html",
        "Check before correcting",
        wrong=wrong.entry,
        words=for_staff(wrong.entry.fact, shown.account),
        reason=REASONS[reason],
        sides=_sides(wrong.entry.fact, _replacement(effect)),
        change=changed,
        sent=_sent_again(shown, wrong),
        version=effect.before.version,
        key=uuid4().hex,
    )


def _replacement(effect: Effect) -> Fact | None:
    """What would stand in the place, if anything would."""
    last = effect.after.entries[-1].fact
    return None if isinstance(last, EntryVoided) else last


def _sides(was: Fact, becomes: Fact | None) -> list[Side]:
    new = as_stored(becomes) if becomes else []
    by_name = {each.name: each.value for each in new}
    old = {each.name: each.value for each in as_stored(was)}
    names = dict.fromkeys([*old, *by_name])
    return [Side(name, old.get(name, "none"), by_name.get(name, "nothing")) for name in names]


def _sent_again(shown: StaffAccount, wrong: Wrong) -> dict[str, str]:
    typed = shown.visit.request.form
    more = {name: typed[name] for name in ("reason", "how") if typed.get(name)}
    return more | (sent_again(typed, wrong.kind.fields) if wrong.kind else {})


def _record(shown: StaffAccount, wrong: Wrong, reason: str, body: BaseModel | None) -> ResponseReturnValue:
    command, words = _command(wrong, reason, body)
    keep_checked(shown, command, command, ({}, {**_words_of(shown, wrong.entry), **words} if body else {}))
    flash(f"Entry {wrong.entry.version} was corrected.")
    return redirect(f"{shown.path}/entries", 303)


def _words_of(shown: StaffAccount, entry: Entry) -> Mapping[str, str]:
    """The words that were given with an entry: they go on with what stands in its place."""
    return shown.visit.council.people.texts(shown.account.id, [entry.version]).get(entry.version, {})
