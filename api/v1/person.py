"""What of a person each role is shown."""

from collections.abc import Collection
from uuid import UUID

from api.auth import Identity
from api.policy import SEES_PEOPLE
from ledger.council import Council
from ledger.vault.person import Person


def shown_people(council: Council, account_ids: Collection[UUID], identity: Identity) -> dict[UUID, Person]:
    """The people these accounts are kept for, to the roles that see names; nobody to the others."""
    return council.people.of(account_ids) if identity.role in SEES_PEOPLE else {}
