"""What table does a file hold: its heading, and its rows under it?"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256

from api.importing.cells import Cell, as_text
from api.importing.columns import ACCOUNT_REFERENCE, LOCAL_ID, Column, Kind
from api.importing.csv_lines import CsvLines
from api.importing.faults import NotATable
from api.importing.workbook_lines import WorkbookLines
from api.kit.reading import LARGEST_FILE

MOST_ROWS = 100_000
MOST_COLUMNS = 100
_PACKED, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NO_TABLES = {b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"{\\rtf": "a letter"}

Line = tuple[int, list[Cell]]


@dataclass(frozen=True)
class Table:
    """A file of a kind whose heading is understood. Its lines are read again each time, so few are in memory."""

    kind: Kind
    columns: tuple[Column, ...]
    heading: int
    rows: int
    blank: int
    digest: bytes
    source: CsvLines | WorkbookLines

    def __iter__(self) -> Iterator[Line]:
        """Each row below the heading that is not blank, with its number."""
        return (line for line in self.source if line[0] > self.heading and not is_blank(line[1]))


def read_table(content: bytes, kind: Kind) -> Table:
    """The table of a file, CSV or workbook as its first bytes say; raises NotATable."""
    if len(content) > LARGEST_FILE:
        raise NotATable("The file is larger than 25 MB: split it into several.")
    source = _lines(content)
    heading = next((line for line in source if not is_blank(line[1])), None)
    if heading is None:
        raise NotATable(f"The file is empty. Its first row names the columns, as the template for {kind.name} does.")
    columns = _columns(heading[1], kind)
    rows, blank = _counted(source, heading[0])
    return Table(kind, columns, heading[0], rows, blank, sha256(content).digest(), source)


def _lines(content: bytes) -> CsvLines | WorkbookLines:
    if content.startswith(_OLD_WORKBOOK):
        raise NotATable("This is a workbook of the old kind, or a protected one. Save it as Excel Workbook (.xlsx).")
    for begins, what in _NO_TABLES.items():
        if content.startswith(begins):
            raise NotATable(f"This is {what}. Give the table itself, as an Excel workbook (.xlsx) or as CSV.")
    return WorkbookLines(content) if content.startswith(_PACKED) else CsvLines(content)


def _counted(source: CsvLines | WorkbookLines, heading: int) -> tuple[int, int]:
    """How many rows there are, and how many lines between and after them are blank. Raises NotATable."""
    rows = blank = 0
    for number, line in source:
        if number > heading:
            blank, rows = (blank + 1, rows) if is_blank(line) else (blank, rows + 1)
    if rows > MOST_ROWS:
        raise NotATable(f"The file has {rows:,} rows: split it into files of {MOST_ROWS:,} at most.")
    return rows, blank


def is_blank(line: Sequence[Cell]) -> bool:
    """Whether there is nothing in any of the cells."""
    return all(isinstance(cell, str) and not cell.strip() for cell in line)


def _columns(heading: Sequence[Cell], kind: Kind) -> tuple[Column, ...]:
    """The columns that a heading names, in its order; raises NotATable with everything that is wrong with it."""
    names = [as_text(cell).strip() for cell in heading]
    while names and not names[-1]:
        names.pop()  # a spreadsheet often keeps empty columns behind its table
    if len(names) > MOST_COLUMNS:
        raise NotATable(f"The heading names {len(names):,} columns: a file of {kind.name} has {len(kind.columns)}.")
    wrong = [*_unnamed(names), *_twice(names), *_unknown(names, kind), *_missing(names, kind)]
    if wrong:
        raise NotATable(*wrong)
    return tuple(column for name in names if (column := kind.column(name)))


def _unnamed(names: Sequence[str]) -> Iterator[str]:
    for place, name in enumerate(names, start=1):
        if not name:
            yield f"Column {place} has no name in the heading: name it, or take it out."


def _twice(names: Sequence[str]) -> Iterator[str]:
    """Named by their places: where the heading is missing, its names are somebody's."""
    places = defaultdict[str, list[str]](list)
    for place, name in enumerate(names, start=1):
        places[name].append(str(place))
    for name, found in places.items():
        if name and len(found) > 1:
            yield f"Columns {' and '.join(found)} have the same name: leave one of them."


def _unknown(names: Sequence[str], kind: Kind) -> Iterator[str]:
    known = [column.name for column in kind.columns]
    for place, name in enumerate(names, start=1):
        if name and name not in known:
            likely = get_close_matches(name.lower().replace(" ", "_"), known, n=1)
            meant = f" It may be {likely[0]}." if likely else f" Its columns are {', '.join(known)}."
            yield f"Column {place}: a file of {kind.name} has no column of this name.{meant}"


def _missing(names: Sequence[str], kind: Kind) -> Iterator[str]:
    for column in kind.columns:
        if column.required and column.name not in names:
            yield f"There is no column {column.name}: every row needs one."
    if kind.of_an_account and not {ACCOUNT_REFERENCE, LOCAL_ID} & set(names):
        yield f"There is no column {ACCOUNT_REFERENCE} or {LOCAL_ID}: each row names its account by one of them."
