"""Deferred payment agreements: who may have one, and what is owed (Care Act 2014 ss 34 to 36)."""

import json
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from domain import parameters
from domain.account.commands import Correct
from domain.account.facts import (
    Deferral,
    DeferredPayment,
    DeferredPaymentEnded,
    DeferredPaymentRepaid,
    PaymentDeferred,
)
from domain.account.refusals import (
    AccountIsClosed,
    AgreementEndedBefore,
    AgreementInUse,
    BeforeTheAgreement,
    FeeIsPaidSeparately,
    NoSuchEntry,
    NotRepaidYet,
    OverTheEquityLimit,
)
from domain.law.deferred_interest import from_gilt_rate, half_year_of, highest_rate, highest_rates
from domain.law.deferred_payments import Circumstances, equity_limit, obstacles, weekly_shares
from domain.parameters import NotInForce
from tests.rules.asking import asked, refusal
from tests.rules.build import account, accrued, and_then, charge, closed, day, needs, the_id
from tests.rules.build import budget as set_budget
from tests.rules.deferring import agree, defer, deferring, end, interest, law, owed, repay, statement

TODAY = day("2026-11-22")
UNDER_AN_AGREEMENT = ("a deferral", "a repayment", "an end")


def limit(value: str, encumbrances: str = "0.00") -> str:
    return str(equity_limit(Decimal(value), Decimal(encumbrances), TODAY, parameters.load).amount)


@pytest.mark.parametrize(
    ("value", "encumbrances", "most"),
    [
        ("200000.00", "0.00", "165750.00"),
        ("200000.00", "50000.00", "115750.00"),
        ("99999.99", "0.00", "75749.99"),
        ("15833.34", "0.00", "0.01"),
        ("15833.33", "0.00", "0.00"),
        ("100000.00", "90000.00", "0.00"),
    ],
)
def test_the_equity_limit_leaves_a_tenth_of_the_value_the_lower_capital_limit_and_other_loans(
    value: str, encumbrances: str, most: str
) -> None:
    """Of 200000.00: less 20000.00, less 14250.00, less what the property secures already; never below nil."""
    assert limit(value, encumbrances) == most


def test_the_equity_limit_names_the_amounts_of_law_it_rests_on() -> None:
    """The tenth is from memory, the lower capital limit from the published text."""
    found = equity_limit(Decimal(200000), Decimal(0), TODAY, parameters.load)
    assert [(used.name, str(used.amount), used.certainty) for used in found.rests_on] == [
        ("deferred_payment_equity_reserve", "10", "recalled"),
        ("capital_limit_lower", "14250.00", "official"),
    ]


ASKED = Circumstances(
    needs_met_in_care_home=True,
    home_disregarded=False,
    other_capital=Decimal("23250.00"),
    property_value=Decimal("200000.00"),
    encumbrances=Decimal("0.00"),
)


def why_not(**other: Any) -> list[str]:
    asked_for = ASKED.model_copy(update=other)
    return [obstacle.code for obstacle in obstacles(asked_for, TODAY, parameters.load)]


def test_whoever_lives_in_a_care_home_with_little_beside_a_home_may_have_payment_deferred() -> None:
    """Other capital of 23250.00 is at the upper limit, and not above it."""
    assert why_not() == []


@pytest.mark.parametrize(
    ("otherwise", "reason"),
    [
        ({"needs_met_in_care_home": False}, "not_in_a_care_home"),
        ({"other_capital": Decimal("23250.01")}, "other_capital_too_high"),
        ({"home_disregarded": True}, "home_disregarded"),
        ({"encumbrances": Decimal("165750.00")}, "no_equity"),
    ],
    ids=[
        "needs met elsewhere than in a care home",
        "other capital of 23250.01",
        "a home that is disregarded",
        "other loans that leave nothing",
    ],
)
def test_each_thing_that_stands_in_the_way_is_named(otherwise: dict[str, Any], reason: str) -> None:
    assert why_not(**otherwise) == [reason]


