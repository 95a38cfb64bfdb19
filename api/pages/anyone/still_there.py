"""/still-there: does somebody who has not used their pages for a while want to stay signed in?"""

from datetime import timedelta

from flask import make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from api.pages.page import PUBLIC, Visit, form, page
from api.pages.session import STILL_THERE, opened
from api.pages.staying import own_path

_SECOND = timedelta(seconds=1)


@page(STILL_THERE, PUBLIC)
def still_there(visit: Visit) -> ResponseReturnValue:
    """The question, two minutes before the end; from the end on, that somebody was signed out."""
    found = opened(visit.installation) if visit.known else None
    if found is None:
        return render_template("anyone/signed_out.html", page_title="We signed you out")
    back = own_path(visit.request.args.get("from", ""))
    stays = "stays" in visit.request.args
    shown = make_response(
        render_template(
            "anyone/still_there.html",
            page_title="You are still signed in" if stays else "Do you need more time?",
            until=found.until,
            longest=found.until == found.kept.ends,
            stays=stays,
            back=back or "",
        )
    )
    left = (found.until + _SECOND - visit.now).total_seconds()
    shown.headers["Refresh"] = f"{int(left)}; url={STILL_THERE}"
    return shown


@form(STILL_THERE, PUBLIC)
def stay(visit: Visit) -> ResponseReturnValue:
    """Stay signed in, since the form that says so was a use, and go back to where one was."""
    back = own_path(visit.request.form.get("from", ""))
    return redirect(back if back and visit.known else f"{STILL_THERE}?stays=1", 303)
