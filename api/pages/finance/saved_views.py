"""/views: which views of lists do you keep, to come back to?"""

from flask import flash, get_flashed_messages, redirect, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.exported import named_view
from api.pages.page import Visit, form, page
from api.pages.sent import unreadable

PATH = "/views"


@page(PATH, "read_council")
def saved_views(visit: Visit) -> ResponseReturnValue:
    """Your own, the newest first. A list that is no longer there is left out."""
    kept = (named_view(each) for each in visit.council.saved_views.of(visit.identity.sub))
    return render_template(
        "finance/saved_views.html",
        page_title="Your views",
        views=[view for view in kept if view],
        done=next(iter(get_flashed_messages()), None),
    )


@form(PATH, "read_council")
def keep_or_let_go(visit: Visit) -> ResponseReturnValue:
    """Keep one, once however often it is asked for, or let it go; raises TooManyViews."""
    asked, views, who = Asked(visit.request.form), visit.council.saved_views, visit.identity.sub
    here, do = asked.text("address"), asked.one_of("do", ("keep", "let-go"), "")
    if not do or named_view(here) is None:
        raise unreadable()
    if do == "keep":
        views.keep(who, here, visit.now)
        flash("The view is kept.")
    else:
        views.let_go(who, here)
        flash("The view is no longer kept.")
    return redirect(PATH, 303)
