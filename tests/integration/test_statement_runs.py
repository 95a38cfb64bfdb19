"""Is a statement made once for everybody who is due one, held where it must be, and let out by a second person?"""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from domain.account.commands import CloseAccount
from domain.account.refusals import StatementOfDaysToCome
from domain.account.state import CareAccount, entry_id
from domain.account.statement_due import statement_due
from domain.dates import ONE_DAY
from domain.schedule import Rhythm
from ledger import statement_runs
from ledger.council import Council
from ledger.due_runs import DueRuns
from ledger.outcomes import Caller
from ledger.receipts import KeyUsedForAnotherRequest
from ledger.statement_run import (
    SAMPLE,
    NoSuchStatementRun,
    NothingToRelease,
    ReleasedByItsMaker,
    RunDecidedAlready,
    RunNotFinished,
    SampleNotSeen,
    StatementsWanted,
    drawn,
)
from ledger.statement_runs import StatementRuns
from tests.conftest import NOON
from tests.integration.posting import needs, self_funder, told
from tests.integration.recording import ALICE, asking, open_account
from tests.integration.stating import AT_HOME, BERT, TO, counts, made_run, released, stated, written_to


def test_whoever_is_due_gets_a_statement_and_each_of_the_others_a_reason(council: Council) -> None:
    made, nowhere = written_to(council), self_funder(council)
    unassessed = open_account(council, contact=AT_HOME).account.id
    told(council, unassessed, needs())
    dead = written_to(council)
    told(council, dead, CloseAccount(on=date(2024, 3, 1), reason="died"))
    done = made_run(council)
    assert counts(done) == (1, 2, 1)
    assert done.held == {"no_address": 1, "no_budget": 1}
    (statement,) = stated(council, made)
    assert (statement.kind, statement.figures.to) == ("annual", TO)
    assert done.accrued_costs == statement.figures.accrued_costs
    assert [stated(council, each) for each in (nowhere, unassessed, dead)] == [[], [], []]
    found = {item.account_id: item for item in StatementRuns(council).rows.items(done.run, ("made", "held"))}
    assert {item.outcome: item.why_held for item in (found[made], found[nowhere])} == {
        "made": None,
        "held": "no_address",
    }
    assert found[made].version == 4


def test_after_a_death_the_closing_statement_waits_and_after_a_move_it_is_made(council: Council) -> None:
    dead, moved = written_to(council), written_to(council)
    told(council, dead, CloseAccount(on=date(2024, 3, 1), reason="died"))
    told(council, moved, CloseAccount(on=date(2024, 3, 1), reason="moved"))
    done = made_run(council, kind="closing")
    assert (counts(done), done.held) == ((1, 1, 0), {"died": 1})
    assert [statement.kind for statement in stated(council, moved)] == ["closing"]


