"""How amounts of a council's own are read from a file, YAML or CSV, with every mistake told by its place."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from api.kit.problems import invalid
from domain import parameters
from domain.parameters import OwnAmount
from domain.parameters.files import read_yaml
from domain.parameters.proposed import mistakes
from ledger.amounts import MOST

_LIST = "amounts"


class NotAmounts(ValueError):
    """A file does not say which amounts it proposes. The message has a line for each mistake."""


class _Written(NamedTuple):
    """One amount as the file has it, and where."""

    number: int
    place: str
    fields: Mapping[Any, Any]


class _Wrong(NamedTuple):
    """A field that is wrong, and how to mend it."""

    written: _Written
    field: str
    sentence: str


def read_amounts(file: Path) -> tuple[OwnAmount, ...]:
    """The amounts that a file proposes; raises NotAmounts with every mistake, those against the law among them."""
    text = _text(file)
    written = list(_of_csv(text) if file.suffix.lower() == ".csv" else _of_yaml(text))
    if not 0 < len(written) <= MOST:
        raise NotAmounts(f"Give 1 to {MOST} amounts.")
    read, wrong = _read(written)
    beside_the_law = mistakes([amount for _, amount in read], parameters.load)
    wrong += [_Wrong(read[found.place][0], found.field, found.sentence) for found in beside_the_law]
    if wrong:
        in_order = sorted(wrong, key=lambda mistake: mistake.written.number)
        raise NotAmounts("\n".join(f"{each.written.place}, {each.field}: {each.sentence}" for each in in_order))
    return tuple(amount for _, amount in read)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")  # a spreadsheet marks its UTF-8
    except UnicodeDecodeError:
        raise NotAmounts("This is not a text in UTF-8. A spreadsheet calls what is needed CSV UTF-8.") from None


def _of_csv(text: str) -> Iterator[_Written]:
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in rows:
            if None in row:
                raise NotAmounts(f"line {rows.line_num}: There are more cells here than the first line names.")
            yield _Written(rows.line_num, f"line {rows.line_num}", {name: cell for name, cell in row.items() if cell})
    except csv.Error as fault:
        raise NotAmounts(f"line {rows.line_num}: This cannot be read as CSV: {fault}.") from fault


def _of_yaml(text: str) -> Iterator[_Written]:
    try:
        found = read_yaml(text)
    except ValueError as fault:
        raise NotAmounts(str(fault)) from fault
    given = found.pop(_LIST, None)
    if found or not isinstance(given, tuple):
        raise NotAmounts(f"Write one list, called {_LIST}, and nothing beside it.")
    for number, entry in enumerate(given, start=1):
        if not isinstance(entry, dict):
            raise NotAmounts(f"amount {number}: Write this as a mapping of fields.")
        yield _Written(number, f"amount {number}", entry)


def _read(written: list[_Written]) -> tuple[list[tuple[_Written, OwnAmount]], list[_Wrong]]:
    """The amounts that can be read, and what is wrong with the others."""
    read, wrong = [], []
    for each in written:
        try:
            read.append((each, OwnAmount.model_validate(each.fields)))
        except ValidationError as fault:
            wrong += [_Wrong(each, error.pointer.removeprefix("/"), error.detail) for error in invalid(fault).errors]
    return read, wrong
