"""Is everybody assessed anew once, and taken back once, whatever comes in between?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import UUID

import psycopg2
import pytest

from domain.account.commands import CloseAccount, Correct
from domain.account.facts import EntryVoided
from domain.account.uprating import Rise
from ledger import resuming
from ledger.application import CareAccountLedger
from ledger.council import Council
from ledger.outcomes import Caller
from ledger.reassessment import Totals
from ledger.reassessment_run import (
    NoSuchReassessment,
    NotFinishedYet,
    ReassessmentRun,
    RunItem,
    TakesBackItself,
    Wanted,
)
from ledger.reassessment_weighing import weigh, weigh_reversal
from ledger.reassessments import Reassessments
from ledger.receipts import KeyUsedForAnotherRequest
from ledger.store.database import OutcomeUnknown, StoreUnavailable
from ledger.store.recorder import CouncilRecorder
from tests.conftest import NOON
from tests.integration.conftest import Admin
from tests.integration.posting import told
from tests.integration.reassessing import (
    APRIL_2025,
    APRIL_2026,
    assess,
    assessments,
    begun,
    items,
    outcomes,
    pensioner,
    reassessed,
    taken_back,
    to_pay,
    worked,
)
from tests.integration.recording import ALICE, asking, open_account, rows
from tests.integration.test_own_amounts import approved
from tests.rules.means import weekly
from tests.unit.test_own_amounts import own

EVERYTHING = "SELECT (SELECT count(*) FROM {schema}.events), (SELECT count(*) FROM {schema}.receipts),"
EVERYTHING += " (SELECT count(*) FROM {schema}.reassessment_runs),"
EVERYTHING += " (SELECT count(*) FROM {schema}.reassessment_run_accounts)"


MORE = own("minimum_income_guarantee_single_pension_age", "2025-04-06", "240.00")


def weighed(council: Council, on: date = APRIL_2025, **more: Any) -> list[RunItem]:
    return sorted(weigh(council, Wanted(on, **more), NOON), key=lambda item: item.reference)


def test_a_run_records_one_assessment_for_each_account_whose_amount_changes(council: Council) -> None:
    people = [pensioner(council) for _ in range(3)]
    poor = pensioner(council, "200.00")
    done = reassessed(council)
    assert outcomes(done) == {"reassessed": 3, "unchanged": 1}
    assert [to_pay(council, account_id) for account_id in people] == ["67.40"] * 3
    assert [len(assessments(council, account_id)) for account_id in (*people, poor)] == [2, 2, 2, 1]
    newest = assessments(council, people[0])[-1]
    assert (newest.effective_from, newest.assessed_on) == (APRIL_2025, NOON.date())


def test_totals_are_those_of_the_accounts_to_the_penny(council: Council) -> None:
    for pension in ("300.00", "300.00", "200.00"):
        pensioner(council, pension)
    pensioner(council, born="1959-02-01")
    done = reassessed(council)
    found = [item for item in items(council, done) if item.change is not None]
    totals = done.tally.totals
    assert totals == Totals(
        before=sum((item.before or Decimal() for item in found), Decimal("0.00")),
        after=sum((item.after or Decimal() for item in found), Decimal("0.00")),
        less=sum((-(item.change or Decimal()) for item in found), Decimal("0.00")),
        paying_less=3,
        paying_the_same=1,
    )
    assert totals.before + totals.more - totals.less == totals.after


def test_all_records_also_who_pays_the_same(council: Council) -> None:
    poor = pensioner(council, "200.00")
    assert outcomes(reassessed(council, every=True)) == {"reassessed": 1}
    assert len(assessments(council, poor)) == 2


def test_a_dry_run_says_what_a_run_will_come_to_and_keeps_nothing(council: Council) -> None:
    pensioner(council), pensioner(council, "200.00"), open_account(council)
    before = rows(council, EVERYTHING)
    said = weighed(council)
    assert rows(council, EVERYTHING) == before
    assert said == items(council, reassessed(council))
    assert {item.outcome for item in said} == {"reassessed", "unchanged", "not_reassessed"}


def test_a_dry_run_shows_how_far_it_is(council: Council) -> None:
    pensioner(council), pensioner(council)
    shown: list[tuple[int, int]] = []
    list(weigh(council, Wanted(APRIL_2025), NOON, lambda *done: shown.append(done)))
    assert shown == [(2, 2)]


def test_amounts_nobody_knows_are_named_and_nothing_is_recorded(council: Council) -> None:
    account_id = pensioner(council)
    done = reassessed(council, date(2027, 4, 6))
    (item,) = items(council, done)
    assert (item.why_not, item.details) == (
        "amount_unknown",
        ("No amount of minimum_income_guarantee_single_pension_age is in force on 2027-04-06.",),
    )
    assert (len(assessments(council, account_id)), done.tally.why_not) == (1, {"amount_unknown": 1})


@pytest.mark.parametrize(("approved_first", "to_be_paid"), [(True, "60.00"), (False, "67.40")])
def test_a_run_goes_by_the_amounts_known_when_it_was_begun_whoever_goes_on_with_it(
    council: Council, approved_first: bool, to_be_paid: str
) -> None:
    """The council leaves 240.00 from April 2025 on, which two people approved before the run was begun, or after."""
    account_id = pensioner(council)
    if approved_first:
        approved(council, MORE)
    run = begun(council)
    if not approved_first:
        approved(council, MORE)
    worked(council, run)
    assert to_pay(council, account_id) == to_be_paid
    assert weighed(council, date(2025, 9, 1))[0].after == Decimal("60.00")


def test_the_second_april_rests_on_the_first(council: Council) -> None:
    account_id = pensioner(council)
    reassessed(council)
    reassessed(council, APRIL_2026)
    assert [to_pay(council, account_id, on) for on in (APRIL_2025, APRIL_2026)] == ["67.40", "58.55"]


def test_a_date_of_birth_of_the_vault_gives_the_age(council: Council) -> None:
    account_id = pensioner(council, "250.00", born="1959-02-01")
    reassessed(council)
    assert to_pay(council, account_id) == "17.40"
    assert '"date_of_birth": null' in assessments(council, account_id)[-1].model_dump_json(indent=1)


def test_rises_are_kept_with_the_run_and_only_those_change_incomes(council: Council) -> None:
    account_id = pensioner(council)
    rises = (Rise(kind="state_pension", percent=Decimal("4.1"), source="order-2025"),)
    run, _ = Reassessments(council).begin(Wanted(APRIL_2025, rises=rises), by=ALICE, now=NOON)
    done = worked(council, run)
    assert (to_pay(council, account_id), done.run.wanted.rises) == ("79.70", rises)


def test_the_words_that_belong_to_an_assessment_belong_to_the_new_one_too(council: Council) -> None:
    words = {"local_disregards.0.reason": "Her late husband's shares"}
    account_id = pensioner(council, texts=words)
    reassessed(council)
    assert council.people.texts(account_id) == {2: words, 3: words}


def test_repeating_a_finished_run_makes_a_new_one_that_records_nothing(council: Council) -> None:
    account_id = pensioner(council)
    first, again = reassessed(council), reassessed(council)
    assert (again.run.number, again.tally.why_not) == (first.run.number + 1, {"assessed_already": 1})
    assert len(assessments(council, account_id)) == 2


@pytest.mark.usefixtures("one_at_a_time")
def test_a_run_cut_off_is_gone_on_with_and_reassesses_each_account_once(council: Council) -> None:
    people = [pensioner(council) for _ in range(5)]
    run, moments = begun(council), iter([NOON, NOON])
    with suppress(StopIteration, RuntimeError):  # the clock stops at the third account
        Reassessments(council).work(run, lambda: next(moments))
    cut = Reassessments(council).rows.standing(run.run_id)
    assert (outcomes(cut), cut.finished_at) == ({"reassessed": 2}, None)
    done = reassessed(council)
    assert (done.run, outcomes(done)) == (run, {"reassessed": 5})
    assert [len(assessments(council, account_id)) for account_id in people] == [2] * 5


def test_what_else_is_asked_has_a_run_of_its_own_even_while_one_is_unfinished(council: Council) -> None:
    pensioner(council)
    numbers = [begun(council, on, every).number for on in (APRIL_2025, APRIL_2026) for every in (False, True)]
    assert numbers == [1, 2, 3, 4]


def test_an_account_opened_after_the_run_began_is_not_of_it(council: Council) -> None:
    pensioner(council)
    run = begun(council)
    late = pensioner(council)
    assert (run.accounts, outcomes(worked(council, run))) == (1, {"reassessed": 1})
    assert len(assessments(council, late)) == 1


def test_an_interruption_in_the_middle_of_an_account_leaves_neither_its_row_nor_its_facts(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id, run = pensioner(council), begun(council)

    def interrupted(*arguments: Any) -> None:
        raise KeyboardInterrupt  # the row is written by now, and the facts are not

    with monkeypatch.context() as patched:
        patched.setattr(CouncilRecorder, "_insert", interrupted)
        with pytest.raises(KeyboardInterrupt):
            worked(council, run)
    assert outcomes(Reassessments(council).rows.standing(run.run_id)) == {}
    assert outcomes(reassessed(council)) == {"reassessed": 1}
    assert len(assessments(council, account_id)) == 2


def test_two_workers_at_one_run_reassess_each_account_once(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [pensioner(council) for _ in range(12)]
    run = begun(council)
    monkeypatch.setattr(resuming, "uuid4", lambda: UUID(int=0))  # both begin at the same account, so that they meet
    together = Barrier(2)

    def one_of_them() -> None:
        together.wait(timeout=30)
        worked(council, run)

    with ThreadPoolExecutor(2) as threads:
        for worker in [threads.submit(one_of_them) for _ in range(2)]:
            worker.result()
    assert outcomes(Reassessments(council).rows.standing(run.run_id)) == {"reassessed": 12}
    assert [len(assessments(council, account_id)) for account_id in people] == [2] * 12


def test_two_that_begin_at_once_begin_one_run_and_so_do_two_that_take_it_back(council: Council) -> None:
    pensioner(council)
    together = Barrier(4)

    def at_once(begin: Callable[[], ReassessmentRun]) -> ReassessmentRun:
        together.wait(timeout=30)
        return begin()

    def take_back() -> ReassessmentRun:
        return Reassessments(council).begin_reversal(run.run_id, by=ALICE, now=NOON)[0]

    with ThreadPoolExecutor(4) as threads:
        (run,) = {found.run_id: found for found in threads.map(at_once, [lambda: begun(council)] * 4)}.values()
        worked(council, run)
        assert len({found.run_id for found in threads.map(at_once, [take_back] * 4)}) == 1


@pytest.mark.parametrize("committed", [True, False])
def test_a_commit_whose_acknowledgement_was_lost_reassesses_once(
    council: Council, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    account_id, real = pensioner(council), CareAccountLedger.append

    def cut(ledger: CareAccountLedger, *arguments: Any, **more: Any) -> None:
        monkeypatch.setattr(CareAccountLedger, "append", real)
        if committed:
            real(ledger, *arguments, **more)
        raise OutcomeUnknown("the connection was cut here")

    monkeypatch.setattr(CareAccountLedger, "append", cut)
    assert outcomes(reassessed(council)) == {"reassessed": 1}
    assert len(assessments(council, account_id)) == 2


def test_an_assessment_that_comes_in_between_reading_and_recording_is_not_recorded_over(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id, real = pensioner(council), CareAccountLedger.append

    def overtaken(ledger: CareAccountLedger, *arguments: Any, **more: Any) -> None:
        monkeypatch.setattr(CareAccountLedger, "append", real)
        assess(council, account_id, effective_from="2025-04-06", income=weekly(state_pension="333.00"))
        real(ledger, *arguments, **more)

    monkeypatch.setattr(CareAccountLedger, "append", overtaken)
    assert reassessed(council).tally.why_not == {"assessed_already": 1}
    assert to_pay(council, account_id) == "100.40"


def test_a_store_that_goes_away_ends_the_work_and_the_dry_run(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    pensioner(council)
    run = begun(council)

    def away(*arguments: Any, **more: Any) -> None:
        raise StoreUnavailable("gone")

    monkeypatch.setattr(CareAccountLedger, "read", away)
    for work in (lambda: worked(council, run), lambda: list(weigh(council, Wanted(APRIL_2025), NOON))):
        with pytest.raises(StoreUnavailable):
            work()


def test_an_account_that_cannot_be_read_is_noted_and_the_others_are_reassessed(
    council: Council, admin: Admin, caplog: pytest.LogCaptureFixture
) -> None:
    pensioner(council)
    broken = pensioner(council)
    with admin() as statements:
        statements.execute(
            f"UPDATE {council.names.schema}.events SET state = '{{}}' WHERE account_id = %s AND version = 2",
            (str(broken),),
        )
    said = weighed(council)
    done = reassessed(council)
    assert (outcomes(done), done.tally.why_not) == ({"reassessed": 1, "not_reassessed": 1}, {"unreadable": 1})
    assert items(council, done) == said
    assert f"account {broken} could not be reassessed" in caplog.text


def test_what_a_run_records_is_its_starters_whoever_goes_on_with_it(council: Council) -> None:
    account_id = pensioner(council)
    Reassessments(council).begin(Wanted(APRIL_2025), by=Caller("r.patel", "finance"), now=NOON)
    reassessed(council)
    entry = list(council.ledger.entries(account_id))[-1]
    assert (entry.recorded_by, entry.role) == ("r.patel", "finance")


def test_the_same_request_brings_the_same_run_and_its_key_serves_no_other(council: Council) -> None:
    pensioner(council)
    of_council, request = Reassessments(council), asking(APRIL_2025)
    first, replayed = of_council.begin(Wanted(APRIL_2025), by=ALICE, now=NOON, request=request)
    worked(council, first)
    assert not replayed
    assert of_council.begin(Wanted(APRIL_2025), by=ALICE, now=NOON, request=request) == (first, True)
    with pytest.raises(KeyUsedForAnotherRequest):
        of_council.begin(Wanted(APRIL_2026), by=ALICE, now=NOON, request=asking("another", key=request.key))


def test_taking_back_restores_every_figure_and_what_was_known_before_is_known_still(council: Council) -> None:
    people = [pensioner(council) for _ in range(3)]
    as_before = council.ledger.recorder.latest(NOON)
    done = reassessed(council)
    meanwhile = council.ledger.recorder.latest(NOON)
    back = taken_back(council, done.run)
    assert (outcomes(back), back.run.reverses) == ({"reversed": 3}, done.run.run_id)
    for account_id in people:
        known = [to_pay(council, account_id, known_at=moment) for moment in (as_before, meanwhile, None)]
        assert known == ["71.30", "67.40", "71.30"]
        assert len(assessments(council, account_id)) == 2
    assert [(item.before, item.after) for item in items(council, back)] == [(Decimal("67.40"), Decimal("71.30"))] * 3
    assert Reassessments(council).rows.standing(done.run.run_id).reversed_by == back.run.run_id


def test_taking_back_twice_changes_nothing(council: Council) -> None:
    account_id = pensioner(council)
    run = reassessed(council).run
    first = taken_back(council, run)
    before = rows(council, EVERYTHING)
    assert (taken_back(council, run), rows(council, EVERYTHING)) == (first, before)
    assert len([e for e in council.ledger.entries(account_id) if isinstance(e.fact, EntryVoided)]) == 1


@pytest.mark.usefixtures("one_at_a_time")
def test_a_taking_back_cut_off_is_gone_on_with(council: Council) -> None:
    people = [pensioner(council) for _ in range(4)]
    run = reassessed(council).run
    back, moments = Reassessments(council).begin_reversal(run.run_id, by=ALICE, now=NOON)[0], iter([NOON, NOON])
    with suppress(StopIteration, RuntimeError):
        Reassessments(council).work(back, lambda: next(moments))
    assert outcomes(taken_back(council, run)) == {"reversed": 4}
    assert [to_pay(council, account_id) for account_id in people] == ["71.30"] * 4


def test_what_somebody_decided_since_is_left_and_said_before_and_after(council: Council) -> None:
    corrected, superseded, as_it_was = (pensioner(council) for _ in range(3))
    done = reassessed(council)
    entry = council.ledger.account(corrected).entries[2]
    told(council, corrected, Correct(entry_id=str(entry.id), reason_code="wrong-income"))
    assess(council, superseded, effective_from="2025-07-07", income=weekly(state_pension="310.00"))
    before = rows(council, EVERYTHING)
    said = sorted(weigh_reversal(council, done.run.run_id), key=lambda item: item.reference)
    assert rows(council, EVERYTHING) == before
    back = taken_back(council, done.run)
    assert said == items(council, back)
    assert (outcomes(back), back.tally.why_not) == ({"reversed": 1, "left": 2}, {"corrected": 1, "superseded": 1})
    assert (to_pay(council, as_it_was), to_pay(council, superseded, date(2025, 8, 1))) == ("71.30", "77.40")


def test_an_account_closed_since_is_taken_back_too(council: Council) -> None:
    account_id = pensioner(council)
    run = reassessed(council).run
    told(council, account_id, CloseAccount(on=APRIL_2025 + timedelta(days=9), reason="died"))
    assert outcomes(taken_back(council, run)) == {"reversed": 1}


def test_once_taken_back_the_day_can_be_reassessed_again(council: Council) -> None:
    account_id = pensioner(council)
    taken_back(council, reassessed(council).run)
    assert outcomes(reassessed(council)) == {"reassessed": 1}
    assert to_pay(council, account_id) == "67.40"


def test_a_run_under_way_one_that_took_another_back_and_none_at_all_are_not_taken_back(council: Council) -> None:
    pensioner(council)
    run = begun(council)
    with pytest.raises(NotFinishedYet):
        taken_back(council, run)
    worked(council, run)
    with pytest.raises(TakesBackItself):
        taken_back(council, taken_back(council, run).run)
    with pytest.raises(NoSuchReassessment):
        Reassessments(council).begin_reversal(UUID(int=7), by=ALICE, now=NOON)


def test_what_a_run_kept_cannot_be_changed_by_the_application(council: Council) -> None:
    pensioner(council)
    reassessed(council)
    for table in ("reassessment_runs", "reassessment_run_accounts"):
        for statement in (f"UPDATE {{schema}}.{table} SET run_id = run_id", f"DELETE FROM {{schema}}.{table}"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                rows(council, statement)
