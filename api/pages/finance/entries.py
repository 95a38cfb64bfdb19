"""/accounts/<id>/entries: what was recorded of an account, by whom and when?"""

from flask import get_flashed_messages
from flask.typing import ResponseReturnValue

from api.pages.finance.shown import StaffAccount
from api.pages.listed import listed
from api.pages.page import Visit, page
from api.policy import may, may_correct
from api.v1.corrections import kind_of
from domain.account.decisions.correcting import STAYS


@page("/accounts/{account_id}/entries", "read_council", people=True)
def account_entries(visit: Visit) -> ResponseReturnValue:
    """Every entry known at the moment, the newest first."""
    shown = StaffAccount(visit, "/entries")
    words = visit.council.people.texts(visit.account_id)
    done = next(iter(get_flashed_messages()), None)
    return shown.page(
        "finance/entries.html",
        "Entries",
        entries=listed(shown.account, words),
        sources=visit.council.import_sources.of(visit.account_id),
        done=done,
        correctable=set() if shown.moment.past else _correctable(shown),
    )


def _correctable(shown: StaffAccount) -> set[int]:
    """The versions of the entries that the reader may correct: those that count, and that a correction may move."""
    role, account = shown.visit.identity.role, shown.account
    return {
        entry.version
        for entry in account.entries
        if may(role, "correct_entry")
        and entry.version not in account.voided_by
        and type(entry.fact) not in STAYS
        and may_correct(role, kind_of(account, entry))
    }
