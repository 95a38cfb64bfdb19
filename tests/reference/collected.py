"""Which amounts of law were collected from published sources? A row each in `collected.csv`, as written down."""

import csv
from pathlib import Path

Row = dict[str, str | None]


def collected() -> list[Row]:
    """Name, value, first and last day, certainty and status of each; None where nothing was seen."""
    with Path(__file__).with_name("collected.csv").open(encoding="utf-8", newline="") as file:
        return [{column: text or None for column, text in row.items()} for row in csv.DictReader(file)]