def test_a_fault_in_one_account_holds_its_statement_and_no_other(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = sorted((written_to(council), written_to(council)))

    def faulty(account: CareAccount, *asked: Any) -> bool:
        if account.id == broken:
            raise ArithmeticError("a fault of ours")
        return statement_due(account, *asked)

    monkeypatch.setattr(statement_runs, "statement_due", faulty)
    done = made_run(council)
    assert (counts(done), done.held) == ((1, 1, 0), {"unreadable": 1})
    assert (len(stated(council, broken)), len(stated(council, sound))) == (0, 1)


def test_repeating_a_finished_run_makes_nothing_twice(council: Council) -> None:
    account_id = written_to(council)
    first = made_run(council)
    again = made_run(council, TO + timedelta(days=31))
    assert (again.run.number, counts(again)) == (2, (0, 0, 1))
    assert len(stated(council, account_id)) == 1
    assert StatementRuns(council).rows.standing(first.run.run_id) == first


@pytest.mark.usefixtures("one_at_a_time")
def test_a_run_cut_off_is_gone_on_with_and_makes_each_statement_once(council: Council) -> None:
    accounts, runs = [written_to(council) for _ in range(4)], StatementRuns(council)
    run, _ = runs.begin(StatementsWanted(TO), by=ALICE, now=NOON)
    moments = iter([NOON, NOON])
    with suppress(StopIteration, RuntimeError):  # the clock stops at the third account
        runs.work(run, lambda: next(moments))
    cut = runs.rows.standing(run.run_id)
    assert (counts(cut), cut.finished_at) == ((2, 0, 0), None)
    done = made_run(council)
    assert (done.run, counts(done)) == (run, (4, 0, 0))
    assert [len(stated(council, account_id)) for account_id in accounts] == [1] * 4


def test_a_statement_of_days_to_come_is_refused(council: Council) -> None:
    with pytest.raises(StatementOfDaysToCome):
        StatementRuns(council).begin(StatementsWanted(NOON.date() + ONE_DAY), by=ALICE, now=NOON)
    with pytest.raises(StatementOfDaysToCome):
        list(StatementRuns(council).weigh(StatementsWanted(NOON.date() + ONE_DAY), NOON))


def test_weighing_says_what_a_run_would_come_to_and_makes_nothing(council: Council) -> None:
    account_id = written_to(council)
    self_funder(council)
    came = list(StatementRuns(council).weigh(StatementsWanted(TO), NOON))
    assert sorted((each.outcome, each.why_held or "") for each in came) == [("held", "no_address"), ("made", "")]
    assert stated(council, account_id) == []


def test_the_sample_is_five_of_those_made_the_same_whenever_it_is_drawn(council: Council) -> None:
    for _ in range(SAMPLE + 2):
        written_to(council)
    done, runs = made_run(council), StatementRuns(council)
    sample = runs.sample(done.run)
    assert (len(set(sample)), runs.sample(done.run)) == (SAMPLE, sample)
    assert all(statement_id == entry_id(account_id, 4) for account_id, statement_id in sample)
    made = runs.rows.made(done.run.run_id)
    assert len({tuple(drawn(replace(done.run, seed=seed), made)) for seed in range(20)}) > 1


def test_a_second_person_who_saw_the_sample_releases_and_the_maker_cannot(council: Council) -> None:
    written_to(council)
    done, runs = made_run(council), StatementRuns(council)
    ((_, statement_id),) = runs.sample(done.run)
    with pytest.raises(ReleasedByItsMaker):
        released(council, done, by=Caller(ALICE.sub, "finance_approver"))
    for seen in ([], [uuid4()], [statement_id, uuid4()]):
        with pytest.raises(SampleNotSeen):
            runs.release(done.run.run_id, seen, by=BERT, now=NOON)
    assert runs.rows.standing(done.run.run_id).decided is None
    decided = released(council, done)
    assert runs.rows.standing(done.run.run_id).decided == decided
    assert (decided.decision, decided.by) == ("released", BERT)


def test_a_release_that_is_sent_again_answers_the_same_and_another_is_refused(council: Council) -> None:
    written_to(council)
    done, runs = made_run(council), StatementRuns(council)
    seen, request = [statement_id for _, statement_id in runs.sample(done.run)], asking(caller=BERT.sub)
    first = runs.release(done.run.run_id, seen, by=BERT, now=NOON, request=request)
    again = runs.release(done.run.run_id, seen, by=BERT, now=NOON + timedelta(hours=1), request=request)
    assert (first, again) == ((first[0], False), (first[0], True))
    with pytest.raises(RunDecidedAlready):
        released(council, done)
    with pytest.raises(RunDecidedAlready):
        runs.withdraw(done.run.run_id, "wrong-day", by=BERT, now=NOON)
    other = asking("other", key=request.key, caller=BERT.sub)
    with pytest.raises(KeyUsedForAnotherRequest):
        runs.release(done.run.run_id, seen, by=BERT, now=NOON, request=other)


def test_a_run_under_way_or_one_that_made_nothing_is_not_released(council: Council) -> None:
    self_funder(council)
    runs = StatementRuns(council)
    run, _ = runs.begin(StatementsWanted(TO), by=ALICE, now=NOON)
    with pytest.raises(RunNotFinished):
        runs.release(run.run_id, [], by=BERT, now=NOON)
    with pytest.raises(RunNotFinished):
        runs.withdraw(run.run_id, "wrong-day", by=BERT, now=NOON)
    done = made_run(council)
    with pytest.raises(NothingToRelease):
        runs.release(done.run.run_id, [], by=BERT, now=NOON)
    with pytest.raises(NoSuchStatementRun):
        runs.release(uuid4(), [], by=BERT, now=NOON)


def test_what_was_withdrawn_stays_a_fact_and_is_made_anew_by_the_next_run(council: Council) -> None:
    account_id = written_to(council)
    done, runs = made_run(council), StatementRuns(council)
    decided, _ = runs.withdraw(done.run.run_id, "wrong-day", by=BERT, now=NOON)
    assert (decided.decision, decided.reason_code) == ("withdrawn", "wrong-day")
    again = made_run(council)
    assert counts(again) == (1, 0, 0)
    first, second = stated(council, account_id)
    assert (first.figures.to, second.figures.to) == (TO, TO)
    assert first.figures.accrued_costs == second.figures.accrued_costs > Decimal(0)


def test_a_schedule_makes_them_each_month_and_waits_for_a_person(council: Council) -> None:
    account_id = written_to(council)
    council.schedule_changes.decide("statements", Rhythm("month", date(2024, 9, 1)), by="ann", now=NOON)
    moment = NOON.replace(year=2024, month=11, day=1)
    assert list(DueRuns(council).do(lambda: moment)) == [
        "statement run 1 to 2024-09-30: 1 accounts, 0 made, 0 held, 1 not due",
        "statement run 2 to 2024-10-31: 1 accounts, 1 made, 0 held, 0 not due",
    ]
    assert list(DueRuns(council).do(lambda: moment)) == []
    assert [statement.figures.to for statement in stated(council, account_id)] == [TO]
    newest, _ = StatementRuns(council).rows.standings(9, 9)
    assert (newest.decided, newest.run.by.sub) == (None, "schedule")
