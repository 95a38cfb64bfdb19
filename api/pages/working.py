"""How is the working of a financial assessment laid out, so that somebody with a pencil can follow it?"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from domain.law.financial_assessment import FiguresWorkedOut, Line
from domain.law.financial_assessment.working import Step

NOT_BELOW_NIL = "What is taken off is more than the income, so nothing is left"

_HOW_KNOWN = {"secondary": "from a secondary source", "recalled": "from memory"}


class Row(NamedTuple):
    """One amount with its sign. `line` is where it was worked out; none for what another section already gave."""

    label: str
    amount: Decimal
    line: Line | None = None
    note: str = ""

    @property
    def law(self) -> str:
        """The authority of the line, and how it is known where that is not from an official source."""
        assert self.line is not None  # only such rows are told with their law
        known = _HOW_KNOWN.get(self.line.certainty or "")
        return f"{self.line.authority}, known {known}" if known else self.line.authority


class Section(NamedTuple):
    """What belongs together in a working. Rows add up to their total, but in the last section each rules the next."""

    name: str
    heading: str
    rows: tuple[Row, ...]
    total: Row | None = None

    @property
    def told_with_law(self) -> list[Row]:
        """What has an authority to show, the total last."""
        return [row for row in (*self.rows, self.total) if row and row.line]


def working(figures: FiguresWorkedOut) -> list[Section]:
    """The sections of a working in its own order; one that has no line is left out."""
    of = _by_step(figures.lines)
    found = (
        Section("notional", "Capital counted that is no longer there", tuple(_notional(of))),
        Section("capital", "Capital", _rows(of, "capital"), _one(of, "assessable_capital")),
        Section("income", "Income each week", _rows(of, "tariff_income", "income"), _one(of, "assessable_income")),
        Section("allowances", "Taken off each week", _rows(of, "allowance"), _one(of, "allowances")),
        Section("contribution", "What is charged each week", tuple(_result(of)), _one(of, "contribution")),
    )
    return [section for section in found if section.rows or section.total]


Lines = Mapping[Step, list[Line]]


def _by_step(lines: tuple[Line, ...]) -> Lines:
    found: dict[Step, list[Line]] = {}
    for line in lines:
        found.setdefault(line.step, []).append(line)
    return found


def _rows(of: Lines, *steps: Step) -> tuple[Row, ...]:
    return tuple(Row(line.label, line.amount, line) for step in steps for line in of.get(step, ()))


def _one(of: Lines, step: Step) -> Row | None:
    return next(iter(_rows(of, step)), None)


def _notional(of: Lines) -> Iterator[Row]:
    """What was there at first, and what was taken off it since."""
    for n, row in enumerate(_rows(of, "notional_capital")):
        yield row._replace(amount=-row.amount) if n else row


def _result(of: Lines) -> Iterator[Row]:
    """Income less what is taken off, and every rule that then lowers the charge."""
    income, allowances, available = _one(of, "assessable_income"), _one(of, "allowances"), _one(of, "available")
    if income is None or allowances is None or available is None:
        return
    yield Row(income.label, income.amount)
    yield Row(allowances.label, -allowances.amount)
    yield available._replace(note=NOT_BELOW_NIL if income.amount < allowances.amount else "")
    yield from _rows(of, "charged")
