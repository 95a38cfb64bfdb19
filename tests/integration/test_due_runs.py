"""Is every period of a council's schedule posted once, in order, whoever wakes when, and whatever was missed?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

import psycopg2
import pytest

from domain.dates import ONE_DAY
from domain.schedule import Period, Rhythm
from ledger.council import Council
from ledger.due_runs import KINDS, DueRuns, next_period
from ledger.runs import PostingRuns
from ledger.scheduled_posting import BY_SCHEDULE, ScheduledPosting
from ledger.store.database import OutcomeUnknown
from ledger.store.posting_runs import PostingRunRows
from ledger.store.run_claims import Claim, RunClaims
from tests.conftest import NOON
from tests.integration.posting import THROUGH, counts, postings, self_funder
from tests.integration.recording import ALICE, FIRST_DAY, open_account, rows

FOUR_WEEKS = timedelta(weeks=4)


def schedule(council: Council, every: Any = "four_weeks", first: date = FIRST_DAY) -> None:
    council.schedule_changes.decide("posting", Rhythm(every, first), by="ann", now=NOON)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def work(council: Council, moment: datetime, kinds: Any = KINDS) -> list[str]:
    """What a worker that wakes at a moment does."""
    return list(DueRuns(council, kinds).do(lambda: moment))


def claimed(council: Council) -> list[Period]:
    found = rows(council, "SELECT effective_from, ending_before FROM {schema}.run_claims ORDER BY period")
    return [Period(*row) for row in found]


def runs(council: Council) -> list[tuple[date, tuple[int, int, int]]]:
    """Each posting run, oldest first: the day it posted to, and how many accounts it posted, left and did not post."""
    found = PostingRuns(council).rows.standings(2**31 - 1, 1000)
    return [(standing.run.through, counts(standing)) for standing in reversed(found)]


def lasts(periods: int) -> list[date]:
    return [THROUGH + n * FOUR_WEEKS for n in range(periods)]


def test_a_period_is_posted_on_the_day_after_its_last_and_said_in_a_line(council: Council) -> None:
    account_id = self_funder(council)
    schedule(council)
    assert work(council, noon(THROUGH)) == []
    assert work(council, noon(THROUGH + ONE_DAY)) == [
        "posting run 1 through 2023-10-29: 1 accounts, 1 posted, 0 posted before, 0 not posted"
    ]
    assert work(council, noon(THROUGH + ONE_DAY)) == []
    assert [posted.through for posted in postings(council, account_id)] == [THROUGH]


def test_a_period_has_ended_when_its_last_day_has_in_london(council: Council) -> None:
    schedule(council, "month", date(2024, 3, 1))
    for moment, begun in (
        ("2024-03-31T22:59:00+00:00", 0),
        ("2024-03-31T23:00:00+00:00", 1),  # the clocks went forward that morning: it is midnight in London
        ("2024-10-31T23:59:00+00:00", 6),  # those of April to September; on 27 October the clocks went back
        ("2024-11-01T00:00:00+00:00", 1),
    ):
        assert len(work(council, datetime.fromisoformat(moment))) == begun, moment


def test_every_period_that_was_missed_is_posted_by_itself_in_order(council: Council) -> None:
    account_id = self_funder(council)
    schedule(council)
    work(council, noon(THROUGH + ONE_DAY))
    assert len(work(council, noon(THROUGH + 4 * FOUR_WEEKS + ONE_DAY))) == 4
    assert runs(council) == [(through, (1, 0, 0)) for through in lasts(5)]
    assert [posted.through for posted in postings(council, account_id)] == lasts(5)


def test_a_clock_set_forward_posts_early_once_and_set_back_posts_nothing_again(council: Council) -> None:
    self_funder(council)
    schedule(council)
    for day in (THROUGH + ONE_DAY, THROUGH, THROUGH + FOUR_WEEKS + ONE_DAY, THROUGH - FOUR_WEEKS, THROUGH + FOUR_WEEKS):
        work(council, noon(day))
    assert runs(council) == [(through, (1, 0, 0)) for through in lasts(2)]


def test_a_run_that_a_dead_worker_left_is_finished_before_the_next_period_is_begun(council: Council) -> None:
    accounts = [self_funder(council) for _ in range(4)]
    schedule(council)
    moments = iter([noon(lasts(2)[-1] + ONE_DAY)])  # enough to begin the run, not to post

    class Dies(BaseException):
        """What the ledger may not take for a fault of an account's."""

    def clock() -> datetime:
        for moment in moments:
            return moment
        raise Dies

    with pytest.raises(Dies):
        list(DueRuns(council).do(clock))
    assert len(claimed(council)) == 1
    work(council, noon(lasts(2)[-1] + ONE_DAY))
    assert runs(council) == [(through, (4, 0, 0)) for through in lasts(2)]
    assert all([posted.through for posted in postings(council, account)] == lasts(2) for account in accounts)


