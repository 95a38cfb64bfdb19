"""Who may do what: roles grant verbs, everything else is refused."""

from typing import Literal

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
    "issue_statement",
    "read_account",
    "read_council",
    "read_parameters",
]

_READ_ALL: frozenset[Verb] = frozenset({"read_account", "read_council", "read_parameters"})

GRANTS: dict[Role, frozenset[Verb]] = {
    "citizen": frozenset({"read_account", "read_parameters"}),
    "representative": frozenset(),  # nothing until a representative's authority can be recorded and checked
    "assessor": frozenset({"open_account", "record_needs", *_READ_ALL}),
    "finance": frozenset({"open_account", "record_costs", "close_account", "issue_statement", *_READ_ALL}),
    "finance_approver": _READ_ALL,
    "policy": frozenset({"read_parameters"}),
    "information_governance": frozenset(),
    "auditor": _READ_ALL,
    "council_admin": frozenset(),
    "machine": frozenset(),  # scopes are named one by one when there is something to name
}

ROLES: tuple[Role, ...] = tuple(GRANTS)
SEES_PEOPLE: frozenset[Role] = frozenset({"citizen", "assessor", "finance", "finance_approver"})
"""Roles that are shown names. An auditor reads the same accounts under their references."""

OWN_ACCOUNT_ONLY: frozenset[Role] = frozenset({"citizen", "representative"})


def may(role: Role, verb: Verb) -> bool:
    """Whether a role grants a verb."""
    return verb in GRANTS[role]
