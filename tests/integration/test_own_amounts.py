"""Does a council's own amount count from the moment a second person approved it, and never before or without?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import pairwise
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from domain import parameters
from domain.parameters import OwnAmount
from ledger.amounts import NoSuchPolicyChange
from ledger.council import Council
from ledger.policy import (
    Decide,
    DecidedAlready,
    NotAllowedByLaw,
    Policy,
    PolicyRefused,
    ProposedByTheSamePerson,
    ReversalProposedByTheSamePerson,
    approval,
    reversal,
)
from ledger.receipts import KeyUsedForAnotherRequest
from tests.conftest import NOON
from tests.faults.served import until
from tests.integration.recording import asking, open_account, rows
from tests.unit.test_own_amounts import PEA, own

A_MOMENT = timedelta(microseconds=1)
JULY = date(2026, 7, 1)
FORTY = own(PEA, "2026-07-01", "40.00")


def propose(council: Council, *entries: OwnAmount, by: str = "ann") -> UUID:
    """Propose amounts, this one unless others are given: the id of the change."""
    return Policy(council).propose(entries or (FORTY,), by=by, now=NOON).change.change_id


def decide(council: Council, change_id: UUID, how: Decide, by: str) -> str:
    """Take the next step of a change: what it came to."""
    return Policy(council).decide(change_id, how, by=by, now=NOON).step.kind


def approved(council: Council, *entries: OwnAmount) -> UUID:
    """Amounts that one person proposed and another approved."""
    change_id = propose(council, *entries)
    assert decide(council, change_id, approval, "ben") == "approved"
    return change_id


def amount(council: Council) -> str:
    return str(council.amounts_now(PEA).on(JULY))


def test_a_proposal_counts_only_once_it_is_approved(council: Council) -> None:
    change_id = propose(council)
    assert amount(council) == "31.80"
    decide(council, change_id, approval, "ben")
    assert amount(council) == "40.00"


def test_whoever_proposed_it_cannot_approve_it(council: Council) -> None:
    change_id = propose(council)
    with pytest.raises(ProposedByTheSamePerson, match="Ask a second person"):
        decide(council, change_id, approval, "ann")
    assert (amount(council), council.amounts.change(change_id).status) == ("31.80", "proposed")


def test_as_known_before_the_approval_the_amount_is_the_old_one(council: Council) -> None:
    change_id = approved(council)
    step = council.amounts.change(change_id).step("approved")
    assert step is not None
    assert str(council.amounts_at(step.recorded_at - A_MOMENT)(PEA).on(JULY)) == "31.80"
    assert str(council.amounts_at(step.recorded_at)(PEA).on(JULY)) == "40.00"


def test_undoing_what_counts_takes_two_people_and_leaves_both_to_be_seen(council: Council) -> None:
    change_id = approved(council)
    assert decide(council, change_id, reversal, "ben") == "reversal_proposed"
    assert amount(council) == "40.00"
    with pytest.raises(ReversalProposedByTheSamePerson):
        decide(council, change_id, reversal, "ben")
    assert decide(council, change_id, reversal, "ann") == "reversed"
    assert amount(council) == "31.80"
    change = council.amounts.change(change_id)
    assert [(step.kind, step.recorded_by) for step in change.steps] == [
        ("proposed", "ann"),
        ("approved", "ben"),
        ("reversal_proposed", "ben"),
        ("reversed", "ann"),
    ]
    assert str(council.amounts_at(change.steps[-1].recorded_at - A_MOMENT)(PEA).on(JULY)) == "40.00"


def test_what_nobody_approved_is_withdrawn_by_one_person(council: Council) -> None:
    change_id = propose(council)
    assert decide(council, change_id, reversal, "ann") == "withdrawn"
    with pytest.raises(DecidedAlready):
        decide(council, change_id, approval, "ben")


@pytest.mark.parametrize("how", [approval, reversal])
def test_what_is_undone_stays_undone(how: Decide, council: Council) -> None:
    change_id = approved(council)
    decide(council, change_id, reversal, "ann")
    decide(council, change_id, reversal, "ben")
    with pytest.raises(DecidedAlready):
        decide(council, change_id, how, "cat")


def test_an_approval_is_not_given_twice(council: Council) -> None:
    change_id = approved(council)
    with pytest.raises(DecidedAlready):
        decide(council, change_id, approval, "cat")


def test_reversing_one_change_lets_an_earlier_one_count_again(council: Council) -> None:
    approved(council)
    later = approved(council, own(PEA, "2026-07-01", "50.00"))
    assert amount(council) == "50.00"
    decide(council, later, reversal, "ann")
    decide(council, later, reversal, "ben")
    assert amount(council) == "40.00"


def test_of_two_changes_the_one_approved_last_counts_whichever_was_proposed_first(council: Council) -> None:
    first, second = propose(council), propose(council, own(PEA, "2026-07-01", "50.00"))
    decide(council, second, approval, "ben")
    decide(council, first, approval, "ben")
    assert amount(council) == "40.00"


def test_an_amount_the_law_has_no_room_for_is_refused_and_nothing_of_the_proposal_kept(council: Council) -> None:
    with pytest.raises(NotAllowedByLaw) as told:
        propose(council, FORTY, own(PEA, "2026-10-01", "31.00"))
    assert [(mistake.place, mistake.field) for mistake in told.value.mistakes] == [(1, "amount")]
    assert council.amounts.changes == ()


def test_the_law_is_asked_again_at_the_approval(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    change_id = propose(council, own("savings_credit_disregard_single", "2025-04-06", "7.00"))
    text = parameters.text_of("savings_credit_disregard_single").replace("amount: null", "amount: 8.00")
    became_known = parameters.read("savings_credit_disregard_single", text.replace("not seen", "official"))
    monkeypatch.setattr(parameters, "load", lambda name: became_known)
    with pytest.raises(NotAllowedByLaw):
        decide(council, change_id, approval, "ben")


def test_a_step_has_its_own_place_among_the_events(council: Council) -> None:
    """All by one clock that stands still: the order is the ledger's."""
    opened = open_account(council)
    change_id = approved(council)
    steps = council.amounts.change(change_id).steps
    opened_after = open_account(council)
    moments = [opened.entries[0].recorded_at, *(s.recorded_at for s in steps), opened_after.entries[0].recorded_at]
    assert all(earlier < later for earlier, later in pairwise(moments))
    assert [step.position for step in steps] == [1, 1]


