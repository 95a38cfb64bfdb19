"""How are a council's roles, schemas and tables made?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from psycopg2.extensions import connection, cursor

from ledger.secret import role_password
from ledger.store.forward import PATIENCE, Patience, Told, apply_all, bring_up_to_date, in_turn, nobody, patiently
from ledger.store.names import CouncilNames


@dataclass(frozen=True, slots=True)
class Setup:
    """What a council is called, which scheme it has adopted, and how it shows itself to people."""

    name: str
    scheme: str
    face: Mapping[str, object] = field(default_factory=dict)


def create_council(
    admin: connection,
    names: CouncilNames,
    secret: bytes,
    setup: Setup,
    told: Told = nobody,
    patience: Patience = PATIENCE,
) -> list[str]:
    """Make a council, or bring its tables up to date; the names of the migrations that were applied.

    `admin` may create roles and schemas. Raises what `bring_up_to_date` does.
    """

    def make() -> list[str]:
        with in_turn(admin, patience) as statements:
            make_roles(statements, names, secret)
            return [] if is_there(statements, names) else make_tables(statements, names, setup, told)

    return patiently(make, names.schema, patience) + bring_up_to_date(admin, names, told, patience)


def make_roles(statements: cursor, names: CouncilNames, secret: bytes) -> None:
    """The council's database roles, those that a newer version needs among them."""
    for role, may_sign_in in (
        (names.owner, False),
        (names.keeper, False),
        (names.app, True),
        (names.projector, True),
        (names.verifier, True),
    ):
        statements.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,))
        if not statements.fetchone():
            statements.execute(f"CREATE ROLE {role} NOINHERIT")
        if may_sign_in:
            statements.execute(f"ALTER ROLE {role} LOGIN PASSWORD %s", (role_password(secret, role),))
    statements.execute(f"GRANT {names.keeper} TO {names.app}")
    statements.execute(f"GRANT {names.owner} TO CURRENT_USER")


def is_there(statements: cursor, names: CouncilNames) -> bool:
    statements.execute(
        "SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
        " WHERE nspname = %s AND relname = 'migrations'",
        (names.schema,),
    )
    return statements.fetchone() is not None


def make_tables(statements: cursor, names: CouncilNames, setup: Setup, told: Told) -> list[str]:
    """Every table of a new council in one transaction, so that nobody meets half of one."""
    for schema in (names.schema, names.vault):
        statements.execute(f"CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {names.owner}")
    statements.execute(f"SET LOCAL ROLE {names.owner}")
    statements.execute(
        f"CREATE TABLE {names.schema}.migrations"
        " (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())"
    )
    applied = apply_all(statements, names, told)
    statements.execute(
        f"INSERT INTO {names.schema}.council (code, name, scheme, face) VALUES (%s, %s, %s, %s)",
        (names.code, setup.name, setup.scheme, json.dumps(setup.face)),
    )
    return applied
