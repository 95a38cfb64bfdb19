"""How a wrong entry is put right: it is voided, may be replaced, and both stay visible for ever."""

import pytest

from domain.account.commands import AnswerDispute, Correct, RaiseDispute, RetractCharge
from domain.account.facts import (
    AccountClosed,
    BudgetSet,
    ChargeRetracted,
    DisputedThing,
    EntryVoided,
    Fact,
)
from domain.account.refusals import (
    AccountIsClosed,
    AlreadyVoided,
    BeforeItOpened,
    CannotBeReplaced,
    CannotBeVoided,
    ClosesBeforeItOpened,
    NoSuchEntry,
    OpeningNeedsReplacement,
    ReopensBeforeItClosed,
    ReplacementOfAnotherKind,
    ReplacementWasCorrected,
)
from domain.account.state import CareAccount
from tests.rules.asking import adjusted, asked, correct, post, refusal, stated
from tests.rules.build import (
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
    opened,
    opening,
    progress,
    reopened,
    the_id,
)

A_WEEK = "2023-10-08"


def at_home(*more: Fact) -> CareAccount:
    """Entries 1 to 3: opened, needs, and a budget of 700.00 a week at home from 2 October 2023."""
    return account(needs(), budget("700.00"), *more)


def voided(found: CareAccount) -> EntryVoided:
    """The account's last correction."""
    return [entry.fact for entry in found.entries if isinstance(entry.fact, EntryVoided)][-1]


def test_a_voided_entry_is_as_though_it_had_never_been_made() -> None:
    """700.00 a week, then 1400.00 by mistake: 1400.00; the mistake voided: 700.00."""
    wrong = at_home(budget("1400.00"))
    assert [accrued(found, A_WEEK) for found in (wrong, asked(wrong, correct(4)))] == ["1400.00", "700.00"]


def test_a_replacement_counts_in_the_place_of_what_was_wrong() -> None:
    """700.00 should have been 770.00: 770.00 for the week."""
    assert accrued(asked(at_home(), correct(3, budget("770.00"))), A_WEEK) == "770.00"


def test_a_correction_names_the_entry_its_reason_and_the_replacement_that_follows_it() -> None:
    found = asked(at_home(), correct(3, budget("770.00", "2023-10-09")))
    assert voided(found).model_dump(mode="json") == {
        "entry_id": the_id(3),
        "version": 3,
        "effective_from": "2023-10-02",
        "reason_code": "entered-wrongly",
        "replaced_by": the_id(5),
    }
    assert found.version == 5
    assert voided(asked(at_home(), correct(3))).replaced_by is None


def test_everything_stays_visible_and_says_what_voided_it() -> None:
    found = asked(at_home(), correct(3, budget("770.00")))
    assert [entry.version for entry in found.entries] == [1, 2, 3, 4, 5]
    assert {version: by.version for version, by in found.voided_by.items()} == {3: 4}
    assert [entry.version for entry, _ in found.of(BudgetSet)] == [5]


def test_a_replacement_is_the_entry_recorded_last_also_on_days_that_another_covered() -> None:
    """700.00, then 840.00 from 9 October; the first, corrected to 770.00 without an end, now covers those days too."""
    found = at_home(budget("840.00", "2023-10-09"))
    without_end = asked(found, correct(3, budget("770.00")))
    with_end = asked(found, correct(3, budget("770.00", ending_before="2023-10-09")))
    assert [accrued(one, "2023-10-15") for one in (found, without_end, with_end)] == ["1540.00", "1540.00", "1610.00"]