def test_a_change_nobody_proposed_is_not_there(council: Council) -> None:
    with pytest.raises(NoSuchPolicyChange):
        decide(council, uuid4(), approval, "ben")
    with pytest.raises(NoSuchPolicyChange):
        council.amounts.numbered(1)


def test_people_call_a_change_by_its_number(council: Council) -> None:
    first, second = approved(council), propose(council)
    assert [change.change_id for change in council.amounts.changes] == [first, second]
    assert council.amounts.numbered(council.amounts.change(second).number).change_id == second


def test_the_same_request_takes_a_step_once_and_brings_the_same_answer(council: Council) -> None:
    policy, request = Policy(council), asking("forty", caller="ann")
    first = policy.propose((FORTY,), by="ann", now=NOON, request=request)
    decide(council, first.change.change_id, approval, "ben")
    again = policy.propose((FORTY,), by="ann", now=NOON, request=request)
    assert (first.replayed, again.replayed) == (False, True)
    assert (again.step, again.change) == (first.step, first.change)
    assert len(council.amounts.changes) == 1
    with pytest.raises(KeyUsedForAnotherRequest):
        policy.propose((FORTY,), by="ann", now=NOON, request=asking("other", key=request.key, caller="ann"))


@pytest.mark.parametrize(("other", "came"), [(approval, {"approved", "DecidedAlready"}), (reversal, None)])
def test_of_two_who_decide_at_once_the_second_decides_on_what_the_first_left(
    other: Decide, came: set[str] | None, council: Council
) -> None:
    """Both are let go at once by the one row that gives every event its place, so neither has seen the other's step."""
    change_id = propose(council)

    def decided(how: Decide, by: str) -> str:
        try:
            return decide(council, change_id, how, by)
        except PolicyRefused as refused:
            return type(refused).__name__

    with ThreadPoolExecutor(2) as people:
        with council.app.transaction() as statements:
            statements.execute(f"SELECT FROM {council.names.schema}.head FOR UPDATE")
            both = [people.submit(decided, approval, "ben"), people.submit(decided, other, "cat")]
            until(lambda: waiting(council) == 2, "two who wait for their turn")
        found = {each.result() for each in both}
    assert found in ([came] if came else [{"approved", "reversal_proposed"}, {"withdrawn", "DecidedAlready"}])


def waiting(council: Council) -> int:
    """How many of the application's connections to the council wait for a lock."""
    return int(
        rows(
            council,
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = current_user",
        )[0][0]
    )


def test_two_who_send_the_same_request_at_once_propose_once(council: Council) -> None:
    request, together = asking("forty", caller="ann"), Barrier(2)

    def send(_: int) -> int:
        together.wait()
        return Policy(council).propose((FORTY,), by="ann", now=NOON, request=request).step.number

    with ThreadPoolExecutor(2) as clients:
        numbers = set(clients.map(send, range(2)))
    assert (len(numbers), len(council.amounts.changes)) == (1, 1)


def test_each_council_has_its_own(council: Council, new_council: Callable[..., Council]) -> None:
    approved(council)
    assert (amount(new_council()), amount(council)) == ("31.80", "40.00")


def test_another_process_sees_what_was_decided(council: Council) -> None:
    beside = Council(council.code, lambda role: council.app._url if role == council.names.app else "")
    assert beside.amounts.last == 0
    approved(council)
    assert amount(beside) == "40.00"
    beside.close()