def test_everything_that_stands_in_the_way_is_named_at_once_in_a_sentence_with_its_provision() -> None:
    otherwise = {"needs_met_in_care_home": False, "home_disregarded": True, "other_capital": Decimal("30000.00")}
    found = list(obstacles(ASKED.model_copy(update=otherwise), TODAY, parameters.load))
    assert [each.words for each in found] == [
        "The person's needs are not met in a care home.",
        "Capital other than the home is above the upper limit of 23250.00 pounds.",
        "The home is disregarded, so it pays for no care.",
    ]
    assert {each.provision for each in found} == {"Care Act 2014 s 34(1) and (2); SI 2014/2671"}


@pytest.mark.parametrize(
    ("charge", "income", "kept", "paid", "deferred"),
    [
        ("800.00", "250.00", "144.00", "106.00", "694.00"),
        ("800.00", "250.00", "100.00", "150.00", "650.00"),
        ("800.00", "250.00", "0.00", "250.00", "550.00"),
        ("800.00", "144.00", "144.00", "0.00", "800.00"),
        ("800.00", "90.00", "144.00", "0.00", "800.00"),
        ("80.00", "250.00", "144.00", "80.00", "0.00"),
    ],
)
def test_income_above_what_the_person_keeps_goes_to_the_charge_and_the_rest_may_be_deferred(
    charge: str, income: str, kept: str, paid: str, deferred: str
) -> None:
    """Somebody with 250.00 a week who keeps 144.00 pays 106.00; who chooses to keep less owes less in the end."""
    shares = weekly_shares(Decimal(charge), Decimal(income), Decimal(kept))
    assert (str(shares.paid_from_income), str(shares.deferred)) == (paid, deferred)
    assert shares.income_kept == min(Decimal(income), Decimal(kept))


# Rates.


def test_half_years_begin_with_January_and_July() -> None:
    days = ("2024-01-01", "2024-06-30", "2024-07-01", "2024-12-31")
    first = [half_year_of(day(on))[0].isoformat() for on in days]
    assert first == ["2024-01-01", "2024-01-01", "2024-07-01", "2024-07-01"]
    assert half_year_of(day("2024-12-31"))[1] == day("2025-01-01")


def test_the_highest_rate_is_that_of_the_half_year() -> None:
    """4.65 for the first half of 2024."""
    assert [str(highest_rate(day(on), parameters.load).amount) for on in ("2024-01-01", "2024-06-30")] == ["4.65"] * 2


@pytest.mark.parametrize("on", ["2015-03-31", "2020-07-01", "2024-07-01", "2026-11-22", "2030-01-01"])
def test_a_half_year_whose_rate_nobody_has_seen_is_refused_by_name_and_day(on: str) -> None:
    with pytest.raises(NotInForce, match=f"deferred_payment_interest_rate_charged is in force on {on}"):
        highest_rate(day(on), parameters.load)


def test_the_rate_of_an_earlier_half_year_is_never_borrowed() -> None:
    """A table that ends with the rate of July 2019, and says nothing of January 2020."""
    amounts = law({"2019-07-01": "1.65"})
    assert str(highest_rate(day("2019-12-31"), amounts).amount) == "1.65"
    with pytest.raises(NotInForce):
        highest_rate(day("2020-01-01"), amounts)


def test_each_half_year_is_listed_with_its_rate_or_as_not_known() -> None:
    found = highest_rates(day("2024-08-01"), parameters.load)
    assert [half.first.isoformat() for half in found[:3]] == ["2015-04-01", "2015-07-01", "2016-01-01"]
    last_but_one, last = found[-2:]
    assert (str(last_but_one.per_cent), last_but_one.ending_before, last_but_one.certainty) == (
        "4.65",
        day("2024-07-01"),
        "secondary",
    )
    assert (last.per_cent, last.certainty) == (None, "not seen")
    assert last.authority == "No amount of deferred_payment_interest_rate_charged is in force on 2024-07-01."


# Interest.


def test_simple_interest_is_a_share_of_the_year_for_each_day() -> None:
    """36500.00 at 3.65 per cent: 3.65 a day, from the day on which it falls due, that day included."""
    found = deferring(defer("36500.00"))
    assert [interest(found, on) for on in ("2019-01-01", "2019-01-31", "2019-12-31")] == ["3.65", "113.15", "1332.25"]


