"""What holds of every file: neither order nor form means anything, and no bytes at all are a fault of ours."""

import io
import zipfile
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from api.importing.columns import KINDS
from api.importing.faults import NotATable
from api.importing.rows import read_rows
from api.importing.table import read_table
from tests.unit.tables import RIGHT, as_csv, as_workbook, bodies, read

kinds = st.sampled_from(sorted(KINDS))
File = tuple[str, list[dict[str, Any]], list[str]]
PENNIES = st.integers(0, 99_999_999_999)


@st.composite
def files(draw: st.DrawFn) -> File:
    """Rows of a kind, some of them spoiled, and its columns in some order."""
    kind = draw(kinds)
    spoiled = st.dictionaries(st.sampled_from(sorted(RIGHT[kind])), st.text(max_size=20), max_size=2)
    rows = [RIGHT[kind] | changes for changes in draw(st.lists(spoiled, min_size=1, max_size=5))]
    return kind, rows, draw(st.permutations(list(RIGHT[kind])))


def said(kind: str, content: bytes) -> list[object]:
    """What each row says, or its faults in whichever order."""
    found = read(kind, content)
    return [sorted(row, key=repr) if isinstance(row, list) else row for row in found]


@given(files())
def test_the_order_of_the_columns_means_nothing(file: File) -> None:
    kind, rows, order = file
    assert said(kind, as_csv(rows, order)) == said(kind, as_csv(rows))


@given(st.lists(PENNIES, min_size=1, max_size=20))
def test_amounts_are_the_same_to_the_penny_in_csv_and_in_a_workbook(pennies: list[int]) -> None:
    written = [RIGHT["budgets"] | {"weekly_cost": f"{each // 100}.{each % 100:02}"} for each in pennies]
    numbers = [RIGHT["budgets"] | {"weekly_cost": each / 100} for each in pennies]
    assert bodies("budgets", as_csv(written)) == bodies("budgets", as_workbook(numbers))


def survives(kind: str, content: bytes) -> None:
    """The file is read, or it is said why it cannot be."""
    with suppress(NotATable):
        list(read_rows(read_table(content, KINDS[kind])))


@given(kinds, st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_are_a_fault_of_ours(kind: str, content: bytes) -> None:
    survives(kind, content)
    survives(kind, as_csv([RIGHT[kind]]) + content)
    survives(kind, b"PK\x03\x04" + content)


@given(kinds, st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_no_workbook_that_was_spoiled_anywhere_is_a_fault_of_ours(kind: str, place: int, bad: bytes) -> None:
    whole = as_workbook([RIGHT[kind]])
    place %= len(whole)
    survives(kind, whole[:place] + bad + whole[place + len(bad) :])


@given(kinds, st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]),
       st.integers(0, 5_000), st.binary(min_size=1, max_size=8))  # fmt: skip
def test_no_part_of_a_workbook_that_was_spoiled_before_it_was_packed_is_a_fault_of_ours(
    kind: str, part: str, place: int, bad: bytes
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_workbook([RIGHT[kind]]))) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            found = old.read(name)
            at = place % len(found)
            new.writestr(name, found[:at] + bad + found[at + len(bad) :] if name == part else found)
    survives(kind, packed.getvalue())
