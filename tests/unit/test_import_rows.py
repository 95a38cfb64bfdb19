"""Is each fault of a row told by its row, its column, its rule and how to mend it, and what is right taken as it is?"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from api.importing.columns import KINDS
from api.importing.template import template
from domain.account.commands import ImportFinancialAssessment, RaiseCharge, RecordNeedsAssessment
from tests.unit.tables import RIGHT, as_csv, as_workbook, bodies, faults

MIDNIGHT = datetime(2023, 10, 2)  # noqa: DTZ001 - a workbook knows no time zones
FORMS = [as_csv, as_workbook]

WRONG: list[tuple[str, str, str, str, str]] = [
    ("budgets", "weekly_cost", "\u00a31,950.00", "money-sign", "\u00a31,950.00"),
    ("budgets", "weekly_cost", "1,950.00", "money-sign", "1,950.00"),
    ("budgets", "weekly_cost", "\u00a3950", "money-sign", "\u00a3950"),
    ("budgets", "weekly_cost", "950.005", "money-decimals", "950.005"),
    ("budgets", "weekly_cost", "950,50", "money", "950,50"),
    ("budgets", "weekly_cost", "9.5E+02", "money", "9..."),
    ("budgets", "weekly_cost", "-950.00", "money-negative", "-950.00"),
    ("budgets", "weekly_cost", "1000000000", "money", "1000000000"[:1] + "..."),
    ("budgets", "weekly_cost", "nine hundred", "money", "n..."),
    ("budgets", "weekly_cost", "#N/A", "formula-error", "#N/A"),
    ("budgets", "weekly_cost", "#REF!", "formula-error", "#REF!"),
    ("budgets", "weekly_cost", "", "missing", ""),
    ("budgets", "effective_from", "45201", "day-serial", "45201"),
    ("budgets", "effective_from", "02/10/2023", "day-order", "02/10/2023"),
    ("budgets", "effective_from", "23/10/2023", "day", "23/10/2023"),
    ("budgets", "effective_from", "2/10/23", "day-century", "2/10/23"),
    ("budgets", "effective_from", "2023-02-30", "day-impossible", "2023-02-30"),
    ("budgets", "effective_from", "1 October", "day", "1..."),
    ("budgets", "ending_before", "2023-10-01", "span-ends-early", "2023-10-01"),
    ("budgets", "kind", "independant", "literal-error", "independant"),
    ("budgets", "kind", "Ada Ames", "literal-error", "A..."),
    ("needs", "eligible", "maybe", "true-or-false", "m..."),
    ("needs", "eligible_from", "", "needs-day", ""),
    ("needs", "eligible", "no", "needs-no-day", "2023-10-02"),
    ("assessments", "source.system", "two words", "written-otherwise", "t..."),
    ("assessments", "outcome", "nil", "literal-error", "n..."),
    ("charges", "reference", "1.23E+11", "number-shortened", "1..."),
    ("charges", "local_id", "", "missing", ""),
    ("accounts", "local_id", "Ada Ames", "written-otherwise", "A..."),
    ("accounts", "nhs_number", "9434765918", "nhs-number", "9..."),
    ("accounts", "family_name", "Am\u0007es", "text", "A..."),
    ("accounts", "opened_on", "02/05/1941", "day-order", "0..."),
]


@pytest.mark.parametrize(("kind", "column", "cell", "rule", "shown"), WRONG)
def test_a_wrong_cell_is_told_by_row_column_value_rule_and_fix(
    kind: str, column: str, cell: str, rule: str, shown: str
) -> None:
    (fault,) = faults(kind, as_csv([RIGHT[kind], RIGHT[kind] | {column: cell}]))
    assert (fault.row, fault.rule, fault.value) == (3, rule, shown)
    assert fault.column == {"needs-no-day": "eligible_from", "missing": fault.column}.get(rule, column)
    assert fault.fix.endswith(".")


def test_every_fault_of_every_row_is_told_at_once() -> None:
    rows = [RIGHT["budgets"] | {"weekly_cost": "x", "effective_from": "y"}, RIGHT["budgets"], {"kind": "both"}]
    found = faults("budgets", as_csv(rows))
    assert [(fault.row, fault.column) for fault in found] == [
        (2, "weekly_cost"),
        (2, "effective_from"),
        (4, "setting"),
        (4, "weekly_cost"),
        (4, "effective_from"),
        (4, "account_reference"),
        (4, "kind"),
    ]


@pytest.mark.parametrize("column", ["given_name", "nhs_number", "date_of_birth", "postcode", "phone", "address"])
@pytest.mark.parametrize("value", ["Zzyzx\u0007", "02/05/1941", "943 476 5918", "#N/A"])
def test_what_is_personal_is_never_repeated(column: str, value: str) -> None:
    for fault in faults("accounts", as_csv([RIGHT["accounts"] | {column: value}])):
        assert value not in f"{fault.value} {fault.fix}"
        assert fault.value == f"{value[0]}..."


@pytest.mark.parametrize("kind", [kind for kind in RIGHT if kind != "accounts"])
def test_a_name_or_an_nhs_number_that_slipped_into_another_column_is_not_repeated(kind: str) -> None:
    for column in RIGHT[kind]:
        for value in ("Zzyzx Quill", "943 476 5919", "CM1 1QH"):
            found = faults(kind, as_csv([RIGHT[kind] | {column: value}]))
            assert all(value not in f"{fault.value} {fault.fix}" for fault in found)


@pytest.mark.parametrize(("cell", "pounds"), [("950", "950.00"), ("950.5", "950.50"), (" 950.00 ", "950.00")])
def test_an_amount_is_taken_to_the_penny_as_it_is_written(cell: str, pounds: str) -> None:
    (body,) = bodies("budgets", as_csv([RIGHT["budgets"] | {"weekly_cost": cell}]))
    assert getattr(body, "weekly_cost", None) == Decimal(pounds)


@pytest.mark.parametrize("pennies", [1, 10, 29, 57, 1001, 95_003, 1_234_567_89, 99_999_999_999])
def test_the_number_of_a_workbook_is_the_amount_that_was_typed(pennies: int) -> None:
    row: dict[str, Any] = RIGHT["budgets"] | {"weekly_cost": pennies / 100}
    (body,) = bodies("budgets", as_workbook([row]))
    assert getattr(body, "weekly_cost", None) == Decimal(pennies) / 100


@pytest.mark.parametrize("number", [950.0000000000001, 950.005, 1e-9, 1e300])
def test_a_number_that_is_no_whole_pennies_is_refused_and_not_rounded(number: float) -> None:
    (fault,) = faults("budgets", as_workbook([RIGHT["budgets"] | {"weekly_cost": number}]))
    assert fault.rule in ("money-decimals", "money")


@pytest.mark.parametrize("cell", ["2023-10-02", "2023-10-02 00:00:00", date(2023, 10, 2), MIDNIGHT])
def test_a_day_is_taken_as_text_or_as_a_workbooks_own(cell: Any) -> None:
    (body,) = bodies("budgets", as_workbook([RIGHT["budgets"] | {"effective_from": cell}]))
    assert getattr(body, "effective_from", None) == date(2023, 10, 2)


@pytest.mark.parametrize(
    ("kind", "column", "value", "rule"),
    [
        ("budgets", "effective_from", 45201, "day-serial"),
        ("budgets", "effective_from", MIDNIGHT.replace(hour=9), "day"),
        ("budgets", "weekly_cost", date(2023, 10, 2), "money"),
        ("budgets", "weekly_cost", True, "money"),
        ("charges", "reference", 17, "zeros-lost"),
        ("charges", "local_id", 1001, "zeros-lost"),
        ("charges", "reference", True, "text"),
        ("accounts", "local_id", 1001, "zeros-lost"),
        ("accounts", "phone", "1632960001", "zeros-lost"),
        ("accounts", "nhs_number", 943476591, "zeros-lost"),
    ],
)
def test_what_a_spreadsheet_made_of_a_cell_is_told(kind: str, column: str, value: Any, rule: str) -> None:
    (fault,) = faults(kind, as_workbook([{**RIGHT[kind], column: value}]))
    assert (fault.row, fault.column, fault.rule) == (2, column, rule)


def test_an_nhs_number_may_be_a_number_since_none_begins_with_a_zero() -> None:
    (body,) = bodies("accounts", as_workbook([RIGHT["accounts"] | {"nhs_number": 9434765919}]))
    assert body == bodies("accounts", as_csv([RIGHT["accounts"]]))[0]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_right_row_is_the_body_that_the_api_takes(kind: str, form: Any) -> None:
    (body,) = bodies(kind, form([RIGHT[kind]]))
    assert isinstance(body, KINDS[kind].body)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_template_is_right(kind: str) -> None:
    heading, example = template(KINDS[kind]).splitlines()
    assert heading.split(",") == [column.name for column in KINDS[kind].columns]
    assert len(bodies(kind, f"{heading}\n{example}\n".encode())) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_body_has_a_column(kind: str) -> None:
    asked = KINDS[kind]
    fields = set(fields_of(asked.body.model_json_schema(), asked.body.model_json_schema()))
    columns = {".".join(column.path) for column in asked.columns if not column.names_account}
    assert columns | set(asked.always) == fields


def fields_of(schema: dict[str, Any], whole: dict[str, Any], above: str = "") -> list[str]:
    """The fields of a body by their places, those of what is inside it instead of what holds them."""
    found = []
    for name, field in schema["properties"].items():
        inner = [choice["$ref"] for choice in [field, *field.get("anyOf", [])] if "$ref" in choice]
        if inner:
            found += fields_of(whole["$defs"][inner[0].rpartition("/")[2]], whole, f"{above}{name}.")
        else:
            found.append(f"{above}{name}")
    return found


def test_several_values_stand_in_one_cell_on_lines_or_between_strokes() -> None:
    for cell in ("nutrition | hygiene", "nutrition\nhygiene\n"):
        (body,) = bodies("needs", as_csv([RIGHT["needs"] | {"outcomes": cell}]))
        assert isinstance(body, RecordNeedsAssessment)
        assert body.outcomes == ("nutrition", "hygiene")


def test_a_column_that_is_left_out_says_nothing() -> None:
    (charge,) = bodies("charges", as_csv([RIGHT["charges"]]))
    (assessment,) = bodies("assessments", as_csv([RIGHT["assessments"]]))
    assert isinstance(charge, RaiseCharge)
    assert isinstance(assessment, ImportFinancialAssessment)
    assert (assessment.type, assessment.source.reference) == ("imported", None)
