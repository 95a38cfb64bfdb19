"""Who may do what: roles grant verbs, everything else is refused."""

from collections.abc import Mapping
from typing import Literal

from domain.account.facts import (
    BY_TOPIC,
    AdjustmentApproved,
    BudgetSet,
    Fact,
    FinancialAssessed,
    FinancialAssessmentImported,
    NeedsAssessed,
)

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
    "read_account",
    "read_council",
    "read_parameters",
    "propose_amounts",
    "approve_amounts",
    "read_policy",
    "read_who_looked",
    "read_access_log",
]

_READ_THE_LAW: frozenset[Verb] = frozenset({"read_parameters"})  # everybody's, whatever else they may do
_READ_WHO_LOOKED: frozenset[Verb] = frozenset({"read_who_looked", "read_access_log"})
_READ_ALL: frozenset[Verb] = frozenset({"read_account", "read_council", "read_parameters"})

GRANTS: dict[Role, frozenset[Verb]] = {
    "citizen": frozenset({"read_account", "read_parameters", "read_who_looked", "raise_dispute"}),
    "representative": _READ_THE_LAW,  # no account until a representative's authority can be recorded and checked
    "assessor": frozenset(
        {"open_account", "record_needs", "correct_entry", "raise_dispute", "import_rows", *_READ_ALL}
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
            "read_policy",
            *_READ_ALL,
        }
    ),
    "finance_approver": frozenset(
        {"approve_adjustment", "release_statements", "answer_dispute", "approve_amounts", "read_policy", *_READ_ALL}
    ),
    "policy": frozenset({"propose_amounts", "approve_amounts", "read_policy", "read_parameters"}),
    "information_governance": _READ_THE_LAW | _READ_WHO_LOOKED,
    "auditor": _READ_ALL | _READ_WHO_LOOKED | {"read_policy"},
    "council_admin": _READ_THE_LAW,
    "machine": _READ_THE_LAW,  # further scopes are named one by one when there is something to name
}

ROLES: tuple[Role, ...] = tuple(GRANTS)
SEES_PEOPLE: frozenset[Role] = frozenset({"citizen", "assessor", "finance", "finance_approver"})
"""Roles that are shown names. An auditor reads the same accounts under their references."""

OWN_ACCOUNT_ONLY: frozenset[Role] = frozenset({"citizen", "representative"})

CORRECTS: Mapping[Role, frozenset[type[Fact]]] = {
    "assessor": frozenset({NeedsAssessed, BudgetSet, FinancialAssessmentImported, FinancialAssessed}),
    "finance": frozenset(BY_TOPIC.values()) - {AdjustmentApproved},
}
"""The kinds of entry that a role may correct. Corrections are finance's, also of what others assessed; an approval is
undone by correcting what it approved."""


def may(role: Role, verb: Verb) -> bool:
    """Whether a role grants a verb."""
    return verb in GRANTS[role]


def may_correct(role: Role, kind: type[Fact]) -> bool:
    """Whether a role may correct an entry of a kind."""
    return kind in CORRECTS.get(role, frozenset())
