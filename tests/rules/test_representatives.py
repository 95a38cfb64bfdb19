"""Who may see an account or act for the person (Mental Capacity Act 2005 ss 9, 16, 19; Care Act 2014 s 67)."""

import json
from typing import Any, get_args

import pytest

from domain.account.commands import EndRepresentative, NameRepresentative
from domain.account.facts import RepresentativeNamed
from domain.account.refusals import NoSuchEntry, RepresentationHasEnded
from domain.account.represented import copied_to, representative, representatives
from domain.account.state import CareAccount
from domain.law.representation import PROVISIONS, Authority, named_by_the_person
from tests.rules.asking import asked, correct, refusal
from tests.rules.build import accrued, closed, day, self_funder, the_id

NAMED = {
    "authority": "lpa_property",
    "permissions": ["view_finance", "act"],
    "effective_from": "2024-01-01",
    "ending_before": "2026-04-01",
    "evidence": "scan:1",
}
"""A power of attorney to 31 March 2026, recorded as the account's entry 4."""


def name(**other: Any) -> NameRepresentative:
    return NameRepresentative.model_validate_json(json.dumps(NAMED | other))


def end(version: int, ending_before: str) -> EndRepresentative:
    return EndRepresentative(representative=the_id(version), ending_before=day(ending_before), reason_code="revoked")


def holds(found: CareAccount, on: str, version: int = 4) -> bool:
    """Whether whom an entry named represents the person on a day."""
    each = representative(found, the_id(version))
    return each is not None and each.begun(day(on)) and not each.ended(day(on))


@pytest.mark.parametrize(
    ("on", "represents"),
    [("2023-12-31", False), ("2024-01-01", True), ("2026-03-30", True), ("2026-03-31", True), ("2026-04-01", False)],
)
def test_an_authority_holds_from_its_first_day_to_the_day_before_its_end(on: str, represents: bool) -> None:
    """A power of attorney from 1 January 2024 to 31 March 2026."""
    assert holds(asked(self_funder(), name()), on) is represents


@pytest.mark.parametrize(("on", "copies"), [("2023-12-31", 0), ("2024-01-01", 1), ("2026-03-31", 1), ("2026-04-01", 0)])
def test_copies_of_letters_go_to_who_may_have_them_while_the_authority_holds(on: str, copies: int) -> None:
    """Two attorneys from 1 January 2024 to 31 March 2026, of whom one may have copies."""
    found = asked(self_funder(), name(), name(permissions=["view_finance", "correspond"]))
    assert len(copied_to(found, day(on))) == copies


def test_an_authority_without_an_end_goes_on() -> None:
    assert holds(asked(self_funder(), name(ending_before=None)), "2199-12-31")


@pytest.mark.parametrize(
    ("ending_before", "last"), [("2025-06-01", "2025-05-31"), ("2024-01-01", None), ("2023-06-01", None)]
)
def test_an_authority_may_be_ended_sooner(ending_before: str, last: str | None) -> None:
    """From that day on nothing is shown; ended by its first day, it never began."""
    found = asked(self_funder(), name(), end(4, ending_before))
    assert not holds(found, ending_before)
    assert last is None or holds(found, last)


def test_what_has_ended_by_then_is_not_ended_again() -> None:
    found = asked(self_funder(), name(), end(4, "2025-06-01"))
    assert [refusal(found, end(4, on)) for on in ("2025-06-01", "2026-04-01")] == [RepresentationHasEnded] * 2
    assert not holds(asked(found, end(4, "2025-05-01")), "2025-05-01")


def test_only_whom_an_entry_names_can_be_ended() -> None:
    found = asked(self_funder(), name())
    assert [refusal(found, end(version, "2025-06-01")) for version in (3, 9)] == [NoSuchEntry] * 2


def test_an_end_that_was_wrong_is_voided_and_the_authority_holds_again() -> None:
    found = asked(self_funder(), name(), end(4, "2025-06-01"), correct(5))
    assert holds(found, "2026-03-31")


def test_a_corrected_authority_is_what_stands_in_its_place_also_for_whoever_signs_in_by_the_first() -> None:
    """To 31 March 2025 it should have said; a correction of that correction brings the first back."""
    shorter = RepresentativeNamed.model_validate_json(json.dumps(NAMED | {"ending_before": "2025-04-01"}))
    found = asked(self_funder(), name(), correct(4, shorter))
    assert [holds(found, on) for on in ("2025-03-31", "2025-04-01")] == [True, False]
    assert holds(asked(found, correct(5)), "2026-03-31")