def test_a_leap_year_bears_no_more_than_its_rate() -> None:
    """36600.00 at 3.66 per cent is 3.66 a day in 2020, and 1339.56 for all its 366 days."""
    found = deferring(defer("36600.00", "2020-01-01"), effective_from="2020-01-01")
    assert [interest(found, on) for on in ("2020-01-01", "2020-12-31")] == ["3.66", "1339.56"]


@pytest.mark.parametrize(
    ("compounding", "after_a_year"),
    [("none", "1332.25"), ("half_yearly", "1344.41"), ("quarterly", "1350.60"), ("daily", "1356.79")],
)
def test_interest_is_added_to_what_bears_interest_as_the_agreement_says(compounding: str, after_a_year: str) -> None:
    """36500.00 for the 365 days of 2019 at 3.65 per cent; half-yearly, 660.65 of interest is added on 1 July."""
    found = deferring(defer("36500.00"), compounding=compounding)
    assert interest(found, "2019-12-31") == after_a_year


def test_two_half_years_at_two_rates_are_two_lines_that_add_up() -> None:
    """10000.00 for a year that begins in April, at 3.65 and then 1.65 per cent: 91.00 and 83.18 pounds."""
    amounts = law({"2019-01-01": "3.65", "2019-07-01": "1.65"})
    found = deferring(defer("10000.00", "2019-04-01", amounts=amounts), amounts=amounts)
    shown = statement(found, "2019-12-31", amounts=amounts)
    lines = [
        (line.from_.isoformat(), line.to.isoformat(), str(line.per_cent), str(line.amount)) for line in shown.interest
    ]
    assert lines == [
        ("2019-01-01", "2019-06-30", "3.65", "91.00"),
        ("2019-07-01", "2019-12-31", "1.65", "83.18"),
    ]
    assert (shown.interest[0].authority, shown.interest[0].certainty) == ("a test", "official")
    assert str(shown.owed) == "10174.18"


def test_without_having_been_told_beforehand_a_person_is_charged_no_interest() -> None:
    found = deferring(defer("36500.00"), interest_told_on=None)
    shown = statement(found, "2019-12-31")
    assert (shown.interest, str(shown.owed)) == ((), "36500.00")


def test_a_stated_rate_is_charged_as_long_as_it_is_not_above_the_highest() -> None:
    """1.825 per cent stated from January, 9 per cent from April, the highest being 3.65: 1.825 first, and then 3.65."""
    stated = [{"from": "2019-01-01", "per_cent": "1.825"}, {"from": "2019-04-01", "per_cent": "9"}]
    shown = statement(deferring(defer("36500.00"), stated_rates=stated), "2019-12-31")
    assert [(str(line.per_cent), str(line.highest_per_cent), str(line.amount)) for line in shown.interest] == [
        ("1.825", "3.65", "164.25"),
        ("3.65", "3.65", "332.15"),
        ("3.65", "3.65", "671.60"),
    ]


def test_a_stated_rate_of_nothing_is_no_interest() -> None:
    stated = [{"from": "2019-01-01", "per_cent": "0"}]
    assert interest(deferring(defer("36500.00"), stated_rates=stated), "2019-12-31") == "0.00"


def test_interest_of_a_half_year_without_a_known_rate_is_not_worked_out_and_the_statement_says_so() -> None:
    """The rate of July 2019 was never seen; that of January 2020 was, and runs on what is known to be owed."""
    amounts = law({"2019-01-01": "3.65", "2019-07-01": None, "2020-01-01": "3.66"})
    found = deferring(defer("36500.00", amounts=amounts), amounts=amounts)
    shown = statement(found, "2020-01-02", amounts=amounts)
    assert [(line.per_cent is None, str(line.amount)) for line in shown.interest] == [
        (False, "660.65"),
        (True, "0.00"),
        (False, "7.30"),
    ]
    assert str(shown.owed) == "37167.95"
    assert [warning.words for warning in shown.warnings if warning.code == "rate_not_known"] == [
        "No interest was worked out for 1 July 2019 to 31 December 2019: the highest rate is not known."
    ]


