"""Which migrations does a council lack, and how is each applied once, whoever else is at work on the tables?

A migration is a numbered SQL file and one transaction. Workers of an older version go on while it is applied and after
it, unless the word after its number is `contract`: such a one takes away what older programs rest on, so that these
refuse to start.
"""

import hashlib
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from typing import NamedTuple, TypeVar

import psycopg2
from psycopg2.extensions import connection, cursor

from ledger.store.names import CouncilNames

T = TypeVar("T")
Told = Callable[[str, int, int], None]
"""Called with the migration that is about to be applied, how many are done and how many there are to do."""


class Migration(NamedTuple):
    """One file: its name and its text, in which the council's names are left open."""

    name: str
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


class Patience(NamedTuple):
    """How long a migration waits for what others hold: briefly, since whoever comes after it waits behind it."""

    lock_timeout: str = "2s"
    attempts: int = 12
    longest_pause: float = 2.0  # seconds between two attempts


PATIENCE = Patience()


class MigrationChanged(Exception):
    """A migration that was applied reads differently now. Put the file back; a change is a new file."""


class MigrationOutOfOrder(Exception):
    """This migration is new here, and one with a higher number was applied already. Give it the next free number."""


class TablesInUse(Exception):
    """What it needs was in use each time it was tried, so nothing of it was done; what was applied before stays. End
    what runs long on the council's tables, or let another set-up end, and give the same command again.
    """


def nobody(name: str, done: int, to_do: int) -> None:
    """Tells nobody how far the migrations are."""


def bring_up_to_date(
    admin: connection, names: CouncilNames, told: Told = nobody, patience: Patience = PATIENCE
) -> list[str]:
    """Apply what is pending, each file in a transaction of its own; the names of the files.

    Raises MigrationChanged, MigrationOutOfOrder, TablesInUse; what was applied before stays.
    """
    to_do = pending(admin, names)
    for done, migration in enumerate(to_do):
        told(migration.name, done, len(to_do))

        def apply(migration: Migration = migration) -> None:
            with in_turn(admin, patience) as statements:
                statements.execute(f"SET LOCAL ROLE {names.owner}")
                if migration in lacking(statements, names):  # or another set-up applied it meanwhile
                    apply_one(statements, names, migration)

        patiently(apply, migration.name, patience)
    return [migration.name for migration in to_do]


def pending(admin: connection, names: CouncilNames) -> list[Migration]:
    """The migrations that a council lacks, in order. Raises MigrationChanged, MigrationOutOfOrder."""
    with admin, admin.cursor() as statements:
        statements.execute(f"SET LOCAL ROLE {names.owner}")
        return lacking(statements, names)


def lacking(statements: cursor, names: CouncilNames) -> list[Migration]:
    """The migrations that a council lacks, as a transaction of its owner sees it."""
    statements.execute(f"SELECT name, sha256 FROM {names.schema}.migrations")
    applied: dict[str, str] = dict(statements.fetchall())
    for migration in migrations():
        if applied.get(migration.name, migration.digest) != migration.digest:
            raise MigrationChanged(f"{migration.name}: {MigrationChanged.__doc__}")
    found = [migration for migration in migrations() if migration.name not in applied]
    if found and found[0].name < max(applied, default=""):
        raise MigrationOutOfOrder(f"{found[0].name}: {MigrationOutOfOrder.__doc__}")
    return found


def apply_all(statements: cursor, names: CouncilNames, told: Told) -> list[str]:
    """Apply what is pending in the transaction at hand, as suits a council that nobody uses yet."""
    to_do = lacking(statements, names)
    for done, migration in enumerate(to_do):
        told(migration.name, done, len(to_do))
        apply_one(statements, names, migration)
    return [migration.name for migration in to_do]


def apply_one(statements: cursor, names: CouncilNames, migration: Migration) -> None:
    statements.execute(migration.text.format(**names.identifiers()))
    statements.execute(
        f"INSERT INTO {names.schema}.migrations (name, sha256) VALUES (%s, %s)", (migration.name, migration.digest)
    )


@contextmanager
def in_turn(admin: connection, patience: Patience) -> Iterator[cursor]:
    """A transaction of the only set-up that is at work. It ends where it would wait too long for a lock."""
    with admin, admin.cursor() as statements:
        statements.execute("SELECT set_config('lock_timeout', %s, true)", (patience.lock_timeout,))
        statements.execute("SELECT pg_advisory_xact_lock(hashtext('careledger migrations'))")
        yield statements


def patiently(work: Callable[[], T], name: str, patience: Patience) -> T:
    """What the work gives, tried again where somebody held a lock, but not for ever; raises TablesInUse."""
    for attempt in range(patience.attempts):
        time.sleep(random.uniform(0, patience.longest_pause) if attempt else 0)
        try:
            return work()
        except psycopg2.errors.LockNotAvailable:
            continue
    raise TablesInUse(f"{name}: {' '.join((TablesInUse.__doc__ or '').split())}")


def migrations() -> list[Migration]:
    """Every migration in order."""
    files = (resources.files(__package__) / "migrations").iterdir()
    return sorted(Migration(f.name, f.read_text("utf-8")) for f in files if f.name.endswith(".sql"))


def stops_older_programs(name: str) -> bool:
    """Whether a migration takes away what programs rest on that do not know it."""
    return bool(re.match(r"[0-9]{4}_contract_", name))
