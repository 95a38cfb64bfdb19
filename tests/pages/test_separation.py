"""Does an auditor see who recorded and who approved, and each person who stood on both sides?"""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from domain.account.facts import AdjustmentApproved, AdjustmentProposed
from ledger.approvals import Approval, approvals
from ledger.council import Council
from ledger.outcomes import Caller
from ledger.policy import Policy, approval
from ledger.receipts import Request
from ledger.statement_runs import StatementRuns
from tests.conftest import NOON
from tests.integration.stating import BERT, made_run, released, written_to
from tests.integration.test_own_amounts import FORTY
from tests.pages.conftest import signed_in_client
from tests.pages.everything import Everything, at
from tests.pages.office import FINANCE, Office, adjustment
from tests.pages.reading import read

SEPARATION = "/audit/separation"


def recorded_past_the_rule(council: Council, approver: Caller) -> Approval:
    """An adjustment and its approval as a program that did not ask who approves would have left them."""
    office = Office(council)
    who = office.mrs_a()
    asked = office.record(who, adjustment(date(2025, 9, 10), "-25.00", "complaint"), at(2025, 9, 8), FINANCE)
    version = council.ledger.account(who).version
    fact = AdjustmentApproved(adjustment=str(asked), on=date(2025, 9, 9))
    council.ledger.append([(who, version, (fact,))], by=approver, now=at(2025, 9, 9), before=lambda _: None)
    return next(each for each in approvals(council) if each.entry_id == asked)


@pytest.fixture
def auditor_of(site: Flask, council: Council) -> FlaskClient:
    return signed_in_client(site, council, "auditor")


def test_every_adjustment_stands_with_both_its_people_or_waits(
    auditor_of_everything: FlaskClient, everything: Everything
) -> None:
    account = everything.council.ledger.account(everything.moved)
    words = read(auditor_of_everything, SEPARATION)
    assert f"Adjustment, {account.opened.reference} alice (finance)" in words
    assert "h.lindqvist (finance approver)" in words
    assert "3 things; one person on both sides: 0; waiting for a second person: 1" in words
    assert "Nobody yet Waiting" in words
    assert "Sent back by h.lindqvist (finance approver)" in words


@pytest.mark.parametrize("name", ["alice", "Alice", " ALICE"])
def test_one_person_on_both_sides_is_listed_under_two_roles_and_however_the_name_is_written(
    council: Council, auditor_of: FlaskClient, name: str
) -> None:
    found = recorded_past_the_rule(council, Caller(name, "finance_approver"))
    assert found.one_person
    words = read(auditor_of, f"{SEPARATION}?shown=one_person")
    assert "1 thing; one person on both sides: 1" in words
    assert "One person" in words.partition("State")[2]
    both = words.partition("People who worked in more than one role")[2]
    assert "finance: 2 entries" in both
    assert "finance approver: 1 entry" in both
    assert "Both sides" in both.partition("finance approver")[2]


def test_two_people_are_not_one_and_are_not_listed_as_such(council: Council, auditor_of: FlaskClient) -> None:
    assert not recorded_past_the_rule(council, Caller("alicia", "finance_approver")).one_person
    assert "0 things; one person on both sides: 0" in read(auditor_of, f"{SEPARATION}?shown=one_person")
    assert "Everybody recorded in one role only." in read(auditor_of, SEPARATION)


def test_amounts_of_law_are_among_what_needs_two_people(council: Council, auditor_of: FlaskClient) -> None:
    policy = Policy(council)
    change = policy.propose((FORTY,), by="ann", now=NOON).change
    assert "Amounts of law, change 1 ann" in read(auditor_of, f"{SEPARATION}?kind=amounts&shown=waiting")
    policy.decide(change.change_id, approval, by="ben", now=NOON, request=Request("ben", "k" * 32, b""))
    words = read(auditor_of, f"{SEPARATION}?kind=amounts")
    assert "Two people" in words
    assert "There is nothing of the kind." in read(auditor_of, f"{SEPARATION}?kind=adjustment")


def test_statements_that_went_out_are_among_what_needs_two_people(council: Council, auditor_of: FlaskClient) -> None:
    written_to(council)
    done = made_run(council)
    assert "Statements sent out, run 1 alice (finance)" in read(auditor_of, f"{SEPARATION}?shown=waiting")
    released(council, done)
    words = read(auditor_of, f"{SEPARATION}?kind=statements")
    assert "bert (finance approver)" in words
    assert "Two people" in words


def test_statements_that_never_go_out_need_nobody(council: Council, auditor_of: FlaskClient) -> None:
    written_to(council)
    StatementRuns(council).withdraw(made_run(council).run.run_id, "wrong-scheme", by=BERT, now=NOON)
    assert "There is nothing of the kind." in read(auditor_of, f"{SEPARATION}?kind=statements")


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 3), ("from=30/9/2025", 2), ("to=29/9/2025", 1), ("from=8/9/2025&to=8/9/2025", 1), ("from=8/4/2026", 0)],
)
def test_the_file_holds_exactly_what_the_filter_leaves(
    auditor_of_everything: FlaskClient, everything: Everything, asked: str, number: int
) -> None:
    found = "thing" if number == 1 else "things"
    assert f"{number} {found}; one person" in read(auditor_of_everything, f"{SEPARATION}?{asked}")
    sent = auditor_of_everything.get(f"{SEPARATION}.csv?{asked}")
    rows = list(csv.DictReader(io.StringIO(sent.get_data(as_text=True).removeprefix("\ufeff"))))
    assert len(rows) == number
    accounts = [everything.council.ledger.account(account) for account in (everything.moved, everything.late)]
    known = {str(entry.id): entry for account in accounts for entry, _ in account.of(AdjustmentProposed)}
    for row in rows:
        assert row["recorded_by"] == known[row["entry_id"]].recorded_by
        assert row["one_person"] == "no"
        assert bool(row["returned_by"]) == (row["account_change_or_run"] == str(everything.late))


def test_a_day_that_cannot_be_read_is_mended(auditor_of_everything: FlaskClient) -> None:
    assert "There is no such day" in read(auditor_of_everything, f"{SEPARATION}?from=31/2/2026", 422)


def test_the_adjustments_are_those_of_the_ledger(everything: Everything) -> None:
    found = [each for each in approvals(everything.council) if each.kind == "adjustment"]
    assert {each.of for each in found} == {everything.moved, everything.late}
    accounts = [everything.council.ledger.account(account) for account in (everything.moved, everything.late)]
    amounts = [fact.amount for account in accounts for _, fact in account.of(AdjustmentProposed)]
    assert sorted(amounts) == [Decimal("-25.00"), Decimal("15.00"), Decimal("40.00")]
    assert len(found) == len(amounts)
