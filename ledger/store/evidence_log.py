"""Where do the leaves of a council's tree stand, in which order, and how is the tree read without reading them all?

Entries of accounts come in the order of their positions. A change of scheme or of amounts comes after the entry that
was the council's last when it was made.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from heapq import merge
from operator import attrgetter
from typing import NamedTuple, Self
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.evidence.leaves import Row, envelope, previous
from ledger.evidence.missing import heads
from ledger.evidence.tree import Hash, WholeSubtree, leaf_hash, node_hash, root

TILE = 8
"""So many levels of the tree are worked out from what is kept at every eighth."""
WIDTH = 1 << TILE
AT_A_TIME = 64 * WIDTH


class NoHashYet(Exception):
    """An older version of the program recorded entries without their hashes. Replace it everywhere, then give:
    careledger migrate. Nothing was signed.
    """


class NotThere(Exception):
    """An entry of the evidence log is not there any more."""


class Wrong(NamedTuple):
    """An entry that is not what its hash says: where it stands in the tree and among the entries, and whose it is."""

    place: int
    position: int
    account: str
    version: int

    def __str__(self) -> str:
        return (
            f"Entry {self.place} of the log, at position {self.position}: version {self.version} of account"
            f" {self.account} is not what was recorded."
        )


class Logged(NamedTuple):
    """An entry as it stands in the log: its place in the tree, its position, its hash, and the bytes hashed."""

    place: int
    position: int
    leaf: Hash
    entry: bytes


class EvidenceLog:
    """One council's, as a transaction sees it."""

    def __init__(self, statements: cursor, schema: str) -> None:
        self._statements, self._schema = statements, schema
        self._tiles: dict[tuple[int, int], Sequence[Hash]] = {}

    @classmethod
    def at_one_moment(cls, statements: cursor, schema: str) -> Self:
        """As it stands now, whatever is recorded while it is read. No statement may have been given before."""
        statements.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return cls(statements, schema)

    @cached_property
    def _read(self) -> tuple[int, Sequence[tuple[int, Hash]]]:
        """The last position, and where each change of scheme or amounts stands in the tree: both at one moment."""
        self._statements.execute(
            f"SELECT head.position, changes.position, leaf FROM {self._schema}.head"
            f" LEFT JOIN {self._schema}.policy_entries AS changes ON true ORDER BY number"
        )
        rows = self._statements.fetchall()
        return rows[0][0], [(after + n, bytes(leaf)) for n, (_, after, leaf) in enumerate(rows) if leaf is not None]

    @property
    def position(self) -> int:
        """The last position that was given to an entry."""
        return self._read[0]

    @property
    def size(self) -> int:
        """How many leaves there are. Whoever has seen one has seen every one before it."""
        position, changes = self._read
        return position + len(changes)

    @property
    def _policy(self) -> Sequence[tuple[int, Hash]]:
        return self._read[1]

    def index_of(self, position: int) -> int:
        """Where the entry at a position stands in the tree."""
        index = position - 1
        for place, _ in self._policy:
            if place > index:
                return index
            index += 1
        return index

    def position_from(self, index: int) -> int:
        """The position of the first entry that stands at an index or after it."""
        return index - bisect_left(self._policy, (index, b"")) + 1

    def leaves(self, first: int, last: int) -> list[Hash]:
        """The leaves from one index to before another; raises NoHashYet, NotThere."""
        self._statements.execute(
            f"SELECT position, leaf FROM {self._schema}.events WHERE position >= %s AND position < %s",
            (self.position_from(first), self.position_from(last)),
        )
        found = {self.index_of(position): leaf for position, leaf in self._statements.fetchall()}
        found |= {index: leaf for index, leaf in self._policy if first <= index < last}
        gone = next((index for index in range(first, last) if index not in found), None)
        if gone is not None:
            raise NotThere(f"Entry {gone} of the log is not there any more. Compare it with a copy kept elsewhere.")
        if None in found.values():
            raise NoHashYet(" ".join((NoHashYet.__doc__ or "").split()))
        return [bytes(found[index]) for index in range(first, last)]

    def wrong(self, first: int, last: int) -> Iterator[Wrong]:
        """Each entry between two indexes whose bytes, or whose place after the one before, are not those hashed."""
        for start in range(first, last, AT_A_TIME):
            yield from self.wrong_in(self.rows(start, min(start + AT_A_TIME, last)))

    def wrong_in(self, rows: Sequence[Row]) -> Iterator[Wrong]:
        """The same of rows that were read. Each is held against the hash that stands before it, so that one that was
        changed does not make all that follow it wrong."""
        known = heads(self._statements, self._schema, rows)
        for *row, leaf, position in rows:
            before = previous(tuple(row), known)
            if leaf is None or before is None or leaf_hash(envelope(tuple(row), row[4], before)) != bytes(leaf):
                yield Wrong(self.index_of(position), position, row[0], row[1])
            known[row[0]] = row[1], bytes(leaf) if leaf else None

    def rows(self, first: int, last: int) -> Sequence[Row]:
        """The entries of accounts between two indexes as they are stored, each with its hash and its position."""
        return self._rows(
            "position >= %s AND position < %s ORDER BY position",
            (self.position_from(first), self.position_from(last)),
        )

    def entries(self, size: int, first: int = 0) -> Iterator[Logged]:
        """The entries from one index to before another, in order; raises NoHashYet."""
        heads_so_far: dict[str, Hash] = {}
        changes = {each.place: each for each in self._changes()}
        for start in range(first, size, AT_A_TIME):
            last = min(start + AT_A_TIME, size)
            rows = self.rows(start, last)
            if first:
                heads_so_far |= self._heads_before([row for row in rows if row[0] not in heads_so_far])
            found = {each.place: each for each in self._logged(rows, heads_so_far)} | changes
            yield from (found[place] for place in range(start, last))

    def _heads_before(self, rows: Sequence[Row]) -> dict[str, Hash]:
        """The hash of the entry that the first row of each account comes after."""
        first = {row[0]: row for row in reversed(rows)}
        found = heads(self._statements, self._schema, [*first.values()])
        return {account: leaf for account, (_, leaf) in found.items() if leaf}

    def entries_of(self, account_id: UUID) -> Iterator[Logged]:
        """Those of one account, and every change of scheme or amounts, in order; raises NoHashYet."""
        rows = self._rows("account_id = %s ORDER BY version", (str(account_id),))
        return merge(self._changes(), self._logged(rows, {}), key=attrgetter("place"))

    def _changes(self) -> list[Logged]:
        self._statements.execute(f"SELECT position, leaf, entry FROM {self._schema}.policy_entries ORDER BY number")
        return [
            Logged(position + n, position, bytes(leaf), bytes(entry))
            for n, (position, leaf, entry) in enumerate(self._statements.fetchall())
        ]

    def _rows(self, which: str, values: tuple[object, ...]) -> Sequence[Row]:
        """`which` is one of our own conditions, never a caller's text."""
        self._statements.execute(
            "SELECT account_id, version, topic, state, recorded_at, recorded_by, role, leaf, position"
            f" FROM {self._schema}.events WHERE {which}",
            values,
        )
        return self._statements.fetchall()

    def _logged(self, rows: Sequence[Row], heads_so_far: dict[str, Hash]) -> Iterator[Logged]:
        for *row, leaf, position in rows:
            if leaf is None:
                raise NoHashYet(" ".join((NoHashYet.__doc__ or "").split()))
            before = heads_so_far.get(row[0], bytes(32)).hex()
            heads_so_far[row[0]] = bytes(leaf)
            yield Logged(self.index_of(position), position, bytes(leaf), envelope(tuple(row), row[4], before))

    @property
    def whole(self) -> WholeSubtree:
        """The subtrees of the tree, from what is kept of it."""

        def whole(level: int, index: int) -> Hash:
            base = level - level % TILE
            if level == base == 0 or level % TILE:
                tile = self._tile(base, index << level % TILE >> TILE)
                first = (index << level % TILE) % WIDTH
                return _over(tile[first : first + (1 << level % TILE)])
            return self._node(level, index)

        return whole

    def root(self, size: int) -> Hash:
        return root(size, self.whole)

    def _node(self, level: int, index: int) -> Hash:
        """The root over one whole tile below, kept or worked out."""
        self._statements.execute(
            f"SELECT hash FROM {self._schema}.tree_nodes WHERE (level, place) = (%s, %s)", (level, index)
        )
        row = self._statements.fetchone()
        return bytes(row[0]) if row else _over(self._tile(level - TILE, index))

    def _tile(self, level: int, tile: int) -> Sequence[Hash]:
        """The hashes at a level that one tile holds: fewer than its width at the end of the tree."""
        if (level, tile) not in self._tiles:
            first, last = tile * WIDTH, min((tile + 1) * WIDTH, self.size >> level)
            nodes = (self._node(level, index) for index in range(first, last))
            self._tiles[level, tile] = list(nodes) if level else self.leaves(first, last)
        return self._tiles[level, tile]

    def keep_nodes(self, before: int, size: int) -> None:
        """Keep the roots over every tile that the tree has filled since it had so many leaves."""
        level = TILE
        while size >> level:
            for index in range(before >> level, size >> level):
                self._statements.execute(
                    f"INSERT INTO {self._schema}.tree_nodes (level, place, hash) VALUES (%s, %s, %s)"
                    " ON CONFLICT DO NOTHING",
                    (level, index, self._node(level, index)),
                )
            level += TILE

    def last_note(self) -> str | None:
        """The newest checkpoint that was kept."""
        self._statements.execute(f"SELECT note FROM {self._schema}.checkpoints ORDER BY size DESC LIMIT 1")
        row = self._statements.fetchone()
        return row[0] if row else None

    def notes(self) -> list[str]:
        """Every checkpoint that was kept, the oldest first."""
        self._statements.execute(f"SELECT note FROM {self._schema}.checkpoints ORDER BY size")
        return [note for (note,) in self._statements.fetchall()]

    def keep_note(self, size: int, note: str) -> None:
        self._statements.execute(
            f"INSERT INTO {self._schema}.checkpoints (size, note) VALUES (%s, %s) ON CONFLICT DO NOTHING", (size, note)
        )


def _over(hashes: Sequence[Hash]) -> Hash:
    """The root over hashes whose number is a power of two."""
    while len(hashes) > 1:
        hashes = [node_hash(left, right) for left, right in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]
