"""How a figure is explained: what each part of it is, how it is worked out, and what it rests on."""

import json
from decimal import Decimal
from typing import Any, get_args

import pytest

from domain.account.explanation import Explained, Figure, explain, last_parts
from domain.account.explanation.words import WHY_NOT
from domain.account.facts import (
    AccountReopened,
    AdjustmentApproved,
    AdjustmentProposed,
    ChargeRaised,
    Fact,
    OpeningCarriedIn,
    OpeningEvidenced,
    PeriodPosted,
)
from domain.account.figures import Metering
from domain.account.state import CareAccount, entry_id
from domain.law import provisions
from domain.schemes import Scheme, read
from tests.rules.assessing import full, too_little
from tests.rules.build import (
    ACCOUNT,
    NATIONAL,
    REFORM_2023,
    account,
    away,
    budget,
    closed,
    contribution,
    day,
    needs,
    self_funder,
)

VARIED = read(
    "varied",
    """
title: A cap that rises, and then falls
description: Made for examples
authority: nobody's
in_force: "false"
cap:
  commencement: 2023-10-01
  reached_when: at_or_above
  daily_living_costs: daily_living_costs
  daily_living_costs_on_short_stays: "true"
  personal_base: charge
  amount:
    description: The cap
    unit: pounds
    checked_on: 2026-01-01
    values:
      - {from: 2023-10-01, amount: 1000.00, authority: first, certainty: official, status: "announced, never in force"}
      - {from: 2023-12-01, amount: 800.00, authority: second, certainty: recalled, status: "announced, never in force"}
  annual_adjustments:
    - {from: 2023-10-16, percentage: "3", authority: yearly, certainty: official, status: "announced, never in force"}
    - {from: 2023-10-23, percentage: "-1.5", authority: next, certainty: official, status: "announced, never in force"}
""",
)


def told(
    found: CareAccount, on: str, figure: Figure = "accrued_costs", scheme: Scheme = REFORM_2023
) -> tuple[Explained, ...]:
    """The parts right below a figure."""
    return explain(found, scheme, day(on), figure).children


def at_home(*facts: Fact, weekly_cost: str = "700.00") -> CareAccount:
    """Somebody who arranges care at home, of which £100.00 a day counts."""
    return account(needs(), budget(weekly_cost), *facts)


def arranged(*facts: Fact, weekly_cost: str = "900.00") -> CareAccount:
    """Somebody whose care at home the council arranges."""
    return account(needs(), budget(weekly_cost, kind="personal"), *facts)


def charge(amount: str, first: str, ending_before: str, reference: str = "INV-1") -> ChargeRaised:
    return ChargeRaised(
        reference=reference, period_from=day(first), period_ending_before=day(ending_before), amount=Decimal(amount)
    )


def opening(amount: str, on: str = "2023-10-02", kind: str = "transfer", **more: Any) -> OpeningCarriedIn:
    return OpeningCarriedIn.model_validate(
        {"on": day(on), "accrued_costs": amount, "daily_living_costs": "0.00", "provenance": {"kind": kind}, **more}
    )


def approved(amount: str, on: str, version: int) -> tuple[Fact, Fact]:
    """An adjustment whose proposal has this version, and its approval."""
    proposed = AdjustmentProposed(on=day(on), amount=Decimal(amount), reason_code="ombudsman")
    return proposed, AdjustmentApproved(adjustment=entry(version), on=day(on))


def entry(version: int) -> str:
    return str(entry_id(ACCOUNT, version))


def sums(parts: tuple[Explained, ...]) -> list[tuple[str, str, str | None]]:
    return [(part.figure, str(part.amount), part.arithmetic) for part in parts]


def test_a_charge_is_spread_over_the_days_of_its_period() -> None:
    (days,) = told(arranged(charge("416.00", "2023-10-02", "2023-10-30")), "2023-10-15")
    assert (days.arithmetic, str(days.amount)) == ("104.00 ÷ 7 \u00d7 14 days", "208.00")
    (part,) = days.children
    assert (part.figure, part.arithmetic, part.entries) == ("charge", "416.00 ÷ 28 \u00d7 14 days", (entry(4),))
    assert part.words == "We charged £416.00 for 2 October 2023 to 29 October 2023."
    assert part.provision == provisions.CHARGED


