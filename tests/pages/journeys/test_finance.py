"""The journeys of those who keep the accounts."""

from datetime import date

from ledger.council import Council
from ledger.statement_runs import StatementRuns
from tests.faults.served import until
from tests.integration.stating import written_to
from tests.pages.conftest import Kept
from tests.pages.everything import at
from tests.pages.journeys.conftest import Walk
from tests.pages.office import FINANCE, Office, adjustment


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


def test_a_second_person_approving_one_adjustment_and_sending_another_back(walk: Walk, council: Council) -> None:
    office = Office(council)
    account = office.mrs_a()
    for amount, asked in (("-25.00", 5), ("640.00", 6)):
        office.record(account, adjustment(date(2026, 9, 20), amount, "complaint"), at(2026, 10, asked), FINANCE)
    hedda = walk(council, "finance_approver", "Today", sub="h.lindqvist")
    hedda.follow("Approvals", "Approvals")
    hedda.follow("Ames, Ada", "Adjustment of -£25.00")
    hedda.read("What it changes", "No statement would be out of date.")
    hedda.press("Approve the adjustment", "Entries")
    hedda.read("The adjustment was approved.")
    hedda.follow("Approvals", "Approvals")
    hedda.follow("Ames, Ada", "Adjustment of £640.00")
    hedda.follow("Send it back instead", "Send back the adjustment of £640.00")
    hedda.press("Continue", "Send back the adjustment of £640.00")
    hedda.read("There is a problem")
    hedda.choose("The amount is wrong")
    hedda.press("Continue", "Check before sending back")
    hedda.press("Send it back", "Entries")
    alice = walk(council, "finance", "Today")
    alice.follow("Adjustments sent back", "Adjustments sent back")
    alice.read("Ames, Ada", "£640.00")


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
