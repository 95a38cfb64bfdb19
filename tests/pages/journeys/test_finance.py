"""The journeys of those who keep the accounts."""

from ledger.council import Council
from ledger.statement_runs import StatementRuns
from tests.faults.served import until
from tests.integration.stating import written_to
from tests.pages.journeys.conftest import Walk


def test_making_the_statements_that_are_due_and_a_second_person_letting_them_go_out(
    walk: Walk, council: Council
) -> None:
    written_to(council, given_name="Ada", family_name="Ames")
    alice = walk(council, "finance", "Care accounts")
    alice.follow("Statement runs", "Statement runs")
    alice.write_day("to", 31, 10, 2024)
    alice.press("See what is due", "Check before making statements")
    alice.read("Statements to make", "Nothing has been made.")
    alice.press("Make the statements", "Yearly statements to 31 October 2024")
    rows = StatementRuns(council).rows
    until(lambda: rows.standings(99, 99)[0].finished_at, "the run is finished")
    bert = walk(council, "finance_approver", "Care accounts", sub="bert")
    bert.follow("Statement runs", "Statement runs")
    bert.follow("31 October 2024", "Yearly statements to 31 October 2024")
    bert.follow("Look at the sample, then release", "Look at the sample, then release")
    bert.tick("Ames")
    bert.press("Release the statements", "Yearly statements to 31 October 2024")
    bert.read("Released on")
