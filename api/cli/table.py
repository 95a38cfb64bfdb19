"""How rows are printed: a table that fits a terminal, and whole lines elsewhere."""

import sys
from collections.abc import Sequence
from datetime import date

from rich import box
from rich.console import Console
from rich.table import Table

from domain.dates import FOREVER, ONE_DAY

NEVER_WRAPPED = 1000


def last_day(ending_before: date) -> str:
    """The last day of a span; nothing where it has no end."""
    return "" if ending_before == FOREVER else (ending_before - ONE_DAY).isoformat()


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The title with how many rows there are, and the rows if there are any."""
    console = Console(
        width=None if sys.stdout.isatty() else NEVER_WRAPPED, markup=False, emoji=False, highlight=False
    )  # an authority may hold brackets and colons, which are no signs of style
    console.print(f"{title}: {len(rows) or 'none'}")
    if rows:
        table = Table(*columns, box=box.SIMPLE_HEAD, show_edge=False)
        for row in rows:
            table.add_row(*row)
        console.print(table)
    console.print()
