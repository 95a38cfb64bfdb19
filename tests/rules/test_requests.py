"""What may be asked of an account, what follows from it, and what is refused with which words."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from domain.account.commands import (
    CloseAccount,
    Command,
    ImportFinancialAssessment,
    IssueStatement,
    OpenAccount,
    RecordBreak,
    RecordNeedsAssessment,
    SetBudget,
)
from domain.account.decisions import decide, open_account
from domain.account.facts import Fact, StatementIssued
from domain.account.refusals import (
    AccountIsClosed,
    AlreadyClosed,
    ClosesBeforeItOpened,
    NotClosedYet,
    Refused,
    StatementBeforeOpening,
    StatementOfDaysToCome,
)
from domain.account.state import CareAccount, Entry
from domain.account.statement import digest
from domain.terms import Terms
from tests.rules.build import (
    ACCOUNT,
    REFORM_2023,
    account,
    away,
    budget,
    closed,
    contribution,
    day,
    needs,
    self_funder,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def asked(terms: type[Terms], fact: Fact) -> Command:
    """The request whose terms are this fact's."""
    command: Command = terms.model_validate_json(fact.model_dump_json(by_alias=True))  # type: ignore[assignment]
    return command


REQUESTS = {
    "needs": (RecordNeedsAssessment, needs()),
    "a budget": (SetBudget, budget("250.00")),
    "an imported financial assessment": (ImportFinancialAssessment, contribution("67.71")),
    "a break": (RecordBreak, away("2024-01-01", "2024-02-01")),
    "a closure": (CloseAccount, closed("2024-02-01")),
}


@pytest.mark.parametrize(("terms", "fact"), REQUESTS.values(), ids=REQUESTS)
def test_a_request_becomes_the_fact_of_its_terms(terms: type[Terms], fact: Fact) -> None:
    assert decide(asked(terms, fact), account(), REFORM_2023) == (fact,)


def test_opening_an_account_is_a_fact_without_a_name_in_it() -> None:
    (opened,) = open_account(OpenAccount(reference="CA-7K3M-92QX", opened_on=day("2023-10-02")))
    assert opened.model_dump(mode="json") == {"reference": "CA-7K3M-92QX", "opened_on": "2023-10-02"}


def test_what_nobody_has_decided_is_a_fault_not_a_guess() -> None:
    with pytest.raises(TypeError, match="nobody has decided what Terms means"):
        decide(Terms(), account(), REFORM_2023)  # type: ignore[arg-type]


def test_what_begins_after_the_last_day_is_refused_and_what_began_before_is_not() -> None:
    ended = self_funder("950.00", "2023-10-02", closed("2024-02-01"))
    assert decide(asked(SetBudget, budget("1.00", "2024-02-01")), ended, REFORM_2023)
    with pytest.raises(AccountIsClosed):
        decide(asked(SetBudget, budget("1.00", "2024-02-02")), ended, REFORM_2023)


def test_an_account_is_closed_once_and_not_before_it_opened() -> None:
    with pytest.raises(AlreadyClosed):
        decide(asked(CloseAccount, closed("2024-03-01")), account(closed("2024-02-01")), REFORM_2023)
    with pytest.raises(ClosesBeforeItOpened):
        decide(asked(CloseAccount, closed("2023-10-01")), account(), REFORM_2023)


def test_an_account_may_be_closed_on_the_day_it_opened() -> None:
    assert decide(asked(CloseAccount, closed("2023-10-02")), account(), REFORM_2023)


def issue(found: CareAccount, to: str, kind: str = "annual") -> StatementIssued:
    command = IssueStatement.model_validate({"to": day(to), "kind": kind, "known_at": NOW})
    (issued,) = decide(command, found, REFORM_2023)
    assert isinstance(issued, StatementIssued)
    return issued


def and_then(found: CareAccount, fact: Fact) -> CareAccount:
    """The account with one more entry."""
    entry = Entry(ACCOUNT, found.version + 1, fact, NOW, "tester", "finance")
    return CareAccount((*found.entries, entry))


@pytest.mark.parametrize(
    ("to", "kind", "refusal"),
    [
        ("2023-10-01", "annual", StatementBeforeOpening),
        ("2026-11-23", "annual", StatementOfDaysToCome),
        ("2024-10-01", "closing", NotClosedYet),
    ],
)
def test_a_statement_of_nothing_is_refused(to: str, kind: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal) as refused:
        issue(self_funder(), to, kind)
    assert str(refused.value) == refusal.__doc__


def test_a_statement_may_go_from_the_day_of_opening_to_today() -> None:
    assert issue(self_funder(), "2023-10-02").figures.accrued_costs == Decimal("107.14")
    assert issue(self_funder(), "2026-11-22").figures.to == day("2026-11-22")


def test_a_statement_is_known_no_earlier_than_what_it_rests_on() -> None:
    found = self_funder()
    early = IssueStatement(to=day("2023-10-02"), kind="annual", known_at=found.entries[0].recorded_at)
    (issued,) = decide(early, found, REFORM_2023)
    assert isinstance(issued, StatementIssued)
    assert issued.known_at == found.entries[-1].recorded_at


def test_a_closing_statement_follows_a_closure() -> None:
    ended = self_funder("950.00", "2023-10-02", closed("2024-02-01"))
    assert issue(ended, "2024-02-01", "closing").figures.metering == "metering"


def test_a_first_statement_begins_with_the_account_and_nothing() -> None:
    figures = issue(self_funder(), "2024-03-31").figures
    assert (figures.from_, figures.opening, figures.previous_statement) == (day("2023-10-02"), Decimal("0.00"), None)
    assert (figures.counted, figures.accrued_costs, figures.adjustments) == (Decimal(19500), Decimal(19500), ())
    assert figures.cost_of_meeting_needs == figures.counted + figures.daily_living_costs == Decimal("24700.00")


def test_a_statement_is_true_from_the_day_it_goes_to() -> None:
    assert issue(self_funder(), "2024-03-31").effective_from == day("2024-03-31")


def test_the_next_statement_goes_on_where_the_last_one_ended() -> None:
    stated = and_then(self_funder(), issue(self_funder(), "2024-03-31"))
    figures = issue(stated, "2024-04-07").figures
    assert (figures.from_, figures.opening, figures.counted) == (day("2024-04-01"), Decimal(19500), Decimal(750))
    assert figures.previous_statement == str(stated.entries[-1].id)


def test_a_statement_tells_what_became_known_of_days_already_stated_and_which_entries_brought_it() -> None:
    stated = and_then(self_funder("900.00"), issue(self_funder("900.00"), "2024-02-25"))
    late = and_then(stated, budget("945.00", "2024-02-01", setting="care_home"))
    figures = issue(and_then(late, budget("1.00", "2030-01-01")), "2024-03-03").figures
    (adjustment,) = figures.adjustments
    assert (adjustment.amount, adjustment.causes) == (Decimal("160.71"), (str(late.entries[-1].id),))
    assert figures.opening + adjustment.amount + figures.counted == figures.accrued_costs


def test_a_statement_to_an_earlier_day_than_the_last_begins_with_the_account_again() -> None:
    stated = and_then(self_funder(), issue(self_funder(), "2024-03-31"))
    figures = issue(stated, "2024-01-31", "on_request").figures
    assert (figures.from_, figures.previous_statement) == (day("2023-10-02"), None)


def test_the_digest_changes_with_any_figure() -> None:
    figures = issue(self_funder(), "2024-03-31").figures
    other = figures.model_copy(update={"accrued_costs": Decimal("19500.01")})
    assert digest(figures) != digest(other)
