"""Who may be sent a code for an account, and how are they written to?"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.account.represented import representative, representatives
from domain.account.state import CareAccount
from ledger.council import Council


class NoSuchRecipient(ValueError):
    """This entry names nobody who may see the account today: name them first, or leave --authority out."""


class Recipient(NamedTuple):
    """The person an account is kept for, or somebody who represents them by an authority; `address` line by line."""

    authority: UUID | None
    name: str | None
    address: Sequence[str] = ()


def recipients(council: Council, account: CareAccount, on: date) -> list[Recipient]:
    """The person, and whoever represents them on a day or from a later one on."""
    person = council.people.of([account.id])[account.id]
    words = council.people.texts(account.id)
    helping = [each.entry for each in representatives(account) if not each.ended(on)]
    return [
        Recipient(None, person.name, person.contact.address),
        *(_helping(entry.id, words.get(entry.version, {})) for entry in helping),
    ]


def _helping(authority: UUID, words: Mapping[str, str]) -> Recipient:
    return Recipient(authority, words.get("name"), words.get("address", "").splitlines())


def recipient(council: Council, account: CareAccount, authority: UUID | None, on: date) -> Recipient:
    """The one whom an entry names, as it stands now, or the person; raises NoSuchRecipient."""
    stands = representative(account, str(authority)) if authority else None
    wanted = stands.entry.id if stands else authority
    for each in recipients(council, account, on):
        if each.authority == wanted:
            return each
    raise NoSuchRecipient(NoSuchRecipient.__doc__)
