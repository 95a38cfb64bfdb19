"""How is an account worked out, event by event, and what if it cannot be?"""

from collections import deque
from collections.abc import Sequence
from datetime import datetime

from domain.account.posted import may_move_figures
from domain.account.state import CareAccount
from domain.schemes import Scheme
from ledger.entry import EntryMapper, LedgerEntry
from ledger.store.recorder import Placed
from projections.spans import Reckoning
from projections.thoughts import Doubt, Thought, Thoughts, Unreadable, kind_of
from projections.turns import Turn, Turns

_MAPPER = EntryMapper()


class Working:
    """One account on its way from event to event. What cannot be worked out is in doubt from then on.

    Everything here follows from the events and the schemes: there is no clock, and no other order than theirs.
    """

    def __init__(self, events: Sequence[Placed], thoughts: Thoughts) -> None:
        self.thoughts = thoughts
        self.fault: Exception | None = None  # what brought the doubt, where it is new
        self._events = {event.entry.originator_version: event for event in events}
        self._entries, self._unreadable = _read(events)
        self._reckoning = Reckoning()

    def record(self, version: int, scheme: Scheme) -> None:
        """An entry was recorded while figures rested on a scheme."""
        if self._may_move_figures(version):
            position, entry = self._events[version]
            self.become(version, position, scheme, entry.recorded_at)

    def turn(self, turn: Turn, version: int) -> None:
        """The account, at a version, came to rest on another scheme; at version 0 there was none yet."""
        if version:
            self.become(version, turn.position, turn.scheme, turn.at)

    def become(self, version: int, position: int, scheme: Scheme, at: datetime) -> None:
        """What is thought of the account at a version, from an instant on."""
        try:
            wanted: Sequence[Thought] = self._spans(version, scheme)
        except MemoryError:
            raise  # the machine's fault and not the account's
        except Exception as fault:
            if self.thoughts.doubt:
                return  # it stays what it was, and since when
            self.fault, wanted = fault, [Doubt(version, position, kind_of(fault))]
        self.thoughts.become(wanted, at)

    def _may_move_figures(self, version: int) -> bool:
        """What cannot be read may be anything."""
        return version > len(self._entries) or may_move_figures(self._entries[version - 1].fact)

    def _spans(self, version: int, scheme: Scheme) -> Sequence[Thought]:
        if version > len(self._entries) and self._unreadable:
            raise self._unreadable
        return self._reckoning.spans(CareAccount(tuple(self._entries[:version])), scheme)


def made(events: Sequence[Placed], schemes: Turns) -> Working:
    """An account from its first event on: what a follower comes to that saw each event and each turn in its place."""
    working, scheme, version, to_come = Working(events, Thoughts()), schemes.first, 0, deque(schemes.since)
    for position, entry in events:
        while to_come and to_come[0].position < position:
            scheme = to_come[0].scheme
            working.turn(to_come.popleft(), version)
        version = entry.originator_version
        working.record(version, scheme)
    for turn in to_come:
        working.turn(turn, version)
    return working


def _read(events: Sequence[Placed]) -> tuple[list[LedgerEntry], Unreadable | None]:
    """The entries up to the first that cannot be read, and what is wrong with that one."""
    entries: list[LedgerEntry] = []
    for version, (_, stored) in enumerate(events, start=1):
        try:
            entries.append(_MAPPER.to_domain_event(stored))
            if stored.originator_version != version:
                raise LookupError("a version is missing")
        except Exception as fault:
            unreadable = Unreadable(f"version {version}")
            unreadable.__cause__ = fault
            return entries[: version - 1], unreadable
    return entries, None
