"""What an account's entries amount to: the account as it stands, or as it was known to stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar
from uuid import UUID, uuid5

from domain.account.facts import AccountClosed, AccountOpened, Fact, StatementIssued

F = TypeVar("F", bound=Fact)


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
        """The entries of one kind of fact, in order of recording, each with its fact."""
        return [(entry, entry.fact) for entry in self.entries if isinstance(entry.fact, kind)]

    @cached_property
    def opened(self) -> AccountOpened:
        return self.of(AccountOpened)[0][1]

    @cached_property
    def closed(self) -> AccountClosed | None:
        """The closure in force, if any: the one recorded last."""
        closures = self.of(AccountClosed)
        return closures[-1][1] if closures else None

    @cached_property
    def last_statement(self) -> tuple[Entry, StatementIssued] | None:
        statements = self.of(StatementIssued)
        return statements[-1] if statements else None

    def as_known_at(self, instant: datetime) -> "CareAccount | None":
        """The account as its entries recorded at or before the instant leave it; None when there were none."""
        return fold(entry for entry in self.entries if entry.recorded_at <= instant)


def fold(entries: Iterable[Entry]) -> CareAccount | None:
    """The account these entries amount to; None when there are none."""
    known = tuple(entries)
    return CareAccount(known) if known else None
