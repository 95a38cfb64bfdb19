"""/v1/parameters: the amounts in force on a day, with their authority."""

from typing import Any, Literal

from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.v1.shared import on_day
from domain import parameters
from domain.dates import Day
from domain.money import Money
from domain.parameters import NotInForce
from domain.terms import Terms


class ParametersQuery(Terms):
    """The day asked for; today when it is left out."""

    on: Day | None = None


class ParameterInForce(Terms):
    """An amount of law on the day, by what authority, and how sure we are of it; null where nobody has seen one."""

    name: str
    description: str
    unit: str
    amount: Money | None
    authority: str | None
    certainty: Literal["official", "secondary", "recalled"] | None
    status: str | None
    checked_on: Day


class ParametersInForce(Terms):
    """Every parameter there is, on a day."""

    on: Day
    items: tuple[ParameterInForce, ...]


@get("/v1/parameters", "read_parameters", ParametersInForce, ParametersQuery)
def read_parameters(call: Call[Any, ParametersQuery]) -> Answer:
    """The amounts in force on a day, with their authority."""
    day = on_day(call)
    items = tuple(_on(parameters.load(name), day) for name in parameters.names())
    return Answer(ParametersInForce(on=day, items=items))


def _on(parameter: parameters.Parameter, day: Any) -> ParameterInForce:
    try:
        dated = parameter.dated(day)
    except NotInForce:
        dated = None
    return ParameterInForce(
        name=parameter.name,
        description=parameter.description,
        unit=parameter.unit,
        amount=dated.amount if dated else None,
        authority=dated.authority if dated else None,
        certainty=dated.certainty if dated else None,
        status=dated.status if dated else None,
        checked_on=parameter.checked_on,
    )
