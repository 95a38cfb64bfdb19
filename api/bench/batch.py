"""W2: how many accounts a second are given one more entry each, decided in one batch?"""

from collections.abc import Iterator

from api.bench.figures import Goal, NotMeasured, Shown, Trial
from api.bench.place import Place
from api.bench.sizes import Size

UNIT = "accounts a second"


def trials(place: Place, size: Size, shown: Shown) -> Iterator[Trial | NotMeasured]:
    yield NotMeasured("W2", "a batch", UNIT, Goal(">=", 0.35), "not built yet")
