"""How two moments are compared: which entries and which days make the difference, each with its amount."""

from datetime import date
from decimal import Decimal

import pytest

from domain import schemes
from domain.account.causes import THINGS
from domain.account.comparison import Comparison, Moment, compare
from domain.account.facts import BY_TOPIC, EntryVoided, PeriodPosted
from domain.account.figures import ExactTotals
from domain.account.posted import reaches_from
from domain.account.state import CareAccount, entry_id
from domain.dates import FOREVER
from domain.schemes import Scheme
from tests.rules.build import ACCOUNT, NATIONAL, REFORM_2023, account, away, budget, closed, day, needs, self_funder
from tests.rules.test_explanations import VARIED

REFORM_2025 = schemes.load("reform-2025")


def between(
    found: CareAccount, versions: tuple[int, int], days: tuple[str, str], under: tuple[Scheme, Scheme] | None = None
) -> Comparison:
    """One account at two versions and two days."""
    one, other = under or (REFORM_2023, REFORM_2023)
    first, second = versions
    return compare(Moment(found.first(first), one, day(days[0])), Moment(found.first(second), other, day(days[1])))


def causes(found: Comparison) -> list[tuple[str, int | None, str]]:
    return [(cause.kind, cause.version, str(cause.amount)) for cause in found.causes]


LATE = self_funder("900.00", "2025-12-01", budget("945.00", "2026-02-01", setting="care_home"), away("2026-03-02"))


def test_a_late_rate_is_the_cause_of_160_71() -> None:
    """45.00 more a week on the 25 days from 1 to 25 February."""
    found = between(LATE, (3, 4), ("2026-02-25", "2026-02-25"))
    (cause,) = found.causes
    assert (cause.kind, str(cause.amount), str(cause.daily_living_costs)) == ("learned", "160.71", "0.00")
    assert (cause.first, cause.last, cause.effective_from) == (day("2026-02-01"), day("2026-02-25"), day("2026-02-01"))
    assert (cause.type, cause.entry_id, cause.recorded_by) == ("budget-set", str(entry_id(ACCOUNT, 4)), "tester")
    assert cause.words == "On 6 October 2023 we learned of a cost of care from 1 February 2026, which adds £160.71."
    assert str(found.difference.accrued_costs) == "160.71"
    assert str(found.difference.remaining) == "-160.71"


def test_what_is_not_known_any_more_is_told_the_other_way_round() -> None:
    found = between(LATE, (4, 3), ("2026-02-25", "2026-02-25"))
    assert causes(found) == [("learned", 4, "-160.71")]
    assert found.causes[0].words == "Nobody knew then of a cost of care from 1 February 2026, which takes off £160.71."


def test_first_comes_what_was_learned_of_the_earlier_day_then_the_days_between() -> None:
    found = between(LATE, (3, 5), ("2026-02-25", "2026-03-08"))
    # 45.00 a week on 25 days; then four days at 745.00 a week until the break began
    assert causes(found) == [("learned", 4, "160.71"), ("days", 4, "425.72")]
    assert [cause.first for cause in found.causes] == [day("2026-02-01"), day("2026-02-26")]
    assert sum(cause.amount for cause in found.causes) == found.difference.accrued_costs
    back = between(LATE, (5, 3), ("2026-03-08", "2026-02-25"))
    assert causes(back) == [("learned", 4, "-160.71"), ("days", 4, "-425.72")]
    assert back.causes[1].words.startswith("Not counted yet at the other moment: 26 February 2026 to 1 March 2026")


def test_the_days_between_are_told_as_the_moment_of_the_later_day_knew_them() -> None:
    found = between(LATE, (5, 3), ("2026-02-25", "2026-03-08"))
    assert causes(found) == [("learned", 4, "-160.71"), ("days", 3, "1100.00")]


def test_what_was_learned_is_of_the_earlier_day_also_when_more_was_known_of_it() -> None:
    found = between(LATE, (3, 5), ("2026-03-08", "2026-02-25"))
    # the ten days from 26 February at 700.00 a week are not counted yet, as the one moment had them
    assert causes(found) == [("learned", 4, "160.71"), ("days", 3, "-1100.00")]


def test_a_cap_that_was_lowered_before_the_days_between_is_no_cause_of_them() -> None:
    found = account(needs(), budget("700.00"))
    lowered = between(found, (3, 3), ("2023-11-30", "2023-12-05"), (VARIED, VARIED))
    assert [cause.kind for cause in lowered.causes] == ["lowered_cap"]
    after = between(found, (3, 3), ("2023-12-05", "2023-12-09"), (VARIED, VARIED))
    assert after.causes == ()


def test_what_moved_daily_living_costs_alone_is_a_cause_too() -> None:
    found = between(self_funder(), (3, 3), ("2026-01-01", "2026-01-07"))
    (cause,) = found.causes
    assert (str(cause.amount), str(cause.daily_living_costs)) == ("0.00", "171.42")
    assert str(found.difference.daily_living_costs) == "171.42"


