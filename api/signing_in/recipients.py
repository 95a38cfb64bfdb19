"""Who may be sent a code for an account, and how are they written to?"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.account.represented import representative, representatives
from domain.account.state import CareAccount
from ledger.council import Council


class NoSuchRecipient(ValueError):
    """This entry names nobody who may see the account today: name them first, or leave --authority out."""


class Recipient(NamedTuple):
    """The person an account is kept for, or somebody who represents them by an authority."""

    authority: UUID | None
    name: str | None
    address: Sequence[str] = ()


def recipients(council: Council, account: CareAccount, on: date) -> list[Recipient]:
    """The person, and whoever represents them on a day or from a later one on."""
    person = council.people.of([account.id])[account.id]
    names = council.people.texts(account.id)
    helping = [each for each in representatives(account) if not each.ended(on)]
    return [
        Recipient(None, person.name, person.contact.address),
        *(Recipient(each.entry.id, names.get(each.entry.version, {}).get("name")) for each in helping),
    ]


def recipient(council: Council, account: CareAccount, authority: UUID | None, on: date) -> Recipient:
    """The one whom an entry names, as it stands now, or the person; raises NoSuchRecipient."""
    stands = representative(account, str(authority)) if authority else None
    wanted = stands.entry.id if stands else authority
    for each in recipients(council, account, on):
        if each.authority == wanted:
            return each
    raise NoSuchRecipient(NoSuchRecipient.__doc__)
