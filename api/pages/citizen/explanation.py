"""/account/explanation: how was a figure of your account worked out, in words?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.citizen.own import own_account, own_person
from api.pages.explained import figure_asked, told
from api.pages.law import law_words
from api.pages.page import Visit, page
from api.pages.recorded.person import thing

OTHERS = {
    "accrued_costs": "What counts so far",
    "remaining": "What is left to the cap",
    "weekly_rate": "What counts each week",
    "daily_living_costs": "Living costs, which do not count",
    "expected_to_reach_cap_on": "When you may reach the cap",
}


@page("/account/explanation", "read_account", people=True)
def your_figure(visit: Visit) -> ResponseReturnValue:
    """The figure of today as a tree in plain words."""
    account, person, asked = own_account(visit), own_person(visit), Asked(visit.request.args)
    figure = figure_asked(asked)
    found = told(account, visit.council.scheme, visit.today, figure)
    return render_template(
        "citizen/explanation.html",
        page_title="How we worked this out",
        law_words=law_words(visit.council),
        name=person.name if person else None,
        account=account,
        updated=account.entries[-1].recorded_at,
        today=visit.today,
        told=found,
        things={named: thing(entry.fact, account) for named, entry in found.entries.items()},
        others={each: words for each, words in OTHERS.items() if each != figure},
    )
