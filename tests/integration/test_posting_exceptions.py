"""Does a posting run say what somebody should look at, and is nothing stopped by it but its own account?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.account.commands import (
    EvidenceOpening,
    RecordBreak,
)
from domain.account.facts import OpeningCarriedIn
from domain.dates import ONE_DAY
from domain.schemes import Scheme
from ledger import runs, together
from ledger.application import CareAccountLedger
from ledger.council import Council
from ledger.posting import Posting, posting
from ledger.posting_run import RunException
from ledger.runs import PostingRuns
from ledger.schemes import KnownSchemes
from ledger.to_look_at import WHAT_TO_DO
from tests.conftest import NOON
from tests.integration.conftest import Admin
from tests.integration.posting import (
    THROUGH,
    counts,
    exceptions,
    needs,
    opening,
    posted_run,
    postings,
    read_back,
    self_funder,
    told,
)
from tests.integration.recording import budget, open_account

Rules = Callable[[Scheme], None]


@pytest.fixture
def under(monkeypatch: pytest.MonkeyPatch) -> Rules:
    """Has every council's figures rest on a scheme, whatever it has adopted: none that lacks an amount can be adopted
    today, but one can be from before that was asked, or from a program that knew less of the law."""
    return lambda scheme: monkeypatch.setattr(KnownSchemes, "named", lambda known, name: scheme)


def lacking_an_amount(scheme: Scheme) -> Scheme:
    """The same rules, the amount of daily living costs not known for the first year."""
    assert scheme.cap
    living = scheme.cap.daily_living_costs
    first = living.values[0].model_copy(update={"from_": THROUGH + timedelta(days=365)})
    rules = {"daily_living_costs": living.model_copy(update={"values": (first,)})}
    return scheme.model_copy(update={"cap": scheme.cap.model_copy(update=rules)})


def test_an_amount_of_law_that_nobody_knows_stops_its_accounts_alone(council: Council, under: Rules) -> None:
    at_home = open_account(council).account.id
    told(council, at_home, needs())
    told(council, at_home, budget().model_copy(update={"setting": "own_home"}))
    in_a_home = self_funder(council)
    under(lacking_an_amount(council.scheme))
    done = posted_run(council)
    assert (counts(done), done.finished_at) == ((1, 0, 1), NOON)
    assert exceptions(council, done) == [
        (in_a_home, "not_in_force", "No amount of daily_living_costs is in force on 2023-10-02.")
    ]
    assert done.totals == read_back(council, done)


def test_an_account_not_posted_is_tried_again_by_the_next_run_of_the_day(council: Council, under: Rules) -> None:
    account_id, whole = self_funder(council), council.scheme
    under(lacking_an_amount(whole))
    assert counts(posted_run(council)) == (0, 0, 1)
    under(whole)
    again = posted_run(council)
    assert (again.run.number, counts(again)) == (2, (1, 0, 0))
    assert len(postings(council, account_id)) == 1


def test_an_account_that_cannot_be_read_stops_nothing_but_itself(
    council: Council, admin: Admin, caplog: pytest.LogCaptureFixture
) -> None:
    sound, broken = self_funder(council), self_funder(council)
    with admin() as statements:
        statements.execute(
            f"UPDATE {council.names.schema}.events SET topic = 'to-come.1' WHERE account_id = %s AND version = 3",
            (str(broken),),
        )
    done = posted_run(council)
    assert (counts(done), done.finished_at) == ((1, 0, 1), NOON)
    assert [(each[0], each[1]) for each in exceptions(council, done)] == [(broken, "unreadable")]
    assert len(postings(council, sound)) == 1
    assert str(broken) in caplog.text


def test_lines_that_do_not_add_up_are_refused_by_the_store_itself(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id = self_funder(council)

    def a_penny_more(*arguments: Any) -> Posting:
        came = posting(*arguments)
        return replace(came, totals=came.totals.model_copy(update={"balance": came.totals.balance + Decimal("0.01")}))

    monkeypatch.setattr(runs, "posting", a_penny_more)
    done = posted_run(council)
    assert [(each[0], each[1]) for each in exceptions(council, done)] == [(account_id, "unreadable")]
    assert postings(council, account_id) == []


def test_an_account_that_others_keep_changing_is_left_for_the_next_run(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id, real = self_funder(council), CareAccountLedger.append
    monkeypatch.setattr(together, "ATTEMPTS", 2)

    def overtaken(ledger: CareAccountLedger, *arguments: Any, **more: Any) -> None:
        told(council, account_id, budget(1650))
        real(ledger, *arguments, **more)

    monkeypatch.setattr(CareAccountLedger, "append", overtaken)
    assert [each[1] for each in exceptions(council, posted_run(council))] == ["kept_changing"]


def test_days_without_an_assessment_or_a_budget_are_told_with_their_number(council: Council) -> None:
    unassessed, no_budget, both = (open_account(council).account.id for _ in range(3))
    for account_id in (unassessed, no_budget, both):
        told(council, account_id, needs())
    personal = budget().model_copy(update={"kind": "personal"})
    told(council, unassessed, personal)
    told(council, both, personal.model_copy(update={"effective_from": date(2023, 10, 10)}))
    told(
        council, both, RecordBreak(**{"from": date(2023, 10, 12)}, ending_before=date(2023, 10, 15), reason="hospital")
    )
    done = posted_run(council)
    nobody_says = "nothing was counted: no financial assessment and no charge says what the person pays."
    no_plan = "nothing was counted: needs were eligible, but no personal budget was in force."
    assert counts(done) == (3, 0, 0)
    assert {(account, type): detail for account, type, detail in exceptions(council, done)} == {
        (unassessed, "unassessed"): f"On 28 days from 2023-10-02 to 2023-10-29 {nobody_says}",
        (no_budget, "no_budget"): f"On 28 days from 2023-10-02 to 2023-10-29 {no_plan}",
        (both, "unassessed"): f"On 17 of the days from 2023-10-10 to 2023-10-29 {nobody_says}",
        (both, "no_budget"): f"On 8 days from 2023-10-02 to 2023-10-09 {no_plan}",
    }


def test_only_the_days_of_the_period_are_told(council: Council) -> None:
    account_id = open_account(council).account.id
    told(council, account_id, needs())
    posted_run(council)
    done = posted_run(council, THROUGH + ONE_DAY)
    (told_now,) = exceptions(council, done)
    assert told_now[2].startswith("On 2023-10-30 nothing was counted")
    told(council, account_id, budget(effective_from=THROUGH + 2 * ONE_DAY))
    assert exceptions(council, posted_run(council, THROUGH + 3 * ONE_DAY)) == []


def test_a_balance_carried_in_is_told_until_there_is_evidence_for_it(council: Council) -> None:
    account_id = self_funder(council)
    told(council, account_id, opening("1234.56"))
    unproven = "A balance of 1234.56 was carried in on 2023-10-02, and no evidence for it was recorded."
    assert exceptions(council, posted_run(council)) == [(account_id, "opening_unproven", unproven)]
    ((entry, _),) = council.ledger.account(account_id).of(OpeningCarriedIn)
    told(council, account_id, EvidenceOpening(opening=str(entry.id), on=THROUGH, evidence="letter-1"))
    assert exceptions(council, posted_run(council, THROUGH + ONE_DAY)) == []


def test_accounts_that_were_not_posted_come_first_and_pages_hold_what_the_whole_holds(
    council: Council, admin: Admin
) -> None:
    accounts = [open_account(council).account.id for _ in range(5)]
    for account_id in accounts:
        told(council, account_id, needs())
    with admin() as statements:
        statements.execute(
            f"UPDATE {council.names.schema}.events SET state = '{{}}' WHERE account_id = %s AND version = 2",
            (str(accounts[3]),),
        )
    done, rows_of = posted_run(council), PostingRuns(council).rows
    whole = rows_of.exceptions(done.run)
    assert [each.posted for each in whole] == [False, True, True, True, True]
    assert whole[0].account_id == accounts[3]
    assert [each.reference for each in whole[1:]] == sorted(each.reference for each in whole[1:])
    paged: list[RunException] = []
    while page := rows_of.exceptions(done.run, len(paged), 2):
        paged += page
    assert paged == whole


@pytest.mark.parametrize("sentence", WHAT_TO_DO.values())
def test_every_exception_says_what_to_do(sentence: str) -> None:
    assert sentence[0].isupper()
    assert sentence.endswith(".")
