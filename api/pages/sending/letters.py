"""/letters: where do letters stand, which has somebody to look at, and how is one sent again?"""

from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import flash, get_flashed_messages, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from api.delivery.sending import carrier_of
from api.pages.asked import Asked, address
from api.pages.contact import FORMATS
from api.pages.page import Visit, form, page
from api.pages.sending.words import STATES as WORDS
from api.pages.sending.words import WHAT
from api.policy import may
from domain.account.contact import contact_choice
from domain.account.state import entry_id
from ledger.letters import STATES, TO_LOOK_AT, Listed, NoSuchLetter, SentAgainAlready, Told, letter_instead_of
from ledger.store.letter_rows import Letters

PATH = "/letters"
LETTER = f"{PATH}/{{letter_id}}"
PAGE_SIZE = 50
COLOURS = {
    "waiting": "yellow", "sent": "blue", "accepted": "blue", "delivered": "green", "returned": "orange", "failed": "red"
}  # fmt: skip
SHOWS = {"to_look_at": "Somebody has to look", **WORDS}
WHY_FAILED = {
    "no-address": "Record the person's address, then send it again.",
    "no-address-for-copies": "Record the address of whoever is to have the copy, then send it again.",
    "nobody-to-write-to": "Nobody represents the person by this authority any more. Nothing is to be done.",
    "no-birth-date": "Record the person's date of birth, then send it again.",
    "could-not-be-made": "Tell whoever looks after the system; the log names the fault. Then send it again.",
    "virus-scan-failed": "GOV.UK Notify took the file for a virus. Tell whoever looks after the system.",
    "validation-failed": "GOV.UK Notify could not print the file. Check the address, then send it again.",
    "technical-failure": "GOV.UK Notify could not print it. Send it again.",
    "permanent-failure": "The printer could not print it. Check the address, then send it again.",
    "cancelled": "Somebody stopped it at GOV.UK Notify. Send it again if it is to go out.",
}
OTHERWISE = "It was tried many times, or not taken. Tell whoever looks after the system, then send it again."
CAME_BACK = "Find out where the person lives, record the address, then send it again."


@page(PATH, "read_council", people=True)
def letters(visit: Visit) -> ResponseReturnValue:
    """How many letters stand where, and those that fit the filter."""
    asked, rows = Asked(visit.request.args), Letters(visit.council.app, visit.council.names)
    chosen, number = asked.some_of("show", SHOWS), asked.number("page", 1_000_000) or 1
    look = "to_look_at" in chosen
    states = [state for state in STATES if state in chosen] or list(TO_LOOK_AT if look else STATES)
    found = rows.listed(states, to_look_at=look, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE + 1)
    return _shown(
        "sending/letters.html",
        "Letters",
        wide=True,
        counts=rows.states(),
        items=found[:PAGE_SIZE],
        people=_people(visit, found[:PAGE_SIZE]),
        shows=SHOWS,
        chosen=chosen,
        choices=[_choice(each, chosen) for each in chosen],
        states=STATES,
        to_folder=not carrier_of(visit.installation, visit.council.code).paced,
        previous=_turned(chosen, number - 1) if number > 1 else None,
        next=_turned(chosen, number + 1) if len(found) > PAGE_SIZE else None,
    )


@page(LETTER, "read_council", people=True)
def letter(visit: Visit) -> ResponseReturnValue:
    """One letter: what it tells of, where it stands, and everything that was done and heard."""
    return _one(visit, "sending/letter.html", "Letter")


@page(f"{LETTER}/again", "issue_statement", people=True)
def check_sending_again(visit: Visit) -> ResponseReturnValue:
    """What sending it again would do. Nothing is recorded."""
    return _one(visit, "sending/letter_again.html", "Send it again")


@form(f"{LETTER}/again", "issue_statement")
def send_again(visit: Visit) -> ResponseReturnValue:
    """Have another letter go out instead. The old one stays, and only one is ever sent instead of it, however often."""
    rows, letter_id = Letters(visit.council.app, visit.council.names), _letter_id(visit)
    with suppress(SentAgainAlready):
        rows.send_again(letter_id, by=visit.identity.sub, now=visit.now)
        flash("Another letter was put in. It goes out by itself.")
    return redirect(f"{PATH}/{letter_instead_of(letter_id)}", 303)


@page(f"{LETTER}/returned", "issue_statement", people=True)
def check_came_back(visit: Visit) -> ResponseReturnValue:
    """What noting that it came back would do. Nothing is recorded."""
    return _one(visit, "sending/letter_returned.html", "The letter came back")


@form(f"{LETTER}/returned", "issue_statement")
def came_back(visit: Visit) -> ResponseReturnValue:
    """Note that the post brought it back, so that somebody finds out where the person lives."""
    letter_id = _letter_id(visit)
    rows = Letters(visit.council.app, visit.council.names)
    rows.came_back(letter_id, "came-back", by=visit.identity.sub, now=visit.now)
    flash("It was noted that the letter came back.")
    return redirect(f"{PATH}/{letter_id}", 303)


def _one(visit: Visit, template: str, title: str) -> ResponseReturnValue:
    rows = Letters(visit.council.app, visit.council.names)
    found, letter_id = rows.one(_letter_id(visit)), _letter_id(visit)
    told, events = found.letter.told, rows.events(letter_id)
    return _shown(
        template,
        title,
        found=found,
        letter=found.letter,
        person=_people(visit, [found]).get(told.account_id),
        also=[FORMATS[each] for each in contact_choice(visit.council.ledger.account(told.account_id)).formats],
        about=_about(told),
        events=events,
        what_to_do=_what_to_do(found, events[-1].said if events else ""),
        may_send=may(visit.identity.role, "issue_statement"),
    )


def _about(told: Told) -> str | None:
    """Where staff read what the letter says. A code is shown to nobody."""
    if told.what == "sign_in_code":
        return None
    if told.what == "notice":
        return f"/accounts/{told.account_id}/entries"
    return f"/accounts/{told.account_id}/statements/{entry_id(told.account_id, told.version)}"


def _what_to_do(found: Listed, said: str) -> str | None:
    if not found.to_look_at:
        return None
    return CAME_BACK if found.letter.state == "returned" else WHY_FAILED.get(said, OTHERWISE)


def _people(visit: Visit, found: list[Listed]) -> Any:
    """Who the letters are for."""
    accounts = [each.letter.told.account_id for each in found]
    visit.shows(accounts)
    return visit.council.people.of(accounts)


def _choice(show: str, chosen: list[str]) -> dict[str, str]:
    without = [each for each in chosen if each != show]
    return {"name": "Show", "value": SHOWS[show], "href": address(PATH, show=without)}


def _turned(chosen: list[str], number: int) -> dict[str, str]:
    return {"href": address(PATH, show=chosen, page=number), "label": f"Page {number}"}


def _shown(template: str, title: str, **more: Any) -> ResponseReturnValue:
    done = next(iter(get_flashed_messages()), None)
    return make_response(
        render_template(template, page_title=title, done=done, words=WORDS, colours=COLOURS, what=WHAT, **more)
    )


def _letter_id(visit: Visit) -> UUID:
    """The letter in the address; what is no id names no letter either."""
    try:
        return UUID(visit.ids["letter_id"])
    except ValueError:
        raise NoSuchLetter(NoSuchLetter.__doc__) from None