def test_interest_that_is_paid_separately_is_shown_and_is_no_part_of_what_is_owed() -> None:
    shown = statement(deferring(defer("36500.00"), interest="paid_separately"), "2019-12-31")
    assert (str(shown.total_interest), str(shown.owed)) == ("1332.25", "36500.00")


def test_interest_goes_on_after_the_end_until_all_is_repaid() -> None:
    found = deferring(defer("36500.00"), end("2019-06-30", "died"))
    assert [owed(found, on) for on in ("2019-06-30", "2019-07-01")] == ["37160.65", "37164.30"]


# Repaying.


def test_a_repayment_bears_no_interest_from_its_own_day_on() -> None:
    """36500.00 owed, 18250.00 repaid on 11 January: ten days at 3.65 and then 1.83 or 1.82 a day."""
    found = deferring(defer("36500.00"), repay("18250.00", "2019-01-11"))
    assert [interest(found, on) for on in ("2019-01-10", "2019-01-11", "2019-01-12")] == ["36.50", "38.33", "40.15"]


def test_a_repayment_goes_to_what_bears_interest_first_and_then_to_interest() -> None:
    """36500.00 and 36.50 of simple interest, 36520.00 repaid: 16.50 of interest is left, which bears none."""
    found = deferring(defer("36500.00"), repay("36520.00", "2019-01-11"))
    assert [owed(found, on) for on in ("2019-01-11", "2019-12-31")] == ["16.50", "16.50"]


def test_when_the_last_penny_is_repaid_nothing_goes_on_to_bear_interest() -> None:
    """1000.00 at a hundredth a day is 1104.6221 after ten days. 1104.62 is repaid, and a fifth of a penny is gone."""
    amounts = law({"2019-01-01": "365", "2019-07-01": "365"})
    sums = defer("1000.00", amounts=amounts), repay("1104.62", "2019-01-11", amounts=amounts)
    found = deferring(*sums, amounts=amounts, compounding="daily")
    assert [owed(found, on, amounts) for on in ("2019-01-10", "2019-01-11", "2019-12-31")] == [
        "1104.62",
        "0.00",
        "0.00",
    ]


def test_interest_added_half_yearly_is_repaid_like_what_it_was_added_to() -> None:
    """36500.00 and, on 1 July, 660.65 of interest: 37160.65 repaid that day leaves nothing."""
    found = deferring(defer("36500.00"), repay("37160.65", "2019-07-01"), compounding="half_yearly")
    assert owed(found, "2019-12-31") == "0.00"


def test_what_was_overpaid_is_owed_to_the_person_and_bears_nothing() -> None:
    """A deferral of 500.00 was corrected away after all 1500.00 had been repaid on the day they fell due."""
    found = deferring(defer("1000.00"), defer("500.00"), repay("1500.00", "2019-01-01"))
    found = asked(found, Correct(entry_id=the_id(4), reason_code="twice"))
    assert [owed(found, on) for on in ("2019-01-01", "2019-12-31")] == ["-500.00", "-500.00"]
    assert statement(found, "2019-12-31").percent_of_limit == "0.00"


# The statement.


def test_a_statement_leads_from_its_opening_to_what_is_owed() -> None:
    """From 1 February: 1003.10 owed before, 500.00 and a fee of 90.00 deferred, interest of 4.17, 200.00 repaid."""
    found = deferring(
        defer("1000.00"),
        defer("500.00", "2019-02-01", "top_up"),
        defer("90.00", "2019-02-01", "administration_fee"),
        repay("200.00", "2019-02-15"),
    )
    shown = statement(found, "2019-02-28", since="2019-02-01")
    assert (str(shown.opening), str(shown.total_deferred), str(shown.total_repaid)) == ("1003.10", "590.00", "200.00")
    assert [(each.kind, each.entry_id) for each in shown.deferred] == [
        ("top_up", the_id(4)),
        ("administration_fee", the_id(5)),
    ]
    assert [each.entry_id for each in shown.repaid] == [the_id(6)]
    assert (str(shown.total_interest), str(shown.owed)) == ("4.17", "1397.27")
    assert shown.opening + shown.total_deferred + shown.total_interest - shown.total_repaid == shown.owed


