"""How is a council had again from its bundles alone, as it was to the last byte of its log?

Everything is checked before anything is let in, and let in by one transaction: what is interrupted has left nothing,
and is given again.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from psycopg2.extensions import connection, cursor

from domain.account.statement import canonical
from ledger.bundle.manifest import MANIFEST, Manifest
from ledger.bundle.places import Bundle, CannotOpen
from ledger.bundle.tables import PEOPLE, WITH_THEIR_ENTRY, Table, folders, tables
from ledger.evidence import verify
from ledger.evidence.checkpoint import Checkpoint
from ledger.evidence.export import CHECKPOINTS, ENTRIES, size_of
from ledger.evidence.note import NotSigned, PublicKey
from ledger.store.copying import copy_in
from ledger.store.evidence_log import EvidenceLog
from ledger.store.forward import PATIENCE, in_turn, nobody
from ledger.store.migrate import Setup, is_there, make_roles, make_tables
from ledger.store.names import CouncilNames

Shown = Callable[[int, int], None]
_AT_A_TIME = 10_000
_SET_UP_WITH_THE_TABLES = {"council", "head"}
"""Tables that have their one row from the start."""
_EVENT = ("account_id", "version", "position", "topic", "state", "recorded_at", "recorded_by", "role", "leaf")
_POLICY_ENTRY = ("stream", "change", "position", "entry", "leaf")


class NotWhole(Exception):
    """What does not hold of the bundles, a line for each."""


class AlreadyThere(Exception):
    """This database keeps the council already, and nothing was changed. Restore it where there is none."""


class Intact(verify.Verification):
    """What verify.py checks, save the totals: what was signed is had again as it was, right or wrong.

    Signatures are checked by a library, since a council has a great many checkpoints.
    """

    def __init__(self, bundles: Sequence[Bundle], key: PublicKey, shown: Shown) -> None:
        super().__init__(bundles[0], verify.key_of(str(key)), *bundles[1:])
        self._public, self._shown = key, shown

    def checkpoints(self) -> Iterator[verify.Checkpoint]:
        for note in notes_in(self.folders):
            try:
                found = Checkpoint.read(note, self._public)
                yield verify.Checkpoint(found.size, found.root, str(found.at))
            except NotSigned as refusal:
                self.wrong.append(str(refusal))

    def stated(self, account_id: str, entries: list[verify.Data]) -> None:
        """Nothing: whoever doubts a total gives the bundle to verify.py."""

    def take(self, line: verify.Line) -> str:
        """As verify.py, and of each account no more is kept than what its next entry is held against."""
        place = super().take(line)
        account_id = line.entry.get("account_id") if isinstance(line.entry, dict) else None  # somebody's own bundle
        if entries := self.accounts.get(str(account_id)):
            entries[-1] = {"recorded_at": entries[-1]["recorded_at"]}
        return place

    def read(self) -> Iterator[verify.Line]:
        of = last_manifest(self.folders, self._public).checkpoint.size
        for done, line in enumerate(super().read(), start=1):
            yield line
            self._shown(done, of)


def notes_in(bundles: Sequence[Bundle]) -> list[str]:
    """The checkpoints of bundles, in order."""
    return [json.loads(line) for each in bundles for line in (each / CHECKPOINTS).read_text("utf-8").splitlines()]


def last_manifest(bundles: Sequence[Bundle], key: PublicKey) -> Manifest:
    """What the last of some bundles says that it is; raises NotSigned, CannotOpen."""
    try:
        return Manifest.read((bundles[-1] / MANIFEST).read_text("utf-8"), key)
    except (OSError, KeyError) as fault:
        raise CannotOpen(f"{bundles[-1]} is no bundle: it has no {MANIFEST}.") from fault


class Restoring(NamedTuple):
    """A council that is had again from bundles, each going on from the one before it."""

    admin: connection
    secret: bytes
    bundles: Sequence[Bundle]
    key: PublicKey

    @property
    def names(self) -> CouncilNames:
        """The council's, whose log the key is of."""
        return CouncilNames(self.key.name.rpartition("/")[2])

    def require_absent(self) -> None:
        """Raises AlreadyThere where the database keeps the council."""
        with self.admin, self.admin.cursor() as statements:
            if is_there(statements, self.names):
                raise AlreadyThere(AlreadyThere.__doc__)

    def verify(self, shown: Shown) -> None:
        """Check that nothing was changed or left out; raises NotWhole, NotSigned, CannotOpen."""
        manifest = last_manifest(self.bundles, self.key)
        if PEOPLE not in {**manifest.files, **manifest.unchanged}:
            raise NotWhole("The bundle holds no people: restore from one that was made for a recipient.")
        found = Intact(self.bundles, self.key, shown)
        found.run()
        if found.wrong:
            raise NotWhole("\n".join(found.wrong))

    def restore(self, shown: Shown) -> int:
        """Have the council again, once everything was checked; how many entries there are. Raises AlreadyThere."""
        size = last_manifest(self.bundles, self.key).checkpoint.size
        with in_turn(self.admin, PATIENCE) as statements:
            make_roles(statements, self.names, self.secret)
            if is_there(statements, self.names):
                raise AlreadyThere(AlreadyThere.__doc__)
            make_tables(statements, self.names, self._setup(), nobody)
            self._entries(statements, size, shown)
            for name, table in self._tables(statements):
                self._table(statements, name, table)
            self._said(statements, size)
        return size

    def _tables(self, statements: cursor) -> list[tuple[str, Table]]:
        """The files of tables, in the order to fill them; raises NotWhole where a bundle has one that is not known."""
        found = [
            (f"{folder}/{table.name}.ndjson", table)
            for folder, schema in folders(self.names, with_people=True)
            for table in tables(statements, schema)
        ]
        held = {name for each in self.bundles for name in last_manifest([each], self.key).files if "/" in name}
        if newer := sorted(held - {name for name, _ in found}):
            raise NotWhole(
                f"The bundle holds {', '.join(newer)}, which this version does not know. Use the one that made it."
            )
        return found

    def _setup(self) -> Setup:
        (row,) = self._rows("tables/council.ndjson")
        return Setup(row["name"], row["scheme"], json.loads(row["face"]))

    def _rows(self, name: str) -> Iterator[Mapping[str, Any]]:
        """The rows of a table: those of the last bundle that has it, or of all where each has what was new."""
        having = [each for each in self.bundles if (each / name).exists()]
        is_by_entry = name.rpartition("/")[2].removesuffix(".ndjson") in WITH_THEIR_ENTRY
        for each in having if is_by_entry else having[-1:]:
            with (each / name).open("rb") as file:
                yield from map(json.loads, file)

    def _entries(self, statements: cursor, size: int, shown: Shown) -> None:
        done = 0
        for some in _portions(self._lines()):
            events = (_event(line) for line in some if "stream" not in line["entry"])
            copy_in(statements, f"{self.names.schema}.events", _EVENT, events)
            changes = (_policy_entry(line) for line in some if "stream" in line["entry"])
            copy_in(statements, f"{self.names.schema}.policy_entries", _POLICY_ENTRY, changes)
            done += len(some)
            shown(done, size)

    def _lines(self) -> Iterator[Any]:
        for each in self.bundles:
            with (each / ENTRIES).open("rb") as file:
                yield from map(json.loads, file)

    def _table(self, statements: cursor, name: str, table: Table) -> None:
        rows, place = self._rows(name), f"{table.schema}.{table.name}"
        if table.name == "head":
            (row,) = rows
            statements.execute(f"UPDATE {place} SET (position, recorded_at) = (%(position)s, %(recorded_at)s)", row)
        elif table.name not in _SET_UP_WITH_THE_TABLES:
            for some in _portions(rows):
                copy_in(statements, place, [f'"{each}"' for each in some[0]], ([*row.values()] for row in some))
            if table.counted:
                _count_on(statements, place, table.counted)

    def _said(self, statements: cursor, size: int) -> None:
        """What was said of the log, and signed."""
        log = EvidenceLog(statements, self.names.schema)
        log.keep_nodes(0, size)
        for note in notes_in(self.bundles):
            log.keep_note(size_of(note), note)


def _portions(rows: Iterator[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    return iter(lambda: list(islice(rows, _AT_A_TIME)), [])


def _event(line: Mapping[str, Any]) -> list[Any]:
    entry = line["entry"]
    given = {**entry, "position": line["position"], "leaf": bytes.fromhex(line["leaf"])}
    given["state"] = canonical(entry["data"])
    return [given[column] for column in _EVENT]


def _policy_entry(line: Mapping[str, Any]) -> list[Any]:
    entry = line["entry"]
    return [entry["stream"], entry["change"], line["position"], canonical(entry), bytes.fromhex(line["leaf"])]


def _count_on(statements: cursor, place: str, column: str) -> None:
    """Have the numbers that are given next come after those that were."""
    statements.execute(
        f'SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max("{column}"), 0) + 1, false) FROM {place}',
        (place, column),
    )
