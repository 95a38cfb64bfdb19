"""What an account's entries amount to: the account as it stands, or as it was known to stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import TypeVar, cast
from uuid import UUID, uuid5

from domain.account.facts import (
    AccountClosed,
    AccountOpened,
    AccountReopened,
    EntryVoided,
    Fact,
    PeriodPosted,
    StatementIssued,
)

F = TypeVar("F", bound=Fact)


@lru_cache(maxsize=8192)  # an explanation names the same entry at each of its stretches
def entry_id(account_id: UUID, version: int) -> UUID:
    """The name of one entry: it follows from the account and the version, so it needs no keeping."""
    return uuid5(account_id, f"entry {version}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an account's ledger: a fact, its place, and who recorded it when."""

    account_id: UUID
    version: int
    fact: Fact
    recorded_at: datetime
    recorded_by: str
    role: str

    @property
    def id(self) -> UUID:
        return entry_id(self.account_id, self.version)

    @property
    def stored_form(self) -> tuple[str, object]:
        """The topic and the data that the entry is stored under, which its hash covers."""
        return self.fact.TOPIC, self.fact.model_dump(mode="json", by_alias=True)


@dataclass(frozen=True)
class CareAccount:
    """The account that some entries, in order of version from 1, amount to."""

    entries: tuple[Entry, ...]

    @property
    def id(self) -> UUID:
        return self.entries[0].account_id

    @property
    def version(self) -> int:
        return self.entries[-1].version

    def of(self, kind: type[F]) -> Sequence[tuple[Entry, F]]:
        """The entries of one kind of fact that count, in order of recording, each with its fact."""
        return cast(Sequence[tuple[Entry, F]], self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> Mapping[type[Fact], list[tuple[Entry, Fact]]]:
        found: dict[type[Fact], list[tuple[Entry, Fact]]] = {}
        for entry in self.entries:
            if entry.version not in self.voided_by:
                found.setdefault(type(entry.fact), []).append((entry, entry.fact))
        return found

    @cached_property
    def voided_by(self) -> Mapping[int, Entry]:
        """Which entries count as nothing, by version, each with the correction that says so.

        A correction stands after what it corrects, so going backwards each is known to count before it is applied.
        One that was itself corrected leaves its target standing and takes its own replacement along.
        """
        found: dict[int, Entry] = {}
        for entry in reversed(self.entries):
            if isinstance(entry.fact, EntryVoided):
                undone = found.get(entry.version)
                if undone is None:
                    found.setdefault(entry.fact.version, entry)
                elif entry.fact.replaced_by:
                    found.setdefault(entry.version + 1, undone)
        return found

    def entry(self, wanted: str) -> Entry | None:
        """The entry of this id, void or not."""
        return self._by_id.get(wanted)

    @cached_property
    def _by_id(self) -> Mapping[str, Entry]:
        return {str(entry.id): entry for entry in self.entries}

    @cached_property
    def opened(self) -> AccountOpened:
        """The opening that counts; the first one while the replacement of a corrected one is still to come."""
        counting = self.of(AccountOpened)
        first = self.entries[0].fact
        assert isinstance(first, AccountOpened)  # no other fact begins an account
        return counting[-1][1] if counting else first

    @cached_property
    def closed(self) -> AccountClosed | None:
        """The closure in force, if any: the one recorded last, unless the account was opened again since."""
        closures, reopenings = self.of(AccountClosed), self.of(AccountReopened)
        if not closures or (reopenings and reopenings[-1][0].version > closures[-1][0].version):
            return None
        return closures[-1][1]

    @cached_property
    def last_statement(self) -> tuple[Entry, StatementIssued] | None:
        statements = self.of(StatementIssued)
        return statements[-1] if statements else None

    @cached_property
    def last_posting(self) -> tuple[Entry, PeriodPosted] | None:
        postings = self.of(PeriodPosted)
        return postings[-1] if postings else None

    @property
    def posted_through(self) -> date | None:
        """The last day whose costs have been posted."""
        return self.last_posting[1].through if self.last_posting else None

    def as_known_at(self, instant: datetime) -> "CareAccount | None":
        """The account as its entries recorded at or before the instant leave it; None when there were none."""
        return fold(entry for entry in self.entries if entry.recorded_at <= instant)

    def first(self, version: int) -> "CareAccount":
        """The account as it stood at a version."""
        return CareAccount(self.entries[:version])


def fold(entries: Iterable[Entry]) -> CareAccount | None:
    """The account these entries amount to; None when there are none."""
    known = tuple(entries)
    return CareAccount(known) if known else None
