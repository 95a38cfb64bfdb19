"""What exactly is hashed of an entry, and how does each entry's hash bind the one before it?

The bytes are those of a JSON object by RFC 8785: the columns of the row put side by side, with `state` among them as it
is stored. So they are made from a row without reading it as anything, by PostgreSQL too.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from domain.account.chain import BEFORE_THE_FIRST
from domain.dates import instant_text
from ledger.evidence.tree import Hash, leaf_hash

Row = tuple[Any, ...]
"""Account, version, topic, state, recorded_at, recorded_by, role: as the store keeps them."""
Heads = Mapping[str, tuple[int, Hash | None]]
"""By account, the version of an entry and its hash."""

_PARTS = (("year", 4), ("month", 2), ("day", 2), ("hour", 2), ("minute", 2), ("second", 9))
_BETWEEN = ("-", "-", "T", ":", ":", "Z")


def envelope(row: Row, at: datetime, previous_hash: str) -> bytes:
    """The bytes that are hashed of an entry that was recorded at an instant, after one of which the hash is given."""
    middle = f',"previous":"{previous_hash}","recorded_at":"{_text(at)}'
    return opening(row) + bytes(row[3]) + middle.encode() + closing(row)


def opening(row: Row) -> bytes:
    """What stands before the data."""
    return f'{{"account_id":"{row[0]}","data":'.encode()


def closing(row: Row) -> bytes:
    """What stands after the instant of recording."""
    _, version, topic, _, _, by, role = row
    return b"%b%d}" % (_who_and_what(by, role, topic), version)


@lru_cache(maxsize=256)  # a batch is recorded by one person, and most often of one kind
def _who_and_what(by: str, role: str, topic: str) -> bytes:
    texts = (json.dumps(each, ensure_ascii=False) for each in (by, role, topic))
    return '","recorded_by":{},"role":{},"topic":{},"version":'.format(*texts).encode()


_text = lru_cache(maxsize=8)(instant_text)
"""What is recorded together has one instant."""


def chained(rows: Iterable[Row], at: datetime | None, heads: Heads) -> Iterator[Hash | None]:
    """The hash of each row, recorded at one instant or else when it says, after the entries that are given.

    None where the entry before it is not at hand, or has no hash itself.
    """
    known = dict(heads)
    for row in rows:
        before = previous(row, known)
        leaf = leaf_hash(envelope(row, at or row[4], before)) if before else None
        known[row[0]] = row[1], leaf
        yield leaf


def previous(row: Row, after: Heads) -> str | None:
    """The hash of the account's entry before, in hex; None where that is not at hand, or has none."""
    if row[1] == 1:
        return BEFORE_THE_FIRST
    version, leaf = after.get(row[0], (0, None))
    return leaf.hex() if leaf and version == row[1] - 1 else None


def leaf_in_sql(state: str, at: str) -> str:
    """The same in SQL, of three parameters: the opening after its leading byte, the hash before, and the closing.

    Only IMMUTABLE functions are called, since the statement also changes a row; to_char is not one of those.
    """
    middle = f"""',"previous":"' || %s || '","recorded_at":"' || {_instant_in_sql(f"({at} AT TIME ZONE 'UTC')")}"""
    return f"sha256(%s || {state} || decode({middle}, 'escape') || %s)"


def _instant_in_sql(at: str) -> str:
    parts = (f"lpad(extract({part} FROM {at})::text, {size}, '0')" for part, size in _PARTS)
    return " || ".join(f"{each} || '{after}'" for each, after in zip(parts, _BETWEEN, strict=True))
