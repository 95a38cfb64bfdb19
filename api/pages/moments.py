"""Which day and which moment of knowledge is a staff page asked for?"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from api.pages.asked import Asked, address
from api.pages.page import Visit
from api.pages.words import day_of
from domain.account.state import CareAccount
from domain.dates import instant_text


@dataclass(frozen=True)
class Moment:
    """The day the figures are for, the moment whose knowledge they rest on, and how both stand in an address.

    `asked_known` is the day of knowledge that was asked for, or the very moment as a link names it; None for now.
    """

    on: date
    known_at: datetime
    asked_on: date | None = None
    asked_known: date | str | None = None
    path: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def kept(self) -> dict[str, date | str]:
        """What the links of the page have to carry on."""
        both = {"on": self.asked_on, "known_at": self.asked_known}
        return {name: value for name, value in both.items() if value}

    @property
    def pinned(self) -> dict[str, date | str]:
        """Both dates as they are, so that a link with them shows the same for good."""
        return {"on": self.on, "known_at": instant_text(self.known_at)}

    @property
    def past(self) -> dict[str, Any] | None:
        """What the banner says of a past moment, and the way back to now."""
        if self.asked_known is None:
            return None
        return {"known_at": self.known_at, "now_href": address(self.path, on=self.asked_on, **self.more)}


def moment_asked(visit: Visit, asked: Asked, path: str, **more: Any) -> Moment:
    """The day `on` and the day `known_at` of a form; today and now for what is left out or a mistake.

    As known on a day means at its close; as known today means now. A link may name the very moment instead. `more` is
    what else the page was asked.
    """
    on, exact = asked.day("on"), asked.instant("known_at", visit.latest)
    if exact:
        return Moment(on or visit.today, exact, on, instant_text(exact) if exact < visit.latest else None, path, more)
    known = asked.day("known_at")
    known_at = asked.known("known_at", known, "", visit.latest)
    return Moment(on or visit.today, known_at, on, known if known_at < visit.latest else None, path, more)


def known_account(account: CareAccount, moment: Moment, asked: Asked, name: str = "known_at") -> CareAccount:
    """The account as it was known; where nothing was known of it yet, that is a mistake with how to mend it."""
    then = account.as_known_at(moment.known_at)
    if then is None:
        began = day_of(account.entries[0].recorded_at)
        asked.errors[name] = f"Nothing was recorded of this account by then: enter {began} or a later day"
        return account
    return then
