"""/accounts/forecast: who will reach the cap in each quarter to come, and what will care beyond it cost the council?"""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.finance.view import FORECAST
from api.pages.law import law_words
from api.pages.moments import moment_asked
from api.pages.page import Visit, page
from projections.forecast import forecast

QUARTERS, MOST = 8, 40


@page(FORECAST, "read_council")
def council_forecast(visit: Visit) -> ResponseReturnValue:
    """The forecast as a table, with what it takes for granted in words."""
    asked = Asked(visit.request.args)
    quarters = asked.number("quarters", MOST) or QUARTERS
    moment = moment_asked(visit, asked, FORECAST, quarters=quarters if quarters != QUARTERS else None)
    shown = render_template(
        "finance/forecast.html",
        page_title="Forecast",
        errors=asked.errors,
        typed=visit.request.args,
        law_words=law_words(visit.council, moment.known_at),
        past=None if asked.errors else moment.past,
        path=FORECAST,
        moment=moment,
        forecast=forecast(visit.council, moment.on, moment.known_at, quarters),
    )
    return make_response(shown, 422 if asked.errors else 200)
