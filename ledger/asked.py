"""What can be asked of the ledger many at a time, and what does each request come to?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from domain.account.commands import Command, OpenAccount
from ledger.receipts import Receipt, Request
from ledger.vault.person import Person


@dataclass(frozen=True, slots=True)
class Asked:
    """One request about an account. `texts` are words of it for the vault: by field, for each fact that follows."""

    account_id: UUID
    command: Command
    request: Request
    texts: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True)
class NewAccount:
    """One request to begin an account for a person, under an id that nothing has yet."""

    account_id: UUID
    command: OpenAccount
    request: Request
    person: Person


class Done(NamedTuple):
    """A request that was carried out, now or when it was made before. Where nothing followed, its versions are none."""

    receipt: Receipt
    replayed: bool = False


Answer = Done | Exception
"""What a request came to: it was carried out, or this is why it was refused."""


class NotAll(Exception):
    """Something was refused, so nothing was recorded."""

    def __init__(self, answers: Mapping[int, Answer]) -> None:
        """`answers` says by the number of each request, from 0, what it would have come to."""
        super().__init__(self.__doc__)
        self.answers = answers
