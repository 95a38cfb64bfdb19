"""Is a file that is no table of its kind told for what it is, and is a table found wherever it stands?"""

import io
import zipfile

import pytest
import xlsxwriter

from api.importing import table as tables
from api.importing import unfolding
from api.importing.faults import NotATable
from tests.unit.tables import RIGHT, as_csv, as_workbook, bodies, faults, table

BUDGET = as_csv([RIGHT["budgets"]])
HEADING, ROW = BUDGET.decode().split("\r\n")[:2]


def told(content: bytes, kind: str = "budgets") -> str:
    """What is said of a file that cannot be read."""
    with pytest.raises(NotATable) as refused:
        table(kind, content)
    assert str(refused.value).endswith(".")
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\r\n,,\r\n", "The file is empty"),
        (BUDGET.replace(b",", b";"), "separated by semicolons"),
        (BUDGET.replace(b",", b"\t"), "separated by tabs"),
        (BUDGET.decode().replace("P-1", "Zo\u00eb").encode("cp1252"), "not in UTF-8: see line 2. It may be in Windows"),
        (BUDGET.decode().encode("utf-16"), "UTF-16"),
        (f"{HEADING}\n{ROW.replace('P-1', chr(34) + 'P-1')}\n".encode(), "The CSV breaks off"),
        (f"{HEADING},kind\n{ROW},personal\n".encode(), "Columns 2 and 7 have the same name"),
        (f"{HEADING},\n{ROW},x\n{ROW},\n".encode().replace(b"kind,", b","), "There is no column kind"),
        (
            f"{HEADING},Weekly Cost\n".encode(),
            "Column 7: a file of budgets has no column of this name. It may be weekly",
        ),
        (f"{HEADING},zzz\n".encode(), "Its columns are account_reference, local_id, kind"),
        (f"{HEADING.replace('local_id,', '')}\n".encode(), "no column account_reference or local_id"),
        (b"," * 5_000 + b"x", "The heading names 5,001 columns: a file of budgets has 13"),
        (b"PK\x03\x04 and then nothing of the kind", "This workbook cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook of the old kind, or a protected one"),
    ],
)
def test_a_file_that_is_no_such_table_is_told(content: bytes, sentence: str) -> None:
    assert sentence in told(content)


def test_everything_that_is_wrong_with_a_heading_is_told_at_once_and_repeats_none_of_its_names() -> None:
    said = told(b"P-1,Ada,Ada\nP-2,Bob,Ames\n", "accounts")
    assert "Ada" not in said
    assert len(said.splitlines()) == 6  # one name twice, three unknown, two missing


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf_8_is_read_with_and_without_a_mark(mark: bytes) -> None:
    assert len(bodies("budgets", mark + BUDGET)) == 1


def test_blank_lines_are_passed_over_and_counted_and_rows_keep_their_numbers() -> None:
    content = f"\n{HEADING}\n,,,,,\n{ROW}\n\n{ROW.replace('950.00', 'x')}\n".encode()
    found = table("budgets", content)
    assert (found.rows, found.blank) == (2, 2)
    assert [fault.row for fault in faults("budgets", content)] == [6]


def test_a_line_break_inside_a_cell_makes_no_row() -> None:
    content = f'{HEADING},provider.name\n{ROW},"a\nb"\n{ROW},x\x07\n'.encode()
    assert [fault.row for fault in faults("budgets", content)] == [2, 3]


@pytest.mark.parametrize("row", [f"{ROW},x", ROW.partition(",")[2]])
def test_a_row_of_more_or_fewer_cells_than_the_heading_is_told_and_not_looked_into(row: str) -> None:
    (fault,) = faults("budgets", f"{HEADING}\n{row}\n".encode())
    assert (fault.rule, fault.column, fault.row) == ("cells", None, 2)


def test_empty_columns_behind_a_table_are_no_columns() -> None:
    assert len(bodies("budgets", f"{HEADING},,\n{ROW},,\n".encode())) == 1


def test_a_table_may_stand_anywhere_in_its_sheet() -> None:
    content = as_workbook([RIGHT["budgets"], RIGHT["budgets"] | {"weekly_cost": "x"}], above=2, aside=3)
    assert [fault.row for fault in faults("budgets", content)] == [5]


def workbook(**sheets: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    return out.getvalue()


def test_of_several_sheets_one_may_be_in_use() -> None:
    lines: list[list[object]] = [list(RIGHT["budgets"]), list(RIGHT["budgets"].values())]
    assert len(bodies("budgets", workbook(notes=[], table=lines))) == 1
    assert "2 sheets" in told(workbook(notes=[["see below"]], table=lines))
    assert "empty" in told(workbook(notes=[]))


@pytest.mark.parametrize("aside", [0, 2])
def test_a_formula_that_failed_is_told_where_it_would_have_passed_for_an_empty_cell(aside: int) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, aside, list(RIGHT["budgets"]))
        sheet.write_row(1, aside, list(RIGHT["budgets"].values()))
        sheet.write_formula(1, aside + 5, "=NA()", value="#N/A")  # no end, and an end nobody knows, are two things
    (fault,) = faults("budgets", out.getvalue())
    assert (fault.row, fault.column, fault.value, fault.rule) == (2, "ending_before", "#N/A", "formula-error")


def changed(content: bytes, part: str, before: bytes, after: bytes) -> bytes:
    """A workbook with something inside one of its parts written otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            found = old.read(name)
            assert name != part or before in found
            new.writestr(name, found.replace(before, after) if name == part else found)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_formula_that_was_never_worked_out_is_told() -> None:
    lines: list[list[object]] = [list(RIGHT["budgets"]), list(RIGHT["budgets"].values())]
    lines[1][3] = "=900+50"
    content = workbook(table=lines)
    assert "never worked out" in told(changed(content, SHEET, b'<v>0</v></c><c r="E2"', b'</c><c r="E2"'))


@pytest.mark.parametrize("cell", [b"XFD1048576", b"A99999999999", b"ZZZZZZ1"])
def test_a_cell_far_beyond_the_table_takes_no_memory_and_is_told(cell: bytes) -> None:
    content = as_workbook([RIGHT["budgets"]])
    assert "far beyond its table" in told(changed(content, SHEET, b'r="A2"', b'r="' + cell + b'"'))


def test_a_small_workbook_that_unfolds_into_a_large_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfolding, "LARGEST", 100_000)
    content = changed(as_workbook([RIGHT["budgets"]]), "docProps/app.xml", b"</", b" " * 200_000 + b"</")
    assert len(content) < 50_000
    assert "unfolds into more" in told(content)


def test_a_file_of_more_rows_or_bytes_than_are_taken_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    assert "3 rows: split it" in told(as_csv([RIGHT["budgets"]] * 3))
    monkeypatch.setattr(tables, "LARGEST_FILE", 100)
    assert "larger than 25 MB" in told(as_csv([RIGHT["budgets"]] * 3))
