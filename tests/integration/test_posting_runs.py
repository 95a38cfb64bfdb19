"""Does a posting run post every account once and add up, whatever comes in between?"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import UUID

import psycopg2
import pytest

from domain.account.commands import (
    PostPeriod,
)
from domain.account.refusals import PostsDaysToCome
from domain.dates import ONE_DAY
from ledger import resuming
from ledger.application import CareAccountLedger
from ledger.council import Council
from ledger.outcomes import Caller
from ledger.posting import NOTHING_POSTED
from ledger.posting_run import NoSuchRun, PostingRun, Standing
from ledger.receipts import KeyUsedForAnotherRequest
from ledger.runs import PostingRuns
from ledger.store.database import OutcomeUnknown
from ledger.store.posting_runs import PostingRunRows
from ledger.store.recorder import CouncilRecorder
from projections.cap_progress import Wanted, progress_list
from tests.conftest import NOON
from tests.integration.posting import (
    THROUGH,
    counts,
    opening,
    posted_run,
    postings,
    pounds,
    read_back,
    self_funder,
    told,
)
from tests.integration.recording import ALICE, asking, budget, open_account, rows


def test_a_run_posts_every_account_and_its_totals_are_those_of_the_posted_facts(council: Council) -> None:
    accounts = [self_funder(council) for _ in range(3)]
    done = posted_run(council)
    assert counts(done) == (3, 0, 0)
    assert done.totals == read_back(council, done)
    assert pounds(done, "accrued", "balance") == ["9000.00", "9000.00"]
    assert pounds(done, "base", "daily_living_costs") == ["11400.00", "2400.00"]
    assert done.totals.lines == 3
    for account_id in accounts:
        (posted,) = postings(council, account_id)
        assert (posted.through, posted.accrued_costs) == (THROUGH, Decimal("3000.00"))


def test_the_next_period_begins_where_the_last_one_ended(council: Council) -> None:
    account_id = self_funder(council)
    posted_run(council)
    done = posted_run(council, THROUGH + timedelta(days=7))
    assert pounds(done, "balance_before", "accrued", "balance") == ["3000.00", "750.00", "3750.00"]
    assert done.totals == read_back(council, done)
    _, second = postings(council, account_id)
    assert [(line.from_, line.to) for line in second.lines] == [(THROUGH + ONE_DAY, second.through)]


def test_totals_hold_openings_adjustments_and_balances_to_the_penny(council: Council) -> None:
    carried, late = self_funder(council), self_funder(council)
    told(council, carried, opening("1234.56"))
    posted_run(council)
    told(council, late, budget(1000, THROUGH))
    done = posted_run(council, THROUGH + timedelta(days=3))
    totals = done.totals
    assert totals.adjustments == Decimal("7.14")  # one day of fifty pounds a week
    parts = (totals.balance_before, totals.opening, totals.accrued, totals.annual_adjustments, totals.adjustments)
    assert sum(parts) == totals.balance
    assert totals == read_back(council, done)


def test_an_account_opened_after_the_run_began_is_not_of_it(council: Council) -> None:
    first, of_council = self_funder(council), PostingRuns(council)
    run, _ = of_council.begin(THROUGH, by=ALICE, now=NOON)
    second = self_funder(council)
    of_council.work(run, lambda: NOON)
    assert (run.accounts, counts(of_council.rows.standing(run.run_id))) == (1, (1, 0, 0))
    assert (len(postings(council, first)), len(postings(council, second))) == (1, 0)


def test_a_council_without_accounts_has_a_run_that_is_finished_as_it_begins(council: Council) -> None:
    done = posted_run(council)
    assert (done.finished_at, counts(done), done.totals) == (NOON, (0, 0, 0), NOTHING_POSTED)


def test_repeating_a_finished_run_makes_a_new_one_that_changes_nothing(council: Council) -> None:
    account_id = self_funder(council)
    first = posted_run(council)
    again = posted_run(council)
    assert again.run.run_id != first.run.run_id
    assert (again.run.number, counts(again), again.totals) == (2, (0, 1, 0), NOTHING_POSTED)
    assert len(postings(council, account_id)) == 1
    assert PostingRuns(council).rows.standing(first.run.run_id) == first


@pytest.mark.usefixtures("one_at_a_time")
def test_a_run_cut_off_is_gone_on_with_and_counts_each_account_once(council: Council) -> None:
    accounts, of_council = [self_funder(council) for _ in range(5)], PostingRuns(council)
    run, _ = of_council.begin(THROUGH, by=ALICE, now=NOON)
    moments = iter([NOON, NOON])
    with suppress(StopIteration, RuntimeError):  # the clock stops at the third account
        of_council.work(run, lambda: next(moments))
    cut = of_council.rows.standing(run.run_id)
    assert (counts(cut), cut.finished_at) == ((2, 0, 0), None)
    done = posted_run(council)
    assert done.run == run
    assert (counts(done), done.totals) == ((5, 0, 0), read_back(council, done))
    assert [len(postings(council, account_id)) for account_id in accounts] == [1] * 5


def test_an_interruption_in_the_middle_of_an_account_leaves_neither_its_row_nor_its_facts(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id, of_council = self_funder(council), PostingRuns(council)
    run, _ = of_council.begin(THROUGH, by=ALICE, now=NOON)

    def interrupted(*arguments: Any) -> None:
        raise KeyboardInterrupt  # the row is written by now, and the facts are not

    with monkeypatch.context() as patched:
        patched.setattr(CouncilRecorder, "_insert", interrupted)
        with pytest.raises(KeyboardInterrupt):
            of_council.work(run, lambda: NOON)
    assert counts(of_council.rows.standing(run.run_id)) == (0, 0, 0)
    assert counts(posted_run(council)) == (1, 0, 0)
    assert len(postings(council, account_id)) == 1


def test_what_a_run_posts_is_recorded_as_its_starters_whoever_goes_on_with_it(council: Council) -> None:
    account_id, of_council = self_funder(council), PostingRuns(council)
    of_council.begin(THROUGH, by=Caller("r.patel", "finance"), now=NOON)
    posted_run(council)
    entry = list(council.ledger.entries(account_id))[-1]
    assert (entry.recorded_by, entry.role) == ("r.patel", "finance")


def test_two_workers_at_one_run_post_each_account_once(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts, of_council = [self_funder(council) for _ in range(12)], PostingRuns(council)
    run, _ = of_council.begin(THROUGH, by=ALICE, now=NOON)
    monkeypatch.setattr(resuming, "uuid4", lambda: UUID(int=0))  # both begin at the same account, so that they meet
    together = Barrier(2)

    def one_of_them() -> None:
        together.wait(timeout=30)
        PostingRuns(council).work(run, lambda: NOON)

    with ThreadPoolExecutor(2) as threads:
        for worker in [threads.submit(one_of_them) for _ in range(2)]:
            worker.result()
    done = of_council.rows.standing(run.run_id)
    assert (counts(done), done.totals) == ((12, 0, 0), read_back(council, done))
    assert [len(postings(council, account_id)) for account_id in accounts] == [1] * 12


def test_two_that_begin_a_run_at_once_begin_one(council: Council) -> None:
    self_funder(council)
    together = Barrier(4)

    def begin(_: int) -> PostingRun:
        together.wait(timeout=30)
        return PostingRuns(council).begin(THROUGH, by=ALICE, now=NOON)[0]

    with ThreadPoolExecutor(4) as threads:
        assert len({run.run_id for run in threads.map(begin, range(4))}) == 1


def test_a_run_that_another_begins_while_this_one_looks_is_joined(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    self_funder(council)
    real, others = PostingRunRows.newest, list[PostingRun]()

    def overtaken(*asked: Any) -> Standing | None:
        monkeypatch.setattr(PostingRunRows, "newest", real)
        found = real(*asked)
        others.append(PostingRuns(council).begin(THROUGH, by=ALICE, now=NOON)[0])
        return found

    monkeypatch.setattr(PostingRunRows, "newest", overtaken)
    assert PostingRuns(council).begin(THROUGH, by=ALICE, now=NOON) == (others[0], False)


def test_another_day_has_a_run_of_its_own_even_while_one_is_unfinished(council: Council) -> None:
    self_funder(council)
    of_council = PostingRuns(council)
    first, _ = of_council.begin(THROUGH, by=ALICE, now=NOON)
    second, _ = of_council.begin(THROUGH + ONE_DAY, by=ALICE, now=NOON)
    assert (first.number, second.number) == (1, 2)


def test_an_entry_that_comes_in_between_reading_and_posting_is_not_posted_over(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id, real = self_funder(council), CareAccountLedger.append

    def overtaken(ledger: CareAccountLedger, *arguments: Any, **more: Any) -> None:
        monkeypatch.setattr(CareAccountLedger, "append", real)
        told(council, account_id, budget(1650))
        real(ledger, *arguments, **more)

    monkeypatch.setattr(CareAccountLedger, "append", overtaken)
    done = posted_run(council)
    assert (counts(done), pounds(done, "accrued")) == ((1, 0, 0), ["5800.00"])  # at the rate that came in between


@pytest.mark.parametrize("committed", [True, False])
def test_a_commit_whose_acknowledgement_was_lost_posts_and_counts_once(
    council: Council, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    account_id, real = self_funder(council), CareAccountLedger.append

    def cut(ledger: CareAccountLedger, *arguments: Any, **more: Any) -> None:
        monkeypatch.setattr(CareAccountLedger, "append", real)
        if committed:
            real(ledger, *arguments, **more)
        raise OutcomeUnknown("the connection was cut here")

    monkeypatch.setattr(CareAccountLedger, "append", cut)
    assert counts(posted_run(council)) == (1, 0, 0)
    assert len(postings(council, account_id)) == 1


def test_days_to_come_cannot_be_posted_and_today_can(council: Council) -> None:
    with pytest.raises(PostsDaysToCome):
        PostingRuns(council).begin(NOON.date() + ONE_DAY, by=ALICE, now=NOON)
    assert PostingRuns(council).begin(NOON.date(), by=ALICE, now=NOON)[0].number == 1


def test_the_same_request_brings_the_same_run_and_its_key_serves_no_other(council: Council) -> None:
    self_funder(council)
    of_council, request = PostingRuns(council), asking(THROUGH)
    first, replayed = of_council.begin(THROUGH, by=ALICE, now=NOON, request=request)
    assert not replayed
    of_council.work(first, lambda: NOON)
    assert of_council.begin(THROUGH, by=ALICE, now=NOON, request=request) == (first, True)
    with pytest.raises(KeyUsedForAnotherRequest):
        of_council.begin(THROUGH, by=ALICE, now=NOON, request=asking("another", key=request.key))
    with pytest.raises(KeyUsedForAnotherRequest):
        open_account(council, request=asking("an account", key=request.key))


def test_a_run_that_nobody_began_is_told_as_such(council: Council) -> None:
    with pytest.raises(NoSuchRun):
        PostingRuns(council).rows.standing(UUID(int=7))


def test_the_councils_list_is_the_same_before_and_after_posting(council: Council) -> None:
    for _ in range(3):
        self_funder(council)
    wanted = Wanted(on=THROUGH, known_at=NOON + ONE_DAY, limit=None)
    before = progress_list(council, wanted)
    posted_run(council)
    assert progress_list(council, wanted) == before


def test_a_decision_of_no_facts_is_an_outcome_that_keeps_nothing(council: Council) -> None:
    account_id = self_funder(council)
    told(council, account_id, PostPeriod(through=THROUGH, known_at=NOON))
    kept = rows(council, "SELECT (SELECT count(*) FROM {schema}.events), (SELECT count(*) FROM {schema}.receipts)")
    command = PostPeriod(through=THROUGH, known_at=NOON)
    outcome = council.ledger.handle(account_id, command, by=ALICE, now=NOON, request=asking())
    assert (outcome.entries, outcome.account.version, outcome.replayed) == ((), 4, False)
    after = rows(council, "SELECT (SELECT count(*) FROM {schema}.events), (SELECT count(*) FROM {schema}.receipts)")
    assert after == kept


def test_what_a_run_kept_cannot_be_changed_by_the_application(council: Council) -> None:
    self_funder(council)
    posted_run(council)
    for table in ("posting_runs", "posting_run_accounts", "posting_run_exceptions"):
        for statement in (f"UPDATE {{schema}}.{table} SET run_id = run_id", f"DELETE FROM {{schema}}.{table}"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                rows(council, statement)
