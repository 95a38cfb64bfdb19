"""/v1/care-accounts/{id}/history: every entry of an account, as known at a moment."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.v1.paging import Paged, Place, cursor, place_of
from api.v1.person import shown_words
from api.v1.shared import AnyFact, AsKnown, account_known, known_at
from domain.account.chain import hashes
from domain.account.facts import type_of
from domain.account.state import CareAccount, Entry
from domain.dates import Day, Instant
from domain.terms import Terms

WordsByVersion = Mapping[int, Mapping[str, str]]
_NO_WORDS: WordsByVersion = {}


class HistoryQuery(AsKnown, Paged):
    """The moment of knowledge, and which page."""


class HistoryEntry(Terms):
    """One entry: what was recorded, when it is true from, when it was recorded and by whom.

    `voided_by` is the correction that made it count as nothing. `words` are those given with it, by field, for roles
    that are shown names: they stand apart from the facts and bear no hash.

    `hash` is the SHA-256 of a zero byte and the canonical bytes of account_id, data, previous (the hash before, or 64
    noughts), recorded_at, recorded_by, role, topic and version: a leaf of the council's evidence log.
    """

    entry_id: UUID
    version: int
    type: str
    topic: str
    effective_from: Day
    recorded_at: Instant
    recorded_by: str
    role: str
    reason_code: str | None
    data: AnyFact
    words: Mapping[str, str]
    voided_by: UUID | None
    hash: str


class History(Terms):
    """The entries of an account in the order they were recorded."""

    account_id: UUID
    version: int
    known_at: Instant
    items: tuple[HistoryEntry, ...]
    next: str | None


@get("/v1/care-accounts/{account_id}/history", "read_history", History, HistoryQuery)
def read_history(call: Call[Any, HistoryQuery]) -> Answer:
    """Every entry there was by then, oldest first, each with the hash that binds it to the one before."""
    account, known, start = account_known(call), known_at(call), place_of(call).offset
    end = start + call.query.limit
    page = range(start + 1, min(end, account.version) + 1)
    words = shown_words(call.council, account.id, page, call.identity)
    found = History(
        account_id=account.id,
        version=account.version,
        known_at=known,
        items=tuple(history_of(account, words)[start:end]),
        next=cursor(Place(offset=end, known_at=known)) if end < len(account.entries) else None,
    )
    return Answer(found, version=account.version)


def history_of(account: CareAccount, words: WordsByVersion = _NO_WORDS) -> list[HistoryEntry]:
    """An account's entries as readers see them, with the words that this reader is shown, by version."""
    return [
        _shown(account, entry, digest, words.get(entry.version, {}))
        for entry, digest in zip(account.entries, hashes(account.entries), strict=True)
    ]


def _shown(account: CareAccount, entry: Entry, digest: str, words: Mapping[str, str]) -> HistoryEntry:
    correction = account.voided_by.get(entry.version)
    return HistoryEntry(
        entry_id=entry.id,
        version=entry.version,
        type=type_of(entry.fact),
        topic=entry.fact.TOPIC,
        effective_from=entry.fact.effective_from,
        recorded_at=entry.recorded_at,
        recorded_by=entry.recorded_by,
        role=entry.role,
        reason_code=getattr(entry.fact, "reason_code", None) or getattr(entry.fact, "reason", None),
        data=entry.fact,
        words=words,
        voided_by=correction.id if correction else None,
        hash=digest,
    )
