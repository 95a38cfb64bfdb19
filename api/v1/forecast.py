"""/v1/forecast: who is expected to reach the cap in each quarter to come, and what care beyond it will cost."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from api.kit.basis import Basis, basis
from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.v1.shared import OnDay, known_at, on_day
from domain.dates import Day, Instant
from projections.forecast import Forecast, Quarter
from projections.forecast_range import forecast_range

MOST = 40


def _quarters(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,2}", value, re.ASCII):
        value = int(value)
    if isinstance(value, int) and 1 <= value <= MOST:
        return value
    raise PydanticCustomError("quarters", f"Give a whole number from 1 to {MOST}.")


Quarters = Annotated[
    int, BeforeValidator(_quarters), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST, "default": 8})
]


class ForecastQuery(OnDay):
    """From which day on, as known when, and how many quarters."""

    quarters: Quarters = 8


class CouncilForecast(Forecast):
    """The forecast, both times, and what it rests on. Every week goes on as it is on `on`.

    `low` and `high` are its quarters if weekly rates without daily living costs were a tenth less, or a tenth more.
    """

    on: Day
    known_at: Instant
    scheme: str
    basis: Basis
    low: tuple[Quarter, ...]
    high: tuple[Quarter, ...]


@get("/v1/forecast", "read_council", CouncilForecast, ForecastQuery)
def read_forecast(call: Call[Any, ForecastQuery]) -> Answer:
    """When people will reach the cap and what care beyond it will cost, quarter by quarter, if weeks go on as they are.

    A quarter is three months of the calendar; the first begins the day after `on`. `cost` is what the council pays for
    care that no longer counts and can no longer be charged: a weekly rate, without daily living costs, divided by seven
    for each day. It is added up exactly for everybody and rounded once at the end of each quarter, so that the quarters
    add up to the total.
    """
    on, moment = on_day(call), known_at(call)
    scheme = call.council.scheme_at(moment)
    low, middle, high = forecast_range(call.council, on, moment, call.query.quarters)
    rests_on = {"on": on, "known_at": moment, "scheme": scheme.name, "basis": basis(scheme)}
    others = {"low": low.quarters, "high": high.quarters}
    return Answer(CouncilForecast.model_validate({**dict(middle), **rests_on, **others}))