def test_a_statement_before_the_agreement_has_nothing_to_say() -> None:
    shown = statement(deferring(defer("1000.00")), "2018-12-31")
    assert (str(shown.opening), shown.deferred, shown.interest, str(shown.owed)) == ("0.00", (), (), "0.00")


@pytest.mark.parametrize(
    ("deferred", "warned"),
    [
        ("116024.99", []),
        ("116025.00", ["near_the_limit"]),
        ("165749.99", ["near_the_limit"]),
        ("165750.00", ["at_the_limit"]),
    ],
)
def test_from_seventy_per_cent_of_the_equity_limit_on_the_statement_warns(deferred: str, warned: list[str]) -> None:
    """The limit on a home of 200000.00 is 165750.00; 70 per cent of it is 116025.00."""
    shown = statement(deferring(defer(deferred), interest_told_on=None), "2019-12-31")
    assert [warning.code for warning in shown.warnings if warning.code != "less_than_official"] == warned
    assert shown.left_of_limit == Decimal("165750.00") - Decimal(deferred)


def test_a_statement_says_which_amounts_are_less_sure_than_the_published_text() -> None:
    found = deferring(
        defer("1000.00", "2024-01-01", amounts=parameters.load), amounts=parameters.load, effective_from="2024-01-01"
    )
    (warning,) = statement(found, "2024-06-30", amounts=parameters.load).warnings
    assert warning.words == (
        "These amounts are not from a text that was read: deferred payment equity reserve (recalled), "
        "deferred payment interest rate charged (secondary)."
    )


def test_with_every_amount_from_the_published_text_there_is_no_such_warning() -> None:
    command = agree()
    sure = [used.model_copy(update={"certainty": "official"}) for used in command.equity_limit.rests_on]
    limited = command.equity_limit.model_copy(update={"rests_on": tuple(sure)})
    found = asked(account(), command.model_copy(update={"equity_limit": limited}), defer("1000.00"))
    assert statement(found, "2019-12-31").warnings == ()


def test_a_statement_says_by_when_an_ended_agreement_is_to_be_paid_and_before_its_end_nothing_of_it() -> None:
    """A death on 30 June 2019: 90 days are up on 28 September."""
    found = deferring(defer("1000.00"), end("2019-06-30", "died"))
    before, after = statement(found, "2019-06-29"), statement(found, "2019-06-30")
    assert (before.ended_on, before.pay_by) == (None, None)
    assert (after.ended_on, after.pay_by) == (day("2019-06-30"), day("2019-09-28"))


def test_what_was_not_known_yet_is_not_on_a_statement_as_known_then() -> None:
    found = deferring(defer("1000.00"), defer("500.00"))
    then = found.as_known_at(found.entries[2].recorded_at)
    assert then is not None
    assert [owed(each, "2019-01-01") for each in (then, found)] == ["1000.10", "1500.15"]


def test_an_agreement_that_the_account_does_not_hold_has_no_statement() -> None:
    with pytest.raises(NoSuchEntry):
        statement(account(), "2019-12-31")


# What is recorded.


def test_a_deferral_says_what_interest_had_come_to_and_what_was_owed() -> None:
    fact = deferring(defer("36500.00"), defer("1000.00", "2019-01-11")).entries[-1].fact
    assert isinstance(fact, PaymentDeferred)
    assert (str(fact.interest), str(fact.owed)) == ("40.25", "37540.25")


def test_a_repayment_says_what_was_left() -> None:
    fact = deferring(defer("36500.00"), repay("500.00", "2019-01-11")).entries[-1].fact
    assert isinstance(fact, DeferredPaymentRepaid)
    assert (str(fact.interest), str(fact.owed)) == ("40.10", "36040.10")


@pytest.mark.parametrize(("reason", "pay_by"), [("died", "2019-09-28"), ("sold", "2019-06-30")])
def test_what_is_owed_is_due_on_the_day_of_the_end_and_90_days_after_a_death(reason: str, pay_by: str) -> None:
    fact = deferring(defer("36500.00"), end("2019-06-30", reason)).entries[-1].fact
    assert isinstance(fact, DeferredPaymentEnded)
    assert (fact.pay_by, str(fact.owed)) == (day(pay_by), "37160.65")


