"""How the lines of an Excel workbook are read."""

import io
from collections.abc import Iterator

from python_calamine import CalamineSheet, CalamineWorkbook

from api.importing.cells import Cell
from api.importing.faults import NotATable
from api.importing.unfolding import UNREADABLE, unfolded


class WorkbookLines:
    """The lines of a workbook's one sheet, to be gone through as often as wanted."""

    def __init__(self, content: bytes) -> None:
        """Raises NotATable for what is no workbook, is too large unfolded, or has several sheets in use."""
        laid_open, self._failed = unfolded(content)
        self._sheet = _only_sheet(laid_open)

    def __iter__(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each line with its number, from the first column with anything in it."""
        first = self._sheet.start[1] if self._sheet.start else 0
        for number, cells in enumerate(self._sheet.iter_rows(), start=1):
            failed = {at: self._failed.get((number, first + at)) for at in range(len(cells))} if self._failed else {}
            yield number, [failed.get(at) or cell for at, cell in enumerate(cells)]


def _only_sheet(laid_open: bytes) -> CalamineSheet:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(laid_open))
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # what it is written in may panic, which Python knows as no Exception
        raise NotATable(UNREADABLE) from None
    in_use = [sheet for sheet in sheets if sheet.start]
    if len(in_use) > 1:
        raise NotATable(f"This workbook has {len(in_use)} sheets with something in them: leave the one to import.")
    if not in_use:
        raise NotATable("This workbook is empty.")
    return in_use[0]
