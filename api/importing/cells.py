"""How a cell of a spreadsheet or of a CSV file is read, and which of a spreadsheet's habits have to be told.

A value becomes the text that a body of the API would have, which the body's own model then judges. Nothing is guessed:
what could be read in two ways is refused with how to write it in one.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from api.importing.faults import CellFault
from domain.money import PENNY

Cell = str | float | bool | date | datetime | time | timedelta
"""What a cell holds: a text, or in a workbook a value of its own."""

Reads = Callable[[Cell], Any]
"""From a cell that is not empty to the value its field asks for. Raises CellFault."""

FORMULA_ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!)")


def tidy(cell: Cell) -> Cell:
    """The cell without the blanks around a text. Raises CellFault for what a formula left where it failed."""
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    if FORMULA_ERROR.fullmatch(text):
        raise CellFault("formula-error", "A formula failed here. Mend it, or write the value itself.")
    return text


def as_text(cell: Cell) -> str:
    """The cell as a person sees it, to be shown in a report."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell if isinstance(cell, str) else str(cell)


_POUNDS = re.compile(r"-?[0-9]+(\.[0-9]{1,2})?", re.ASCII)
_LIKE_POUNDS = re.compile(r"\(?-?[\u00a3$\u20ac]? ?-?[0-9]{1,3}(,?[0-9]{3})*(\.[0-9]*)?\)?")
_AMOUNT = "Write the amount in pounds and pence with a point and no other sign, for example 1234.50."


def money(cell: Cell) -> str:
    """Pounds and pence as exact text.

    A workbook keeps every number as a float. Its shortest text that reads back as the same float is the amount that
    was typed, to the penny: a float holds any fifteen figures, and an amount has eleven at most. So the text is taken,
    never the float, and one with more than two decimals, as 0.1 + 0.2 gives, is refused rather than rounded.
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _whole_pennies(Decimal(repr(float(cell))))
    if not isinstance(cell, str):
        raise CellFault("money", f"This is a {_kind(cell)}. {_AMOUNT}")
    if _POUNDS.fullmatch(cell):
        return _whole_pennies(Decimal(cell))
    if re.fullmatch(r"-?[0-9]+\.[0-9]{3,}", cell, re.ASCII):
        raise _too_exact()
    if _LIKE_POUNDS.fullmatch(cell):
        raise CellFault("money-sign", f"Take away the currency sign and the thousands commas. {_AMOUNT}")
    raise CellFault("money", _AMOUNT)


def _whole_pennies(amount: Decimal) -> str:
    if not amount.is_finite() or abs(amount) >= 10**9:
        raise CellFault("money", f"This amount is too large. {_AMOUNT}")
    if amount != amount.quantize(PENNY):
        raise _too_exact()
    return f"{amount.quantize(PENNY):f}"


def _too_exact() -> CellFault:
    return CellFault("money-decimals", "This amount has more than two decimals. Round it to the penny yourself.")


_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]00:00(:00(\.0+)?)?", re.ASCII)
_SLASHED = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{2}|[0-9]{4})", re.ASCII)
_SERIAL = re.compile(r"[0-9]{4,5}(\.[0-9]+)?", re.ASCII)
_DAY = "Write the day year first, as 2026-04-01."


def day(cell: Cell) -> str:
    """A day, year first; a workbook's own day as it stands."""
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise CellFault("day", f"This is a day with a time of day. {_DAY}")
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) or (isinstance(cell, str) and _SERIAL.fullmatch(cell)):
        raise CellFault(
            "day-serial", f"This is the number by which a spreadsheet counts days: show the column as days. {_DAY}"
        )
    if not isinstance(cell, str):
        raise CellFault("day", f"This is a {_kind(cell)}. {_DAY}")
    return _written_day(cell)


def _written_day(text: str) -> str:
    if midnight := _MIDNIGHT.fullmatch(text):
        return midnight[1]
    if _ISO.fullmatch(text):
        return text  # whether there is such a day is for the field to say
    if slashed := _SLASHED.fullmatch(text):
        if len(slashed[3]) == 2:
            raise CellFault("day-century", f"Two figures leave the century open. {_DAY}")
        if int(slashed[1]) <= 12 and int(slashed[2]) <= 12 and int(slashed[1]) != int(slashed[2]):
            raise CellFault("day-order", f"Which number is the day and which the month could be read both ways. {_DAY}")
    raise CellFault("day", _DAY)


_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


def truth(cell: Cell) -> bool:
    """Yes or no."""
    found = cell if isinstance(cell, bool) else _TRUTH.get(cell.lower()) if isinstance(cell, str) else None
    if found is None:
        raise CellFault("true-or-false", "Write true or false.")
    return found


_EXPONENT = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+", re.ASCII | re.IGNORECASE)


def text(cell: Cell) -> str:
    """A text or a code, as it was written. A number is none: it would have lost the zeros that it began with."""
    if isinstance(cell, str):
        if _EXPONENT.fullmatch(cell):
            raise CellFault(
                "number-shortened", "A spreadsheet shortened this number: format the column as text, and write it anew."
            )
        return cell
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        raise CellFault(
            "zeros-lost",
            "This is kept as a number, so zeros at its beginning are lost: format the column as text, and write it"
            " anew.",
        )
    raise CellFault("text", f"This is a {_kind(cell)}: format the column as text, and write it anew.")


def nhs_number(cell: Cell) -> str:
    """Ten digits, which no zero begins, so that a workbook's number has lost none."""
    if isinstance(cell, float) and cell.is_integer() and 10**9 <= cell < 10**10:
        return str(int(cell))
    return text(cell)


def phone(cell: Cell) -> str:
    """A telephone number with the zero or the plus that it begins with."""
    found = text(cell)
    if found.isdigit() and not found.startswith("0"):
        raise CellFault("zeros-lost", "The zero at the beginning was lost: format the column as text, and write it.")
    return found


def several(cell: Cell) -> list[str]:
    """Several texts in one cell, each on a line of its own or after an upright stroke."""
    return [part for part in (each.strip() for each in re.split(r"[\n|]", text(cell))) if part]


def _kind(cell: Cell) -> str:
    names: tuple[tuple[type, str], ...] = (
        (bool, "true or false"),
        (date, "day"),
        (time, "time of day"),
        (timedelta, "length of time"),
    )
    return next((name for kind, name in names if isinstance(cell, kind)), "number")
