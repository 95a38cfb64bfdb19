"""/audit/accounts/<id>/entries/<id>: what does one entry hold, where does it come from, and what did it change?"""

from datetime import date
from typing import NamedTuple

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.importing.asking import CALLER as IMPORT
from api.pages.asked import Asked
from api.pages.audit.differing import Differs, differing
from api.pages.law import law_words
from api.pages.listed import Listed, listed
from api.pages.page import Visit, page
from api.pages.stored import as_stored
from domain.account.chain import BEFORE_THE_FIRST
from domain.account.comparison import Moment, compare
from domain.account.refusals import NoSuchEntry
from domain.account.state import CareAccount, Entry
from domain.dates import day_in_london, instant_text
from domain.schemes import Scheme
from ledger.receipts import Asking


class Linked(NamedTuple):
    """Another entry that this one belongs to, with what it is to this one."""

    words: str
    entry: Entry


@page("/audit/accounts/{account_id}/entries/{entry_id}", "read_council")
def audit_entry(visit: Visit) -> ResponseReturnValue:
    """One entry by itself. Nothing of it is read from the vault."""
    account, asked = visit.council.ledger.account(visit.account_id), Asked(visit.request.args)
    entry, entries = _entry(visit, account), listed(account)
    one = entries[-entry.version]
    on = asked.day("on") or max(day_in_london(entry.recorded_at), entry.fact.effective_from)
    scheme = visit.council.scheme_at(entry.recorded_at)
    asking = visit.council.ledger.receipts.that_brought(account.id, entry.version, entry.recorded_by)
    shown = render_template(
        "audit/entry.html",
        page_title=f"Entry {entry.version}, {account.opened.reference}",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        law_words=law_words(visit.council, entry.recorded_at),
        path=f"/audit/accounts/{account.id}",
        account=account,
        one=one,
        stored=as_stored(entry.fact),
        recorded_at=instant_text(entry.recorded_at),
        previous_hash=entries[-entry.version + 1].entry.hash if entry.version > 1 else BEFORE_THE_FIRST,
        links=[Linked(link.words, account.entries[link.version - 1]) for link in one.links],
        came_by=_came_by(asking),
        source=visit.council.import_sources.of(account.id).get(entry.version),
        asking=asking,
        together=_together(account, entry),
        on=on,
        scheme=scheme,
        changed=_changed(account, entry, scheme, on),
        now=visit.latest,
        **_beside(entries, entry.version),
    )
    return make_response(shown, 422 if asked.errors else 200)


def _entry(visit: Visit, account: CareAccount) -> Entry:
    found = account.entry(visit.ids["entry_id"].lower())
    if found is None:
        raise NoSuchEntry
    return found


def _came_by(asking: Asking | None) -> str:
    """How the entry came to be, as far as its request says."""
    if asking is None:
        return "A run that went through many accounts"
    return "A row of a file that was taken in" if asking.caller == IMPORT else "A request"


def _together(account: CareAccount, entry: Entry) -> list[Entry]:
    """The other entries of the account that one transaction recorded with it: no other has its instant."""
    return [each for each in account.entries if each.recorded_at == entry.recorded_at and each is not entry]


def _changed(account: CareAccount, entry: Entry, scheme: Scheme, on: date) -> list[Differs] | None:
    """The figures that are not as they were without the entry; None for the first, before which there were none."""
    if entry.version == 1:
        return None
    before, after = account.first(entry.version - 1), account.first(entry.version)
    return list(differing(compare(Moment(before, scheme, on), Moment(after, scheme, on))))


def _beside(entries: list[Listed], version: int) -> dict[str, object]:
    """The entries before and after it."""
    by_version = {one.entry.version: one.entry for one in entries}
    return {"before": by_version.get(version - 1), "after": by_version.get(version + 1)}
