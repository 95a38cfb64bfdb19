"""Which entry of a kind is in force on which days: of those that cover a day, the one recorded last."""

from datetime import date

from domain.account.facts import Fact, NeedsAssessed
from domain.account.state import CareAccount, Entry
from domain.dates import FOREVER, Stretch, latest_in_force


def stretches(account: CareAccount, kind: type[Fact]) -> list[Stretch[Entry]]:
    """The days of each entry of a kind. A self-assessment that no professional confirmed counts as nothing."""
    return latest_in_force(
        Stretch(fact.effective_from, getattr(fact, "ending_before", None) or FOREVER, entry)
        for entry, fact in account.of(kind)
        if not isinstance(fact, NeedsAssessed) or fact.confirmed
    )


def entry_on(account: CareAccount, kind: type[Fact], day: date) -> Entry | None:
    """The entry of a kind in force on the day, if any."""
    return next((s.value for s in stretches(account, kind) if s.first <= day < s.ending_before), None)
