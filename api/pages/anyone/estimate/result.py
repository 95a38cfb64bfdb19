"""/estimate/result: what might somebody pay, by which working, and what does the estimate not cover?"""

import json
from decimal import Decimal

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from api.pages.anyone.estimate.answers import answers, chosen_council, sent_as
from api.pages.anyone.estimate.asked import body_of, knows_the_cost, read
from api.pages.anyone.estimate.flow import START, answers_shown, still_open
from api.pages.money_check import HEADINGS, tells_of_an_amount, unsure_of
from api.pages.page import PUBLIC, Visit, page
from api.pages.working import working
from api.strangers import amounts_of_whom, council_named
from api.v1.assessment_bodies import to_assess
from domain.law.financial_assessment import CannotBeAssessed, FiguresWorkedOut, assess
from domain.parameters import AmountsOfLaw, NotInForce
from ledger.council import Council

RESULT = f"{START}/result"
NOT_KNOWN_FOR_THE_DAY = "We have not seen this amount for that day: {}. Choose another day, or ask your council"
_NOT_FOR_CHILDREN = "This is only for people who are 18 or over on the day you chose"


@page(RESULT, PUBLIC)
def result(visit: Visit) -> ResponseReturnValue:
    """What the answers come to, and how."""
    if left := still_open():
        return left
    try:
        figures = figures_of(visit)
    except NotInForce as unknown:
        return answers_shown({"day": NOT_KNOWN_FOR_THE_DAY.format(unknown.name.replace("_", " "))})
    except CannotBeAssessed:
        return answers_shown({"date-of-birth": _NOT_FOR_CHILDREN})
    whole, known = figures.outcome == "full_cost", knows_the_cost(answers())
    sections = [section._replace(heading=HEADINGS[section.name]) for section in working(figures)]
    return render_template(
        "anyone/estimate/result.html",
        page_title="What you might pay",
        figures=figures,
        day=answers()["day"][0],
        sections=sections[:-1] if whole and not known else sections,
        warnings=[warning for warning in figures.warnings if not tells_of_an_amount(warning)],
        unsure=unsure_of(figures.lines),
        cost_known=known,
        at_most=not known and figures.weekly_contribution > Decimal(0),
        may_send=council_to_send_to(visit) is not None,
        sent_as=sent_as(),
    )


@page(f"{START}/request.json", PUBLIC)
def request_as_json(visit: Visit) -> ResponseReturnValue:
    """The answers as the body of the API's own estimate."""
    if left := still_open():
        return left
    return Response(json.dumps(body_of(answers(), visit.today), indent=2), mimetype="application/json")


def figures_of(visit: Visit) -> FiguresWorkedOut:
    """What the answers come to; raises NotInForce, CannotBeAssessed."""
    return assess(to_assess(read(body_of(answers(), visit.today))), _amounts(visit))


def _amounts(visit: Visit) -> AmountsOfLaw:
    """The amounts of the council whose address was used, or of the only one there is; else those of national law."""
    return amounts_of_whom(visit.installation, chosen_council())


def council_to_send_to(visit: Visit) -> Council | None:
    """The council an estimate can be sent to: the one whose address was used, else the only one there is."""
    return council_named(visit.installation, chosen_council())
