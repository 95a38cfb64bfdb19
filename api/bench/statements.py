"""W7: how many statements a second are made, with their PDF?"""

from collections.abc import Iterator

from api.bench.figures import Goal, NotMeasured, Shown
from api.bench.place import Place
from api.bench.sizes import Size


def trials(place: Place, size: Size, shown: Shown) -> Iterator[NotMeasured]:
    """Statements are pages and JSON so far."""
    yield NotMeasured(
        "W7", "statements with PDF/UA, two processes", "statements a second", Goal(">=", 0.7), "not built yet"
    )
