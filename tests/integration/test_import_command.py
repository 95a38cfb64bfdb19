"""Does `careledger import` record each row once, tell every bad one, and say first what it would do?"""

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from domain.account.facts import BudgetSet, FinancialAssessmentImported
from ledger.council import Council
from ledger.imports import Imports
from tests.integration.posting import needs, told
from tests.integration.recording import open_account, rows
from tests.unit.tables import RIGHT, as_csv, as_workbook

Give = Callable[..., Result]
Rows = Sequence[Mapping[str, object]]


@pytest.fixture
def give(home: Path, council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Give:
    """The command, given a file of these rows for a council of this test's own."""
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", "2026-11-22T12:00:00Z")

    def run(kind: str, content: bytes | Rows, *more: str) -> Result:
        file = tmp_path / "rows.csv"
        file.write_bytes(content if isinstance(content, bytes) else as_csv(content))
        return CliRunner().invoke(cli, ["import", "--council", council.code, "--kind", kind, str(file), *more])

    return run


def people(*local_ids: str) -> Rows:
    return [RIGHT["accounts"] | {"local_id": local_id} for local_id in local_ids]


def budgets(**weekly: str) -> Rows:
    """A budget for each person, by their local_id with _ for a hyphen."""
    return [RIGHT["budgets"] | {"local_id": who.replace("_", "-"), "weekly_cost": cost} for who, cost in weekly.items()]


def counts(said: Result) -> list[int]:
    """How many rows were recorded, recorded before, bad, and left."""
    return [int(line.split()[-1]) for line in said.stdout.splitlines()[1:5]]


def events(council: Council) -> int:
    ((number,),) = rows(council, "SELECT count(*) FROM {schema}.events")
    return int(number)


def test_rows_of_each_kind_become_facts_of_the_accounts_they_name(give: Give, council: Council) -> None:
    for kind, right in RIGHT.items():
        said = give(kind, [right])
        assert (said.exit_code, counts(said)) == (0, [1, 0, 0, 0]), said.output
    account_id = council.people.taken(["P-1"])["P-1"]
    recorded = list(council.ledger.entries(account_id))
    assert [type(entry.fact).__name__ for entry in recorded] == [
        "AccountOpened",
        "NeedsAssessed",
        "BudgetSet",
        "FinancialAssessmentImported",
        "ChargeRaised",
    ]
    budget, assessment = recorded[2].fact, recorded[3].fact
    assert isinstance(budget, BudgetSet)
    assert isinstance(assessment, FinancialAssessmentImported)
    assert (budget.weekly_cost, assessment.weekly_contribution) == (Decimal("950.00"), Decimal("350.00"))
    assert (recorded[0].recorded_by, recorded[0].role) == ("operator", "machine")
    assert council.people.of([account_id])[account_id].family_name == "Ames"


def test_an_account_may_be_named_by_its_reference_and_names_go_to_the_vault(give: Give, council: Council) -> None:
    account = open_account(council).account
    row = {**RIGHT["budgets"], "account_reference": account.opened.reference, "local_id": "", "provider.name": "Quill"}
    assert give("budgets", [row]).exit_code == 0
    assert council.people.texts(account.id) == {2: {"provider.name": "Quill"}}


def test_a_workbook_records_what_the_same_csv_does_and_is_known_by_it(give: Give) -> None:
    give("accounts", people("P-1"))
    assert counts(give("budgets", as_workbook([RIGHT["budgets"] | {"weekly_cost": 950}]))) == [1, 0, 0, 0]
    assert counts(give("budgets", [RIGHT["budgets"] | {"weekly_cost": "950.0"}])) == [0, 1, 0, 0]


def test_the_same_file_twice_changes_nothing_and_says_so(give: Give, council: Council) -> None:
    for kind, content in (("accounts", people("P-1", "P-2")), ("budgets", budgets(P_1="950.00", P_2="800.00"))):
        give(kind, content)
        before = events(council)
        said = give(kind, content)
        assert (said.exit_code, counts(said)) == (0, [0, 2, 0, 0])
        assert "Every row of this file had been recorded before. Nothing was changed." in said.stdout
        assert events(council) == before


def test_a_longer_file_records_its_new_rows_alone_whatever_their_order(give: Give) -> None:
    give("accounts", people("P-1", "P-2"))
    give("budgets", budgets(P_1="950.00"))
    assert counts(give("budgets", budgets(P_2="950.00"))) == [1, 0, 0, 0]  # the same, but of somebody else
    assert counts(give("budgets", [*budgets(P_2="800.00", P_1="950.00"), *budgets(P_2="950.00")])) == [1, 2, 0, 0]


def test_equal_rows_of_one_file_are_as_many_facts_and_are_known_as_many_times(give: Give) -> None:
    give("accounts", people("P-1"))
    twice = [*budgets(P_1="950.00"), *budgets(P_1="950.00")]
    assert counts(give("budgets", twice)) == [2, 0, 0, 0]
    assert counts(give("budgets", [*twice, *budgets(P_1="950.00")])) == [1, 2, 0, 0]


def test_one_bad_row_keeps_every_row_from_being_recorded_and_all_that_are_bad_are_told(
    give: Give, council: Council
) -> None:
    give("accounts", people("P-1", "P-2"))
    before = events(council)
    said = give("budgets", budgets(P_1="950.00", P_9="1.00", P_2="\u00a3800"))
    assert (said.exit_code, counts(said), events(council)) == (1, [0, 0, 2, 1], before)
    assert said.stdout.splitlines()[6:] == [
        "row 3, local_id (P...): The council keeps no account of this local_id. Compare it, or import the account"
        " first.",
        "row 4, weekly_cost (\u00a3800): Take away the currency sign and the thousands commas. Write the amount in"
        " pounds and pence with a point and no other sign, for example 1234.50.",
    ]


def test_a_row_that_the_account_refuses_keeps_every_row_from_being_recorded(give: Give, council: Council) -> None:
    give("accounts", people("P-1"))
    before = events(council)
    charges = [RIGHT["charges"], RIGHT["charges"] | {"reference": "INV-2"}, RIGHT["charges"] | {"amount": "1.00"}]
    said = give("charges", charges, "--json")
    found = json.loads(said.stdout)
    assert (said.exit_code, events(council)) == (1, before)
    assert (found["status"], found["applied"], found["left"]) == ("refused", 0, 2)
    assert [(error["row"], error["rule"]) for error in found["errors"]] == [(4, "charge-reference-used")]


def test_good_rows_are_recorded_beside_bad_ones_where_that_is_asked_for(give: Give, council: Council) -> None:
    give("accounts", people("P-1", "P-2"))
    before = events(council)
    said = give("budgets", budgets(P_1="950.00", P_9="1.00", P_2="800.00"), "--good-rows")
    assert (said.exit_code, counts(said), events(council)) == (1, [2, 0, 1, 0], before + 2)
    mended = give("budgets", budgets(P_1="950.00", P_2="800.00"))
    assert (mended.exit_code, counts(mended)) == (0, [0, 2, 0, 0])


def test_a_second_account_for_a_person_is_a_bad_row(give: Give) -> None:
    give("accounts", people("P-1"))
    again = [RIGHT["accounts"] | {"family_name": "Bell"}]
    said = give("accounts", [*again, *people("P-2"), RIGHT["accounts"] | {"local_id": "P-2", "family_name": "Bell"}])
    assert counts(said) == [0, 0, 2, 1]
    assert "row 2: The council already keeps an account for this local_id." in said.stdout
    assert "row 4: The council already keeps an account for this local_id." in said.stdout


def test_a_reference_and_a_local_id_of_two_accounts_are_told(give: Give, council: Council) -> None:
    other = open_account(council).account.opened.reference
    give("accounts", people("P-1"))
    said = give("budgets", [RIGHT["budgets"] | {"account_reference": other}])
    assert "row 2, local_id (P...): The reference and the local_id are of two accounts" in said.stdout


def test_a_dry_run_shows_what_the_file_would_do_in_money_and_records_nothing(give: Give, council: Council) -> None:
    give("accounts", people("P-1", "P-2"))
    accounts = council.people.taken(["P-1", "P-2"])
    for account_id in accounts.values():
        told(council, account_id, needs())
    give("budgets", budgets(P_1="950.00"))
    before = events(council)
    content = [*budgets(P_1="950.00", P_2="800.00"), RIGHT["budgets"] | {"effective_from": "2026-11-16"}]
    said = give("budgets", content, "--dry-run", "--json")
    found = json.loads(said.stdout)
    assert (said.exit_code, events(council)) == (0, before)
    assert [found[name] for name in ("applied", "known", "rejected", "left")] == [2, 1, 0, 0]
    effects = found["effects"]
    assert (effects["accounts_opened"], effects["accounts_changed"]) == (0, 2)
    assert (effects["before"]["weekly_cost"], effects["after"]["weekly_cost"]) == ("950.00", "1750.00")
    give("budgets", content)
    progress = {who: council.ledger.account(account_id) for who, account_id in accounts.items()}
    assert len(progress["P-2"].entries) == 3
    changed_most = effects["most_changed"][0]
    assert changed_most["reference"] == progress["P-2"].opened.reference
    assert changed_most["before"]["accrued_costs"] == "0.00"


def test_a_dry_run_says_the_same_in_words(give: Give, council: Council) -> None:
    give("accounts", people("P-1"))
    told(council, council.people.taken(["P-1"])["P-1"], needs())
    said = give("budgets", [RIGHT["budgets"] | {"effective_from": "2026-11-09"}], "--dry-run")
    reference = council.ledger.account(council.people.taken(["P-1"])["P-1"]).opened.reference
    assert said.stdout.splitlines() == [
        "Nothing was recorded. 1 row of budgets would come to this:",
        "  to record                                      1",
        "  recorded before                                0",
        "  bad                                            0",
        "  good, but left since others are bad            0",
        "  blank lines passed over                        0",
        "",
        "Accounts opened: 0. Accounts changed: 1.",
        "",
        "All accounts that change, as they stand on 2026-11-22, in pounds",
        "                                      before             after",
        "  budgets, a week                       0.00            950.00",
        "  contributions, a week                 0.00              0.00",
        "  charges so far                        0.00              0.00",
        "  accrued costs                         0.00          1,500.00",
        "",
        "Those that change most",
        f"  {reference}  budgets, a week 0.00 to 950.00; accrued costs 0.00 to 1,500.00",
    ]
    assert "Weighing: 1 of 1" in said.stderr


def test_what_became_of_each_import_can_be_read_afterwards(give: Give, council: Council) -> None:
    give("accounts", people("P-1"))
    give("accounts", people("P-1"))
    give("budgets", budgets(P_9="1.00"), "--sub", "r.patel")
    standings = Imports(council).rows.standings(2**31 - 1, 10)
    assert [standing.status for standing in standings] == ["refused", "nothing_new", "recorded"]
    assert [standing.run.by.sub for standing in standings] == ["r.patel", "operator", "operator"]


def test_a_template_is_printed_without_a_council(home: Path) -> None:
    said = CliRunner().invoke(cli, ["import", "--kind", "charges", "--template"])
    assert said.stdout.splitlines() == [
        "account_reference,local_id,reference,period_from,period_ending_before,amount",
        ",P-1001,INV-2024/01,2024-01-01,2024-01-29,1400.00",
    ]


def test_a_file_that_is_no_table_is_told_line_by_line(give: Give, council: Council) -> None:
    said = give("budgets", b"local_id;kind\n")
    assert said.exit_code == 1
    assert "cannot be imported, and nothing was recorded.\nThe columns are separated by semicolons" in said.output
    assert Imports(council).rows.standings(2**31 - 1, 10) == []


def test_a_command_without_a_file_says_what_to_give(give: Give) -> None:
    said = CliRunner().invoke(cli, ["import", "--kind", "charges"])
    assert said.exit_code == 2
    assert "Give the FILE to import, or --template" in said.output
