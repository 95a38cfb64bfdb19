"""What does each row of a table ask, and what is wrong with those that cannot be read?"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from api.importing.cells import Cell, as_text, tidy
from api.importing.columns import ACCOUNT_REFERENCE, LOCAL_ID, Column, Kind
from api.importing.faults import CellFault, shown
from api.importing.table import Table, is_blank
from api.kit.problems import sentence_of
from domain.terms import Code, Terms
from ledger.import_run import RowFault
from ledger.reference import NoReference, read_reference


def _reference(text: str) -> str:
    try:
        return read_reference(text)
    except NoReference as fault:
        raise PydanticCustomError("no_reference", str(fault)) from None


class Whose(Terms):
    """The account that a row names, by its reference, by the person's local_id, or by both."""

    account_reference: Annotated[str, AfterValidator(_reference)] | None = None
    local_id: Code | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row that could be read: its number, the body it becomes, and whose account it is about if there is one."""

    number: int
    body: BaseModel
    whose: Whose | None


def read_rows(table: Table) -> Iterator[Row | list[RowFault]]:
    """Each row as what it asks, or everything that is wrong with it."""
    for number, line in table:
        yield _Reading(table, number).of(line)


class _Reading:
    """The reading of one row, and the faults found so far."""

    def __init__(self, table: Table, number: int) -> None:
        self._kind, self._columns, self._number = table.kind, table.columns, number
        self._given: dict[str, Cell] = {}
        self._faults: list[RowFault] = []

    def of(self, line: Sequence[Cell]) -> Row | list[RowFault]:
        """The row, or its faults."""
        if len(line) < len(self._columns) or not is_blank(line[len(self._columns) :]):
            self._note(None, "cells", self._other_cells(len(line)))
            return self._faults  # every cell may stand under another heading, so none of them is looked at
        values = dict(self._values(line))
        whose = self._whose(values) if self._kind.of_an_account else None
        body = self._body(values)
        return self._faults if self._faults or body is None else Row(self._number, body, whose)

    def _other_cells(self, number: int) -> str:
        return (
            f"The heading names {len(self._columns)} columns and this row has {number} cells: a comma or a line break"
            " inside a cell needs quotation marks around the cell."
        )

    def _values(self, line: Sequence[Cell]) -> Iterator[tuple[Column, Any]]:
        """The value of each column that has one. A cell left empty says nothing."""
        for column, cell in zip(self._columns, line, strict=False):
            self._given[column.name] = cell
            try:
                held = tidy(cell)
                if held != "":
                    yield column, column.reads(held)
                elif column.required:
                    self._note(column, "missing", "Every row needs this: write it.")
            except CellFault as fault:
                self._note(column, fault.rule, fault.fix)

    def _whose(self, values: Mapping[Column, Any]) -> Whose | None:
        """The account that the row names, or None, its faults noted."""
        named = {column.name: value for column, value in values.items() if column.names_account}
        if not named and not self._told & {ACCOUNT_REFERENCE, LOCAL_ID}:
            self._note(self._kind.column(ACCOUNT_REFERENCE), "missing", "Name the account, by reference or local_id.")
        try:
            return Whose.model_validate(named)
        except ValidationError as fault:
            self._note_each(fault)
            return None

    def _body(self, values: Mapping[Column, Any]) -> BaseModel | None:
        """The body as strictly as the API reads it, or None, its faults noted."""
        try:
            return self._kind.body.model_validate_json(json.dumps(_nested(values, self._kind.always)))
        except ValidationError as fault:
            self._note_each(fault)
            return None

    @property
    def _told(self) -> set[str | None]:
        """The columns of which something was told already."""
        return {fault.column for fault in self._faults}

    def _note_each(self, fault: ValidationError) -> None:
        """What is wrong with a field, unless its cell was told already; what is missing for that reason is no news."""
        for error in fault.errors():
            column = _column_of(error["loc"], self._kind)
            if (column and column.name in self._told) or (error["type"] == "missing" and self._faults):
                continue
            self._note(column, error["type"].replace("_", "-"), sentence_of(error))

    def _note(self, column: Column | None, rule: str, fix: str) -> None:
        cell = as_text(self._given.get(column.name, "")) if column else ""
        value = shown(cell, personal=column.personal, words=column.words) if column else ""
        name = column.name if column else None
        self._faults.append(RowFault(row=self._number, column=name, value=value, rule=rule, fix=fix))


def _nested(values: Mapping[Column, Any], always: Mapping[str, str]) -> dict[str, Any]:
    """The values where they stand in the body."""
    body: dict[str, Any] = dict(always)
    for column, value in values.items():
        if not column.names_account:
            *parents, last = column.path
            place = body
            for parent in parents:
                place = place.setdefault(parent, {})
            place[last] = value
    return body


def _column_of(place: tuple[int | str, ...], kind: Kind) -> Column | None:
    """The column of the field that an error is about, or of what encloses it."""
    named = tuple(part for part in place if isinstance(part, str))
    return next((column for column in kind.columns if named and column.path[: len(named)] == named), None)