def test_an_agreement_all_of_which_was_repaid_may_end_as_repaid() -> None:
    found = deferring(defer("1000.00"), repay("1000.00", "2019-01-01"), end("2019-01-01", "repaid"))
    fact = found.entries[-1].fact
    assert isinstance(fact, DeferredPaymentEnded)
    assert str(fact.owed) == "0.00"


def told(found: Any, command: Any) -> str:
    with pytest.raises((OverTheEquityLimit, NotRepaidYet)) as refused:
        asked(found, command)
    return str(refused.value)


def test_what_goes_over_the_equity_limit_is_refused_with_the_figures() -> None:
    """165750.00 may be owed. 165000.00 is, and bears 16.50 a day; 750.00 more a day later is too much."""
    found = deferring(defer("165000.00"))
    said = told(found, defer("750.00", "2019-01-02"))
    assert said.endswith("The limit is £165,750.00, and £165,783.08 would be owed.")
    assert asked(found, defer("716.85", "2019-01-02")).version == found.version + 1
    assert refusal(found, defer("716.95", "2019-01-02")) is OverTheEquityLimit


def test_a_sum_recorded_late_may_not_take_a_later_day_over_the_limit_either() -> None:
    found = deferring(defer("165000.00", "2019-06-01"), interest_told_on=None)
    assert refusal(found, defer("750.01", "2019-01-01")) is OverTheEquityLimit
    assert asked(found, defer("750.00", "2019-01-01")).version == found.version + 1


def test_what_was_repaid_may_be_deferred_again() -> None:
    found = deferring(defer("165750.00"), repay("1000.00", "2019-02-01"), interest_told_on=None)
    assert asked(found, defer("1000.00", "2019-02-01")).version == found.version + 1


def test_an_agreement_cannot_end_as_repaid_while_a_penny_is_owed() -> None:
    found = deferring(defer("1000.00"), repay("999.99", "2019-01-01"), interest_told_on=None)
    assert told(found, end("2019-01-01", "repaid")).endswith("On that day £0.01 was owed.")


def test_nothing_is_deferred_after_the_end_and_repayments_go_on() -> None:
    found = deferring(defer("1000.00"), end("2019-06-30"))
    assert refusal(found, defer("1.00", "2019-07-01")) is AgreementEndedBefore
    assert asked(found, defer("1.00", "2019-06-30")).version == found.version + 1
    assert asked(found, repay("1000.00", "2019-07-01")).version == found.version + 1


def test_nothing_is_deferred_for_care_after_the_accounts_last_day_but_a_fee_may_be() -> None:
    found = and_then(deferring(defer("1000.00")), closed("2019-06-30"))
    assert refusal(found, defer("1.00", "2019-07-01")) is AccountIsClosed
    assert asked(found, defer("90.00", "2019-07-01", "administration_fee")).version == found.version + 1
    assert asked(found, defer("1.00", "2019-07-01", period_from="2019-06-30")).version == found.version + 1
    assert refusal(found, agree(reference="DPA-2", effective_from="2019-07-01")) is AccountIsClosed
    assert asked(found, agree(reference="DPA-2", effective_from="2019-06-30")).version == found.version + 1


@pytest.mark.parametrize(
    "command", [defer("1.00", "2018-12-31"), repay("1.00", "2018-12-31"), end("2018-12-31")], ids=UNDER_AN_AGREEMENT
)
def test_nothing_happens_under_an_agreement_before_its_first_day(command: Any) -> None:
    assert refusal(deferring(), command) is BeforeTheAgreement


@pytest.mark.parametrize(
    "command", [defer("1.00"), repay("1.00", "2019-01-01"), end("2019-01-01")], ids=UNDER_AN_AGREEMENT
)
def test_nothing_happens_under_an_agreement_that_is_not_there(command: Any) -> None:
    assert refusal(account(), command) is NoSuchEntry


def test_two_agreements_of_an_account_are_reckoned_apart() -> None:
    found = deferring(agree(reference="DPA-2"), defer("1000.00"), defer("500.00", reference="DPA-2"))
    assert owed(found, "2019-01-01") == "1000.10"


