"""Which bundle is a day's, and which does it go on from? A month's first is whole, so that no chain grows for ever."""

from datetime import date
from pathlib import Path

from ledger.bundle.places import manifest_beside


def of_day(folder: Path, code: str, day: date) -> tuple[Path, Path | None]:
    """Where a council's bundle of a day stands, and the newest of its month before it, if there is one."""
    path = folder / f"{code}-{day}.age"
    of_month = sorted(each for each in folder.glob(f"{code}-{day:%Y-%m}-*.age") if manifest_beside(each).exists())
    before = [each for each in of_month if each.name < path.name]
    return path, before[-1] if before else None
