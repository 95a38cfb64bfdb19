"""/account/moving: what becomes of an account when the person moves to another council's area?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from api.pages.citizen.own import own_account, own_person
from api.pages.page import Visit, page
from api.pages.recorded.late import proof
from api.pages.unsettled import carried_in


@page("/account/moving", "read_account", people=True)
def your_move(visit: Visit) -> ResponseReturnValue:
    """What goes, what happens, and how it stands. Nothing is sent from here yet, and the page says so."""
    account, person = own_account(visit), own_person(visit)
    closed = account.closed
    return render_template(
        "citizen/moving.html",
        page_title="Moving to another council",
        name=person.name if person else None,
        account=account,
        updated=account.entries[-1].recorded_at,
        today=visit.today,
        moved_on=closed.on if closed and closed.reason == "moved" else None,
        carried_in=[(found.opening, proof(found.entry, account)) for found in carried_in(account)],
    )