# Correcting.


def test_an_agreement_under_which_nothing_was_deferred_may_be_voided_and_made_again() -> None:
    found = asked(deferring(), Correct(entry_id=the_id(2), reason_code="wrong-person"))
    assert refusal(found, defer("1.00")) is NoSuchEntry
    assert asked(found, agree(), defer("1.00")).version == 5


def test_an_agreement_in_use_is_replaced_under_its_own_reference_or_not_at_all() -> None:
    """The home turned out to be worth 150000.00; what was deferred stands under the corrected agreement."""
    found = deferring(defer("1000.00"))
    assert refusal(found, Correct(entry_id=the_id(2), reason_code="wrong")) is AgreementInUse
    other = Correct(entry_id=the_id(2), reason_code="wrong", replacement=agree(reference="DPA-2"))
    assert refusal(found, other) is AgreementInUse
    right = agree(property_value="150000.00")
    found = asked(found, Correct(entry_id=the_id(2), reason_code="wrong-value", replacement=right))
    shown = statement(found, "2019-01-01")
    assert (str(shown.owed), str(shown.agreement.equity_limit.amount)) == ("1000.10", "120750.00")


@pytest.mark.parametrize(
    ("version", "right", "after"),
    [(3, defer("500.00"), "450.05"), (4, repay("100.00", "2019-01-01"), "900.09")],
    ids=["a deferral", "a repayment"],
)
def test_a_sum_that_was_wrong_is_replaced(version: int, right: Any, after: str) -> None:
    found = deferring(defer("1000.00"), repay("50.00", "2019-01-01"))
    found = asked(found, Correct(entry_id=the_id(version), reason_code="wrong-amount", replacement=right))
    assert owed(found, "2019-01-01") == after


def test_an_end_that_was_recorded_by_mistake_is_taken_back() -> None:
    found = asked(deferring(end("2019-06-30", "died")), Correct(entry_id=the_id(3), reason_code="not-deceased"))
    assert asked(found, defer("1.00", "2019-07-01")).version == 5


# What cannot be true.


AGREED = agree().model_dump(mode="json", by_alias=True, exclude={"equity_limit", "disposable_income_allowance"})


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"interest_told_on": "2019-01-02"}, "give 2019-01-01 or an earlier day, or null"),
        ({"stated_rates": [{"from": "2019-01-02", "per_cent": "1"}]}, "Give a rate from 2019-01-01"),
        (
            {"stated_rates": [{"from": "2019-01-01", "per_cent": "1"}, {"from": "2019-01-01", "per_cent": "2"}]},
            "Give the rates in order of their days",
        ),
        ({"interest": "paid_separately", "compounding": "daily"}, 'give "none" for compounding'),
        ({"agreed_on": "x"}, "Write the day as text"),
        ({"effective_from": "x", "stated_rates": [{"from": "2019-01-02", "per_cent": "1"}]}, "Write the day as text"),
        ({"compounding": "x", "interest": "paid_separately"}, "Input should be 'daily'"),
    ],
)
def test_an_agreement_that_contradicts_itself_is_refused(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence) as refused:
        DeferredPayment.model_validate_json(json.dumps(AGREED | wrong))
    assert len(refused.value.errors()) == 1


FOUR_WEEKS = {"period_from": "2019-01-01", "period_ending_before": "2019-01-29"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kind": "care_costs"}, "Give the first day of the care"),
        ({"kind": "top_up"}, "Give the first day of the care"),
        ({"kind": "administration_fee", "period_from": "2019-01-01"}, "Give both ends of the period, or neither"),
        ({"kind": "administration_fee", "period_ending_before": "2019-01-01"}, "Give both ends of the period"),
        ({"kind": "care_costs", **FOUR_WEEKS, "period_ending_before": "2019-01-01"}, "This span ends before it begins"),
        ({"kind": "care_costs", **FOUR_WEEKS, "amount": "0.00"}, "An amount of 0.00 changes nothing"),
        ({"kind": "interest", **FOUR_WEEKS}, "Input should be 'care_costs'"),
    ],
)
def test_a_deferral_that_cannot_be_is_refused(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence) as refused:
        Deferral.model_validate_json(json.dumps({"amount": "1.00", "due_on": "2019-01-01", **given}))
    assert len(refused.value.errors()) == 1