@pytest.mark.parametrize(
    ("wrong", "right", "before", "without", "after"),
    [
        (
            needs(None, assessed_on="2023-10-05"),
            needs(None, assessed_on="2023-10-06"),
            "300.00",
            "700.00",
            "400.00",
        ),
        (budget("770.00"), budget("840.00"), "770.00", "700.00", "840.00"),
        (away("2023-10-04", "2023-10-06"), away("2023-10-04", "2023-10-05"), "500.00", "700.00", "600.00"),
        (opening("1000.00", "2023-10-02"), opening("2000.00", "2023-10-02"), "1700.00", "700.00", "2700.00"),
        (closed("2023-10-04"), closed("2023-10-05"), "300.00", "700.00", "400.00"),
    ],
    ids=[
        "needs that ended on 5 October (300.00), never did (700.00), ended on the 6th (400.00)",
        "a budget of 770.00, voided (700.00), replaced (840.00)",
        "two days in hospital (500.00), none (700.00), one (600.00)",
        "1000.00 carried in (1700.00), nothing (700.00), 2000.00 (2700.00)",
        "closed after three days (300.00), never (700.00), after four (400.00)",
    ],
)
def test_every_kind_of_fact_can_be_voided_and_replaced(
    wrong: Fact, right: Fact, before: str, without: str, after: str
) -> None:
    """A week at 700.00: with the wrong entry, without it, and with the right one in its place."""
    found = at_home(wrong)
    corrected = [asked(found, correct(4)), asked(found, correct(4, right))]
    assert [accrued(one, A_WEEK) for one in (found, *corrected)] == [before, without, after]


@pytest.mark.parametrize(
    ("wrong", "right", "before", "after"),
    [
        (contribution("70.00"), contribution("77.00"), "70.00", "77.00"),
        (charge("70.00", "2023-10-02", "2023-10-09"), charge("84.00", "2023-10-02", "2023-10-09"), "70.00", "84.00"),
    ],
    ids=["an assessment of 70.00 that was 77.00", "a charge of 70.00 that was 84.00"],
)
def test_where_the_council_meets_the_needs_its_figures_are_corrected_too(
    wrong: Fact, right: Fact, before: str, after: str
) -> None:
    found = account(needs(), budget("700.00", kind="personal"), wrong)
    assert [accrued(one, A_WEEK) for one in (found, asked(found, correct(4, right)))] == [before, after]


def test_a_retraction_can_be_voided_and_not_replaced() -> None:
    charged = account(needs(), budget("700.00", kind="personal"), charge("70.00", "2023-10-02", "2023-10-09"))
    found = asked(charged, RetractCharge(reference="INV-1", reason_code="billed-twice"))
    assert refusal(found, correct(5, charge("70.00", "2023-10-02", "2023-10-09"))) is CannotBeReplaced
    assert accrued(asked(found, correct(5)), A_WEEK) == "70.00"
    assert asked(found, correct(5)).of(ChargeRetracted) == ()


# --- corrections of corrections ---


def test_undoing_a_correction_brings_back_what_it_voided_and_takes_out_what_it_put_in() -> None:
    """700.00, corrected to 770.00; the correction itself was wrong: 700.00 again, and 770.00 counts no more."""
    corrected = asked(at_home(), correct(3, budget("770.00")))
    undone = asked(corrected, correct(4))
    assert [accrued(found, A_WEEK) for found in (corrected, undone)] == ["770.00", "700.00"]
    assert {version: by.version for version, by in undone.voided_by.items()} == {4: 6, 5: 6}


def test_undoing_a_correction_that_put_nothing_in_brings_back_what_it_voided() -> None:
    """The 1400.00 voided by mistake: 700.00, and 1400.00 again when the correction is undone."""
    found = asked(at_home(budget("1400.00")), correct(4))
    assert [accrued(one, A_WEEK) for one in (found, asked(found, correct(5)))] == ["700.00", "1400.00"]


def test_a_correction_undone_and_made_again_counts_again() -> None:
    """700.00 to 770.00, back to 700.00, and corrected to 840.00: 840.00."""
    found = asked(at_home(), correct(3, budget("770.00")), correct(4), correct(3, budget("840.00")))
    assert accrued(found, A_WEEK) == "840.00"


