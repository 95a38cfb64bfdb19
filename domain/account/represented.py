"""Who represents the person on a day, and until when?"""

from datetime import date
from typing import NamedTuple

from domain.account.facts import EntryVoided, RepresentativeEnded, RepresentativeNamed
from domain.account.state import CareAccount, Entry
from domain.dates import FOREVER
from domain.law.representation import ended_by_death


class Represented(NamedTuple):
    """Somebody who was named, and the first day on which they no longer represent the person, if there is one.

    `by_death` says that it ended because the person died.
    """

    entry: Entry
    named: RepresentativeNamed
    ending_before: date | None
    by_death: bool = False

    def begun(self, on: date) -> bool:
        """Whether it has begun by a day."""
        return self.named.effective_from <= on

    def ended(self, on: date) -> bool:
        """Whether it is over on a day."""
        return self.ending_before is not None and self.ending_before <= on

    def gets_copies(self, on: date) -> bool:
        """Whether they are sent copies of letters on a day."""
        return self.begun(on) and not self.ended(on) and "correspond" in self.named.permissions


def representatives(account: CareAccount) -> list[Represented]:
    """Everybody who was named, in order of recording; what was corrected is left out."""
    return [_with_its_end(account, entry, named) for entry, named in account.of(RepresentativeNamed)]


def copied_to(account: CareAccount, on: date) -> list[Represented]:
    """Who is sent a copy of what is written to the person on a day, as their paper or the person says."""
    return [each for each in representatives(account) if each.gets_copies(on)]


def representative(account: CareAccount, entry_id: str) -> Represented | None:
    """Whom an entry named, as it stands now: where it was corrected, what stands in its place. None for none."""
    entry = account.entry(entry_id)
    correction = account.voided_by.get(entry.version) if entry else None
    if correction:
        assert isinstance(correction.fact, EntryVoided)  # nothing else makes an entry void
        return representative(account, correction.fact.replaced_by) if correction.fact.replaced_by else None
    if entry is None or not isinstance(entry.fact, RepresentativeNamed):
        return None
    return _with_its_end(account, entry, entry.fact)


def _with_its_end(account: CareAccount, entry: Entry, named: RepresentativeNamed) -> Represented:
    names = _names(account, entry)
    ends = [end.ending_before for _, end in account.of(RepresentativeEnded) if end.representative in names]
    told = min((*ends, *filter(None, [named.ending_before])), default=FOREVER)
    after = ended_by_death(named.effective_from, _died_on(account)) or FOREVER
    ending_before = min(told, after)
    return Represented(entry, named, None if ending_before == FOREVER else ending_before, by_death=after < told)


def _died_on(account: CareAccount) -> date | None:
    closed = account.closed
    return closed.on if closed and closed.reason == "died" else None


def _names(account: CareAccount, entry: Entry) -> set[str]:
    """The entry, and those in whose place it stands: what ended one of them ended it."""
    found = {str(entry.id)}
    for _, correction in reversed(account.of(EntryVoided)):
        if correction.replaced_by in found:
            found.add(correction.entry_id)
    return found