def test_charges_for_the_same_day_are_a_part_each_and_a_part_of_a_penny_is_carried() -> None:
    found = arranged(charge("100.00", "2023-10-02", "2023-10-05"), charge("50.00", "2023-10-02", "2023-10-05", "INV-2"))
    (days,) = told(found, "2023-10-02")
    assert sums(days.children) == [
        ("charge", "33.33", "100.00 ÷ 3 \u00d7 1 day"),
        ("charge", "16.67", "50.00 ÷ 3 \u00d7 1 day"),
    ]
    (_, first), (_, second) = ((part, part.amount) for part in told(found, "2023-10-04")[0].children)
    assert (str(first), str(second)) == ("100.00", "50.00")
    (days,) = told(arranged(charge("100.00", "2023-10-02", "2023-10-05")), "2023-10-03")
    assert days.words == "2 October 2023 to 3 October 2023: 2 days at about £233.33 a week."
    assert days.arithmetic == "100 ÷ 3 \u00d7 2 days"


def test_what_each_part_lacks_by_rounding_is_a_part_of_its_own() -> None:
    (days,) = told(self_funder("950.00"), "2023-10-02")
    assert sums(days.children) == [
        ("weekly_cost", "135.71", "950.00 ÷ 7 \u00d7 1 day"),
        ("daily_living_costs", "-28.57", "200.00 ÷ 7 \u00d7 1 day"),
    ]
    (days,) = told(self_funder("952.00"), "2023-10-02")
    assert sums(days.children)[2:] == []
    (days,) = told(self_funder("901.50"), "2023-10-03")
    assert [str(part.amount) for part in days.children] == ["257.57", "-57.14"]
    (days,) = told(self_funder("900.80"), "2023-10-04")
    assert [(part.figure, str(part.amount)) for part in days.children] == [
        ("weekly_cost", "386.06"),
        ("daily_living_costs", "-85.71"),
        ("rounding", "-0.01"),
    ]


def test_the_financial_assessment_says_what_a_day_is_charged() -> None:
    for weekly, cost, arithmetic, words in (
        ("350.00", "900.00", "(the lower of 350.00 and 900.00) ÷ 7", "The money check says you pay £350.00 a week."),
        (
            "350.00",
            "300.00",
            "(the lower of 350.00 and 300.00) ÷ 7",
            "The care costs £300.00 a week, less than you could be asked to pay.",
        ),
    ):
        (days,) = told(arranged(contribution(weekly), weekly_cost=cost), "2023-10-08")
        (part,) = days.children
        assert (part.figure, part.arithmetic, part.words) == ("assessed_charge", f"{arithmetic} \u00d7 7 days", words)
        assert (part.entries, days.entries) == ((entry(4),), (entry(2), entry(3), entry(4)))
    (days,) = told(arranged(contribution("0.00", outcome="full_cost")), "2023-10-08")
    assert days.children[0].words == "The money check says you pay the full cost, £900.00 a week."
    assert days.children[0].arithmetic == "900.00 ÷ 7 \u00d7 7 days"


def charge_of_a_week(*facts: Fact, weekly_cost: str = "400.00") -> Explained:
    """What makes up the charge of the week from 7 April 2025."""
    found = account(needs(), budget(weekly_cost, kind="personal"), *facts)
    (stretch,) = [part for part in told(found, "2025-04-13") if part.first == day("2025-04-07")]
    (charged,) = stretch.children
    assert sum((part.amount or Decimal(0) for part in charged.children), Decimal(0)) == charged.amount
    return charged


def in_short(part: Explained) -> list[tuple[str, str]]:
    return [(str(child.amount), child.words) for child in part.children]


def test_what_somebody_is_charged_is_told_by_the_lines_of_their_financial_assessment() -> None:
    charged = charge_of_a_week(full({"state_pension": "242.60", "earnings": "30.00"}, savings="14300.00"))
    assert in_short(charged) == [
        ("1.00", "Your savings and property count as £1.00 a week."),
        ("242.60", "Your state pension adds £242.60 a week."),
        ("0.00", "Your pay from work does not count."),
        ("-232.60", "We take off the amount you keep to live on, £232.60 a week."),
    ]
    tariff, _, _, kept = charged.children
    assert [line.step for line in tariff.lines] == ["capital", "assessable_capital", "tariff_income"]
    assert (kept.lines[0].parameter, kept.provision) == (
        "minimum_income_guarantee_single_pension_age",
        kept.lines[0].authority,
    )


