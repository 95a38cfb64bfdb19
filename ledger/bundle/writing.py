"""How is a bundle written: the log, what else a council has recorded, and a signed list of all that?

All of it is of one moment, at which the log is signed. Nobody waits for it: what is recorded meanwhile is in the next.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from psycopg2.extensions import connection, cursor

from domain.account.statement import canonical
from domain.dates import instant_text
from ledger.bundle.manifest import MANIFEST, NO_BUNDLE, Manifest, digest_of
from ledger.bundle.tables import PEOPLE, WITH_THEIR_ENTRY, New, Table, folders, lines, tables
from ledger.council import Council
from ledger.evidence.checkpointing import Signing, require_grown
from ledger.evidence.export import (
    Files,
    Shown,
    lines_of_account,
    lines_of_all,
    size_of,
    write_entries,
    write_proof,
)
from ledger.evidence.note import PublicKey, signed
from ledger.store.evidence_log import EvidenceLog
from ledger.store.names import CouncilNames

STATEMENTS = "statements.ndjson"
Readable = Callable[[datetime], Mapping[str, Iterable[bytes]]]
"""Files that people read, of what was known at a moment, by their names."""


class Asked(NamedTuple):
    """What a bundle is to hold: of one account or of all, with people's names or without, and what it goes on from."""

    account_id: UUID | None = None
    with_people: bool = False
    after: str | None = None
    """The manifest of an earlier bundle: then only what came since."""


class Signed:
    """Files of which each is noted by its digest."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.digests: dict[str, str] = {}

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        digest = hashlib.sha256()

        def noted() -> Iterator[bytes]:
            for part in parts:
                digest.update(part)
                yield part

        self._files.add(name, noted())
        self.digests[name] = digest.hexdigest()


class AnotherKind(ValueError):
    """The earlier bundle holds people's names where this one is to hold none, or none where this one is to."""


class Writing(NamedTuple):
    """Whoever writes bundles of one council: as its tables' owner, and with the key of its log."""

    council: Council
    admin: connection
    signing: Signing

    def write(self, files: Files, asked: Asked, readable: Readable, now: datetime, shown: Shown) -> Manifest:
        """Write a bundle, and keep what was signed for it.

        Raises AnotherKind, Inconsistent, NoHashYet, NotSigned.
        """
        names, signer = self.council.names, self.signing.signer
        with self.admin, self.admin.cursor() as statements:
            log = EvidenceLog.at_one_moment(statements, names.schema)
            statements.execute(f"SET LOCAL ROLE {names.owner}; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'")
            checkpoint = self.signing.stand(log, now)
            earlier = _earlier(asked.after, signer.public(), log)
            part = _Part(self.admin, names, Signed(files), log, earlier)
            notes = log.notes()
            is_new = not notes or size_of(notes[-1]) < checkpoint.size
            notes += [signed(checkpoint.text, signer)] if is_new else []
            part.log_of(asked.account_id, statements, shown)
            write_proof(part.files, (note for note in notes if size_of(note) > part.first), signer.public())
            unchanged = {} if asked.account_id else part.tables(statements, asked.with_people)
            for name, parts in readable(_known_at(statements, names.schema)).items():
                part.files.add(name, parts)
        after = digest_of(asked.after) if asked.after else NO_BUNDLE
        manifest = Manifest(checkpoint, part.first, after, part.files.digests, unchanged)
        files.add(MANIFEST, [manifest.signed(signer).encode()])
        if is_new:
            self.signing.keep(checkpoint, notes[-1])
        return manifest


def _earlier(note: str | None, key: PublicKey, log: EvidenceLog) -> Manifest | None:
    """The manifest of the bundle to go on from; raises Inconsistent where the log does not follow from it."""
    if note is None:
        return None
    found = Manifest.read(note, key)
    require_grown(log, found.checkpoint, found.checkpoint._replace(size=log.size, root=log.root(log.size)))
    return found


def _known_at(statements: cursor, schema: str) -> datetime:
    statements.execute(f"SELECT recorded_at FROM {schema}.head")
    ((found,),) = statements.fetchall()
    return found  # type: ignore[no-any-return]


class _Part:
    """What is written of a council: all of it, or what came since an earlier bundle."""

    def __init__(
        self, admin: connection, names: CouncilNames, files: Signed, log: EvidenceLog, earlier: Manifest | None
    ) -> None:
        self.files, self.first = files, earlier.checkpoint.size if earlier else 0
        self._admin, self._names, self._log = admin, names, log
        self._known = {**earlier.unchanged, **earlier.files} if earlier else {}

    def log_of(self, account_id: UUID | None, statements: cursor, shown: Shown) -> None:
        """The entries, and the statements among them by themselves."""
        size = self._log.size
        of_account = account_id and lines_of_account(self._log, size, account_id)
        write_entries(self.files, of_account or lines_of_all(self._log, self.first, size), size - self.first, shown)
        self.files.add(STATEMENTS, self._statements(account_id))

    def _statements(self, account_id: UUID | None) -> Iterator[bytes]:
        """Each statement as it was frozen. Its paper is not kept: it is set again from this, byte for byte."""
        with self._admin.cursor("statements") as statements:
            statements.execute(
                f"SELECT account_id, version, recorded_at, state FROM {self._names.schema}.events"
                " WHERE split_part(topic, '.', 1) = 'statement-issued' AND position >= %s"
                " AND (%s::uuid IS NULL OR account_id = %s::uuid) ORDER BY position",
                (self._log.position_from(self.first), *[account_id and str(account_id)] * 2),
            )
            for of, version, recorded_at, state in statements:
                told = {"account_id": of, "recorded_at": instant_text(recorded_at), "version": version}
                yield canonical({**told, "statement": json.loads(bytes(state))}) + b"\n"

    def tables(self, statements: cursor, with_people: bool) -> dict[str, str]:
        """Every table; those that an earlier bundle holds as they still are."""
        if self._known and with_people != (PEOPLE in self._known):
            raise AnotherKind(AnotherKind.__doc__)
        new = self._new(statements) if self._known else None
        unchanged = {}
        for folder, schema in folders(self._names, with_people):
            for table in tables(statements, schema):
                name, only = f"{folder}/{table.name}.ndjson", new if table.name in WITH_THEIR_ENTRY else None
                if self._known.get(name) and only is None and self._known[name] == self._digest(table):
                    unchanged[name] = self._known[name]
                elif only != {}:
                    self.files.add(name, lines(self._admin, table, only))
        return unchanged

    def _new(self, statements: cursor) -> New:
        statements.execute(
            f"SELECT account_id, min(version) FROM {self._names.schema}.events"
            " WHERE position >= %s GROUP BY account_id",
            (self._log.position_from(self.first),),
        )
        return {UUID(account_id): version for account_id, version in statements.fetchall()}

    def _digest(self, table: Table) -> str:
        found = hashlib.sha256()
        for line in lines(self._admin, table):
            found.update(line)
        return found.hexdigest()