def test_workers_that_wake_together_do_each_period_once(council: Council) -> None:
    accounts = [self_funder(council) for _ in range(3)]
    schedule(council)
    together = Barrier(4)

    def wake(_: int) -> None:
        together.wait(timeout=30)
        work(council, noon(lasts(5)[-1] + ONE_DAY))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(wake, range(4)))
    assert runs(council) == [(through, (3, 0, 0)) for through in lasts(5)]
    assert all([posted.through for posted in postings(council, account)] == lasts(5) for account in accounts)


def test_a_worker_that_is_overtaken_between_looking_and_beginning_begins_nothing(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the other has finished the period by then, and where it was decided otherwise in between."""
    self_funder(council)
    schedule(council)
    real, today = ScheduledPosting.begin, noon(lasts(2)[-1] + ONE_DAY)

    def overtaken(posting: ScheduledPosting, claim: Claim) -> Any:
        monkeypatch.setattr(ScheduledPosting, "begin", real)
        schedule(council, "month", date(2023, 10, 15))
        assert len(work(council, today)) == 2
        return real(posting, claim)

    monkeypatch.setattr(ScheduledPosting, "begin", overtaken)
    work(council, today)
    assert claimed(council) == [
        Period(FIRST_DAY, date(2023, 10, 15)), Period(date(2023, 10, 15), date(2023, 11, 1))
    ]  # fmt: skip
    assert runs(council) == [(date(2023, 10, 14), (1, 0, 0)), (date(2023, 10, 31), (1, 0, 0))]


def test_two_that_begin_the_same_period_at_once_have_one_run_whose_claim_stands_with_it(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither has seen the other's claim: the claim itself decides."""
    self_funder(council)
    real, seen = RunClaims.run_of, list[int]()

    def unseen(claims: RunClaims, run: Any, number: int) -> Any:
        seen.append(number)
        return None if len(seen) <= 2 else real(claims, run, number)

    monkeypatch.setattr(RunClaims, "run_of", unseen)
    claim = Claim(council.run_claims, "posting", 1, Period(FIRST_DAY, THROUGH + ONE_DAY), NOON)
    posting = ScheduledPosting(council)
    assert posting.begin(claim) == posting.begin(claim)
    assert (len(runs(council)), len(claimed(council)), len(seen)) == (1, 1, 3)


@pytest.mark.parametrize("committed", [True, False])
def test_a_beginning_whose_acknowledgement_was_lost_begins_one_run(
    council: Council, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    self_funder(council)
    schedule(council)
    real = Claim.take

    def cut(claim: Claim, statements: Any, run_id: Any) -> None:
        monkeypatch.setattr(Claim, "take", real)
        real(claim, statements, run_id)
        if committed:
            statements.connection.commit()
        raise OutcomeUnknown("the connection was cut here")

    monkeypatch.setattr(Claim, "take", cut)
    work(council, noon(THROUGH + ONE_DAY))
    assert runs(council) == [(THROUGH, (1, 0, 0))]
    assert claimed(council) == [Period(FIRST_DAY, THROUGH + ONE_DAY)]


@pytest.mark.parametrize("cut_in", [(PostingRunRows, "begin"), (Claim, "take")], ids=["the run", "the claim"])
def test_a_beginning_that_is_cut_off_leaves_neither_run_nor_claim(
    council: Council, monkeypatch: pytest.MonkeyPatch, cut_in: tuple[type, str]
) -> None:
    self_funder(council)
    schedule(council)
    where, name = cut_in
    real = getattr(where, name)

    def cut(*arguments: Any) -> None:
        real(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(where, name, cut)
        with pytest.raises(KeyboardInterrupt):
            work(council, noon(THROUGH + ONE_DAY))
    assert (runs(council), claimed(council)) == ([], [])
    work(council, noon(THROUGH + ONE_DAY))
    assert runs(council) == [(THROUGH, (1, 0, 0))]


def test_an_account_opened_after_a_run_that_somebody_left_is_posted_all_the_same(council: Council) -> None:
    self_funder(council)
    PostingRuns(council).begin(THROUGH, by=ALICE, now=noon(THROUGH))
    later = self_funder(council)
    schedule(council)
    work(council, noon(THROUGH + ONE_DAY))
    assert len(postings(council, later)) == 1


def test_what_a_person_posted_is_not_posted_again_and_the_line_says_so(council: Council) -> None:
    account_id = self_funder(council)
    run, _ = PostingRuns(council).begin(THROUGH, by=ALICE, now=noon(THROUGH))
    PostingRuns(council).work(run, lambda: noon(THROUGH))
    schedule(council)
    (line,) = work(council, noon(THROUGH + ONE_DAY))
    assert line.endswith("1 accounts, 0 posted, 1 posted before, 0 not posted")
    assert len(postings(council, account_id)) == 1


def test_history_names_the_schedule_where_no_person_posted(council: Council) -> None:
    account_id = self_funder(council)
    schedule(council)
    work(council, noon(THROUGH + ONE_DAY))
    entry = list(council.ledger.entries(account_id))[-1]
    assert (entry.recorded_by, entry.role) == (BY_SCHEDULE.sub, BY_SCHEDULE.role)


def test_a_schedule_that_is_stopped_and_taken_up_leaves_out_what_lies_between(council: Council) -> None:
    open_account(council)
    schedule(council)
    work(council, noon(THROUGH + ONE_DAY))
    schedule(council, "never", THROUGH + ONE_DAY)
    assert next_period(council, "posting") is None
    assert work(council, NOON) == []
    schedule(council, "month", date(2024, 6, 1))
    assert next_period(council, "posting") == Period(date(2024, 6, 1), date(2024, 7, 1))


def test_what_was_ahead_at_a_moment_is_told_as_it_was_known_then(council: Council) -> None:
    schedule(council)
    decided_at = council.schedule.changes[-1].recorded_at
    work(council, NOON + ONE_DAY)
    assert next_period(council, "posting", decided_at - timedelta(microseconds=1)) is None
    assert next_period(council, "posting", decided_at) == Period(FIRST_DAY, THROUGH + ONE_DAY)
    ahead = next_period(council, "posting")
    assert ahead
    assert ahead.ending_before > NOON.date()


def test_deciding_the_same_again_changes_nothing_and_each_decision_has_its_place_in_the_order(council: Council) -> None:
    first, again = (
        council.schedule_changes.decide("posting", Rhythm("month", FIRST_DAY), by="ann", now=NOON) for _ in range(2)
    )
    other = council.schedule_changes.decide("posting", Rhythm("never", FIRST_DAY), by="ben", now=NOON)
    assert first
    assert other
    assert again is None
    assert first.recorded_at < other.recorded_at
    assert council.schedule.changes == (first, other)
    assert open_account(council).entries[0].recorded_at > other.recorded_at


def test_another_kind_of_run_is_one_entry_more_and_is_claimed_by_itself(council: Council) -> None:
    counting: Any = "counting"
    council.schedule_changes.decide(counting, Rhythm("month", FIRST_DAY), by="ann", now=NOON)
    schedule(council)
    assert len(work(council, noon(date(2023, 11, 1)), {**KINDS, counting: ScheduledPosting})) == 2
    assert rows(council, "SELECT run, period, ending_before FROM {schema}.run_claims ORDER BY run") == [
        ("counting", 1, date(2023, 11, 1)), ("posting", 1, THROUGH + ONE_DAY)
    ]  # fmt: skip


@pytest.mark.parametrize("table", ["schedule_changes", "run_claims"])
def test_what_was_decided_and_claimed_cannot_be_changed_by_the_application(council: Council, table: str) -> None:
    for statement in (f"UPDATE {{schema}}.{table} SET run = run", f"DELETE FROM {{schema}}.{table}"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            rows(council, statement)
