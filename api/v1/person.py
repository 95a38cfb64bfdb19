"""What of a person each role is shown, and which words about them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from api.auth import Identity
from api.policy import SEES_PEOPLE
from ledger.council import Council
from ledger.vault.person import Person


def shown_people(council: Council, account_ids: Collection[UUID], identity: Identity) -> dict[UUID, Person]:
    """The people these accounts are kept for, to the roles that see names; nobody to the others."""
    return council.people.of(account_ids) if identity.role in SEES_PEOPLE else {}


def shown_words(
    council: Council, account_id: UUID, versions: Collection[int] | None, identity: Identity
) -> Mapping[int, Mapping[str, str]]:
    """The words kept for these entries of an account, or for all, by version and field, to the roles that see names.

    Words may tell of care, so that a representative is shown them where their authority covers it.
    """
    return council.people.texts(account_id, versions) if sees_words(identity) else {}


def sees_words(identity: Identity) -> bool:
    """Whether somebody is shown what was written about an account they may open, and the papers sent with it."""
    return identity.role in SEES_PEOPLE and identity.sees_care
