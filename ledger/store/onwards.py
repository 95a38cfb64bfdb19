"""Where it is kept how accounts go on after their last posting: rows that may be lost, and are then made again."""

from collections.abc import Collection, Iterable
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from uuid import UUID

from psycopg2.extensions import cursor

from domain.account.onward import Onward
from ledger.store.database import Database
from ledger.store.names import CouncilNames


class Onwards:
    """How one council's accounts go on. A row counts while its account stands at its version, under this program."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._schema = names.schema

    def of(self, accounts: Collection[UUID]) -> dict[UUID, tuple[int, Onward]]:
        """How accounts go on, each with its version, where nothing was recorded of them since."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT account_id, version, state FROM {self._schema}.onwards AS held"
                " WHERE account_id = ANY(%s::uuid[]) AND program = %s AND NOT EXISTS"
                f" (SELECT FROM {self._schema}.events WHERE account_id = held.account_id AND version > held.version)",
                ([str(account_id) for account_id in accounts], program()),
            )
            return {UUID(id_): (version, Onward.model_validate_json(state)) for id_, version, state in statements}

    def keep(self, statements: cursor, known: Iterable[tuple[UUID, int, Onward]]) -> None:
        """Keep how accounts go on from a version, in the transaction that brings them to it."""
        rows = [(str(id_), version, onward.model_dump_json()) for id_, version, onward in sorted(known, key=_first)]
        if rows:
            statements.execute(
                f"INSERT INTO {self._schema}.onwards AS held (account_id, version, state, program)"
                " SELECT known.*, %s FROM unnest(%s::uuid[], %s, %s) AS known"
                " ON CONFLICT (account_id) DO UPDATE"
                " SET version = excluded.version, state = excluded.state, program = excluded.program",
                (program(), *map(list, zip(*rows, strict=True))),
            )


def _first(known: tuple[UUID, int, Onward]) -> UUID:
    """One order always, so that nobody waits in a ring."""
    return known[0]


@cache
def program() -> str:
    """A digest of the rules as this program has them: another program may go on otherwise."""
    with resources.as_file(resources.files("domain")) as place:
        return _digest(place)


def _digest(place: Path) -> str:
    digest = sha256()
    for file in sorted(place.rglob("*")):
        if file.suffix in {".py", ".yaml"}:
            digest.update(str(file.relative_to(place)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
