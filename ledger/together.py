"""How are many accounts done together: read by one query, decided in memory, kept in one transaction?

Nothing is locked while accounts are decided, so those who share the work do not wait for each other. Whoever comes
second to an account finds its version taken: then that account is decided again, and what was decided of the others
stands.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, NamedTuple, Protocol, TypeVar
from uuid import UUID

from eventsourcing.persistence import IntegrityError
from psycopg2.extensions import cursor

from domain.account.decisions import Facts
from domain.account.facts import Fact
from domain.account.state import CareAccount
from ledger.application import ATTEMPTS, CareAccountLedger, Read, step_aside
from ledger.outcomes import Caller, TooManyAtOnce
from ledger.store.database import OutcomeUnknown, StoreUnavailable

READ = 500
"""So many accounts are read by one query, and held in memory until they are decided."""
_LOSSES = 3
"""After so many some accounts are halved, so that one that keeps changing holds up few others."""


class Came(Protocol):
    """What comes of an account: facts to record, if any, and whatever else the work knows it by."""

    @property
    def facts(self) -> Facts: ...


C = TypeVar("C", bound=Came)


class OfAccount(NamedTuple, Generic[C]):
    """What came of an account, decided upon a version of it: 0 where it is yet to be opened."""

    account_id: UUID
    version: int
    came: C


class Work(Protocol[C]):
    """What is done to each account, and how it is known to be done. Unless it says otherwise, all of each is read."""

    def left(self, accounts: Sequence[UUID]) -> list[UUID]:
        """Those of the accounts that are not done yet."""

    def unread(self, accounts: Sequence[UUID]) -> Mapping[UUID, OfAccount[C]]:
        """What comes of those accounts that need not be read for it."""
        return {}

    def kinds(self, accounts: Sequence[UUID]) -> Collection[type[Fact]] | None:
        """The kinds of fact that have to be read of accounts to decide; None for all."""
        return None

    def decide(self, account_id: UUID, account: CareAccount | None, version: int, now: datetime) -> C:
        """What comes of an account as it stands at a version, or of one that is yet to be opened."""

    def stopped(self, account_id: UUID, fault: Exception) -> C:
        """What comes of an account that a fault keeps from being done."""

    def keep(self, statements: cursor, of_accounts: Sequence[OfAccount[C]], now: datetime) -> None:
        """Write what is kept beside the facts, in their transaction, and in one order, so that none waits in a ring."""


@dataclass(frozen=True, slots=True)
class Together(Generic[C]):
    """One kind of work, done to many accounts at a time."""

    ledger: CareAccountLedger
    work: Work[C]
    by: Caller

    def do(self, accounts: Sequence[UUID], now: datetime) -> list[OfAccount[C]]:
        """Do every account; what came of those that were left to do, once it is recorded.

        What stops one is noted for it alone, and the others are done. Raises StoreUnavailable.
        """
        try:
            return self.do_as_one(accounts, now, ATTEMPTS if len(accounts) == 1 else _LOSSES)
        except StoreUnavailable:
            raise
        except Exception as fault:
            if len(accounts) == 1:
                return self._noted(accounts[0], fault, now)
            middle = len(accounts) // 2
            return self.do(accounts[:middle], now) + self.do(accounts[middle:], now)

    def do_as_one(self, accounts: Sequence[UUID], now: datetime, attempts: int = ATTEMPTS) -> list[OfAccount[C]]:
        """Do all of the accounts in one transaction. Raises TooManyAtOnce, StoreUnavailable, and what `keep` raises."""
        decided: dict[UUID, OfAccount[C]] = {}
        for losses in range(attempts):
            step_aside(losses)
            left = self.work.left(accounts)
            stands = self._unchanged(decided)
            decided = stands | self._decided([account_id for account_id in left if account_id not in stands], now)
            of_accounts = [decided[account_id] for account_id in left]
            if not of_accounts or self._kept(of_accounts, now):
                return of_accounts
        raise TooManyAtOnce(TooManyAtOnce.__doc__)

    def _unchanged(self, decided: Mapping[UUID, OfAccount[C]]) -> dict[UUID, OfAccount[C]]:
        """What was decided of accounts that stand as they stood then."""
        versions = self.ledger.recorder.versions(decided) if decided else {}
        return {account_id: each for account_id, each in decided.items() if versions.get(account_id, 0) == each.version}

    def _decided(self, accounts: Sequence[UUID], now: datetime) -> dict[UUID, OfAccount[C]]:
        found: dict[UUID, OfAccount[C]] = {}
        for start in range(0, len(accounts), READ):
            some = accounts[start : start + READ]
            unread = self.work.unread(some)
            to_read = [account_id for account_id in some if account_id not in unread]
            read = self.ledger.read(to_read, self.work.kinds(to_read)) if to_read else {}
            found |= unread
            found.update((account_id, self._of(account_id, read.get(account_id), now)) for account_id in to_read)
        return found

    def _of(self, account_id: UUID, read: Read | None, now: datetime) -> OfAccount[C]:
        version = read.version if read else 0
        try:
            came = self.work.decide(account_id, read.fold() if read else None, version, now)
        except StoreUnavailable:
            raise
        except Exception as fault:
            came = self.work.stopped(account_id, fault)
        return OfAccount(account_id, version, came)

    def _kept(self, of_accounts: Sequence[OfAccount[C]], now: datetime) -> bool:
        """Whether all was recorded; where it may not have been, all has to be looked at again."""
        try:
            self._append(of_accounts, now)
        except (IntegrityError, OutcomeUnknown):
            return False
        return True

    def _noted(self, account_id: UUID, fault: Exception, now: datetime) -> list[OfAccount[C]]:
        """Keep that a fault stopped an account, unless somebody else did it meanwhile."""
        stopped = [OfAccount(account_id, 0, self.work.stopped(account_id, fault))]
        with suppress(IntegrityError):
            self._append(stopped, now)
        return stopped

    def _append(self, of_accounts: Sequence[OfAccount[C]], now: datetime) -> None:
        decided = ((each.account_id, each.version, each.came.facts) for each in of_accounts)

        def the_rest_first(statements: cursor) -> None:
            self.work.keep(statements, of_accounts, now)

        self.ledger.append(decided, by=self.by, now=now, before=the_rest_first)
