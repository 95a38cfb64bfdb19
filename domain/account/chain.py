"""How the entries of an account hold together: each entry's hash covers the one before it."""

import hashlib
from collections.abc import Iterable, Iterator

from domain.account.state import Entry
from domain.account.statement import canonical
from domain.dates import instant_text

BEFORE_THE_FIRST = "0" * 64


def hashes(entries: Iterable[Entry]) -> Iterator[str]:
    """The SHA-256, in hex, of a zero byte and each entry's canonical bytes, which name the hash of the entry before.

    By that byte it is the hash of a leaf of the council's tree (RFC 9162 section 2.1.1).
    """
    previous = BEFORE_THE_FIRST
    for entry in entries:
        previous = hashlib.sha256(b"\x00" + canonical(_envelope(entry, previous))).hexdigest()
        yield previous


def _envelope(entry: Entry, previous: str) -> dict[str, object]:
    topic, data = entry.stored_form
    return {
        "account_id": str(entry.account_id),
        "data": data,
        "previous": previous,
        "recorded_at": instant_text(entry.recorded_at),
        "recorded_by": entry.recorded_by,
        "role": entry.role,
        "topic": topic,
        "version": entry.version,
    }
