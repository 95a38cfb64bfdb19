"""How one line of an account's ledger looks in the store, and how it is read back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from domain.account.facts import BY_TOPIC
from domain.account.state import Entry
from domain.account.statement import canonical


@dataclass(frozen=True)
class StoredEntry(StoredEvent):
    """The library's stored event with what an entry adds: when it was recorded, by whom, in which role.

    `recorded_at` is what the writer's clock said; the store moves it forward where the ledger's order asks for it.
    """

    recorded_at: datetime
    recorded_by: str
    role: str


class UnknownTopic(Exception):
    """The store holds a fact that this version of the program does not know. Use a newer version."""


class LedgerEntry(Entry):
    """An entry under the names by which the event-sourcing library knows its place."""

    __slots__ = ()

    @property
    def originator_id(self) -> UUID:
        return self.account_id

    @property
    def originator_version(self) -> int:
        return self.version


class EntryMapper(Mapper[UUID]):
    """Facts to canonical JSON under a name of our own choosing, and back."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: Any) -> StoredEntry:
        entry: Entry = domain_event
        return StoredEntry(
            originator_id=entry.account_id,
            originator_version=entry.version,
            topic=entry.fact.TOPIC,
            state=canonical(entry.fact.model_dump(mode="json", by_alias=True)),
            recorded_at=entry.recorded_at,
            recorded_by=entry.recorded_by,
            role=entry.role,
        )

    def to_domain_event(self, stored_event: StoredEvent) -> LedgerEntry:
        if not isinstance(stored_event, StoredEntry) or not isinstance(stored_event.originator_id, UUID):
            raise TypeError("an entry says when it was recorded, and by whom")
        kind = BY_TOPIC.get(stored_event.topic)
        if kind is None:
            raise UnknownTopic(f"{stored_event.topic}: {UnknownTopic.__doc__}")
        return LedgerEntry(
            account_id=stored_event.originator_id,
            version=stored_event.originator_version,
            fact=kind.model_validate_json(stored_event.state),
            recorded_at=stored_event.recorded_at,
            recorded_by=stored_event.recorded_by,
            role=stored_event.role,
        )
