"""How is a workbook, which is a packed archive, laid open, so that one that unfolds without an end does no harm?"""

import io
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from api.importing.faults import NotATable

LARGEST = 160 * 2**20
MOST_CELLS = 4_000_000
"""Room for 100,000 rows of any kind: whatever reads a sheet makes room for every cell up to the last, empty or not."""

UNREADABLE = "This workbook cannot be read. Open it in Excel and save it anew as Excel Workbook (.xlsx), unprotected."

_WORKSHEET = re.compile(rb"<(\w+:)?worksheet\b")
_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*\br=[\"']([A-Za-z]+)([0-9]+)[\"'][^<>]*(?<!/)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*\br=[\"']([0-9]+)[\"'][^<>]*(?<!/)>")
_FAILED = re.compile(rb"<(?:\w+:)?c\b([^<>]*\bt=[\"']e[\"'][^<>]*)>")
_PLACE = re.compile(rb"\br=[\"']([A-Za-z]+)([0-9]+)[\"']")
_ERROR = re.compile(rb"<(?:\w+:)?v>(#[^<]{1,20})<")
_NEVER_WORKED_OUT = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)\s*</(?:\w+:)?c>")


class Unfolded(NamedTuple):
    """The archive with its parts laid open, and where a formula failed: the error by row and column, from 1 and 0."""

    content: bytes
    failed: dict[tuple[int, int], str]


def unfolded(content: bytes) -> Unfolded:
    """The same archive, every byte of it counted, since what a part says of its size proves nothing.

    Raises NotATable for what is no archive, is too large, or whose sheets reach too far to be read.
    """
    laid_open, failed = io.BytesIO(), dict[tuple[int, int], str]()
    try:
        with ZipFile(laid_open, "w", ZIP_STORED) as parts:
            for name, part in _parts(content):
                if _WORKSHEET.search(part, 0, 4096):
                    _require_readable(part)
                    failed |= dict(_failures(part))
                parts.writestr(name, part)
    except (BadZipFile, zlib.error, ArithmeticError, EOFError, LookupError, OSError, RuntimeError, ValueError):
        raise NotATable(UNREADABLE) from None  # cut off, encrypted, packed in a way of its own
    return Unfolded(laid_open.getvalue(), failed)


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    room = LARGEST
    with ZipFile(io.BytesIO(content)) as packed:
        for part in packed.infolist():
            with packed.open(part) as reading:
                found = reading.read(room + 1)
            room -= len(found)
            if room < 0:
                raise NotATable("This workbook unfolds into more than 160 MiB: split it into several files.")
            yield part.filename, found


def _require_readable(sheet: bytes) -> None:
    columns = {found[1] for found in _CELL.finditer(sheet)}
    rows = (int(found[1]) for found in _ROW.finditer(sheet))
    last_row = max(*rows, *{int(found[2]) for found in _CELL.finditer(sheet)}, 0, 0)
    if last_row * max((_column(letters) + 1 for letters in columns), default=1) > MOST_CELLS:
        raise NotATable("This sheet has something far beyond its table. Copy the table alone into a new workbook.")
    if _NEVER_WORKED_OUT.search(sheet):
        raise NotATable("This workbook has formulas that were never worked out. Open it in Excel and save it.")


def _failures(sheet: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Whatever reads the sheet leaves a cell empty whose formula failed, and an empty cell says something else."""
    for cell in _FAILED.finditer(sheet):
        place, error = _PLACE.search(cell[1]), _ERROR.search(sheet, cell.end(), cell.end() + 10_000)
        if not place:
            raise NotATable("A formula failed in this workbook, as #N/A shows. Mend it, or write the value itself.")
        yield (int(place[2]), _column(place[1])), error[1].decode("ascii", "replace") if error else "#VALUE!"


def _column(letters: bytes) -> int:
    """The number of a column, from 0: A, B, ... Z, AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number - 1