def test_what_changed_no_figure_shown_here_is_no_cause() -> None:
    """Past the cap a dearer home changes what meeting the needs costs, and nothing else."""
    dearer = self_funder("950.00", "2023-10-02", budget("990.00", "2026-02-01", setting="care_home"))
    assert between(dearer, (3, 4), ("2026-03-01", "2026-03-01")).causes == ()


def test_a_correction_and_what_stands_in_its_place_are_one_cause() -> None:
    wrong = str(entry_id(ACCOUNT, 3))
    voided = EntryVoided(
        entry_id=wrong, version=3, effective_from=day("2024-04-03"), reason_code="rate-error",
        replaced_by=str(entry_id(ACCOUNT, 5)),
    )  # fmt: skip
    rates = [budget(cost, "2024-04-03", ending_before="2024-07-03") for cost in ("294.00", "282.24")]
    found = between(account(needs("2024-04-03"), rates[0], voided, rates[1]), (3, 5), ("2024-07-02", "2024-07-02"))
    assert causes(found) == [("learned", 4, "-152.88")]
    assert found.causes[0].words.endswith("we learned of a correction from 3 April 2024, which takes off £152.88.")


def test_very_many_entries_are_told_together() -> None:
    stays = [
        away(f"2024-{month:02d}-{on:02d}", f"2024-{month:02d}-{on + 1:02d}")
        for month in (1, 2, 3, 4)
        for on in range(1, 17)
    ]
    found = between(self_funder("950.00", "2023-10-02", *stays), (3, 67), ("2024-06-30", "2024-06-30"))
    assert len(found.causes) == 32
    assert {len(cause.entries) for cause in found.causes} == {2}
    assert "we learned of 2 entries of 6 October 2023 to 7 October 2023" in found.causes[0].words
    assert sum(cause.amount for cause in found.causes) == found.difference.accrued_costs


def test_other_rules_are_a_cause_that_no_entry_brought() -> None:
    found = between(self_funder(), (3, 3), ("2025-12-31", "2026-01-07"), (REFORM_2025, REFORM_2023))
    rules, *_ = found.causes
    assert (rules.kind, rules.entries, rules.entry_id) == ("rules", (), None)
    assert (rules.first, rules.last) == (day("2023-10-02"), day("2025-12-31"))
    assert rules.words == "The rules or the amounts in law are not the same, which adds £76,142.86."
    assert sum(cause.amount for cause in found.causes) == found.difference.accrued_costs


def test_where_one_moment_has_no_cap_nothing_is_said_of_what_remains() -> None:
    found = between(self_funder(), (3, 3), ("2024-01-01", "2024-01-01"), (NATIONAL, REFORM_2023))
    assert (found.difference.cap, found.difference.remaining) == (None, None)
    assert str(found.difference.accrued_costs) == "9857.14"


def test_rules_that_change_what_is_set_apart_alone_are_told() -> None:
    found = between(self_funder("150.00"), (3, 3), ("2024-01-01", "2024-01-01"), (NATIONAL, REFORM_2023))
    (cause,) = found.causes
    assert (str(cause.amount), cause.words[-26:]) == ("0.00", "leaves the total as it is.")


def test_what_was_posted_otherwise_is_a_cause_of_the_days_between() -> None:
    posted = PeriodPosted(
        through=day("2026-02-25"), scheme="reform-2023", edition=REFORM_2023.edition_through(day("2026-02-25")),
        lines=(), accrued_costs=Decimal("1.00"), cap_reached_on=None,
        totals=ExactTotals.model_validate_json('{"base": "2/1", "daily_living_costs": "1/1", "metered": "1/1"}'),
    )  # fmt: skip
    found = between(self_funder("900.00", "2026-02-01", posted), (4, 4), ("2026-02-24", "2026-02-25"))
    assert [cause.kind for cause in found.causes] == ["days", "posted"]
    assert found.causes[1].entry_id == str(entry_id(ACCOUNT, 4))
    for what, figure in (("amount", "accrued_costs"), ("daily_living_costs", "daily_living_costs")):
        assert sum(getattr(cause, what) for cause in found.causes) == getattr(found.difference, figure)
    assert str(found.other.accrued_costs) == "1.00"


@pytest.mark.parametrize("on", ["2026-03-01", "2025-11-01"])
def test_a_moment_does_not_differ_from_itself(on: str) -> None:
    assert between(LATE, (5, 5), (on, on)).causes == ()


def test_every_entry_that_can_change_a_figure_has_its_word() -> None:
    told = set(THINGS)
    silent = {kind for kind in BY_TOPIC.values() if reaches_from.dispatch(kind)(_at(kind)) == FOREVER}
    assert told == set(BY_TOPIC.values()) - silent


def _at(kind: type) -> object:
    """Something with the days that say from when a fact of the kind matters."""

    class Days:
        effective_from = on = date(2024, 1, 1)

    return Days()


def test_a_death_told_late_takes_off_the_days_after_it() -> None:
    found = between(self_funder("900.00", "2025-12-01", closed("2026-01-31")), (3, 4), ("2026-02-28", "2026-02-28"))
    (cause,) = found.causes
    assert (cause.type, str(cause.amount), cause.first, cause.last) == (
        "account-closed",
        "-2800.00",
        day("2026-02-01"),
        day("2026-02-28"),
    )
