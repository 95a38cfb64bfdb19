"""What is wrong with a file, or with one of its rows, and how to mend it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from ledger.import_run import RowFault

MOST_SHOWN = 1000
"""Of more faults than these the first are shown, and all are counted."""


class NotATable(Exception):
    """The file cannot be read as a table of its kind. Each line says why and how to mend it."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class CellFault(Exception):
    """A cell does not say what its column asks for."""

    def __init__(self, rule: str, fix: str) -> None:
        super().__init__(fix)
        self.rule, self.fix = rule, fix


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of a file: the first of them, how many there are, and how many rows they are in."""

    shown: tuple[RowFault, ...]
    count: int
    rows: int


def gathered(found: Iterable[RowFault]) -> Faults:
    """The faults in the order of the rows."""
    in_order = sorted(found, key=lambda fault: fault.row)
    return Faults(tuple(in_order[:MOST_SHOWN]), len(in_order), len({fault.row for fault in in_order}))


_FIGURES = re.compile(r"[-+\u00a3$\u20ac0-9.,/:% ()]{1,20}|#[A-Z0-9/!?]{1,12}", re.ASCII)
_TEN_DIGITS = re.compile(r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}", re.ASCII)


def shown(value: str, *, personal: bool, words: Iterable[str] = ()) -> str:
    """The value as a report may repeat it.

    A row whose cells slipped by one has a name where an amount belongs, so not the column alone decides: only figures,
    and words that are nearly one of those asked for, are shown in full; and of ten digits, which may be an NHS number,
    the first.
    """
    harmless = _FIGURES.fullmatch(value) and not _TEN_DIGITS.fullmatch(value)
    if not value or (not personal and (harmless or get_close_matches(value.lower(), words, cutoff=0.7))):
        return value
    return f"{value[0]}..."