def test_each_limit_on_what_is_charged_is_a_part_of_its_own() -> None:
    short = charge_of_a_week(full({"state_pension": "200.00"}, outgoings=[{"kind": "rent", "weekly": "9.00"}]))
    assert in_short(short)[1:] == [
        ("-9.00", "We take off your rent, £9.00 a week."),
        ("-232.60", "We take off the amount you keep to live on, £232.60 a week."),
        ("41.60", "You have £41.60 a week less than what you keep, so nothing is left."),
    ]
    part = charge_of_a_week(full({"state_pension": "332.60"}, council_percentage="90"))
    assert in_short(part)[-1] == ("-10.00", "We leave you £10.00 a week of what is left.")
    dear = charge_of_a_week(full({"state_pension": "732.60"}))
    assert in_short(dear)[-1] == ("-100.00", "You never pay more than your care costs, so £100.00 a week is taken off.")
    cheaper = charge_of_a_week(full({"state_pension": "332.60"}), weekly_cost="60.00")
    assert in_short(cheaper)[-1] == ("-40.00", "You never pay more than your care costs.")
    assert cheaper.children[-1].provision == provisions.NO_MORE_THAN_IT_COSTS


def test_a_cost_that_cannot_be_taken_off_and_what_is_too_little_to_ask_for_are_told() -> None:
    spent = [{"weekly": "9.00"}]
    found = charge_of_a_week(full({"state_pension": "300.00"}, disability_related_expenditure=spent))
    assert ("0.00", "We cannot take off what your disability costs you.") in in_short(found)
    assert in_short(charge_of_a_week(too_little("1.50")))[-1] == (
        "-1.50",
        "We do not ask for as little as £1.50 a week.",
    )


def test_who_pays_in_full_is_told_why_and_that_the_cost_is_now_another() -> None:
    charged = charge_of_a_week(full({"state_pension": "242.60"}, savings="30000.00"), weekly_cost="430.00")
    assert in_short(charged) == [
        ("400.00", "You pay the full cost of your care, £400.00 a week."),
        ("30.00", "On these days the care costs £430.00 a week."),
    ]
    assert [line.step for line in charged.children[0].lines] == ["capital", "assessable_capital", "contribution"]


def test_a_care_home_cheaper_than_daily_living_costs_is_set_apart_whole() -> None:
    (days,) = told(self_funder("150.00"), "2023-10-08")
    cost, apart = days.children
    assert (str(days.amount), str(cost.amount), str(apart.amount)) == ("0.00", "150.00", "-150.00")
    assert apart.arithmetic == "the whole cost, 150.00 ÷ 7 \u00d7 7 days"
    assert apart.parameter is not None
    assert (apart.parameter.amount, apart.parameter.authority[:12]) == ("200.00", "Care Act 201")


def test_days_that_count_nothing_stand_with_nil_and_why() -> None:
    life = (needs("2023-10-04"), budget("700.00", "2023-10-05", kind="personal"), contribution("70.00", "2023-10-06"))
    found = account(
        *life,
        away("2023-10-07", "2023-10-08"),
        closed("2023-10-09"),
        AccountReopened(on=day("2023-10-11"), reason_code="wrong"),
    )
    parts = told(found, "2023-10-12")
    assert [(str(part.amount), part.words.partition(": ")[2]) for part in parts] == [
        ("0.00", "nothing, as no decision says that you need care we must meet."),
        ("0.00", "nothing, as we have not agreed what your care should cost."),
        ("0.00", "nothing, as we have not done your money check."),
        ("10.00", "1 day at £70.00 a week."),
        ("0.00", "nothing, as your care had stopped for a while."),
        ("20.00", "2 days at £70.00 a week."),
        ("0.00", "nothing, as your account was not open."),
        ("20.00", "2 days at £70.00 a week."),
    ]
    assert (parts[4].entries, parts[6].entries) == ((entry(5),), (entry(6),))
    assert not any(part.children for part in parts if not part.amount)


def test_days_after_each_closure_rest_on_that_closure() -> None:
    again = AccountReopened(on=day("2023-10-11"), reason_code="wrong")
    found = at_home(closed("2023-10-09"), again, closed("2023-10-11"))
    shut = [part.entries for part in told(found, "2023-10-25") if part.words.endswith("your account was not open.")]
    assert shut == [(entry(4),), (entry(6),)]


