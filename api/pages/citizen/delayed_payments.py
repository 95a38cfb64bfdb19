"""/account/delayed-payments: what do you owe for care that you pay for later, and how did it come about?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from api.pages.citizen.own import own_account, own_person
from api.pages.delayed import delayed
from api.pages.page import Visit, page

KINDS = {
    "care_costs": "Care you pay for later",
    "top_up": "Extra you chose, to pay for later",
    "administration_fee": "Our fee, to pay later",
}
ADDED = {
    "daily": "We add it to what you owe each day.",
    "quarterly": "We add it to what you owe each January, April, July and October.",
    "half_yearly": "We add it to what you owe each January and July.",
    "none": "It does not grow by itself.",
}


@page("/account/delayed-payments", "read_account", people=True)
def your_delayed_payments(visit: Visit) -> ResponseReturnValue:
    """Each agreement, with what is owed today."""
    account, person = own_account(visit), own_person(visit)
    return render_template(
        "citizen/delayed_payments.html",
        page_title="Your delayed payment agreement",
        name=person.name if person else None,
        account=account,
        updated=account.entries[-1].recorded_at,
        today=visit.today,
        agreements=delayed(visit.council, account, visit.today, visit.latest),
        kinds=KINDS,
        added=ADDED,
    )
