"""About what may somebody ask: which lines and entries are offered, and how is each named in a form?"""

import json
from collections.abc import Iterator

from pydantic import ValidationError

from api.pages.changes import Change, changes
from api.pages.citizen.own import may_also
from api.pages.page import Visit
from api.pages.recorded.person import thing
from api.pages.words import pounds
from domain.account.facts import (
    FINANCIAL_ASSESSMENTS,
    BreakRecorded,
    BudgetSet,
    ChargeRaised,
    DisputedThing,
    NeedsAssessed,
    OpeningCarriedIn,
    StatementIssued,
)
from domain.account.state import CareAccount
from domain.account.statement import statement_figures
from domain.words import span

SOME_DAYS = "some-days"
MOST = 12
"""So many entries are offered, the newest; of what is older, the days can be given."""
_OFFERED = (
    NeedsAssessed,
    BudgetSet,
    *FINANCIAL_ASSESSMENTS,
    ChargeRaised,
    BreakRecorded,
    OpeningCarriedIn,
    StatementIssued,
)


def offered(visit: Visit, account: CareAccount, chosen: str = "") -> dict[str, str]:
    """What to choose from, by name: what was chosen, the lines since the last statement, the newest entries, and days.

    Who may not see figures may still ask about days.
    """
    days = {SOME_DAYS: "Some other days"}
    if not may_also(visit, "read_account"):
        return days
    about = thing_named(chosen, account)
    first = {chosen: _capital(in_words(about, account))} if about else {}
    return {**first, **dict(_lines(visit, account)), **dict(_entries(account)), **days}


def name_of_days(change: Change) -> str | None:
    """How a line is named in a form and in an address; None for one that has no days of its own."""
    return f"days.{change.from_}.{change.to}" if change.from_ and change.to else None


def thing_named(name: str, account: CareAccount) -> DisputedThing | None:
    """What a name stands for; None for what is no name, or names what the account does not hold."""
    kind, _, rest = name.partition(".")
    first, _, last = rest.partition(".")
    about = {"entry": {"entry_id": rest}, "days": {"line": {"from": first, "to": last}}}.get(kind)
    try:
        found = DisputedThing.model_validate_json(json.dumps(about))
    except ValidationError:
        return None
    return found if found.entry_id is None or account.entry(found.entry_id) else None


def in_words(about: DisputedThing, account: CareAccount) -> str:
    """What a question is about."""
    if about.line:
        return f"the days {span(about.line.from_, about.line.to)}"
    entry = account.entry(str(about.entry_id))
    assert entry is not None  # a question names an entry of its own account
    return thing(entry.fact, account)


def _lines(visit: Visit, account: CareAccount) -> Iterator[tuple[str, str]]:
    """Each line since the last statement that has days of its own."""
    if account.opened.opened_on > visit.today:
        return
    scheme = visit.council.scheme
    for change in changes(statement_figures(account, scheme, visit.today), account, scheme).rows:
        if name := name_of_days(change):
            yield name, f"{change.days}: {pounds(change.amount)}"


def _entries(account: CareAccount) -> list[tuple[str, str]]:
    """The newest entries that count, as a person knows them."""
    counting = [each for each in account.entries if each.version not in account.voided_by]
    newest = [each for each in reversed(counting) if isinstance(each.fact, _OFFERED)][:MOST]
    return [(f"entry.{entry.id}", _capital(thing(entry.fact, account))) for entry in newest]


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
