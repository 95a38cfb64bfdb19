"""What of a council's evidence log does only whoever checks it ask for?"""

from collections.abc import Iterator

from ledger.evidence.leaves import Row
from ledger.evidence.said import Cosigned
from ledger.evidence.tree import Hash
from ledger.store.evidence_log import TILE, EvidenceLog
from ledger.store.policy_entries import wrong_changes


class CheckedLog(EvidenceLog):
    """One council's, as a transaction sees it. Nothing is taken for granted of what is read."""

    def gone(self, first: int, last: int) -> list[int]:
        """The indexes between two at which nothing stands."""
        self._statements.execute(
            f"SELECT position FROM {self._schema}.events WHERE position >= %s AND position < %s",
            (self.position_from(first), self.position_from(last)),
        )
        there = {self.index_of(position) for (position,) in self._statements.fetchall()}
        there |= {index for index, _ in self._policy}
        return [index for index in range(first, last) if index not in there]

    def strays(self) -> list[Row]:
        """Account, version and position of every entry that stands before the first or after the last position."""
        self._statements.execute(
            f"SELECT account_id, version, position FROM {self._schema}.events WHERE position < 1 OR position > %s"
            " ORDER BY position",
            (self.position,),
        )
        return self._statements.fetchall()

    def kept_nodes(self, first: int, last: int) -> dict[tuple[int, int], Hash]:
        """The roots over whole tiles that are kept of a part of the tree, by level and number."""
        found, level = dict[tuple[int, int], Hash](), TILE
        while last >> level:
            self._statements.execute(
                f"SELECT place, hash FROM {self._schema}.tree_nodes WHERE level = %s AND place >= %s AND place < %s",
                (level, first >> level, last >> level),
            )
            found |= {(level, place): bytes(node) for place, node in self._statements.fetchall()}
            level += TILE
        return found

    def notes_between(self, first: int, last: int | None = None) -> list[str]:
        """The checkpoints of more than so many entries, and of no more than so many."""
        self._statements.execute(
            f"SELECT note FROM {self._schema}.checkpoints WHERE size > %s AND (%s::bigint IS NULL OR size <= %s)"
            " ORDER BY size",
            (first, last, last),
        )
        return [note for (note,) in self._statements.fetchall()]

    def sizes_signed(self) -> set[int]:
        """Of how many entries there are checkpoints."""
        self._statements.execute(f"SELECT size FROM {self._schema}.checkpoints")
        return {size for (size,) in self._statements.fetchall()}

    def note(self, size: int) -> str | None:
        """The checkpoint of so many entries."""
        self._statements.execute(f"SELECT note FROM {self._schema}.checkpoints WHERE size = %s", (size,))
        row = self._statements.fetchone()
        return row[0] if row else None

    def cosignatures(self) -> list[Cosigned]:
        """What witnesses said of checkpoints, the newest first."""
        self._statements.execute(
            f"SELECT size, witness, line FROM {self._schema}.cosignatures ORDER BY size DESC, witness"
        )
        return [Cosigned(*row) for row in self._statements.fetchall()]

    def keep_cosignature(self, cosigned: Cosigned) -> None:
        self._statements.execute(
            f"INSERT INTO {self._schema}.cosignatures (size, witness, line) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            cosigned,
        )

    def receipts_of_nothing(self) -> list[tuple[str, int]]:
        """The accounts, each with a version, of which a receipt tells and no entry stands there.

        A receipt may be of a run, which has no versions, or of a step of a change of amounts.
        """
        self._statements.execute(
            f"SELECT account_id, max(last_version) FROM {self._schema}.receipts AS receipts WHERE last_version > 0"
            f" AND NOT EXISTS (SELECT FROM {self._schema}.events WHERE events.account_id = receipts.account_id"
            f" AND version = last_version) AND NOT EXISTS (SELECT FROM {self._schema}.policy_changes"
            " WHERE change_id = receipts.account_id AND number = last_version)"
            " GROUP BY account_id ORDER BY account_id"
        )
        return self._statements.fetchall()

    def wrong_changes(self) -> Iterator[str]:
        """Each change of scheme or amounts that is not what its entry says."""
        return wrong_changes(self._statements, self._schema)
