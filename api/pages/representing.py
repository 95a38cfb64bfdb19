"""Who helps a person or acts for them: how is it shown, asked in a form, and taken down?"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import ValidationError

from api.pages.asked import Asked
from api.pages.page import Visit
from api.pages.sent import request_sent, unreadable
from api.v1.bodies import NamedRepresentative, asked
from api.v1.representatives import require_leave_to_end, require_leave_to_name
from domain.account.commands import EndRepresentative
from domain.account.refusals import NoSuchEntry
from domain.account.represented import Represented, representative, representatives
from domain.account.state import CareAccount
from domain.dates import ONE_DAY

NOT_CARRIED = {"csrf_token", "do"}
_NO_CODE = "Enter a code of letters, digits and . _ : / - without spaces, such as scan:17"

_MISSING = {
    "name": "Enter the name",
    "authority": "Choose by which authority",
    "permissions": "Choose at least one thing they may see or do",
    "effective_from": "Enter the first day",
    "evidence": "Enter where the paper is kept, such as scan:17",
}


class Helper(NamedTuple):
    """Somebody who was named, who they are where that is shown, and the last day of their authority, if any."""

    who: Represented
    words: Mapping[str, str]
    state: str
    last: date | None


def helpers(account: CareAccount, words: Mapping[int, Mapping[str, str]], today: date) -> list[Helper]:
    """Everybody who was named, those whose authority has ended last."""
    found = [_helper(each, words, today) for each in representatives(account)]
    return sorted(found, key=lambda helper: helper.state == "ended")


def one_of(visit: Visit, account: CareAccount, words: Mapping[int, Mapping[str, str]]) -> Helper:
    """The one that the address names and who has not ended yet; raises NoSuchEntry."""
    found = representative(account, visit.ids["entry_id"])
    if found is None or found.ended(visit.today):
        raise NoSuchEntry
    return _helper(found, words, visit.today)


def _helper(each: Represented, words: Mapping[int, Mapping[str, str]], today: date) -> Helper:
    state = "ended" if each.ended(today) else "current" if each.begun(today) else "to come"
    last = each.ending_before - ONE_DAY if each.ending_before else None
    return Helper(each, words.get(each.entry.version, {}), state, last)


def carried(visit: Visit) -> list[tuple[str, str]]:
    """What the next form carries on of the one that was sent."""
    return [(name, value) for name, value in visit.request.form.items(multi=True) if name not in NOT_CARRIED]


def asked_of(form: Asked, known: Mapping[str, Any], choices: Mapping[str, tuple[str, ...]]) -> dict[str, Any] | None:
    """Who is to be named; None where the form cannot be read, and then the mistakes are kept.

    `known` is what the form does not ask, `choices` the authorities and permissions that can be chosen.
    """
    read = {
        "name": form.text("name"),
        "contact": form.text("contact"),
        "address": form.words("address"),
        "authority": form.one_of("authority", choices["authority"], ""),
        "permissions": tuple(form.some_of("permissions", choices["permissions"])),
        "effective_from": form.day_in_boxes("from"),
        "evidence": form.text("evidence"),
        **known,
    }
    last = form.day_in_boxes("last")
    for name, sentence in _MISSING.items():
        if not read[name]:
            form.errors.setdefault({"effective_from": "from"}.get(name, name), sentence)
    if "correspond" in read["permissions"] and not read["address"]:
        form.errors["address"] = "Enter the address for copies of letters"
    if read["effective_from"] and last and last < read["effective_from"]:
        form.errors["last"] = "Enter the first day or a later one"
    if form.errors:
        return None
    left_empty = {name: read[name] or None for name in ("contact", "address")}
    return read | left_empty | {"ending_before": last + ONE_DAY if last else None}


def body_of(form: Asked, given: Mapping[str, Any] | None) -> NamedRepresentative | None:
    """The same as the API takes it; None where there is a mistake, which is kept."""
    if given is None:
        return None
    try:
        return NamedRepresentative.model_validate(given)
    except ValidationError:
        form.errors["evidence"] = _NO_CODE  # everything else was read as what it has to be
        return None


def name_them(visit: Visit, account_id: UUID, form: Asked, body: NamedRepresentative) -> None:
    """Take it down once, however often the form is sent."""
    require_leave_to_name(visit.identity.role, body)
    command, words = asked(body)
    request = request_sent(visit, form, body.model_dump(mode="json"))
    by, ledger = visit.identity.caller, visit.council.ledger
    ledger.handle(account_id, command, by=by, now=visit.now, request=request, texts=(words,))


def end_them(visit: Visit, account: CareAccount, form: Asked, reasons: Mapping[str, str]) -> None:
    """End it from today on, once, however often the form is sent."""
    reason = form.one_of("reason", tuple(reasons), "")
    if not reason:
        raise unreadable()
    named = visit.ids["entry_id"]
    command = EndRepresentative(representative=named, ending_before=visit.today, reason_code=reason)
    require_leave_to_end(visit.identity.role, account, command)
    request = request_sent(visit, form, {"end": named, "reason": reason})
    visit.council.ledger.handle(account.id, command, by=visit.identity.caller, now=visit.now, request=request)
