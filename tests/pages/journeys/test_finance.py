"""The journeys of those who keep the accounts."""

from ledger.council import Council
from ledger.statement_runs import StatementRuns
from tests.faults.served import until
from tests.integration.stating import written_to
from tests.pages.conftest import Kept
from tests.pages.journeys.conftest import Walk
from tests.pages.office import Office


def test_from_what_waits_today_to_an_account_and_its_entries(walk: Walk, kept: Kept) -> None:
    alice = walk(kept.council, "finance", "Today")
    alice.follow("Review of needs overdue", "Review of needs overdue")
    alice.follow("O'Brien, Bert", "Summary")
    alice.follow("See costs by period", "Costs by period")
    alice.follow("Entries", "Entries")


def test_correcting_an_entry_with_the_effect_seen_first(walk: Walk, council: Council) -> None:
    Office(council).mrs_a()
    alice = walk(council, "finance", "Today")
    alice.follow("Accounts", "Care accounts")
    alice.follow("Ames, Ada", "Summary")
    alice.follow("Entries", "Entries")
    alice.follow("Correct entry 3", "Correct entry 3")
    alice.press("See what it changes", "Correct entry 3")
    alice.read("There is a problem")
    alice.choose("A wrong amount")
    alice.choose("It should say something else")
    alice.write("What does a week cost the council?", "900.00")
    alice.press("See what it changes", "Check before correcting")
    alice.press("Record the correction", "Entries")
    alice.read("was corrected.")


def test_making_the_statements_that_are_due_and_a_second_person_letting_them_go_out(
    walk: Walk, council: Council
) -> None:
    written_to(council, given_name="Ada", family_name="Ames")
    alice = walk(council, "finance", "Today")
    alice.follow("Statement runs", "Statement runs")
    alice.write_day("to", 31, 10, 2024)
    alice.press("See what is due", "Check before making statements")
    alice.read("Statements to make", "Nothing has been made.")
    alice.press("Make the statements", "Yearly statements to 31 October 2024")
    rows = StatementRuns(council).rows
    until(lambda: rows.standings(99, 99)[0].finished_at, "the run is finished")
    bert = walk(council, "finance_approver", "Today", sub="bert")
    bert.follow("Statement runs", "Statement runs")
    bert.follow("31 October 2024", "Yearly statements to 31 October 2024")
    bert.follow("Look at the sample, then release", "Look at the sample, then release")
    bert.tick("Ames")
    bert.press("Release the statements", "Yearly statements to 31 October 2024")
    bert.read("Released on")
