"""As known at which past moment is an account looked at by an auditor?"""

from dataclasses import dataclass
from datetime import date, datetime

from api.pages.asked import Asked
from api.pages.page import Visit
from api.pages.words import day_of
from domain.account.state import CareAccount
from domain.dates import day_in_london


@dataclass(frozen=True)
class Then:
    """An account as it was known at a moment, and whether that moment is past."""

    account: CareAccount
    known_at: datetime
    past: bool


def then_asked(visit: Visit, newest: CareAccount, asked: Asked, prefix: str = "") -> Then:
    """The account as an entry left it, or as known on a day and time; now where neither was asked for. A link may name
    the very moment instead.

    `prefix` stands before the names of the fields, where a page asks for more than one moment.
    """
    version = asked.number(f"{prefix}version", newest.version)
    exact = asked.instant(f"{prefix}known_at", visit.latest)
    if exact:
        return _known(newest, exact, visit.latest, asked, f"{prefix}known_at")
    known = asked.day_in_boxes(f"{prefix}known_at")
    if version:
        entry = newest.entries[version - 1]
        return Then(newest.first(version), entry.recorded_at, version < newest.version)
    at = asked.text(f"{prefix}time")
    if at and not known:
        asked.errors.setdefault(f"{prefix}known_at", "Enter the day as well as the time")
    known_at = asked.known(f"{prefix}known_at", known, at, visit.latest)
    return _known(newest, known_at, visit.latest, asked, f"{prefix}known_at")


def day_of_then(visit: Visit, then: Then) -> date:
    """The day of the figures where none was asked for: that of the moment, so that the page is as it was."""
    return day_in_london(then.known_at) if then.past else visit.today


def _known(newest: CareAccount, known_at: datetime, latest: datetime, asked: Asked, name: str) -> Then:
    account = newest.as_known_at(known_at)
    if account is None:
        began = day_of(newest.entries[0].recorded_at)
        asked.errors[name] = f"Nothing was recorded of this account by then: enter {began} or a later day"
        return Then(newest, latest, False)
    return Then(account, known_at, known_at < latest)
