"""/audit/samples/new: how is a sample drawn, seen before it is kept?"""

from collections import Counter
from uuid import UUID, uuid4

from flask import flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.audit.samples.drawing import drawing
from api.pages.audit.samples.words import METHODS, RISKS
from api.pages.page import Visit, form, page
from api.pages.sent import key_sent, unreadable
from ledger.samples import MOST

_SAMPLES = "/audit/samples"


@page(f"{_SAMPLES}/new", "draw_samples")
def new_sample(visit: Visit) -> ResponseReturnValue:
    """The form."""
    return _form(Asked(visit.request.args))


@page(f"{_SAMPLES}/check", "draw_samples")
def check_sample(visit: Visit) -> ResponseReturnValue:
    """From which accounts it will be drawn, and by which seed. Which they come to is not said before it is kept."""
    asked = Asked(visit.request.args)
    found = drawing(visit, asked)
    if found is None:
        return _form(asked)
    if found.method == "by_list":
        visit.shows(each.account_id for each in found.chosen)
    return render_template(
        "audit/samples/check.html",
        page_title="Check before drawing the sample",
        drawing=found,
        methods=METHODS,
        risks=RISKS,
        of_risk=Counter(each.risk for each in found.population.candidates),
        references=asked.words("references"),
        key=uuid4().hex,
    )


@form(_SAMPLES, "draw_samples")
def draw_sample(visit: Visit) -> ResponseReturnValue:
    """Draw and keep it once, however often the form is sent."""
    asked = Asked(visit.request.form)
    sample_id, found = UUID(key_sent(asked)), drawing(visit, asked)
    if found is None:
        raise unreadable()
    visit.council.samples.keep(sample_id, *found, by=visit.identity.sub, now=visit.now)
    flash("The sample is drawn and kept.")
    return redirect(f"{_SAMPLES}/{sample_id}", 303)


def _form(asked: Asked) -> ResponseReturnValue:
    shown = render_template(
        "audit/samples/new.html",
        page_title="Draw a sample",
        errors=asked.errors,
        method=asked.text("method"),
        typed={name: asked.text(name) for name in ("size", "seed")} | {"references": asked.words("references")},
        methods=METHODS,
        most=MOST,
    )
    return make_response(shown, 422 if asked.errors else 200)
