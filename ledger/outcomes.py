"""What a request to the ledger can come to: an outcome, an effect, or a refusal of the ledger's own."""

from dataclasses import dataclass
from typing import NamedTuple

from domain.account.state import CareAccount, Entry


class Receipted(NamedTuple):
    """Where an entry stands in the council's evidence log, and its hash there, in hex.

    There is none yet where an older version of the program recorded the entry.
    """

    position: int
    leaf: str | None


class NoSuchAccount(Exception):
    """The council keeps no such account."""


class AccountExists(Exception):
    """The council already keeps an account for this local_id. Search for it, and record there."""


class Stale(Exception):
    """The account has changed since the version you named. Read it again, and decide again."""


class TooManyAtOnce(Exception):
    """Others kept changing this account while this was being decided. Nothing was recorded: send it again."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and in which role."""

    sub: str
    role: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a request brought about: the account after it, the entries it added, and where the first of them stands."""

    account: CareAccount
    entries: tuple[Entry, ...]
    receipted: Receipted | None = None
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What a request would bring about."""

    before: CareAccount
    after: CareAccount