def test_the_amount_of_law_is_that_of_the_days_it_is_told_of() -> None:
    assert REFORM_2023.cap is not None
    costs = REFORM_2023.cap.daily_living_costs
    (first,) = costs.values
    later = first.model_copy(update={"from_": day("2024-04-01"), "amount": Decimal("210.00")})
    amounts = costs.model_copy(update={"values": (first, later)})
    rules = REFORM_2023.cap.model_copy(update={"daily_living_costs": amounts})
    parts = told(self_funder(), "2024-04-07", scheme=REFORM_2023.model_copy(update={"cap": rules}))
    laws = [part.children[1].parameter for part in parts]
    assert [(law.amount, law.from_) for law in laws if law] == [
        ("200.00", day("2023-10-01")),
        ("210.00", day("2024-04-01")),
    ]


def test_before_the_cap_is_commenced_nothing_counts_and_the_account_says_so() -> None:
    early = self_funder("950.00", "2023-09-25")
    waiting, counting = told(early, "2023-10-01")
    assert waiting.words == "25 September 2023 to 30 September 2023: nothing, as the cap was not in force."
    assert str(counting.amount) == "107.14"
    before = explain(early, REFORM_2023, day("2023-09-30"), "accrued_costs")
    assert before.words == "By 30 September 2023, there is no cap in force, so none of your care costs count."
    for figure in ("cap", "remaining", "percent"):
        none = explain(early, REFORM_2023, day("2023-09-30"), figure)
        assert (none.amount, none.value, none.children) == (None, None, ())
        assert none.words == "There is no cap in force on 30 September 2023."


def test_what_another_council_counted_says_whether_there_is_proof() -> None:
    carried, _ = told(at_home(opening("500.00")), "2023-10-02")
    assert carried.words == "Another council had counted £500.00 before 2 October 2023, which we have not checked yet."
    assert (carried.figure, carried.arithmetic, carried.entries) == ("opening", "500.00", (entry(4),))
    assert (carried.provision, carried.children) == (provisions.CARRIED_IN, ())
    seen = OpeningEvidenced(opening=entry(4), on=day("2023-11-01"), evidence="scan")
    carried, _ = told(at_home(opening("500.00"), seen), "2023-10-02")
    assert carried.words.endswith("before 2 October 2023, and we have seen proof.")
    assert carried.entries == (entry(4), entry(5))


def test_a_second_opening_stands_for_all_that_came_before() -> None:
    found = at_home(opening("500.00", "2023-10-04", "migration"))
    days, carried, _ = told(found, "2023-10-04")
    assert (str(days.amount), str(carried.amount), carried.arithmetic) == ("200.00", "300.00", "500.00 \u2212 200.00")
    assert [(part.figure, str(part.amount)) for part in carried.children] == [
        ("carried_in", "500.00"),
        ("replaced", "-200.00"),
    ]
    assert carried.words.startswith("An older system had counted £500.00")
    assert carried.provision == provisions.UP_TO_DATE


def test_the_first_council_s_rate_goes_on_without_an_amount_of_law() -> None:
    rate = {"metered": "70.00", "daily_living_costs": "14.00"}
    found = account(opening("500.00", weekly_rate=rate))
    carried, first, days = told(found, "2023-10-09")
    assert (str(carried.amount), str(first.amount)) == ("500.00", "10.00")
    cost, apart = days.children
    assert (cost.figure, cost.arithmetic, str(cost.amount)) == ("carried_rate", "84.00 ÷ 7 \u00d7 7 days", "84.00")
    assert (str(apart.amount), apart.parameter, apart.provision) == ("-14.00", None, provisions.CARRIED_RATE)
    assert cost.words == "The rate from before goes on, £84.00 a week."
    set_apart = told(found, "2023-10-09", "daily_living_costs")
    assert [str(part.amount) for part in set_apart] == ["0.00", "2.00", "14.00"]


def test_what_two_people_decided_names_both_entries() -> None:
    found = at_home(*approved("-25.50", "2023-10-05", 4))
    _, _, decided = told(found, "2023-10-05")[:3]
    assert (decided.figure, str(decided.amount), decided.arithmetic) == ("adjustment", "-25.50", "-25.50")
    assert decided.entries == (entry(4), entry(5))
    assert decided.words == "Two people decided on 5 October 2023 that this takes £25.50 off the total."
    assert decided.children == ()


