"""What may be asked of an account, and what is refused, with the words that the caller reads."""

import inspect

import pytest

from domain.account import refusals
from domain.account.commands import (
    AnswerDispute,
    Command,
    EvidenceOpening,
    GiveNotices,
    OpenAccount,
    PostPeriod,
    RaiseDispute,
)
from domain.account.commands import IssueStatement as Issue
from domain.account.commands import RetractCharge as Retract
from domain.account.decisions import decide, open_account
from domain.account.facts import DisputedThing, Fact
from domain.account.refusals import NoSuchEntry, Refused
from domain.account.state import CareAccount
from domain.terms import Terms
from tests.rules.asking import NOW, adjusted, approve, asked, correct, propose, refusal, request, send_back
from tests.rules.build import (
    REFORM_2023,
    account,
    adjustment,
    away,
    budget,
    charge,
    closed,
    contribution,
    day,
    needs,
    opening,
    reopened,
    self_funder,
    the_id,
)
from tests.rules.deferring import agree, defer, end, repay
from tests.rules.test_representatives import end as end_authority
from tests.rules.test_representatives import name

REQUESTS: dict[str, Fact] = {
    "needs": needs(),
    "a budget": budget("250.00"),
    "an imported financial assessment": contribution("67.71"),
    "a charge": charge("67.71", "2023-10-02", "2023-10-09"),
    "a break": away("2024-01-01", "2024-02-01"),
    "a balance carried in": opening("40000.00", "2023-10-02", weekly_rate="500.00"),
    "a proposed adjustment": adjustment("-152.88", "2024-02-01"),
    "a closure": closed("2024-02-01"),
}


@pytest.mark.parametrize("fact", REQUESTS.values(), ids=REQUESTS)
def test_what_is_asked_for_is_recorded_as_it_was_asked(fact: Fact) -> None:
    assert decide(request(fact), account(), REFORM_2023) == (fact,)


def test_a_reopening_is_recorded_as_it_was_asked_once_the_account_is_closed() -> None:
    assert decide(request(reopened("2024-02-02")), account(closed("2024-02-01")), REFORM_2023) == (
        reopened("2024-02-02"),
    )


def test_opening_an_account_is_a_fact_without_a_name_in_it() -> None:
    (opened,) = open_account(OpenAccount(reference="CA-7K3M-92QX", opened_on=day("2023-10-02")))
    assert opened.model_dump(mode="json") == {"reference": "CA-7K3M-92QX", "opened_on": "2023-10-02"}


def test_what_nobody_has_decided_is_a_fault_not_a_guess() -> None:
    with pytest.raises(TypeError, match="nobody has decided what Terms means"):
        decide(Terms(), account(), REFORM_2023)  # type: ignore[arg-type]


ENDED = account(closed("2024-02-01"))
CARRIED = account(opening("1.00", "2023-10-02"))
CHARGED = account(charge("1.00", "2023-10-02", "2023-10-09"))
PROPOSED = asked(account(), propose("1.00", "2023-10-02"))
TAKE_BACK = Retract(reference="INV-1", reason_code="billed-twice")
EVIDENCE = EvidenceOpening(opening=the_id(2), on=day("2023-10-02"), evidence="schedule-4")
DISPUTE = RaiseDispute(about=DisputedThing(entry_id=the_id(1)), raised_on=day("2023-10-02"))
ANSWER = AnswerDispute(dispute=the_id(2), on=day("2023-10-02"), outcome="upheld")
CORRECTED_TWICE = asked(self_funder(), correct(3, budget("2.00")), correct(5, budget("3.00")))


def statement(to: str, kind: str = "annual") -> Issue:
    return Issue.model_validate({"to": day(to), "kind": kind, "known_at": NOW})


REVOKED = end_authority(2, "2025-06-01")
AGREED = asked(account(), agree())
OWING = asked(AGREED, defer("1000.00"))

