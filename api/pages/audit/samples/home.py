"""/audit: is everything as it was recorded, which accounts are being looked at, and what is still a question?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from api.pages.audit.integrity import integrity
from api.pages.audit.samples.words import METHODS
from api.pages.page import Visit, page
from api.policy import may


@page("/audit", "read_council")
def audit_home(visit: Visit) -> ResponseReturnValue:
    """Every sample with its progress, and the open questions of all of them."""
    samples = visit.council.samples
    questions = samples.accounts(found="question")
    visit.shows(each.account_id for each in questions)
    return render_template(
        "audit/samples/home.html",
        page_title="Audit",
        wide=True,
        now=visit.latest,
        samples=samples.all(),
        questions=questions,
        integrity=integrity(visit),
        methods=METHODS,
        may_draw=may(visit.identity.role, "draw_samples"),
    )
