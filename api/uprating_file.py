"""By how much do incomes rise, as somebody wrote it down with its source, in YAML or as CSV?"""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from api.kit.problems import FieldProblem, invalid
from domain.account.uprating import MOST_RISES, Rise
from domain.parameters.files import read_yaml

COLUMNS = tuple(Rise.model_fields)


class NotAnUprating(Exception):
    """The file does not say how incomes rise; the message says where and how to mend it, a line for each mistake."""


def read_rises(path: Path) -> tuple[Rise, ...]:
    """The rises that a file holds; raises NotAnUprating."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAnUprating("It is not a text in UTF-8.") from None
    found = _of_csv(text) if path.suffix.lower() == ".csv" else _of_yaml(text)
    if not 0 < len(found) <= MOST_RISES:
        raise NotAnUprating(f"It holds {len(found)} rises: give 1 to {MOST_RISES}.")
    return _checked(found)


def _of_csv(text: str) -> Mapping[str, Mapping[str, object]]:
    """The rows under their heads; a cell left empty says nothing."""
    rows = csv.DictReader(io.StringIO(text), restkey="beyond the last column", strict=True)
    if unknown := set(rows.fieldnames or ("nothing",)) - set(COLUMNS):
        raise NotAnUprating(f"Its first row names {', '.join(sorted(unknown))}: name {', '.join(COLUMNS)}.")
    try:
        return {
            f"line {rows.line_num}": {str(name): cell for name, cell in row.items() if cell not in (None, "")}
            for row in rows
        }
    except csv.Error as fault:
        raise NotAnUprating(f"after line {rows.line_num}: {fault}.") from fault


def _of_yaml(text: str) -> Mapping[str, object]:
    """The list under `rises`."""
    try:
        found = read_yaml(text)
    except ValueError as fault:
        raise NotAnUprating(f"{fault}.") from fault
    rises = found.pop("rises", None)
    if found or not isinstance(rises, tuple):
        raise NotAnUprating(f"Write rises: and below it a list, each with what is said of {', '.join(COLUMNS)}.")
    return {f"rise {number}": rise for number, rise in enumerate(rises, start=1)}


def _checked(found: Mapping[str, object]) -> tuple[Rise, ...]:
    rises, mistakes = [], []
    for place, rise in found.items():
        try:
            rises.append(Rise.model_validate(rise))
        except ValidationError as fault:
            mistakes += [f"{place}: {_said(each)}" for each in invalid(fault).errors]
    if mistakes:
        raise NotAnUprating("\n".join(mistakes))
    return tuple(rises)


def _said(problem: FieldProblem) -> str:
    """What is wrong, after the name of what it is wrong with."""
    return ": ".join(filter(None, (problem.pointer.removeprefix("/"), problem.detail)))
