"""How a council's tables are made and brought up to date: numbered SQL, forward only, each file applied once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources

from psycopg2.extensions import connection

from ledger.secret import role_password
from ledger.store.names import CouncilNames


@dataclass(frozen=True, slots=True)
class Setup:
    """What a council is called, which scheme it has adopted, and how it shows itself to people."""

    name: str
    scheme: str
    face: Mapping[str, object] = field(default_factory=dict)


class MigrationChanged(Exception):
    """A migration that was applied reads differently now. Put the file back; a change is a new file."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: {self.__doc__}")


def create_council(admin: connection, names: CouncilNames, secret: bytes, setup: Setup) -> None:
    """Make a council's roles, schemas and tables, or bring them up to date. `admin` may create roles and schemas."""
    with admin, admin.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('careledger migrations'))")
        _make_roles(admin, names, secret)
        for schema in (names.schema, names.vault):
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {names.owner}")
        cursor.execute(f"SET LOCAL ROLE {names.owner}")
        cursor.execute("SET LOCAL lock_timeout = '5s'")
        _apply_all(admin, names)
        cursor.execute(
            f"INSERT INTO {names.schema}.council (code, name, scheme, face) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            (names.code, setup.name, setup.scheme, json.dumps(setup.face)),
        )


def _make_roles(admin: connection, names: CouncilNames, secret: bytes) -> None:
    with admin.cursor() as cursor:
        for role, may_sign_in in (
            (names.owner, False),
            (names.keeper, False),
            (names.app, True),
            (names.projector, True),
        ):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,))
            if not cursor.fetchone():
                cursor.execute(f"CREATE ROLE {role} NOINHERIT")
            if may_sign_in:
                cursor.execute(f"ALTER ROLE {role} LOGIN PASSWORD %s", (role_password(secret, role),))
        cursor.execute(f"GRANT {names.keeper} TO {names.app}")
        cursor.execute(f"GRANT {names.owner} TO CURRENT_USER")


def _apply_all(admin: connection, names: CouncilNames) -> None:
    with admin.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS {names.schema}.migrations"
            " (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())"
        )
        cursor.execute(f"SELECT name, sha256 FROM {names.schema}.migrations")
        applied = dict(cursor.fetchall())
        for name, text in migrations():
            digest = hashlib.sha256(text.encode()).hexdigest()
            if applied.get(name, digest) != digest:
                raise MigrationChanged(name)
            if name not in applied:
                cursor.execute(text.format(**names.identifiers()))
                cursor.execute(f"INSERT INTO {names.schema}.migrations (name, sha256) VALUES (%s, %s)", (name, digest))


def migrations() -> list[tuple[str, str]]:
    """Every migration in order: its file's name and its text."""
    files = (resources.files(__package__) / "migrations").iterdir()
    return sorted((f.name, f.read_text("utf-8")) for f in files if f.name.endswith(".sql"))