REFUSED: dict[type[Exception], tuple[CareAccount, Command]] = {
    refusals.AccountIsClosed: (ENDED, request(budget("1.00", "2024-02-02"))),
    refusals.AgreementEndedBefore: (asked(OWING, end("2019-06-30")), defer("1.00", "2019-07-01")),
    refusals.AgreementHasEnded: (asked(OWING, end("2019-06-30")), end("2019-07-01")),
    refusals.AgreementInUse: (OWING, correct(2)),
    refusals.AgreementReferenceUsed: (AGREED, agree()),
    refusals.AlreadyAnswered: (asked(account(), DISPUTE, ANSWER), ANSWER),
    refusals.AlreadyApproved: (adjusted(account(), ("1.00", "2023-10-02")), approve(2)),
    refusals.AlreadyClosed: (ENDED, request(closed("2024-02-01"))),
    refusals.AlreadyEvidenced: (asked(CARRIED, EVIDENCE), EVIDENCE),
    refusals.AlreadyRetracted: (asked(CHARGED, TAKE_BACK), TAKE_BACK),
    refusals.AlreadyReturned: (asked(PROPOSED, send_back(2)), approve(2)),
    refusals.AlreadyVoided: (asked(self_funder(), correct(3)), correct(3)),
    refusals.ApprovedByItsMaker: (PROPOSED, approve(2, approver="officer")),
    refusals.BeforeTheAgreement: (AGREED, defer("1.00", "2018-12-31")),
    refusals.BeforeItOpened: (account(), propose("1.00", "2023-10-01")),
    refusals.CannotBeReplaced: (asked(self_funder(), correct(3)), correct(4, budget("1.00"))),
    refusals.CannotBeVoided: (asked(account(), DISPUTE), correct(2)),
    refusals.ChargeReferenceUsed: (CHARGED, request(charge("2.00", "2024-01-01", "2024-01-08"))),
    refusals.ClosesBeforeItOpened: (account(), request(closed("2023-10-01"))),
    refusals.FeeIsPaidSeparately: (
        asked(account(), agree(administration_fee="paid_separately")),
        defer("90.00", kind="administration_fee"),
    ),
    refusals.KeepsMoreThanTheAllowance: (account(), agree(weekly_income_kept="144.01")),
    refusals.NotClosed: (account(), request(reopened("2024-02-02"))),
    refusals.NotClosedYet: (account(), statement("2024-02-01", "closing")),
    refusals.NoticeOfDaysToCome: (account(), GiveNotices(on=day("2026-11-23"), known_at=NOW)),
    refusals.OpeningNeedsReplacement: (account(), correct(1)),
    refusals.NotRepaidYet: (OWING, end("2019-06-30", "repaid")),
    refusals.OverTheEquityLimit: (OWING, defer("164750.00")),
    refusals.PostsDaysToCome: (account(), PostPeriod(through=day("2026-11-23"), known_at=NOW)),
    refusals.ReopensBeforeItClosed: (ENDED, request(reopened("2024-02-01"))),
    refusals.RepresentationHasEnded: (asked(account(), name(), REVOKED), REVOKED),
    refusals.RepaysMoreThanIsOwed: (OWING, repay("1000.01", "2019-01-01")),
    refusals.ReplacementOfAnotherKind: (self_funder(), correct(3, needs())),
    refusals.ReplacementWasCorrected: (CORRECTED_TWICE, correct(4)),
    refusals.ReturnedByItsMaker: (PROPOSED, send_back(2, returner="officer")),
    refusals.StatementBeforeOpening: (account(), statement("2023-10-01")),
    refusals.StatementOfDaysToCome: (account(), statement("2026-11-23")),
    refusals.NoSuchEntry: (account(), correct(2)),
}


@pytest.mark.parametrize(
    ("refused", "found", "command"),
    [(refused, *asked_for) for refused, asked_for in REFUSED.items()],
    ids=[refused.__doc__ or "" for refused in REFUSED],
)
def test_a_request_is_refused_in_words_that_say_what_to_do(
    refused: type[Exception], found: CareAccount, command: Command
) -> None:
    assert refusal(found, command) is refused


def test_there_is_no_refusal_but_these() -> None:
    there_are = {kind for _, kind in inspect.getmembers(refusals, inspect.isclass)} - {Refused}
    assert set(REFUSED) == there_are
    assert not issubclass(NoSuchEntry, Refused)  # it is not a rule that stands in the way: there is nothing there