# The cap.


def test_a_charge_counts_whether_or_not_its_payment_is_deferred_and_interest_and_fees_never_count() -> None:
    """280.00 charged for four weeks: 70.00 counts for a week, with and without 280.00 and a fee of 90.00 deferred."""
    helped = account(needs(), set_budget("700.00", kind="personal"), charge("280.00", "2023-10-02", "2023-10-30"))
    amounts = parameters.load
    deferred = asked(
        helped,
        agree(amounts, effective_from="2023-10-02"),
        defer("280.00", "2023-10-02", amounts=amounts),
        defer("90.00", "2023-10-02", "administration_fee", amounts=amounts),
    )
    assert [accrued(found, "2023-10-08") for found in (helped, deferred)] == ["70.00", "70.00"]


# Published figures.


def test_dpa_lga_967_a_gilt_rate_of_1_per_cent_allows_1_15() -> None:
    """A forecast gilt rate of 1.00 and the margin of 0.15 are 1.15 per cent at most, as published."""
    assert from_gilt_rate(Decimal("1.00"), TODAY, parameters.load) == Decimal("1.15")


RATES_BY_HALF_YEAR = {
    "2015-04-01": "2.65",
    "2015-07-01": "2.25",
    "2016-01-01": "2.15",
    "2016-07-01": "1.85",
    "2017-01-01": "1.35",
    "2017-07-01": "1.65",
    "2018-01-01": "1.45",
    "2018-07-01": "1.85",
    "2019-01-01": "1.65",
    "2019-07-01": "1.65",
    "2020-01-01": "1.45",
}


@pytest.mark.parametrize(("first", "rate"), RATES_BY_HALF_YEAR.items())
def test_docest_dpa_rates_and_bathnes_interim_rates_are_the_rates_of_their_half_years(first: str, rate: str) -> None:
    """As published, each for the whole of its half-year. Those from 2018 on were stated for interim funding."""
    last = half_year_of(day(first))[1].toordinal() - 1
    days = (day(first), day(first).fromordinal(last))
    assert [str(highest_rate(on, parameters.load).amount) for on in days] == [rate, rate]


def test_docest_dpa_rates_compound_daily() -> None:
    """10000.00 from 1 July 2015 at 2.25 per cent: 114.07 after the half-year, where 113.42 would be simple."""
    amounts = parameters.load
    sums = defer("10000.00", "2015-07-01", amounts=amounts)
    terms: dict[str, Any] = {"amounts": amounts, "agreed_on": "2019-01-01", "effective_from": "2015-07-01"}
    daily, simple = (deferring(sums, compounding=how, **terms) for how in ("daily", "none"))
    assert [interest(found, "2015-12-31", amounts) for found in (daily, simple)] == ["114.07", "113.42"]


def test_wirral_12week_leaves_144_a_week_of_income() -> None:
    """With 250.00 a week, 144.00 is kept and 106.00 goes to the fees, as published.

    Wirral counts its four-week trial within the 12 weeks in which the home is disregarded. Here the home is simply said
    to be disregarded or not, and payment is deferred from the day after that ends.
    """
    allowance = parameters.load("deferred_payment_disposable_income_allowance").on(TODAY)
    shares = weekly_shares(Decimal("800.00"), Decimal("250.00"), allowance)
    assert (str(shares.income_kept), str(shares.paid_from_income)) == ("144.00", "106.00")


def test_wirral_arrangement_fee_of_90_is_deferred_only_where_the_agreement_says_so() -> None:
    """Wirral's 90.00 is for arranging care at home, where no payment is deferred; ours is a fee of the agreement."""
    found = deferring(defer("90.00", kind="administration_fee"), interest_told_on=None)
    assert owed(found, "2019-12-31") == "90.00"
    paid = deferring(administration_fee="paid_separately", interest_told_on=None)
    assert refusal(paid, defer("90.00", kind="administration_fee")) is FeeIsPaidSeparately
