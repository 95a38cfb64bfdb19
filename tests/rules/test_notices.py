"""Of what somebody is told as it happens (Care Act 2014 s 29(3) and (4); care account specification)"""

import pytest

from domain.account.commands import GiveNotices
from domain.account.facts import NoticeGiven
from domain.account.state import CareAccount
from domain.schemes import Scheme
from tests.rules.asking import NOW, adjusted, asked, correct
from tests.rules.build import (
    NATIONAL,
    REFORM_2023,
    account,
    and_then,
    budget,
    closed,
    contribution,
    day,
    needs,
    opening,
    self_funder,
)

IN_FORCE = REFORM_2023.model_copy(update={"in_force": True})
"""The law that was planned, as if it had been commenced: no cap is in force, and so nobody is told of one."""


def told(found: CareAccount, *days: str, scheme: Scheme = IN_FORCE) -> list[tuple[str, str]]:
    """What somebody is told when it is looked at on these days, one after the other: each notice and its day."""
    for on in days:
        found = asked(found, GiveNotices(on=day(on), known_at=NOW), scheme=scheme)
    return [(notice.kind, notice.figures.on.isoformat()) for _, notice in found.of(NoticeGiven)]


@pytest.mark.parametrize(
    ("notice", "eve", "on"),
    [
        ("within_18_months", "2024-06-11", "2024-06-12"),
        ("at_80_percent", "2025-07-04", "2025-07-05"),
        ("cap_reached", "2025-12-11", "2025-12-12"),
    ],
)
def test_mrs_a_is_told_as_she_comes_to_the_cap(notice: str, eve: str, on: str) -> None:
    """At 750.00 a week 68,800.00 has accrued after 643 days, and the cap is reached on 12 December 2025."""
    before = {kind for kind, _ in told(self_funder(), eve)}
    assert notice not in before
    assert (notice, on) in told(self_funder(), on)


def test_each_is_told_once_however_often_it_is_looked_for() -> None:
    """Every month, and twice on one day."""
    looks = ["2024-06-12", "2024-06-12", "2024-12-31", "2025-07-31", "2025-08-31", "2025-12-12", "2025-12-31"]
    assert told(self_funder(), *looks) == [
        ("within_18_months", "2024-06-12"),
        ("at_80_percent", "2025-07-31"),
        ("cap_reached", "2025-12-12"),
    ]


def test_somebody_who_has_reached_the_cap_is_not_told_that_they_are_near_it() -> None:
    """A balance of the whole cap was carried in."""
    found = self_funder("950.00", "2023-10-02", opening("86000.00", "2023-10-02"))
    assert told(found, "2023-10-02") == [("cap_reached", "2023-10-02")]


def test_a_crossing_that_was_undone_and_comes_again_is_told_again() -> None:
    """An adjustment leads back below 80%, and half a year later it is reached once more."""
    first = asked(self_funder(), GiveNotices(on=day("2025-07-05"), known_at=NOW), scheme=IN_FORCE)
    back = adjusted(first, ("-20000.00", "2025-07-20"))
    assert ("at_80_percent", "2026-02-28") in told(back, "2025-08-01", "2026-02-28")
    assert len([kind for kind, _ in told(back, "2025-08-01", "2026-02-28") if kind == "at_80_percent"]) == 2


def test_what_was_told_of_a_day_stays_told_when_an_earlier_day_is_asked_for() -> None:
    """It is looked for in July, and then for June."""
    assert told(self_funder(), "2024-07-31", "2024-06-30") == [("within_18_months", "2024-07-31")]


def test_a_notice_carries_the_figures_that_it_rests_on() -> None:
    """80% of 86,000.00 is 68,800.00."""
    found = asked(self_funder(), GiveNotices(on=day("2025-07-05"), known_at=NOW), scheme=IN_FORCE)
    notice = found.of(NoticeGiven)[-1][1]
    assert (notice.kind, notice.scheme, notice.missing) == ("at_80_percent", "reform-2023", None)
    assert (str(notice.figures.accrued_costs), notice.figures.percent) == ("68892.86", "80.10")
    assert notice.figures.expected_to_reach_cap_on == day("2025-12-12")


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ((), "needs_assessment"),
        ((needs(ending_before="2024-01-01"), budget("950.00")), "needs_assessment"),
        ((needs(), budget("950.00", ending_before="2024-01-01")), "budget"),
        ((needs(), budget("300.00", kind="personal")), "financial_assessment"),
        (
            (needs(), budget("300.00", kind="personal"), contribution("60.00", ending_before="2024-01-01")),
            "financial_assessment",
        ),
        ((needs(None),), None),
        ((needs(), budget("950.00")), None),
    ],
)
def test_somebody_is_told_what_is_missing(facts: tuple[NoticeGiven, ...], missing: str | None) -> None:
    """Never made, or ended and not made again. Needs that are not eligible were decided, so nothing is missing."""
    found = asked(account(*facts), GiveNotices(on=day("2024-01-31"), known_at=NOW))
    assert [notice.missing for _, notice in found.of(NoticeGiven)] == ([missing] if missing else [])


def test_what_is_missing_is_told_again_once_it_was_there_meanwhile() -> None:
    """A budget of half a year is made late, and nobody makes the next."""
    first = account(needs(), budget("950.00", ending_before="2024-01-01"))
    given = asked(first, GiveNotices(on=day("2024-01-31"), known_at=NOW))
    again = and_then(given, budget("950.00", "2024-02-15", ending_before="2024-07-01"))
    assert told(again, "2024-03-31", "2024-07-31", "2024-08-31", scheme=REFORM_2023) == [
        ("something_missing", "2024-01-31"),
        ("something_missing", "2024-07-31"),
    ]


@pytest.mark.parametrize("scheme", [NATIONAL, REFORM_2023], ids=["national", "reform-2023"])
def test_nobody_is_told_of_a_cap_that_is_not_in_force(scheme: Scheme) -> None:
    """A council that shows how costs would count sends no letter about it."""
    assert told(self_funder(), "2025-07-05", "2025-12-12", scheme=scheme) == []


def test_after_the_account_is_closed_nobody_is_told_anything() -> None:
    """Not of the cap that had been reached, and not of what is missing."""
    assert told(self_funder("950.00", "2023-10-02", closed("2025-12-31")), "2026-01-31") == []
    assert told(account(closed("2023-12-31")), "2024-01-31") == []


def test_a_notice_stays_whatever_is_corrected_later_and_moves_no_figure() -> None:
    """The cost was wrong: what the person was told is still what they were told."""
    found = asked(self_funder(), GiveNotices(on=day("2025-07-05"), known_at=NOW), scheme=IN_FORCE)
    corrected = asked(found, correct(3, budget("900.00", setting="care_home")))
    assert [notice for _, notice in corrected.of(NoticeGiven)] == [notice for _, notice in found.of(NoticeGiven)]
