"""W5: how many events a second does a projection that is made anew take in?"""

import time
from collections.abc import Callable, Iterator
from functools import partial

from api.bench.figures import Goal, Shown, Trial
from api.bench.filling import fill
from api.bench.place import Place
from api.bench.sizes import FEW, Size
from ledger.council import Council
from projections.rebuild import rebuild


def trials(place: Place, size: Size, shown: Shown) -> Iterator[Trial]:
    """All events into new spans, and beside that the same events to the client, as they are."""
    council = place.new_council()
    fill(council, size.events_rebuilt // FEW, FEW, shown)
    place.settle(f"{council.names.schema}.events")
    events = size.events_rebuilt // FEW * FEW
    for processes, goal in ((1, 0.6), (2, 0.9)):
        yield Trial(
            "W5" if processes == 1 else "W5-two",
            f"rebuild from {events:,} events",
            "events a second",
            Goal(">=", goal),
            partial(_rate, events, partial(rebuild, council, None, processes)),
            partial(_rate, events, partial(_copy, place, council)),
        )


def _rate(events: int, work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return events / (time.monotonic() - began)


class _Nowhere:
    """Takes what the client was sent, and keeps nothing."""

    def write(self, data: bytes) -> int:
        return len(data)


def _copy(place: Place, council: Council) -> None:
    with place.administering() as statements:
        statements.copy_expert(f"COPY {council.names.schema}.events TO STDOUT", _Nowhere())
