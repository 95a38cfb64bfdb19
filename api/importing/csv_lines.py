"""How the lines of a CSV file are read, and how a file that is no CSV in UTF-8 is told for what it is."""

import csv
import io
from collections.abc import Iterator

from api.importing.cells import Cell
from api.importing.faults import NotATable

_SAVE_AS = "In Excel, save it as: CSV UTF-8 (Comma delimited)."
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}


class CsvLines:
    """The lines of a CSV file, to be gone through as often as wanted."""

    def __init__(self, content: bytes) -> None:
        """Raises NotATable for what is no text in UTF-8, or is no CSV."""
        self._text = _decoded(content)
        _require_commas(self._text)

    def __iter__(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each line with its number, as a spreadsheet would number it: a line break inside quotes makes no other."""
        reader = csv.reader(io.StringIO(self._text, newline=""), strict=True)
        try:
            yield from enumerate((list[Cell](row) for row in reader), start=1)
        except csv.Error as fault:
            raise NotATable(
                f"The CSV breaks off at line {reader.line_num} of the text: {fault}. Look for a quotation mark there"
                " that is not closed, or stands inside a cell without another beside it."
            ) from None


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF_16):
        raise NotATable(f"The file is in UTF-16, which Excel calls Unicode Text. {_SAVE_AS}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise NotATable(
            f"The file is not in UTF-8: see line {line}. It may be in Windows-1252, as Excel's plain CSV is, where"
            f" letters with accents and pound signs are written otherwise. {_SAVE_AS}"
        ) from None


def _require_commas(text: str) -> None:
    heading = next((line for line in text.splitlines() if line.strip()), "")
    for separator, name in _SEPARATORS.items():
        if separator in heading and "," not in heading:
            raise NotATable(f"The columns are separated by {name}: separate them by commas. {_SAVE_AS}")