def test_an_adjustment_stops_at_nil_and_at_the_cap() -> None:
    _, lower = told(at_home(*approved("-250.00", "2023-10-02", 4)), "2023-10-02")
    assert (str(lower.amount), lower.arithmetic) == ("-100.00", "-250.00, as far as the limits let it")
    assert [(part.figure, str(part.amount)) for part in lower.children] == [
        ("adjustment", "-250.00"),
        ("limit", "150.00"),
    ]
    found = at_home(*approved("99000.00", "2023-10-02", 4))
    _, raised = told(found, "2023-10-02")
    assert [str(part.amount) for part in raised.children] == ["99000.00", "-13000.00"]
    assert raised.children[1].parameter is not None
    assert raised.words.endswith("that this adds £99,000.00 to the total.")


def test_days_beyond_the_cap_take_off_what_they_would_have_counted() -> None:
    *_, reaching, beyond = told(at_home(), "2023-10-20", scheme=_plain("1050.00"))
    assert (str(reaching.amount), reaching.arithmetic) == ("50.00", "at most 1050.00 \u2212 1000.00")
    assert reaching.words == "12 October 2023: you reached the cap, so only the rest counts."
    assert [str(part.amount) for part in reaching.children] == ["100.00", "-50.00"]
    assert (str(beyond.amount), beyond.arithmetic) == ("0.00", "0.00")
    assert [(part.figure, str(part.amount)) for part in beyond.children] == [
        ("weekly_cost", "800.00"),
        ("beyond_the_cap", "-800.00"),
    ]
    assert beyond.children[1].parameter is not None
    assert beyond.children[1].parameter.amount == "1050.00"


def test_a_day_that_led_back_below_the_cap_counted_nothing_yet() -> None:
    found = at_home(*approved("-300.00", "2023-10-14", 4))
    parts = told(found, "2023-10-15", scheme=_plain("1000.00"))
    assert next(part.words.partition(": ")[2] for part in parts if part.first == day("2023-10-14")) == (
        "nothing, as you had reached the cap."
    )
    assert str(parts[-1].amount) == "100.00"


def test_a_cap_reached_on_a_day_without_costs_is_told_as_reached() -> None:
    found = account(needs(), budget("700.00"), away("2023-10-05"), *approved("900.00", "2023-10-06", 5))
    parts = told(found, "2023-10-07", scheme=_plain("1000.00"))
    assert parts[-1].words == "7 October 2023: nothing, as you had reached the cap."


def test_a_lowered_cap_takes_the_rest_off() -> None:
    parts = told(at_home(), "2023-12-01", scheme=VARIED)
    lowered = parts[-2]
    assert lowered.words == "The total cannot be more than the cap of £800.00, so the rest is taken off."
    assert lowered.parameter is not None
    assert (lowered.figure, lowered.first, lowered.parameter.authority) == ("lowered_cap", day("2023-12-01"), "second")
    assert (str(lowered.amount), lowered.arithmetic) == ("-185.00", "800.00 \u2212 985.00")  # the yearly fall


def test_yearly_changes_name_their_percentage_and_authority() -> None:
    up, down = (part for part in told(at_home(weekly_cost="70.00"), "2023-10-24", scheme=VARIED) if part.parameter)
    assert (up.words, up.arithmetic) == (
        "The yearly change of 3% adds £4.20 to the total.",
        "140.00 \u00d7 3 ÷ 100, rounded half up",
    )
    assert (down.words, down.arithmetic) == (
        "The yearly change of -1.5% takes £3.21 off the total.",
        "214.20 \u00d7 -1.5 ÷ 100, rounded half up",
    )
    assert up.parameter is not None
    assert (up.parameter.name, up.parameter.amount, up.parameter.unit, up.parameter.authority) == (
        "annual_adjustment",
        "3",
        "per cent",
        "yearly",
    )


def test_what_was_posted_stands_though_this_program_would_work_out_something_else() -> None:
    totals = {"base": "1401/2", "daily_living_costs": "0/1", "metered": "1401/2"}
    given = {"through": "2023-10-08", "scheme": "reform-2023", "lines": [], "accrued_costs": "700.50"}
    edition = REFORM_2023.edition_through(day("2023-10-08"))
    settled = {"totals": totals, "cap_reached_on": None, "edition": edition}
    posted = PeriodPosted.model_validate_json(json.dumps(given | settled))
    whole = explain(at_home(posted), REFORM_2023, day("2023-10-09"), "accrued_costs")
    assert str(whole.amount) == "800.50"
    (kept,) = [part for part in whole.children if part.figure == "posted"]
    assert (str(kept.amount), kept.entries, kept.first) == ("0.50", (entry(4),), day("2023-10-08"))
    assert sum(part.amount or 0 for part in whole.children) == whole.amount


