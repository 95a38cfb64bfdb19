"""Two times at once: the day a figure is for, and the moment at which it was known."""

from datetime import datetime
from decimal import Decimal
from itertools import permutations

import pytest

from domain.account.accrual import accrue
from domain.account.facts import Fact
from domain.account.state import CareAccount
from tests.rules.asking import adjusted
from tests.rules.build import (
    ACCOUNT,
    REFORM_2023,
    account,
    accrued,
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
)

A_WEEK = "2023-10-08"


def known_at(found: CareAccount, version: int) -> CareAccount:
    """The account as it was known when its entry of this version had just been recorded."""
    known = found.as_known_at(found.entries[version - 1].recorded_at)
    assert known is not None
    return known


def test_a_figure_for_a_day_depends_on_when_it_was_known() -> None:
    """For 25 February 2024: 18900.00 while the rate was 900.00, 19060.71 since 945.00 from 1 February is known."""
    found = account(needs(), budget("900.00"), budget("945.00", "2024-02-01"))
    assert [accrued(known_at(found, version), "2024-02-25") for version in (3, 4)] == ["18900.00", "19060.71"]


def test_what_is_recorded_at_an_instant_is_known_at_that_instant_and_not_a_moment_before() -> None:
    found = account(needs(), budget("700.00"))
    instant = found.entries[2].recorded_at
    before = found.as_known_at(instant.replace(hour=8, minute=59))
    assert before is not None
    assert [accrued(one, A_WEEK) for one in (before, known_at(found, 3))] == ["0.00", "700.00"]


def test_before_anything_was_recorded_no_account_is_known() -> None:
    found = account(needs())
    assert found.as_known_at(datetime.fromisoformat("2023-10-01T00:00:00Z")) is None


COMMUTING: dict[str, tuple[Fact, ...]] = {
    "needs, a budget and a break": (needs(), budget("700.00"), away("2023-10-04", "2023-10-06")),
    "needs, a budget, an assessment and a charge": (
        needs(),
        budget("700.00", kind="personal"),
        contribution("70.00"),
        charge("28.00", "2023-10-04", "2023-10-06"),
    ),
    "two charges and a budget": (
        needs(),
        budget("700.00", kind="personal"),
        charge("28.00", "2023-10-02", "2023-10-30"),
        charge("14.00", "2023-10-04", "2023-10-06", "INV-2"),
    ),
    "a balance, needs, a budget and a closure": (
        opening("1000.00", "2023-10-02"),
        needs(),
        budget("700.00"),
        closed("2023-10-20"),
    ),
}


@pytest.mark.parametrize("facts", COMMUTING.values(), ids=COMMUTING)
def test_the_order_in_which_different_things_become_known_does_not_matter(facts: tuple[Fact, ...]) -> None:
    by_order = {october(account(*order)) for order in permutations(facts)}
    assert len(by_order) == 1
    assert len(set(by_order.pop())) > 3


def october(found: CareAccount) -> tuple[Decimal, ...]:
    """What had accrued by the close of each day of the month."""
    accrual = accrue(found, REFORM_2023, day("2023-10-31"))
    return tuple(accrual.balance(day(f"2023-10-{n:02}")) for n in range(1, 32))


def test_the_order_of_two_entries_of_one_kind_matters_the_one_recorded_last_is_in_force() -> None:
    """700.00 and 1400.00 for the same week: whichever was recorded last."""
    facts = (budget("700.00"), budget("1400.00"))
    found = [account(needs(), *order) for order in (facts, facts[::-1])]
    assert [accrued(one, A_WEEK) for one in found] == ["1400.00", "700.00"]


def test_the_order_of_a_closure_and_a_reopening_matters() -> None:
    """A closure recorded after a reopening ends the account although its day is the earlier one."""
    facts = (closed("2023-10-05"), reopened("2023-10-07"))
    found = [account(needs(), budget("700.00"), *order) for order in (facts, facts[::-1])]
    assert [accrued(one, A_WEEK) for one in found] == ["600.00", "400.00"]


def test_an_approval_counts_only_from_the_moment_it_was_recorded() -> None:
    """Proposed 50.00: 700.00 as known then; 750.00 as known after the approval."""
    found = adjusted(account(needs(), budget("700.00")), ("50.00", "2023-10-04"))
    assert found.entries[3].fact == adjustment("50.00", "2023-10-04")
    assert [accrued(known_at(found, version), A_WEEK) for version in (4, 5)] == ["700.00", "750.00"]


def test_nothing_accrues_because_a_job_ran_so_every_day_can_be_asked_for_at_once() -> None:
    """750.00 a week: day by day or straight away, the same totals."""
    found = self_funder("950.00")
    whole = accrue(found, REFORM_2023, day("2023-12-31"))
    by_day = [accrue(found, REFORM_2023, day(f"2023-12-{n:02}")) for n in range(1, 32)]
    assert [one.through(one.on) for one in by_day] == [whole.through(one.on) for one in by_day]


def test_an_account_goes_by_the_name_it_was_given_and_its_version_counts_its_entries() -> None:
    found = account(needs(), budget("700.00"))
    assert (found.id, found.version, found.first(2).version) == (ACCOUNT, 3, 2)
