"""How one line of an account's ledger looks in the store, and how it is read back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from domain.account.facts import BY_TOPIC, Fact
from domain.account.state import Entry
from domain.account.statement import canonical
from ledger.upcasting import UPCASTS, Form, Upcast, todays


@dataclass(frozen=True)
class StoredEntry(StoredEvent):
    """The library's stored event with what an entry adds: when it was recorded, by whom, in which role.

    `recorded_at` is what the writer's clock said; the store moves it forward where the ledger's order asks for it.
    """

    recorded_at: datetime
    recorded_by: str
    role: str


class UnknownTopic(Exception):
    """A newer version of the program recorded an entry of this account. This one cannot read it: ask a newer one."""


class LedgerEntry(Entry):
    """An entry under the names by which the event-sourcing library knows its place."""

    __slots__ = ()

    @property
    def originator_id(self) -> UUID:
        return self.account_id

    @property
    def originator_version(self) -> int:
        return self.version


@dataclass(frozen=True, slots=True)
class UpcastEntry(LedgerEntry):
    """An entry whose fact had another shape when it was recorded. Its hash covers what was recorded, for good."""

    recorded: Form

    @classmethod
    def of(cls, entry: Entry, recorded: Form) -> Self:
        return cls(
            entry.account_id, entry.version, entry.fact, entry.recorded_at, entry.recorded_by, entry.role, recorded
        )

    @property
    def stored_form(self) -> tuple[str, object]:
        return self.recorded.topic, json.loads(self.recorded.state)


class EntryMapper(Mapper[UUID]):
    """Facts to canonical JSON under a name of our own choosing, and back, from whatever shape they were stored in."""

    def __init__(self, kinds: Mapping[str, type[Fact]] = BY_TOPIC, upcasts: Mapping[str, Upcast] = UPCASTS) -> None:
        super().__init__(JSONTranscoder())
        self._kinds, self._upcasts = kinds, upcasts

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
        fact, recorded = self._read(Form(stored_event.topic, stored_event.state))
        entry = LedgerEntry(
            account_id=stored_event.originator_id,
            version=stored_event.originator_version,
            fact=fact,
            recorded_at=stored_event.recorded_at,
            recorded_by=stored_event.recorded_by,
            role=stored_event.role,
        )
        return entry if recorded is None else UpcastEntry.of(entry, recorded)

    def _read(self, stored: Form) -> tuple[Fact, Form | None]:
        """The fact, and the form it was recorded in where that is not today's; raises UnknownTopic."""
        if kind := self._kinds.get(stored.topic):
            return kind.model_validate_json(stored.state), None
        form = todays(stored, self._kinds, self._upcasts)
        if form.topic not in self._kinds:
            raise UnknownTopic(f"{stored.topic}: {UnknownTopic.__doc__}")
        return self._kinds[form.topic].model_validate_json(form.state), stored
