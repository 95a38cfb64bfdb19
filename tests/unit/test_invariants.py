"""Would the check see it? For each rule of metering section 7 a defect is planted, and the violation named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from domain.account import daily, in_force, lines
from domain.account.commands import Correct, IssueStatement, OpenAccount, PostPeriod
from domain.account.decisions import decide
from domain.account.facts import (
    AccountReopened,
    BreakRecorded,
    BudgetSet,
    Fact,
    NeedsAssessed,
    OpeningCarriedIn,
    PeriodPosted,
    StatementIssued,
)
from domain.account.figures import LedgerLine
from domain.account.invariants import CHECKS, look, versions, violations
from domain.account.invariants.counting import accrued_costs_lie_between_nil_and_the_cap
from domain.account.state import CareAccount, Entry
from domain.dates import ONE_DAY
from domain.money import Fraction
from domain.schemes import Scheme
from tests.rules.build import ACCOUNT, NATIONAL, REFORM_2023, account, away, budget, closed, day, needs

Plant = Callable[..., None]


def carried_in(on: str, accrued: str, weekly: str | None = None) -> OpeningCarriedIn:
    rate = {"metered": weekly, "daily_living_costs": "0.00"} if weekly else None
    return OpeningCarriedIn.model_validate(
        {
            "on": day(on),
            "accrued_costs": accrued,
            "daily_living_costs": "0.00",
            "provenance": {"kind": "transfer"},
            "weekly_rate": rate,
        }
    )


def reopened(on: str) -> AccountReopened:
    return AccountReopened(on=day(on), reason_code="not-dead")


def asked(found: CareAccount, command: Any) -> CareAccount:
    """The account after a request, decided a day after the last."""
    at = found.entries[-1].recorded_at + ONE_DAY
    facts = decide(command, found, REFORM_2023)
    assert facts
    made = [Entry(ACCOUNT, found.version + n, fact, at, "tester", "finance") for n, fact in enumerate(facts, start=1)]
    return CareAccount((*found.entries, *made))


def at_rest() -> CareAccount:
    """At home, with a stay in hospital, closed and opened again, posted twice with a late rate between, and stated."""
    found = account(
        needs(),
        budget("700.00"),
        away("2023-11-01", "2023-11-15"),
        closed("2024-03-01"),
        reopened("2024-05-01"),
    )
    found = recorded_in_summer(found)
    found = asked(found, PostPeriod(through=day("2024-06-01"), known_at=found.entries[-1].recorded_at))
    late = Entry(ACCOUNT, found.version + 1, budget("770.00", "2024-05-10"), later(found), "tester", "finance")
    found = CareAccount((*found.entries, late))
    found = asked(found, IssueStatement(to=day("2024-06-15"), kind="on_request", known_at=later(found)))
    return asked(found, PostPeriod(through=day("2024-07-01"), known_at=later(found)))


def later(found: CareAccount) -> Any:
    return found.entries[-1].recorded_at + ONE_DAY


def recorded_in_summer(found: CareAccount) -> CareAccount:
    """The same, recorded in the summer of 2024, so that all of it can have been posted."""
    by = timedelta(days=270)
    return CareAccount(tuple(replace(entry, recorded_at=entry.recorded_at + by) for entry in found.entries))


def broken(found: CareAccount, scheme: Scheme = REFORM_2023) -> set[str]:
    """The rules that do not hold at some version of an account."""
    rules, looked = set[str](), None
    for version in versions(found):
        looked = look(version, lambda _: scheme, scheme, looked)
        rules |= {violation.rule for violation in violations(looked)}
    return rules


def rule(name: str) -> str:
    """The sentence of a check."""
    (check,) = (check for check in CHECKS if check.__name__ == name)
    assert check.__doc__
    return check.__doc__


ALONE = account(needs(), budget("700.00"))


def test_everything_holds_of_an_account_to_which_much_has_happened() -> None:
    assert broken(at_rest()) == set()


def test_everything_holds_of_each_version_and_of_the_newest_alone() -> None:
    found = at_rest()
    assert [version.version for version in versions(found)] == list(range(1, found.version + 1))
    assert list(violations(look(found, lambda _: REFORM_2023, REFORM_2023))) == []


def test_a_correction_and_its_replacement_are_one_version() -> None:
    wrong = str(ALONE.entries[0].id)
    put_right = OpenAccount(reference="CA-0000-0000", opened_on=day("2023-09-01"))
    found = asked(ALONE, Correct(entry_id=wrong, reason_code="wrong", replacement=put_right))
    assert [version.version for version in versions(found)] == [1, 2, 3, 5]
    assert broken(found) == set()


def test_everything_holds_at_a_first_councils_rate() -> None:
    assert broken(account(carried_in("2023-10-02", "100.00", "70.00"), needs("2024-01-01"))) == set()


def test_a_scheme_whose_cap_is_not_known_on_some_days_is_checked_on_the_others() -> None:
    values = REFORM_2023.cap and REFORM_2023.cap.amount.values
    assert values
    assert REFORM_2023.cap
    later_known = values[0].model_copy(update={"from_": day("2024-01-01")})
    amount = REFORM_2023.cap.amount.model_copy(update={"values": (later_known,)})
    scheme = REFORM_2023.model_copy(update={"cap": REFORM_2023.cap.model_copy(update={"amount": amount})})
    assert broken(account(needs("2024-02-01"), budget("700.00", "2024-02-01")), scheme) == set()


def test_a_violation_names_account_version_day_and_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "accrues_from", lambda eligible_from, _: eligible_from)
    found = account(needs(duty_arose_on="2023-10-03"), budget("700.00"))
    told = list(map(str, violations(look(found, lambda _: REFORM_2023, REFORM_2023))))
    assert told == [
        f"Account CA-0000-0000 ({ACCOUNT}) at version 3 on 2023-10-02: something was counted although no eligible needs"
        f" were in force. {rule('nothing_accrues_on_a_day_that_does_not_count')}"
    ]


def penny_more(first: date, last: date, before: Any, after: Any) -> LedgerLine:
    line = REAL_LINE(first, last, before, after)
    return line.model_copy(update={"metered": line.metered + Decimal("0.01")})


REAL_LINE, REAL_STRETCHES = lines.line_between, in_force.stretches


def without(kind: type[Fact]) -> Callable[..., Any]:
    return lambda found, asked_for: [] if asked_for is kind else REAL_STRETCHES(found, asked_for)


def no_break_once_a_budget_is_last(found: CareAccount, kind: type[Fact]) -> Any:
    forgotten = kind is BreakRecorded and isinstance(found.entries[-1].fact, BudgetSet)
    return [] if forgotten else REAL_STRETCHES(found, kind)


_calls = count(1)


def dearer_each_time(weekly_cost: Decimal) -> Decimal:
    return weekly_cost + next(_calls)


PLANTED: list[tuple[str, str, Any, CareAccount]] = [
    ("lines_add_up", "domain.account.lines.line_between", penny_more, ALONE),
    (
        "accrued_costs_fall_only_at_an_adjustment",
        "domain.account.daily.met_by_another",
        lambda _: Decimal(-7),
        account(carried_in("2023-10-02", "1000.00"), needs(), budget("700.00", ending_before="2023-11-01")),
    ),
    (
        "accrued_costs_lie_between_nil_and_the_cap",
        "domain.account.running.Running._days_to_reach",
        lambda *_: None,
        ALONE,
    ),
    (
        "nothing_accrues_on_a_day_that_does_not_count",
        "domain.account.daily.accrues_from",
        lambda eligible_from, _: eligible_from,
        account(needs(duty_arose_on="2023-12-01"), budget("700.00")),
    ),
    (
        "nothing_accrues_on_a_day_that_does_not_count",
        "domain.account.daily.stretches",
        without(BreakRecorded),
        account(needs(), budget("700.00"), away("2023-11-01", "2023-11-15")),
    ),
    (
        "nothing_accrues_on_a_day_that_does_not_count",
        "domain.account.daily.closed_days",
        lambda _: [],
        account(needs(), budget("700.00"), closed("2024-03-01")),
    ),
    (
        "nothing_accrues_on_a_day_that_does_not_count",
        "domain.account.daily.closed_days",
        lambda _: [],
        account(needs(), budget("700.00"), closed("2024-03-01"), reopened("2024-05-01")),
    ),
    (
        "the_order_of_what_commutes_does_not_matter",
        "domain.account.daily.stretches",
        no_break_once_a_budget_is_last,
        account(needs(), budget("700.00"), away("2023-11-01", "2023-11-15"), budget("770.00", "2024-01-01")),
    ),
    ("asking_twice_gives_the_same_bytes", "domain.account.daily.met_by_another", dearer_each_time, ALONE),
]


@pytest.mark.parametrize(("name", "where", "defect", "found"), PLANTED, ids=[f"{p[0]}-{p[1][15:]}" for p in PLANTED])
def test_a_defect_of_the_law_is_seen(
    monkeypatch: pytest.MonkeyPatch, name: str, where: str, defect: Any, found: CareAccount
) -> None:
    assert broken(found) == set()
    monkeypatch.setattr(where, defect)
    assert rule(name) in broken(found)


def test_what_counts_before_commencement_is_seen() -> None:
    looked = look(ALONE, lambda _: REFORM_2023, REFORM_2023)
    under_no_cap = replace(looked, scheme=NATIONAL)
    assert rule("nothing_accrues_on_a_day_that_does_not_count") in {v.rule for v in violations(under_no_cap)}


def test_a_question_that_cannot_be_answered_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_down(*_: object) -> None:
        raise ZeroDivisionError("of somebody's weekly cost")

    monkeypatch.setattr("domain.account.lines.line_between", broken_down)
    monkeypatch.setattr("domain.account.running.Running._days_to_reach", lambda *_: None)
    told = {v.rule: v.what for v in violations(look(ALONE, lambda _: REFORM_2023, REFORM_2023))}
    assert told[rule("lines_add_up")] == "this could not be worked out (ZeroDivisionError)."
    assert "and the cap is 86000.00." in told[rule("accrued_costs_lie_between_nil_and_the_cap")]


def test_accrued_costs_below_nil_are_seen() -> None:
    looked = look(ALONE, lambda _: REFORM_2023, REFORM_2023)
    first, *rest = looked.accrual.counted
    below = first._replace(before=first.before._replace(metered=Fraction(-1000)))
    in_the_red = replace(looked, accrual=replace(looked.accrual, counted=(below, *rest)))
    found = list(accrued_costs_lie_between_nil_and_the_cap(in_the_red))
    assert found[0] == ("accrued costs are -900.00 and the cap is 86000.00.", day("2023-10-02"))


def test_a_first_councils_rate_that_goes_on_past_the_own_assessment_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    found = account(
        carried_in("2023-10-02", "100.00", "70.00"),
        NeedsAssessed(assessed_on=day("2024-01-01"), eligible=False),
    )
    real = in_force.carried_rates
    assert broken(found) == set()
    monkeypatch.setattr(daily, "carried_rates", lambda a: [s._replace(ending_before=date(2025, 1, 1)) for s in real(a)])
    assert broken(found) == {rule("nothing_accrues_on_a_day_that_does_not_count")}


def doctored(found: CareAccount, kind: type[Fact], change: Callable[[Any], Fact]) -> CareAccount:
    """The account with its last entry of a kind otherwise than it was recorded."""
    place = max(n for n, entry in enumerate(found.entries) if isinstance(entry.fact, kind))
    entries = list(found.entries)
    entries[place] = replace(entries[place], fact=change(entries[place].fact))
    return CareAccount(tuple(entries))


def test_a_statement_whose_figures_were_changed_is_seen() -> None:
    def more(issued: StatementIssued) -> Fact:
        figures = issued.figures.model_copy(update={"accrued_costs": issued.figures.accrued_costs + 1})
        return issued.model_copy(update={"figures": figures})

    found = doctored(at_rest(), StatementIssued, more)
    told = [v.what for v in violations(look(found, lambda _: REFORM_2023, REFORM_2023))]
    assert told == [
        "entry 9: the statement's figures are not those that its digest was made of.",
        "entry 9: making the statement to 2024-06-15 again, as known then, gives other figures.",
        "entry 9: asking for 2024-06-15 as known then gives other figures than the statement.",
    ]


def test_a_law_that_moves_what_was_stated_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    found = at_rest()
    monkeypatch.setattr(daily, "met_by_another", lambda weekly_cost: weekly_cost + 7)
    assert rule("a_statement_is_what_is_known_of_its_instant") in broken(found)


def test_a_scheme_put_better_since_moves_no_statement() -> None:
    reworded = REFORM_2023.model_copy(update={"title": "The same in other words"})
    found = at_rest()
    assert list(violations(look(found, lambda _: reworded, reworded))) == []


def test_a_posted_line_that_was_changed_is_seen() -> None:
    def more(posted: PeriodPosted) -> Fact:
        last = posted.lines[-1].model_copy(update={"metered": posted.lines[-1].metered + 1})
        return posted.model_copy(update={"lines": (*posted.lines[:-1], last)})

    assert broken(doctored(at_rest(), PeriodPosted, more)) >= {
        rule("postings_add_up"),
        rule("the_ledger_of_postings_adds_up"),
    }


def test_exact_totals_that_are_not_the_posted_balance_are_seen() -> None:
    def other(posted: PeriodPosted) -> Fact:
        totals = posted.totals.model_copy(update={"metered": posted.totals.metered + 1})
        return posted.model_copy(update={"totals": totals})

    assert rule("postings_add_up") in broken(doctored(at_rest(), PeriodPosted, other))


def test_a_day_that_no_posting_covers_is_seen() -> None:
    def gap(posted: PeriodPosted) -> Fact:
        lines = tuple(
            line.model_copy(update={"from_": line.from_ + ONE_DAY}) if line.kind == "accrual" else line
            for line in posted.lines
        )
        return posted.model_copy(update={"lines": lines})

    told = list(violations(look(doctored(at_rest(), PeriodPosted, gap), lambda _: REFORM_2023, REFORM_2023)))
    assert [(v.rule, v.what) for v in told] == [
        (rule("postings_add_up"), "entry 10: its lines do not cover each day from 2024-06-02 to 2024-07-01 once.")
    ]
