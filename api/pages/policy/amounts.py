"""/policy: which amounts of law hold on a day, where is each written, and which does nobody know?"""

from datetime import date
from typing import NamedTuple

from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.moments import moment_asked
from api.pages.page import Visit, page
from api.pages.policy.shown import NEW, POLICY, policy_page
from api.pages.policy.words import NOT_KNOWN, STEPS, SURE, in_words, said
from domain import parameters
from domain.parameters import AmountsOfLaw, NotInForce
from domain.parameters.dated import Status


class AmountOnDay(NamedTuple):
    """One row: an amount that holds, or that it is not known or not set."""

    parameter: str
    name: str
    description: str
    amount: str
    since: date | None = None
    source: str = ""
    sure: str = ""
    status: Status | None = None
    own: bool = False
    note: str | None = None


@page(POLICY, "read_policy")
def amounts_of_law(visit: Visit) -> ResponseReturnValue:
    """Every amount on a day, by what it is of, and the changes that wait for a second person."""
    asked = Asked(visit.request.args)
    moment = moment_asked(visit, asked, POLICY)
    known = visit.council.amounts.known_at(moment.known_at)
    rooms = {in_words(room): _on(known.of_law, room, moment.on) for room in parameters.rooms()}
    return policy_page(
        visit,
        "policy/amounts.html",
        "Amounts of law",
        errors=asked.errors,
        typed=visit.request.args,
        path=POLICY,
        new=NEW,
        moment=moment,
        past=None if asked.errors else moment.past,
        rooms=rooms,
        unknown=sum(row.amount == NOT_KNOWN for rows in rooms.values() for row in rows),
        waiting=[change for change in known.changes if change.status in ("proposed", "reversal_proposed")],
        states=STEPS,
    )


def _on(amounts: AmountsOfLaw, room: str, day: date) -> list[AmountOnDay]:
    return [_row(amounts, name, "Not set" if room == "local" else NOT_KNOWN, day) for name in parameters.names(room)]


def _row(amounts: AmountsOfLaw, name: str, missing: str, day: date) -> AmountOnDay:
    parameter = amounts(name)
    try:
        value = parameter.dated(day)
    except NotInForce:
        return AmountOnDay(name, in_words(name), parameter.description, missing)
    return AmountOnDay(
        parameter=name,
        name=in_words(name),
        description=parameter.description,
        amount=said(value, parameter.unit),
        since=value.from_,
        source=value.authority,
        sure=SURE[value.certainty],
        status=value.status,
        own=value.approved_on is not None,
        note=value.note,
    )