def test_undoing_the_undoing_puts_the_first_correction_back() -> None:
    """700.00 to 770.00, undone, and the undoing undone: 770.00."""
    found = asked(at_home(), correct(3, budget("770.00")), correct(4), correct(6))
    assert accrued(found, A_WEEK) == "770.00"
    assert {version: by.version for version, by in found.voided_by.items()} == {3: 4, 6: 7}


def test_a_replacement_can_be_replaced_in_its_turn() -> None:
    """700.00 to 770.00 to 777.00: 777.00."""
    found = asked(at_home(), correct(3, budget("770.00")), correct(5, budget("777.00")))
    assert accrued(found, A_WEEK) == "777.00"


def test_a_correction_whose_replacement_was_corrected_since_is_undone_from_the_end() -> None:
    """770.00 was replaced by 777.00: first that is undone (770.00), then the first correction (700.00)."""
    found = asked(at_home(), correct(3, budget("770.00")), correct(5, budget("777.00")))
    assert refusal(found, correct(4)) is ReplacementWasCorrected
    assert [accrued(asked(found, *steps), A_WEEK) for steps in ([correct(6)], [correct(6), correct(4)])] == [
        "770.00",
        "700.00",
    ]


def test_nothing_can_stand_in_the_place_of_a_correction() -> None:
    found = asked(at_home(), correct(3, budget("770.00")))
    assert refusal(found, correct(4, budget("840.00"))) is CannotBeReplaced


@pytest.mark.parametrize(
    ("wrong", "right", "from_"),
    [
        (budget("770.00", "2023-10-09"), budget("770.00", "2023-10-16"), "2023-10-09"),
        (budget("770.00", "2023-10-16"), budget("770.00", "2023-10-09"), "2023-10-09"),
    ],
    ids=["the first reached back further", "the second reaches back further"],
)
def test_undoing_a_correction_matters_from_the_first_day_that_either_entry_reached(
    wrong: Fact, right: Fact, from_: str
) -> None:
    found = asked(asked(at_home(wrong), correct(4, right)), correct(5))
    assert voided(found).effective_from == day(from_)


def test_voiding_a_closure_matters_from_the_day_after_it() -> None:
    """The day of the closure itself counted in any case."""
    assert voided(asked(at_home(closed("2023-10-16")), correct(4))).effective_from == day("2023-10-17")


def test_voiding_an_adjustment_nobody_had_approved_is_dated_by_its_day() -> None:
    found = asked(at_home(adjustment("50.00", "2023-10-04")), correct(4))
    assert voided(found).effective_from == day("2023-10-04")


def test_voiding_an_approved_adjustment_takes_its_amount_off_again() -> None:
    """750.00, and 700.00 without the 50.00."""
    found = adjusted(at_home(), ("50.00", "2023-10-04"))
    assert [accrued(one, A_WEEK) for one in (found, asked(found, correct(4)))] == ["750.00", "700.00"]


# --- the day of opening ---


def test_an_account_opened_on_the_wrong_day_gets_the_right_one_in_its_place() -> None:
    """Opened from 5 October by mistake: four days, 400.00; from 2 October: the whole week, 700.00."""
    found = account(needs(), budget("700.00"), opened_on="2023-10-05")
    corrected = asked(found, correct(1, opened("2023-10-02")))
    assert [accrued(one, A_WEEK) for one in (found, corrected)] == ["400.00", "700.00"]
    assert corrected.opened.opened_on == day("2023-10-02")


def test_an_account_always_has_a_day_of_opening() -> None:
    assert refusal(at_home(), correct(1)) is OpeningNeedsReplacement


def test_the_day_of_opening_may_move_up_to_the_last_day_of_a_closed_account() -> None:
    ended = at_home(closed("2023-10-16"))
    assert accrued(asked(ended, correct(1, opened("2023-10-16"))), "2023-11-01") == "100.00"
    assert refusal(ended, correct(1, opened("2023-10-17"))) is ClosesBeforeItOpened


