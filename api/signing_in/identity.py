"""As whom does somebody sign in of whom an issuer, or a letter, says who they are?"""

from collections.abc import Mapping
from typing import Any

from api.auth import Identity, of_claims
from api.policy import Role
from api.signing_in.providers import Provider
from ledger.council import Council
from ledger.vault.signing_in.letter_codes import LetIn
from ledger.vault.signing_in.sessions import AtIssuer


class NoRoleHere(Exception):
    """Your work account has no role in this service. Ask who looks after roles in your council."""


class SeveralRoles(Exception):
    """Your work account has several roles here, and one person has one. Ask who looks after roles in your council."""


def of_staff(provider: Provider, claims: Mapping[str, Any]) -> Identity:
    """Whom an issuer of staff vouches for, in the one role that its groups or app roles come to.

    Raises NoRoleHere, SeveralRoles, NotVouchedFor.
    """
    said = claims.get(provider.role_claim or "", [])
    values = {said} if isinstance(said, str) else set(map(str, said)) if isinstance(said, list) else set()
    roles = {role for value, role in provider.roles.items() if value in values}
    if not roles:
        raise NoRoleHere(NoRoleHere.__doc__)
    if len(roles) > 1:
        raise SeveralRoles(SeveralRoles.__doc__)
    return of_claims({"sub": claims.get(provider.subject_claim), "council": provider.council, "roles": list(roles)})


def of_citizen(council: Council, at_issuer: AtIssuer) -> Identity | None:
    """Whom an issuer of citizens vouches for; None where no letter has linked them to an account yet."""
    found = council.issuer_subjects.of(at_issuer.issuer, at_issuer.subject)
    return of_account(council, found, "account") if found else None


def of_account(council: Council, to: LetIn, way: str) -> Identity:
    """The person an account is kept for, or who acts for them, and by which way they came in."""
    reference = council.ledger.account(to.account_id).opened.reference
    role: Role = "representative" if to.authority else "citizen"
    return Identity(f"{way}:{reference}", council.code, role, to.account_id, to.authority)
