"""W5: how many events a second does a projection that is made anew take in?"""

import time
from collections.abc import Iterator

from api.bench.figures import Goal, Shown, Trial
from api.bench.filling import fill
from api.bench.place import Place
from api.bench.sizes import FEW, Size
from ledger.council import Council
from projections.follow import rebuild


def trials(place: Place, size: Size, shown: Shown) -> Iterator[Trial]:
    """All events into new spans, and beside that the same events to the client, as they are."""
    council = place.new_council()
    fill(council, size.events_rebuilt // FEW, FEW, shown)
    place.settle(f"{council.names.schema}.events")
    events = size.events_rebuilt // FEW * FEW
    yield Trial(
        "W5",
        f"rebuild from {events:,} events",
        "events a second",
        Goal(">=", 0.6),
        lambda: events / _rebuilt(council),
        lambda: events / _copied(place, council),
    )


def _rebuilt(council: Council) -> float:
    began = time.monotonic()
    rebuild(council)
    return time.monotonic() - began


class _Nowhere:
    """Takes what the client was sent, and keeps nothing."""

    def write(self, data: bytes) -> int:
        return len(data)


def _copied(place: Place, council: Council) -> float:
    began = time.monotonic()
    with place.administering() as statements:
        statements.copy_expert(f"COPY {council.names.schema}.events TO STDOUT", _Nowhere())
    return time.monotonic() - began
