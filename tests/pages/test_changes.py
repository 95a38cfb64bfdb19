"""Does the person read what changed the total, by how much, for which days and why, so that it adds up?"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from api.pages.changes import Change, changes
from domain import schemes
from domain.account.commands import (
    ApproveAdjustment,
    CloseAccount,
    Command,
    Correct,
    IssueStatement,
    OpenAccount,
    ReopenAccount,
)
from domain.account.decisions import decide, open_account
from domain.account.facts import StatementIssued
from domain.account.state import CareAccount, Entry
from domain.account.statement import statement_figures
from domain.schemes import Scheme
from domain.schemes.annual_adjustment import AnnualAdjustment
from tests.pages.conftest import signed_in_client
from tests.pages.everything import Everything
from tests.pages.office import adjustment, budget, carried_in, charge, died, in_hospital, money_check, needs
from tests.pages.reading import read, words_of
from tests.pages.test_statement import statement

REFORM = schemes.load("reform-2023")
FIRST = date(2024, 1, 1)
STATED = date(2024, 6, 30)
HOME = {"kind": "personal", "setting": "own_home"}


class Told:
    """An account told request by request, a day apart, without a store."""

    def __init__(self, scheme: Scheme = REFORM) -> None:
        self.scheme, self.at = scheme, datetime(2024, 1, 2, 10, tzinfo=UTC)
        self.entries: tuple[Entry, ...] = ()
        self._add(open_account(OpenAccount(reference="CA-7K3M-92QX", opened_on=FIRST)))

    @property
    def account(self) -> CareAccount:
        return CareAccount(self.entries)

    def hears(self, *commands: Command) -> "Told":
        for command in commands:
            self._add(decide(command, self.account, self.scheme))
        return self

    def states(self, to: date = STATED, at: datetime = datetime(2024, 7, 2, 9, tzinfo=UTC)) -> "Told":
        self.at = at
        return self.hears(IssueStatement(to=to, kind="annual", known_at=at))

    def id(self, version: int) -> str:
        return str(self.entries[version - 1].id)

    def rows(self, to: date = date(2024, 7, 31)) -> list[Change]:
        """The rows of the next statement without what brought them, which add up with its opening to its closing."""
        found = changes(statement_figures(self.account, self.scheme, to), self.account, self.scheme)
        assert found.opening.amount + sum(row.amount for row in found.rows) == found.closing.amount
        return [row._replace(causes=()) for row in found.rows]

    def _add(self, facts: Any) -> None:
        self.at += timedelta(days=1)
        version = len(self.entries)
        self.entries += tuple(
            Entry(UUID(int=7), version + n, fact, self.at, "alice", "finance") for n, fact in enumerate(facts, start=1)
        )


def self_funder(**other: Any) -> Told:
    """£300.00 a week at home from the first day, stated to the end of June."""
    return Told().hears(needs(FIRST), budget("300.00", FIRST, setting="own_home", **other))


def charged() -> Told:
    """Care that the council arranges: £100.00 a week by the money check, one period charged at £440.00."""
    told = Told().hears(needs(FIRST), budget("300.00", FIRST, **HOME), money_check("100.00", FIRST))
    return told.hears(charge("INV-1", "440.00", date(2024, 3, 4), date(2024, 4, 1)))


LATE: Mapping[str, tuple[Told, list[Command], str, str]] = {
    "a rate": (
        self_funder().states(),
        [budget("310.00", date(2024, 6, 3), setting="own_home")],
        "On 4 July 2024 we learned that your care cost £310.00 a week from 3 June 2024, not £300.00. "
        "So we added £40.00 to the total for 3 June 2024 to 30 June 2024.",
        "40.00",
    ),
    "a rate that ended": (
        self_funder().states(),
        [budget("310.00", date(2024, 6, 3), setting="own_home", ending_before=date(2024, 6, 10))],
        "On 4 July 2024 we learned that your care cost £310.00 a week, not £300.00. "
        "This was from 3 June 2024 to 9 June 2024. So we added £10.00 to the total for 3 June 2024 to 9 June 2024.",
        "10.00",
    ),
    "a first rate": (
        Told().hears(needs(FIRST)).states(),
        [budget("70.00", date(2024, 6, 24), setting="own_home")],
        "On 4 July 2024 we learned that your care cost £70.00 a week from 24 June 2024. "
        "So we added £70.00 to the total for 24 June 2024 to 30 June 2024.",
        "70.00",
    ),
    "a move into a care home": (
        self_funder().states(),
        [budget("900.00", date(2024, 6, 24))],
        "On 4 July 2024 we learned you lived in a care home from 24 June 2024. There your care cost £900.00 a week. "
        "So we added £400.00 to the total for 24 June 2024 to 30 June 2024.",
        "400.00",
    ),
    "a money check": (
        charged().states(),
        [money_check("90.00", date(2024, 6, 24))],
        "On 4 July 2024 we worked out that you pay £90.00 a week from 24 June 2024, not £100.00. "
        "So we took £10.00 off the total for 24 June 2024 to 30 June 2024.",
        "-10.00",
    ),
    "a charge": (
        charged().states(),
        [charge("INV-2", "120.00", date(2024, 6, 24), date(2024, 7, 1))],
        "On 4 July 2024 we wrote down a charge of £120.00 for 24 June 2024 to 30 June 2024. "
        "So we added £20.00 to the total for 24 June 2024 to 30 June 2024.",
        "20.00",
    ),
    "a decision on needs": (
        self_funder().states(),
        [needs(FIRST).model_copy(update={"eligible": False, "eligible_from": None, "assessed_on": date(2024, 6, 24)})],
        "On 4 July 2024 we decided that you did not need care we must meet from 24 June 2024. "
        "So we took £300.00 off the total for 24 June 2024 to 30 June 2024.",
        "-300.00",
    ),
    "an earlier need": (
        Told().hears(budget("70.00", FIRST, setting="own_home"), needs(date(2024, 6, 24))).states(),
        [needs(date(2024, 6, 17))],
        "On 4 July 2024 we decided that you needed care from 17 June 2024. "
        "So we added £70.00 to the total for 17 June 2024 to 23 June 2024.",
        "70.00",
    ),
    "a stay in hospital": (
        self_funder().states(),
        [in_hospital(date(2024, 6, 3), date(2024, 6, 10))],
        "On 4 July 2024 we learned that you were in hospital from 3 June 2024 to 9 June 2024. "
        "So we took £300.00 off the total for 3 June 2024 to 9 June 2024.",
        "-300.00",
    ),
    "a death": (
        self_funder().states(),
        [died(date(2024, 6, 23))],
        "On 4 July 2024 we learned of the death on 23 June 2024. "
        "So we took £300.00 off the total for 24 June 2024 to 30 June 2024.",
        "-300.00",
    ),
    "a move away": (
        self_funder().states(),
        [CloseAccount(on=date(2024, 6, 23), reason="moved")],
        "On 4 July 2024 we learned that you moved away on 23 June 2024. "
        "So we took £300.00 off the total for 24 June 2024 to 30 June 2024.",
        "-300.00",
    ),
    "a reopening": (
        self_funder().hears(CloseAccount(on=date(2024, 6, 1), reason="moved")).states(),
        [ReopenAccount(on=date(2024, 6, 24), reason_code="came-back")],
        "On 4 July 2024 we opened your account again from 24 June 2024. "
        "So we added £300.00 to the total for 24 June 2024 to 30 June 2024.",
        "300.00",
    ),
    "an opening": (
        self_funder().states(),
        [carried_in(FIRST, "1000.00")],
        "On 4 July 2024 we took over a total of £1,000.00 from before 1 January 2024. "
        "We have not checked this figure yet. So we added £1,000.00 to the total for 1 January 2024.",
        "1000.00",
    ),
}


@pytest.mark.parametrize("late", LATE)
def test_what_was_told_late_stands_with_its_cause_its_days_and_its_amount(late: str) -> None:
    told, commands, why, amount = LATE[late]
    correction = told.hears(*commands).rows()[-1]
    assert correction[:3] == ("Correction", why, Decimal(amount))


PUT_RIGHT: Mapping[str, tuple[Told, int, Command | None, str]] = {
    "a weekly cost": (
        self_funder().states(),
        3,
        budget("290.00", FIRST, setting="own_home"),
        "we corrected your weekly cost from £300.00 to £290.00. So we took £260.00 off the total for 1 January 2024 to",
    ),
    "the days of a weekly cost": (
        self_funder().states(),
        3,
        budget("300.00", date(2024, 1, 8), setting="own_home"),
        "we put a mistake right. We had written down a weekly cost of £300.00 from 1 January 2024. "
        "It should have been a weekly cost of £300.00 from 8 January 2024. So we took £300.00 off the total for 1",
    ),
    "a money check": (
        charged().states(),
        4,
        money_check("80.00", FIRST),
        "we corrected what you pay from £100.00 a week to £80.00 a week. So we took £440.00 off the total for",
    ),
    "a charge": (
        charged().states(),
        5,
        charge("INV-1", "400.00", date(2024, 3, 4), date(2024, 4, 1)),
        "we corrected a charge from £440.00 to £400.00. So we took £40.00 off the total for 4 March 2024 to",
    ),
    "a charge that was none": (
        charged().states(),
        5,
        None,
        "we put a mistake right. We took out a charge of £440.00 for 4 March 2024 to 31 March 2024. So we took £40.00",
    ),
    "an opening": (
        self_funder().hears(carried_in(FIRST, "1000.00")).states(),
        4,
        carried_in(FIRST, "900.00"),
        "we corrected the total from before you came to us from £1,000.00 to £900.00. So we took £100.00 off",
    ),
    "the first day": (
        self_funder().states(),
        1,
        OpenAccount(reference="CA-7K3M-92QX", opened_on=date(2024, 1, 8)),
        "we put a mistake right. We had written down the start of your account on 1 January 2024. "
        "It should have been the start of your account on 8 January 2024. So we took £300.00 off the total for",
    ),
    "a false report of death": (
        self_funder().hears(died(date(2024, 6, 23))).states(),
        4,
        None,
        "we learned that the report of a death on 23 June 2024 was wrong. We are sorry. So we added £300.00 to",
    ),
    "the day of a death": (
        self_funder().hears(died(date(2024, 6, 23))).states(),
        4,
        died(date(2024, 6, 16)),
        "we put a mistake right. We had written down a report of the death on 23 June 2024. "
        "It should have been a report of the death on 16 June 2024. So we took £300.00 off",
    ),
}


@pytest.mark.parametrize("wrong", PUT_RIGHT)
def test_what_was_written_down_wrong_stands_with_what_it_should_have_been(wrong: str) -> None:
    told, version, right, said = PUT_RIGHT[wrong]
    told.hears(Correct(entry_id=told.id(version), reason_code="mistake", replacement=right))  # type: ignore[arg-type]
    days, why = told.rows()[-1][:2]
    assert days == "Correction"
    assert why.startswith(f"On 4 July 2024 {said}")


def test_a_correction_that_was_wrong_itself_is_taken_back() -> None:
    told = self_funder()
    told.hears(Correct(entry_id=told.id(3), reason_code="x", replacement=budget("290.00", FIRST, setting="own_home")))
    told.states().hears(Correct(entry_id=told.id(4), reason_code="y"))
    assert told.rows()[-1][:3] == (
        "Correction",
        "On 4 July 2024 we took back a correction. What we had before it was right. "
        "So we added £260.00 to the total for 1 January 2024 to 30 June 2024.",
        Decimal("260.00"),
    )


def test_two_causes_are_two_rows_each_compared_with_what_was_known_before_it() -> None:
    told = (
        self_funder()
        .states()
        .hears(*(budget(cost, date(2024, 6, 24), setting="own_home") for cost in ("310.00", "325.00")))
    )
    *_, first, second = told.rows()
    assert "£310.00 a week from 24 June 2024, not £300.00. So we added £10.00 " in first.why
    assert "£325.00 a week from 24 June 2024, not £310.00. So we added £15.00 " in second.why


@pytest.mark.parametrize(
    ("reason", "because"),
    [
        ("ombudsman-decision", ", as the Ombudsman asked"),
        ("complaint_upheld", ", as you complained"),
        ("court.order-7", ", as a court asked"),
        ("courtesy-payment", ""),
        ("rounding", ""),
    ],
)
def test_what_two_people_decided_stands_on_its_day(reason: str, because: str) -> None:
    told = self_funder().states()
    told.hears(adjustment(date(2024, 7, 10), "-25.00", reason))
    told.hears(ApproveAdjustment(adjustment=told.id(5), approver="h.lindqvist"))
    before, decided, after = told.rows()
    assert decided[:3] == (
        "Correction, 10 July 2024",
        f"On 5 July 2024 we decided to take £25.00 off the total{because}.",  # when the second person approved it
        Decimal("-25.00"),
    )
    assert [before.days, after.days] == ["1 July 2024 to 10 July 2024", "11 July 2024 to 31 July 2024"]


def test_an_amount_approved_late_is_told_as_any_other_correction() -> None:
    told = self_funder().hears(adjustment(date(2024, 6, 10), "40.00", "complaint")).states()
    told.hears(ApproveAdjustment(adjustment=told.id(4), approver="h.lindqvist"))
    assert told.rows()[-1].why == (
        "On 4 July 2024 we decided to add £40.00 to the total, as you complained. "
        "So we added £40.00 to the total for 10 June 2024."
    )


def test_what_another_council_counted_comes_first_and_is_not_checked_yet() -> None:
    told = self_funder().hears(carried_in(FIRST, "1000.00"))
    opening, counted = told.rows()
    proof = "We have not checked this figure yet."
    assert opening[:3] == ("Counted by another council before 1 January 2024", proof, Decimal("1000.00"))
    assert counted.days == "1 January 2024 to 31 July 2024"


def adjusted_by(percentage: str) -> Scheme:
    made = AnnualAdjustment.model_validate(
        {
            "from": date(2024, 7, 10),
            "percentage": Decimal(percentage),
            "authority": "a test",
            "certainty": "recalled",
            "status": "announced, never in force",
        }
    )
    assert REFORM.cap
    return REFORM.model_copy(update={"cap": REFORM.cap.model_copy(update={"annual_adjustments": (made,)})})


@pytest.mark.parametrize(("percentage", "said", "amount"), [("3", "+3%", "245.57"), ("-1.50", "-1.5%", "-122.79")])
def test_the_yearly_change_says_its_percentage_on_its_day(percentage: str, said: str, amount: str) -> None:
    told = Told(adjusted_by(percentage)).hears(needs(FIRST), budget("300.00", FIRST, setting="own_home")).states()
    before, yearly, after = told.rows()
    assert yearly.days == "Yearly change, 10 July 2024"
    assert yearly.why == (
        f"Every year the cap and the total you have built up are changed by the same percentage: {said}."
    )
    assert str(yearly.amount) == amount
    assert (before.days, after.days) == ("1 July 2024 to 9 July 2024", "10 July 2024 to 31 July 2024")


def test_a_total_above_a_lower_cap_is_brought_down_to_it() -> None:
    assert REFORM.cap
    old = REFORM.cap.amount.values[0]
    lower = old.model_copy(update={"from_": date(2024, 7, 10), "amount": Decimal("5000.00")})
    amount = REFORM.cap.amount.model_copy(update={"values": (old, lower)})
    scheme = REFORM.model_copy(update={"cap": REFORM.cap.model_copy(update={"amount": amount})})
    told = Told(scheme).hears(needs(FIRST), budget("300.00", FIRST, setting="own_home")).states()
    lowered = told.rows()[1]
    assert lowered.days == "Brought down to the cap, 10 July 2024"
    assert lowered.why == "Your total cannot be more than the cap, so we took off the rest."
    assert lowered.amount < 0


def test_other_rules_than_those_of_the_last_statement_are_named_as_such() -> None:
    told = self_funder().states()
    told.scheme = adjusted_by("3").model_copy()
    assert told.scheme.cap
    (made,) = told.scheme.cap.annual_adjustments
    earlier = made.model_copy(update={"from_": date(2024, 6, 1)})
    told.scheme = told.scheme.model_copy(
        update={"cap": told.scheme.cap.model_copy(update={"annual_adjustments": (earlier,)})}
    )
    assert told.rows()[-1].why.startswith("We now use other rules, or other amounts in law, than before. So we added £")


def test_a_statement_of_an_earlier_shape_is_told_in_the_same_words() -> None:
    told = self_funder().states().hears(budget("310.00", date(2024, 6, 3), setting="own_home"))
    figures = statement_figures(told.account, REFORM, date(2024, 7, 31))
    (late,) = figures.adjustments
    plain = late.model_copy(update={"kind": None, "from_": None, "to": None})
    found = changes(figures.model_copy(update={"adjustments": (plain,)}), told.account, REFORM)
    assert found.rows[-1].why == (
        "On 4 July 2024 we learned that your care cost £310.00 a week from 3 June 2024, not £300.00. "
        "So we added £40.00 to the total for days up to 30 June 2024."
    )


def test_days_that_are_alike_are_one_row_whatever_was_recorded_in_between() -> None:
    told = (
        self_funder().states().hears(needs(date(2024, 7, 8)), budget("300.00", date(2024, 7, 15), setting="own_home"))
    )
    assert [row.days for row in told.rows()] == ["1 July 2024 to 31 July 2024"]


def test_the_day_that_reaches_the_cap_stays_a_row_of_its_own() -> None:
    told = Told().hears(needs(FIRST), budget("86300.00", FIRST, setting="own_home"))
    assert [row.why for row in told.rows(date(2024, 1, 20))][1:] == [
        "the day you reached the cap, when only the rest counts",
        "1 week and 6 days: nothing, as you had reached the cap",
    ]


def test_thirteen_weeks_at_a_wrong_hourly_rate_are_152_88_on_the_statement(everything: Everything) -> None:
    account = everything.council.ledger.account(everything.hourly)
    _, second = account.of(StatementIssued)
    words = words_of(statement(everything.council, everything.hourly, second[0].id))
    assert (
        "Counted up to 2 July 2024 as in your last statement £3,822.00 "
        "3 July 2024 to 31 July 2024 4 weeks and 1 day: nothing, as we have not agreed what your care should cost"
        " £0.00 "
        "Correction On 9 July 2024 we corrected your weekly cost from £294.00 to £282.24. "
        "So we took £152.88 off the total for 3 April 2024 to 2 July 2024. -£152.88 "
        "Counted up to 31 July 2024 £3,669.12"
    ) in words


def test_a_rate_told_after_its_days_were_posted_is_160_71_on_the_statement(everything: Everything) -> None:
    account = everything.council.ledger.account(everything.late)
    _, second = account.of(StatementIssued)
    assert (
        "On 27 February 2026 we learned that your care cost £945.00 a week from 1 February 2026, not £900.00. "
        "So we added £160.71 to the total for 1 February 2026 to 25 February 2026. £160.71"
    ) in words_of(statement(everything.council, everything.late, second[0].id))


def test_the_account_page_says_what_the_statement_says(site: Flask, everything: Everything) -> None:
    """The same rows, before the next statement is made: one home for the words."""
    person = signed_in_client(site, everything.council, "citizen", everything.moved)
    account = everything.council.ledger.account(everything.moved)
    today = date(2026, 11, 22)
    figures = statement_figures(account, REFORM, today)
    words = read(person, "/account")
    for row in changes(figures, account, REFORM).rows:
        assert f"{row.days} {row.why}" in words
