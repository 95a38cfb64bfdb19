"""/v1/parameters: the amounts in force on a day, with their authority."""

from datetime import date
from typing import Any

from pydantic import Field

from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.v1.shared import on_day
from domain import parameters
from domain.account.figures import Figures
from domain.dates import Day
from domain.parameters import Measure, NotInForce, Parameter
from domain.parameters.dated import Certainty, Status
from domain.parameters.quantity import Quantity
from domain.terms import Terms


class ParametersQuery(Terms):
    """The day asked for; today when it is left out."""

    on: Day | None = None


class ParameterInForce(Figures):
    """A figure of law on the day, since when, by what authority, and how sure we are of it.

    `amount` is counted in `unit`; `checked_on` is the day on which a person last compared it with its source.
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
    checked_on: Day


class ParametersInForce(Terms):
    """Every parameter that is known on a day, and the names of those of which nobody has seen a figure for it.

    `status` of an item tells law in force from what was only drafted or announced.
    """

    on: Day
    items: tuple[ParameterInForce, ...]
    unknown: tuple[str, ...]


@get("/v1/parameters", "read_parameters", ParametersInForce, ParametersQuery)
def read_parameters(call: Call[Any, ParametersQuery]) -> Answer:
    """The amounts of law on a day, with their authority. What is not known for the day is named, never guessed."""
    day = on_day(call)
    found = {name: _on(parameters.load(name), day) for name in parameters.names()}
    items = tuple(item for item in found.values() if item)
    return Answer(ParametersInForce(on=day, items=items, unknown=tuple(name for name in found if not found[name])))


def _on(parameter: Parameter | Measure, day: date) -> ParameterInForce | None:
    try:
        value = parameter.dated(day)
    except NotInForce:
        return None
    return ParameterInForce(
        name=parameter.name,
        description=parameter.description,
        unit=parameter.unit,
        checked_on=parameter.checked_on,
        **value.model_dump(),
    )
