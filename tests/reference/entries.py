"""What was recorded of an account by a moment, and which of it has been voided?

An entry that is void is as though absent. A correction voids the entry it names; when a later correction voids that
correction, the entry counts again and the correction's replacement is void instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

Data = Mapping[str, Any]
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Entry:
    """One recorded fact of an account; `type` is its topic without a version, `data` what was recorded, as JSON."""

    version: int
    recorded_at: datetime
    type: str
    data: Data
    account_id: UUID = NOBODY

    @cached_property
    def id(self) -> str:
        """The name by which other entries speak of this one."""
        return str(uuid5(self.account_id, f"entry {self.version}"))


def counting(history: Sequence[Entry], known_at: datetime) -> list[Entry]:
    """The entries recorded at or before a moment that are not void, in the order of recording."""
    recorded = sorted((e for e in history if e.recorded_at <= known_at), key=lambda entry: entry.version)
    void: set[str | None] = set()
    for entry in reversed(recorded):  # what voids an entry is always recorded after it
        if entry.type == "entry-voided":
            void.add(entry.data.get("replaced_by") if entry.id in void else entry.data["entry_id"])
    return [entry for entry in recorded if entry.id not in void]