def test_what_ended_an_authority_ends_what_stands_in_its_place() -> None:
    longer = RepresentativeNamed.model_validate_json(json.dumps(NAMED | {"ending_before": "2027-04-01"}))
    found = asked(self_funder(), name(), end(4, "2025-06-01"), correct(4, longer))
    assert [each.ending_before for each in representatives(found)] == [day("2025-06-01")]


def test_a_voided_authority_is_none_and_neither_is_another_entry() -> None:
    found = asked(self_funder(), name(), correct(4))
    assert [representative(found, the_id(version)) for version in (4, 3, 9)] == [None, None, None]
    assert representatives(found) == []


def test_an_authority_may_be_taken_down_after_the_account_was_closed() -> None:
    """Somebody may have to be shown what was."""
    found = self_funder("950.00", "2023-10-02", closed("2024-06-30", "moved"))
    assert holds(asked(found, name(effective_from="2025-01-01")), "2025-01-01", version=5)


@pytest.mark.parametrize("authority", get_args(Authority))
@pytest.mark.parametrize(("on", "represents"), [("2025-06-30", True), ("2025-07-01", False)])
def test_every_authority_ends_with_the_death_of_the_person(authority: Authority, on: str, represents: bool) -> None:
    """They died on 30 June 2025."""
    found = self_funder("950.00", "2023-10-02", closed("2025-06-30"))
    named = asked(found, name(authority=authority, permissions=["view_finance", "correspond"]))
    assert holds(named, on, version=5) is represents
    assert len(copied_to(named, day(on))) == represents
    assert representatives(named)[0].by_death


def test_an_authority_that_had_ended_before_the_death_ended_then() -> None:
    """On 31 January 2025, and they died on 30 June."""
    found = asked(self_funder("950.00", "2023-10-02", closed("2025-06-30")), name(), end(5, "2025-02-01"))
    assert [(each.ending_before, each.by_death) for each in representatives(found)] == [(day("2025-02-01"), False)]


@pytest.mark.parametrize("reason", ["moved", "no_eligible_needs"])
def test_an_account_that_ends_otherwise_ends_no_authority(reason: str) -> None:
    found = asked(self_funder("950.00", "2023-10-02", closed("2025-06-30", reason)), name())
    assert holds(found, "2025-07-01", version=5)


def test_a_death_that_was_reported_by_mistake_ends_nothing() -> None:
    found = asked(self_funder("950.00", "2023-10-02", closed("2025-06-30")), name(), correct(4))
    assert holds(found, "2025-07-01", version=5)


def test_who_deals_with_what_the_person_left_may_be_named_for_the_days_after() -> None:
    found = self_funder("950.00", "2023-10-02", closed("2025-06-30"))
    named = asked(found, name(authority="informal", effective_from="2025-07-14"))
    assert holds(named, "2025-07-14", version=5)


def test_no_figure_is_another_for_who_represents_the_person() -> None:
    """750.00 a week before and after."""
    found = asked(self_funder(), name(), end(4, "2025-06-01"))
    assert (accrued(self_funder(), "2023-10-08"), accrued(found, "2023-10-08")) == ("750.00", "750.00")


@pytest.mark.parametrize(
    ("authority", "provision"),
    [
        ("lpa_property", "Mental Capacity Act 2005 s 9"),
        ("deputy", "Mental Capacity Act 2005 ss 16 and 19"),
        ("appointee", "SI 1987/1968 reg 33; SI 2013/380 reg 57"),
        ("advocate", "Care Act 2014 s 67"),
        ("informal", "the person's own consent"),
    ],
)
def test_each_authority_stands_somewhere(authority: Authority, provision: str) -> None:
    assert PROVISIONS[authority] == provision


@pytest.mark.parametrize(
    ("authority", "permissions", "by_themselves"),
    [
        ("informal", ("view_finance", "correspond"), True),
        ("advocate", ("correspond",), True),
        ("informal", ("act",), False),
        ("informal", ("view_finance", "view_care"), False),
        ("lpa_property", ("view_finance",), False),
        ("deputy", ("correspond",), False),
        ("appointee", ("view_finance",), False),
    ],
)
def test_a_person_names_by_themselves_whoever_needs_no_paper(
    authority: Authority, permissions: tuple[Any, ...], by_themselves: bool
) -> None:
    assert named_by_the_person(authority, permissions) is by_themselves