def test_what_is_left_is_the_cap_less_what_counts() -> None:
    whole = explain(self_funder(), REFORM_2023, day("2025-12-11"), "remaining")
    most, counts = whole.children
    assert (str(whole.amount), str(most.amount), str(counts.amount)) == ("71.43", "86000.00", "-85928.57")
    assert (whole.arithmetic, most.parameter and most.parameter.amount) == ("86000.00 \u2212 85928.57", "86000.00")
    assert [str(part.amount) for part in last_parts(whole)] == ["86000.00", "-108842.86", "22914.29"]
    share = explain(self_funder(), REFORM_2023, day("2025-12-11"), "percent")
    assert (share.value, share.arithmetic) == ("99.91", "85928.57 ÷ 86000.00 \u00d7 100, rounded down")
    assert [part.figure for part in share.children] == ["accrued_costs", "cap"]


def test_a_yearly_change_leaves_what_was_set_apart_alone() -> None:
    parts = told(self_funder("270.00"), "2023-10-29", "daily_living_costs", VARIED)
    assert {part.figure for part in parts} == {"days"}
    assert sum(part.amount or 0 for part in parts) == 800


def test_without_a_cap_there_are_only_days() -> None:
    for figure in ("accrued_costs", "daily_living_costs"):
        parts = told(at_home(*approved("5.00", "2023-10-03", 4)), "2023-10-04", figure, NATIONAL)
        assert {part.figure for part in parts} == {"days"}


def test_the_weekly_rate_says_what_of_a_week_counts() -> None:
    whole = explain(self_funder(), REFORM_2023, day("2024-01-01"), "weekly_rate")
    assert [str(part.amount) for part in (whole, *whole.children)] == ["750.00", "950.00", "-200.00"]
    capped = explain(self_funder(), REFORM_2023, day("2026-01-01"), "weekly_rate")
    assert [str(part.amount) for part in (capped, *capped.children)] == ["0.00", "950.00", "-200.00", "-750.00"]
    assert capped.words == "On 1 January 2026, nothing counts each week."
    none = explain(account(), REFORM_2023, day("2024-01-01"), "weekly_rate")
    assert none.words == "Nothing counts on 1 January 2024, as no decision says that you need care we must meet."
    assert (none.amount, none.provision) == (None, provisions.DAYS["not_eligible"])


@pytest.mark.parametrize(
    ("found", "on", "words"),
    [
        (self_funder(), "2025-12-11", "If nothing changes, you reach the cap on 12 December 2025."),
        (self_funder(), "2025-12-12", "You reached the cap on 12 December 2025."),
        (self_funder("200.00"), "2024-01-01", "At this rate you would not reach the cap."),
        (account(), "2024-01-01", "No day can be given, as no decision says that you need care we must meet."),
    ],
)
def test_the_day_of_the_cap_is_told_or_why_there_is_none(found: CareAccount, on: str, words: str) -> None:
    whole = explain(found, REFORM_2023, day(on), "expected_to_reach_cap_on")
    assert (whole.words, whole.amount) == (words, None)
    assert (whole.value == "2025-12-12") == words.startswith("If nothing changes")


def test_what_is_set_apart_is_told_apart() -> None:
    home = told(at_home(), "2023-10-08", "daily_living_costs")
    assert home[0].words == "2 October 2023 to 8 October 2023: nothing, as no living costs are in this price."
    (days,) = told(self_funder(), "2023-10-08", "daily_living_costs")
    assert (days.words, str(days.amount)) == (
        "2 October 2023 to 8 October 2023: this stood for food, heating and rent.",
        "200.00",
    )
    (none,) = told(account(), "2023-10-08", "daily_living_costs")
    assert none.words.endswith("nothing, as no decision says that you need care we must meet.")


def test_every_word_for_a_day_has_its_reason_and_its_provision() -> None:
    assert set(provisions.DAYS) == set(get_args(Metering))
    assert set(WHY_NOT) == set(get_args(Metering)) - {"metering"}


def _plain(cap: str) -> Scheme:
    """The reform with another cap."""
    assert REFORM_2023.cap is not None
    amount = REFORM_2023.cap.amount
    dated = amount.values[0].model_copy(update={"amount": Decimal(cap)})
    rules = REFORM_2023.cap.model_copy(update={"amount": amount.model_copy(update={"values": (dated,)})})
    return REFORM_2023.model_copy(update={"cap": rules})