# --- what is refused ---


def test_an_entry_that_is_not_there_cannot_be_corrected() -> None:
    assert refusal(at_home(), correct(4)) is NoSuchEntry
    elsewhere = Correct(entry_id="00000000-0000-4000-8000-000000000001", reason_code="x")
    assert refusal(at_home(), elsewhere) is NoSuchEntry


def test_an_entry_is_corrected_once() -> None:
    assert refusal(asked(at_home(), correct(3)), correct(3)) is AlreadyVoided


def test_a_replacement_is_of_the_same_kind() -> None:
    assert refusal(at_home(), correct(3, needs())) is ReplacementOfAnotherKind
    assert refusal(at_home(), correct(3, opened())) is ReplacementOfAnotherKind
    assert refusal(at_home(), correct(1, budget("1.00"))) is ReplacementOfAnotherKind


def test_what_was_reported_and_said_stays_as_it_was() -> None:
    posted = post(at_home(), A_WEEK)
    told = stated(at_home(), A_WEEK)
    about = RaiseDispute(about=DisputedThing(entry_id=the_id(3)), raised_on=day(A_WEEK))
    disputed = asked(at_home(), about)
    answer = AnswerDispute(dispute=the_id(4), on=day(A_WEEK), outcome="upheld")
    for found in (posted, told, disputed, asked(disputed, answer)):
        assert refusal(found, correct(found.version)) is CannotBeVoided


def test_a_replacement_is_refused_where_it_would_be_refused_by_itself() -> None:
    ended = at_home(closed("2023-10-16"))
    assert refusal(ended, correct(3, budget("1.00", "2023-10-17"))) is AccountIsClosed
    carried = at_home(opening("1.00", "2023-10-02"))
    assert refusal(carried, correct(4, opening("1.00", "2023-10-01"))) is BeforeItOpened
    again = at_home(closed("2023-10-16"), reopened("2023-11-01"))
    assert refusal(again, correct(5, reopened("2023-10-16"))) is ReopensBeforeItClosed


def test_a_replacement_is_judged_as_though_the_wrong_entry_had_never_been() -> None:
    """A closure on the wrong day is replaced by one on another, later or earlier, without "closed already"."""
    found = at_home(closed("2023-10-04"))
    later, earlier = (asked(found, correct(4, closed(on))) for on in ("2023-10-06", "2023-10-02"))
    assert [accrued(one, A_WEEK) for one in (found, later, earlier)] == ["300.00", "500.00", "100.00"]
    assert [entry.version for entry, _ in later.of(AccountClosed)] == [6]


def test_a_correction_changes_nothing_that_was_known_before_it() -> None:
    """Known before the correction: 700.00. Known after it: 770.00."""
    found = asked(at_home(), correct(3, budget("770.00")))
    before = found.as_known_at(found.entries[2].recorded_at)
    assert before is not None
    assert [accrued(one, A_WEEK) for one in (before, found)] == ["700.00", "770.00"]


def test_a_voided_needs_assessment_makes_the_days_not_eligible() -> None:
    found = asked(at_home(), correct(2))
    assert (accrued(found, A_WEEK), progress(found, A_WEEK).metering) == ("0.00", "not_eligible")


def test_a_corrected_account_comes_to_the_same_as_one_that_was_never_wrong() -> None:
    """700.00 corrected to 770.00 a week, and 770.00 from the first: both reach 86000.00 on 21 November 2025."""
    corrected, always = asked(at_home(), correct(3, budget("770.00"))), account(needs(), budget("770.00"))
    days = ("2023-10-02", "2024-02-29", "2025-11-20", "2025-11-21")
    assert [accrued(corrected, on) for on in days] == [accrued(always, on) for on in days]
    assert progress(corrected, days[-1]).cap_reached_on == day("2025-11-21")
