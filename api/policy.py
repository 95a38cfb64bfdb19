"""Who may do what: roles grant verbs, a tie to the account allows them there, everything else is refused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

from domain.account.facts import (
    BY_TOPIC,
    AdjustmentApproved,
    AdjustmentReturned,
    BudgetSet,
    Fact,
    FinancialAssessed,
    FinancialAssessmentImported,
    NeedsAssessed,
    RepresentativeEnded,
    RepresentativeNamed,
)
from domain.law.representation import Authority, Permission

Role = Literal[
    "citizen",
    "representative",
    "assessor",
    "finance",
    "finance_approver",
    "policy",
    "information_governance",
    "auditor",
    "council_admin",
    "machine",
]

Verb = Literal[
    "open_account",
    "record_needs",
    "record_costs",
    "close_account",
    "correct_entry",
    "propose_adjustment",
    "approve_adjustment",
    "raise_dispute",
    "answer_dispute",
    "issue_statement",
    "release_statements",
    "post_periods",
    "reassess",
    "import_rows",
    "commit_imports",
    "read_account",
    "read_council",
    "read_parameters",
    "read_proofs",
    "propose_amounts",
    "approve_amounts",
    "read_policy",
    "read_history",
    "name_representative",
    "record_representative",
    "record_contact",
    "arrange_letters",
    "read_who_looked",
    "read_access_log",
    "draw_samples",
    "verify_log",
    "reveal_name",
    "make_dossier",
    "take_evidence",
]

_READ_THE_LAW: frozenset[Verb] = frozenset({"read_parameters", "read_proofs"})
"""Everybody's, whatever else they may do: the law, and hashes, which tell of nobody."""
_READ_WHO_LOOKED: frozenset[Verb] = frozenset({"read_who_looked", "read_access_log"})
_READ_ALL: frozenset[Verb] = _READ_THE_LAW | {"read_account", "read_history", "read_council"}

WITH_PERMISSIONS: Mapping[Verb, frozenset[Permission]] = {
    "read_account": frozenset({"view_finance"}),
    "read_who_looked": frozenset({"view_finance"}),
    "read_history": frozenset({"view_finance", "view_care"}),
    "raise_dispute": frozenset({"act"}),
    "arrange_letters": frozenset({"act"}),
}
"""What a representative may do, each with all the permissions that it takes. They never add another representative."""

GRANTS: dict[Role, frozenset[Verb]] = {
    "citizen": _READ_THE_LAW
    | {"read_account", "read_history", "read_who_looked", "raise_dispute", "name_representative", "arrange_letters"},
    "representative": _READ_THE_LAW | frozenset(WITH_PERMISSIONS),
    "assessor": frozenset(
        {
            "open_account",
            "record_needs",
            "correct_entry",
            "raise_dispute",
            "import_rows",
            "name_representative",
            "record_representative",
            "record_contact",
            "arrange_letters",
            *_READ_ALL,
        }
    ),
    "finance": frozenset(
        {
            "open_account",
            "record_costs",
            "close_account",
            "correct_entry",
            "propose_adjustment",
            "issue_statement",
            "post_periods",
            "reassess",
            "import_rows",
            "raise_dispute",
            "answer_dispute",
            "name_representative",
            "record_representative",
            "record_contact",
            "arrange_letters",
            "read_policy",
            "make_dossier",
            *_READ_ALL,
        }
    ),
    "finance_approver": frozenset(
        {
            "approve_adjustment",
            "commit_imports",
            "release_statements",
            "answer_dispute",
            "approve_amounts",
            "read_policy",
            "make_dossier",
            *_READ_ALL,
        }
    ),
    "policy": _READ_THE_LAW | {"propose_amounts", "approve_amounts", "read_policy"},
    "information_governance": _READ_THE_LAW | _READ_WHO_LOOKED,
    "auditor": _READ_ALL
    | _READ_WHO_LOOKED
    | {"read_policy", "draw_samples", "verify_log", "reveal_name", "make_dossier", "take_evidence"},
    "council_admin": _READ_THE_LAW,
    "machine": _READ_THE_LAW,  # further scopes are named one by one when there is something to name
}

ROLES: tuple[Role, ...] = tuple(GRANTS)
SEES_PEOPLE: frozenset[Role] = frozenset({"citizen", "representative", "assessor", "finance", "finance_approver"})
"""Roles that are shown names. An auditor reads the same accounts under their references."""

OWN_ACCOUNT_ONLY: frozenset[Role] = frozenset({"citizen", "representative"})

CORRECTS: Mapping[Role, frozenset[type[Fact]]] = {
    "assessor": frozenset(
        {
            NeedsAssessed,
            BudgetSet,
            FinancialAssessmentImported,
            FinancialAssessed,
            RepresentativeNamed,
            RepresentativeEnded,
        }
    ),
    "finance": frozenset(BY_TOPIC.values()) - {AdjustmentApproved, AdjustmentReturned},
}
"""The kinds of entry that a role may correct. Corrections are finance's, also of what others assessed; an approval is
undone by correcting what it approved, and so is what was sent back."""


def may(role: Role, verb: Verb) -> bool:
    """Whether a role grants a verb."""
    return verb in GRANTS[role]


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a representative may see or do for one person, as the account's facts have it.

    `by_death` says that it ended because the person died.
    """

    authority: Authority
    permissions: Collection[Permission]
    effective_from: date
    ending_before: date | None
    by_death: bool = False


Tie = Literal["of the council", "own", "none"] | Mandate
"""What somebody is to an account: an officer of its council, the person themselves, nobody, or who represents them."""


class Decision(Enum):
    """What the policy says."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    ABSENT = "absent"
    NOT_YET = "not yet"
    ENDED = "ended"


def decide(role: Role, verb: Verb, tie: Tie, on: date) -> Decision:
    """The one question of authority: may somebody in a role, tied to an account, do this on a day?"""
    if not may(role, verb):
        return Decision.FORBIDDEN
    if verb in _READ_THE_LAW or (role not in OWN_ACCOUNT_ONLY and tie == "of the council"):
        return Decision.ALLOWED
    if isinstance(tie, Mandate) and role == "representative":
        return _represented(verb, tie, on)
    return Decision.ALLOWED if tie == "own" and role == "citizen" else Decision.ABSENT


def _represented(verb: Verb, mandate: Mandate, on: date) -> Decision:
    """Whether a representative may, whose permissions hold from their first day to the day before their end."""
    if mandate.ending_before is not None and mandate.ending_before <= on:
        return Decision.ENDED
    if on < mandate.effective_from:
        return Decision.NOT_YET
    return Decision.ALLOWED if WITH_PERMISSIONS[verb] <= set(mandate.permissions) else Decision.FORBIDDEN


def may_correct(role: Role, kind: type[Fact]) -> bool:
    """Whether a role may correct an entry of a kind."""
    return kind in CORRECTS.get(role, frozenset())
