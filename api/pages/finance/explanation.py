"""/accounts/<id>/explanation: what makes up a figure of one account, down to the entries and the law?"""

from flask.typing import ResponseReturnValue

from api.pages.explained import NAMES, figure_asked, link_to, told
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, page


@page("/accounts/{account_id}/explanation", "read_council", people=True)
def account_explanation(visit: Visit) -> ResponseReturnValue:
    """The figure at the close of a day, as known at a moment, as a tree in full."""
    shown = StaffAccount(visit, "/explanation")
    scheme = visit.council.scheme_at(shown.moment.known_at)
    found = told(shown.account, scheme, shown.moment.on, figure_asked(shown.asked))
    return shown.page(
        "finance/explanation.html",
        "How it was worked out",
        told=found,
        scheme=scheme,
        names=NAMES,
        link=link_to(visit, f"{shown.path}/explanation", figure=found.figure, **shown.moment.pinned),
    )
