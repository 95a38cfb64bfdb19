"""/accounts/forecast: who will reach the cap in each quarter to come, and what will care beyond it cost the council?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.exports.table import Column, Table, Value
from api.pages.asked import Asked, address
from api.pages.charts import Bar, bars
from api.pages.exported import downloads, exported, require_readable
from api.pages.finance.view import FORECAST
from api.pages.law import law_words
from api.pages.moments import Moment, moment_asked
from api.pages.page import Visit, page
from api.pages.words import counted
from projections.forecast import Quarter
from projections.forecast_range import ForecastRange, forecast_range

QUARTERS, MOST = 8, 40
COLUMNS = (
    Column("quarter"),
    Column("first_day", "day"),
    Column("last_day", "day"),
    Column("people_reaching_the_cap", "number"),
    Column("people_past_it_at_the_end", "number"),
    Column("cost_to_the_council", "money", added_up=True),
    Column("people_reaching_the_cap_low", "number"),
    Column("people_reaching_the_cap_high", "number"),
    Column("cost_to_the_council_low", "money", added_up=True),
    Column("cost_to_the_council_high", "money", added_up=True),
)
ASSUMED = (
    "It is taken that every week goes on as it is: nobody new, and no change of rates, of the cap or of anybody's "
    "needs. Low and high: every weekly rate without daily living costs is a tenth less, or a tenth more, from the next "
    "day on. No law gives the tenth: it is how sure the forecast wants to sound."
)
"""What the forecast and its range rest on, on the page and in the notes of its files."""


@dataclass(frozen=True)
class ForecastView:
    """One forecast. Its address is all of it, so a link to it can be sent."""

    visit: Visit
    quarters: int
    moment: Moment

    @property
    def kept(self) -> dict[str, Any]:
        return {"quarters": self.quarters if self.quarters != QUARTERS else None, **self.moment.kept}

    @cached_property
    def range(self) -> ForecastRange:
        return forecast_range(self.visit.council, self.moment.on, self.moment.known_at, self.quarters)


@page(FORECAST, "read_council")
def council_forecast(visit: Visit) -> ResponseReturnValue:
    """The forecast as bars and as a table, with what it takes for granted in words."""
    asked = Asked(visit.request.args)
    view = _asked_for(visit, asked)
    shown = render_template(
        "finance/forecast.html",
        page_title="Forecast",
        errors=asked.errors,
        typed=visit.request.args,
        law_words=law_words(visit.council, view.moment.known_at),
        past=None if asked.errors else view.moment.past,
        path=FORECAST,
        moment=view.moment,
        forecast=view.range.middle,
        range=view.range,
        assumed=ASSUMED,
        bars=_bars(view.range.middle.quarters),
        downloads=downloads(FORECAST, **view.kept),
    )
    return make_response(shown, 422 if asked.errors else 200)


@exported(FORECAST, "read_council", "Forecast")
def forecast_file(visit: Visit) -> Table:
    """Every quarter of exactly the same view."""
    asked = Asked(visit.request.args)
    view = _asked_for(visit, asked)
    require_readable(asked)
    return Table(
        name=f"forecast-{view.moment.on}",
        title="Forecast by quarter, if every week goes on as it is",
        on=view.moment.on,
        known_at=view.moment.known_at,
        asked=address(FORECAST, **view.kept),
        columns=COLUMNS,
        rows=[_row(*each) for each in zip(*(each.quarters for each in view.range), strict=True)],
        more_notes=(("What it rests on", ASSUMED),),
    )


def _row(low: Quarter, middle: Quarter, high: Quarter) -> list[Value]:
    days = (middle.quarter, middle.first, middle.last)
    return [*days, middle.reaching, middle.past_cap, middle.cost, low.reaching, high.reaching, low.cost, high.cost]


def _asked_for(visit: Visit, asked: Asked) -> ForecastView:
    quarters = asked.number("quarters", MOST) or QUARTERS
    more = quarters if quarters != QUARTERS else None
    return ForecastView(visit, quarters, moment_asked(visit, asked, FORECAST, quarters=more))


def _bars(quarters: Sequence[Quarter]) -> tuple[Bar, ...]:
    """How many people reach the cap in each quarter."""
    return bars([(q.quarter, counted(q.reaching, "person", "people"), Decimal(q.reaching)) for q in quarters])
