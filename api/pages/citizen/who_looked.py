"""/account/who-looked: who has looked at your account, when and why?"""

from collections.abc import Sequence

from flask import render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked, address
from api.pages.citizen.own import own_account, own_id
from api.pages.looked import how_in_words, what_in_words, who_in_words, why_of
from api.pages.page import Visit, page
from ledger.store.access_log import Look, Wanted
from ledger.vault.reveals import Reveal

PATH = "/account/who-looked"
PAGE_SIZE = 50
_LAST = 2**63 - 1


@page(PATH, "read_who_looked", people=True)
def who_looked(visit: Visit) -> ResponseReturnValue:
    """Everybody else's looks, the newest first; the person's own are folded away."""
    account, asked = own_account(visit), Asked(visit.request.args)
    own, below = asked.text("own") == "yes", asked.number("below", _LAST)
    wanted = Wanted(account_id=own_id(visit), without_roles=() if own else ("citizen",), below=below)
    found = visit.council.access_log.read(wanted._replace(limit=PAGE_SIZE + 1))
    reveals = visit.council.reveals.of(account.id)
    last = found[PAGE_SIZE - 1].position if len(found) > PAGE_SIZE else None
    return render_template(
        "citizen/who_looked.html",
        page_title="Who looked at your account",
        account=account,
        now=visit.now,
        looks=[_told(each.look, reveals) for each in found[:PAGE_SIZE]],
        number=visit.council.access_log.count(wanted),
        own=own,
        own_looks=visit.council.access_log.count(Wanted(account_id=own_id(visit), roles=("citizen",))),
        first={"href": address(PATH, own="yes" if own else None)} if below else None,
        next={"href": address(PATH, own="yes" if own else None, below=last)} if last else None,
    )


def _told(look: Look, reveals: Sequence[Reveal]) -> dict[str, object]:
    return {
        "look": look,
        "who": who_in_words(look),
        "why": why_of(look, reveals),
        "what": what_in_words(look),
        "how": how_in_words(look),
    }
