"""/v1/parameters: the amounts in force on a day, national and the council's own, with their authority."""

from datetime import date
from typing import Any

from pydantic import Field

from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.v1.shared import OnDay, known_at, on_day
from domain import parameters
from domain.account.figures import Figures
from domain.dates import Day, Instant
from domain.parameters import Measure, NotInForce, Parameter
from domain.parameters.dated import Certainty, Status
from domain.parameters.quantity import Quantity
from domain.terms import Terms


class ParameterInForce(Figures):
    """A figure of law on the day, since when, by what authority, and how sure we are of it.

    `amount` is counted in `unit`. `own` says whether it is the council's own, which two of its people decided.
    `checked_on` is the day on which a person last compared it with its source; an own one, that of its approval.
    """

    name: str
    description: str
    unit: str
    amount: Quantity
    from_: Day = Field(alias="from")
    authority: str
    certainty: Certainty
    status: Status
    note: str | None
    own: bool
    checked_on: Day


class ParametersInForce(Terms):
    """Every parameter that is known on a day, and the names of those of which nobody has seen a figure for it.

    `status` of an item tells law in force from what was only drafted or announced.
    """

    on: Day
    known_at: Instant
    items: tuple[ParameterInForce, ...]
    unknown: tuple[str, ...]


@get("/v1/parameters", "read_parameters", ParametersInForce, OnDay)
def read_parameters(call: Call[Any, OnDay]) -> Answer:
    """The amounts of law on a day, with their authority. What is not known for the day is named, never guessed.

    The council's own stand beside the national ones, as known at the moment asked for.
    """
    day, known = on_day(call), known_at(call)
    amounts = call.council.amounts_at(known)
    found = {name: _on(amounts(name), day) for name in parameters.names()}
    return Answer(
        ParametersInForce(
            on=day,
            known_at=known,
            items=tuple(item for item in found.values() if item),
            unknown=tuple(name for name in found if not found[name]),
        )
    )


def _on(parameter: Parameter | Measure, day: date) -> ParameterInForce | None:
    try:
        value = parameter.dated(day)
    except NotInForce:
        return None
    return ParameterInForce(
        name=parameter.name,
        description=parameter.description,
        unit=parameter.unit,
        own=value.approved_on is not None,
        checked_on=value.approved_on or parameter.checked_on,
        **value.model_dump(exclude={"approved_on"}),
    )
