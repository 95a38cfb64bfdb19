"""What somebody who relies on the domain's own promises would notice: nothing changes, hashes, checks that see."""

import hashlib
import importlib
import json
import pkgutil
from dataclasses import is_dataclass, replace
from decimal import Decimal
from itertools import count
from types import ModuleType
from typing import Any, Final, get_origin, get_type_hints

import pytest
from pydantic import ValidationError

from domain import account as the_account
from domain import law
from domain.account import daily
from domain.account.accrual import accrue
from domain.account.causes import learned
from domain.account.chain import hashes
from domain.account.differences import Difference
from domain.account.explanation import sums
from domain.account.facts import BreakRecorded, EntryVoided, Fact, NeedsAssessed, PeriodPosted, StatementIssued
from domain.account.figures import Adjustment, LedgerLine
from domain.account.in_force import carried_rates, stretches
from domain.account.invariants import Look, look, violations
from domain.account.lines import line_between
from domain.account.relief import relief_by_year
from domain.account.state import CareAccount, Entry
from domain.account.statement import canonical, digest
from domain.dates import FOREVER, ONE_DAY
from domain.law.cap import days_to_reach
from domain.law.capital import CapitalLimits, tariff_income
from domain.money import Fraction
from tests.rules.asking import adjusted, asked, correct, issue, post
from tests.rules.build import REFORM_2023, account, away, budget, charge, closed, day, needs, opening, self_funder
from tests.rules.laws import reform
from tests.unit.test_invariants import at_rest, broken, doctored


def modules(package: ModuleType) -> list[ModuleType]:
    return [
        importlib.import_module(each.name) for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]


AT_HOME = account(needs(), budget("700.00"))
RECORDS = sorted(
    {
        found
        for module in (*modules(the_account), *modules(law))
        for found in vars(module).values()
        if isinstance(found, type) and is_dataclass(found) and found.__module__ == module.__name__
    },
    key=lambda record: record.__qualname__,
)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__qualname__)
def test_nothing_that_the_domain_hands_out_can_be_changed(record: type) -> None:
    """It is frozen; or, where that makes it too dear to make, every field is Final, and the types are checked."""
    frozen = getattr(record, "__dataclass_params__").frozen  # noqa: B009  mypy knows no such attribute of a type
    assert frozen or {get_origin(kind) for kind in get_type_hints(record).values()} == {Final}


def test_the_records_were_found() -> None:
    assert {Entry, CareAccount} < set(RECORDS)


def test_a_hash_covers_the_entry_under_the_names_it_is_stored_by() -> None:
    entry = CareAccount(account(away("2023-10-05")).entries[1:]).entries[0]
    envelope = {
        "account_id": "00000000-0000-4000-8000-00000000000a",
        "data": {"from": "2023-10-05", "ending_before": None, "reason": "hospital"},
        "previous": "0" * 64,
        "recorded_at": "2023-10-04T09:00:00.000000Z",
        "recorded_by": "tester",
        "role": "finance",
        "topic": "break-recorded.1",
        "version": 2,
    }
    written = json.dumps(envelope, sort_keys=True, separators=(",", ":")).encode()
    assert list(hashes([entry])) == [hashlib.sha256(b"\x00" + written).hexdigest()]


def test_what_a_statement_of_an_earlier_shape_did_not_say_is_left_out() -> None:
    then = Adjustment(amount=Decimal("1.00"), causes=())
    now = Adjustment(amount=Decimal("1.00"), causes=(), kind="late", from_=day("2023-10-02"), to=day("2023-10-03"))
    assert set(then.model_dump(mode="json", by_alias=True)) == {"amount", "causes"}
    assert set(now.model_dump(mode="json", by_alias=True)) == {"amount", "causes", "kind", "from", "to"}


@pytest.mark.parametrize(
    ("weekly", "written"),
    [("750", "750.00 ÷ 7"), ("750.005", "150001 ÷ 1400"), ("750.004", "187501 ÷ 1750")],
    ids=["whole pennies", "rounded up", "rounded down"],
)
def test_a_daily_amount_is_a_seventh_of_whole_pennies_or_an_exact_fraction(weekly: str, written: str) -> None:
    assert sums.a_day(Fraction(weekly) / 7) == written


@pytest.mark.parametrize(
    ("exact", "written"),
    [("1.5", "1.50"), ("1.005", "201 ÷ 200, rounded half up"), ("1.004", "251 ÷ 250, rounded half up")],
)
def test_an_exact_total_is_told_where_it_had_to_be_rounded_either_way(exact: str, written: str) -> None:
    assert sums.rounded(Fraction(exact)) == written


def test_what_is_written_down_canonically_is_written_as_it_is_read() -> None:
    assert canonical({"b": ["\u00a31.00"], "a": 1}) == '{"a":1,"b":["\u00a31.00"]}'.encode()


def test_a_line_is_read_back_by_the_names_it_is_written_with() -> None:
    written = {"from": "2023-10-02", "to": "2023-10-02", "base": "1.00", "daily_living_costs": "0.00"}
    found = LedgerLine.model_validate_json(json.dumps({**written, "metered": "1.00", "balance": "1.00"}))
    assert found.from_ == day("2023-10-02")


def test_the_digest_of_a_statement_covers_its_figures_under_the_names_they_are_stored_by() -> None:
    figures = issue(AT_HOME, "2023-10-08").figures
    assert digest(figures) == hashlib.sha256(canonical(json.loads(figures.model_dump_json(by_alias=True)))).hexdigest()


def test_eligible_needs_of_which_no_day_is_said_at_all_are_refused() -> None:
    with pytest.raises(ValidationError, match="Give the day from which the needs are eligible"):
        NeedsAssessed.model_validate_json('{"assessed_on": "2023-10-02", "eligible": true}')


def test_capital_below_the_lower_limit_yields_nothing_without_a_sign() -> None:
    assert str(tariff_income(Decimal("14249.99"), CapitalLimits(Decimal(14250), Decimal(23250)))) == "0"


def test_the_total_that_falls_never_reaches_the_cap() -> None:
    assert days_to_reach(Fraction(5), Fraction(-1), Fraction(10), "at_or_above") is None


def test_relief_up_to_a_day_leaves_out_the_stretches_that_begin_after_it() -> None:
    dearer = budget("960.00", "2026-06-01", setting="care_home")
    accrual = accrue(self_funder("950.00", "2023-10-02", dearer), REFORM_2023, day("2027-03-31"))
    assert {year: str(amount) for year, amount in relief_by_year(accrual, day("2025-12-13")).items()} == {
        2025: "142.86"
    }


def test_several_entries_told_together_give_the_first_of_them_as_the_one_to_look_at() -> None:
    first, second = AT_HOME.entries[1:]
    pounds = Decimal("1.00")
    cause = learned(Difference((first, second), day("2023-10-02"), day("2023-10-02"), pounds, pounds, pounds), True)
    assert (cause.entry_id, cause.entries) == (str(first.id), (str(first.id), str(second.id)))


def looked(found: CareAccount, before: Look | None = None) -> Look:
    return look(found, lambda _: REFORM_2023, REFORM_2023, before)


def said(found: Look) -> list[str]:
    return [violation.what for violation in violations(found)]


@pytest.mark.parametrize("penny", ["0.01", "-0.01"])
def test_a_line_that_does_not_lead_from_one_balance_to_the_next_is_named(
    monkeypatch: pytest.MonkeyPatch, penny: str
) -> None:
    def off_by_a_penny(first: Any, last: Any, before: Any, after: Any) -> LedgerLine:
        line = line_between(first, last, before, after)
        return line.model_copy(update={"metered": line.metered + Decimal(penny)})

    monkeypatch.setattr("domain.account.lines.line_between", off_by_a_penny)
    told = said(looked(AT_HOME))
    assert any(what.startswith("the line of 2023-10-02 to ") for what in told)
    assert any(what.startswith("the lines by month from ") for what in told)


@pytest.mark.parametrize("pound", [1, -1])
def test_posted_lines_that_lead_anywhere_else_than_to_the_balance_are_seen(pound: int) -> None:
    def other(posted: PeriodPosted) -> PeriodPosted:
        last = posted.lines[-1].model_copy(update={"metered": posted.lines[-1].metered + pound})
        return posted.model_copy(update={"lines": (*posted.lines[:-1], last)})

    told = said(looked(doctored(at_rest(), PeriodPosted, other)))
    assert [what for what in told if "its lines lead to" in what]
    assert [what for what in told if "its lines by posting lead to" in what]


@pytest.mark.parametrize("pound", [1, -1])
def test_exact_totals_that_are_not_the_posted_balance_are_seen_whichever_is_more(pound: int) -> None:
    def other(posted: PeriodPosted) -> PeriodPosted:
        totals = posted.totals.model_copy(update={"metered": posted.totals.metered + pound})
        return posted.model_copy(update={"totals": totals})

    assert [what for what in said(looked(doctored(at_rest(), PeriodPosted, other))) if "its lines lead to" in what]


@pytest.mark.parametrize(
    ("field", "by"),
    [("from_", -1), ("from_", 1), ("to", -1), ("to", 1)],
    ids=["a day twice", "a gap", "short", "too far"],
)
def test_postings_that_do_not_follow_each_other_day_by_day_are_seen(field: str, by: int) -> None:
    def other(posted: PeriodPosted) -> PeriodPosted:
        last = posted.lines[-1]
        moved = last.model_copy(update={field: getattr(last, field) + by * ONE_DAY})
        return posted.model_copy(update={"lines": (*posted.lines[:-1], moved)})

    assert [what for what in said(looked(doctored(at_rest(), PeriodPosted, other))) if "do not cover each day" in what]


def test_everything_holds_of_postings_of_several_lines() -> None:
    found = adjusted(account(needs(), budget("700.00")), ("5.00", "2023-10-04"), ("6.00", "2023-10-09"))
    assert broken(post(post(found, "2023-10-10"), "2023-10-20")) == set()


@pytest.mark.parametrize(
    "found",
    [
        post(post(account(away("2023-11-01", "2023-11-02"), needs(), budget("700.00")), "2023-10-20"), "2023-11-20"),
        account(needs(), budget("700.00"), budget("770.00", "2023-11-01")),
        account(
            needs(), budget("700.00", kind="personal"), charge("70.00", "2023-10-02", "2023-10-09"), away("2024-01-01")
        ),
    ],
    ids=[
        "a second entry about later days than were posted",
        "two of one kind at the end",
        "a charge, then another kind",
    ],
)
def test_everything_holds_of_an_account(found: CareAccount) -> None:
    assert broken(found) == set()


def test_accrued_costs_of_less_than_nothing_are_seen_however_little_less() -> None:
    found = looked(AT_HOME)
    first, *rest = found.accrual.counted
    below = first._replace(before=first.before._replace(metered=Fraction("-100.01")))
    told = said(replace(found, accrual=replace(found.accrual, counted=(below, *rest))))
    assert "accrued costs are -0.01 and the cap is 86000.00." in told


def test_every_day_before_commencement_on_which_something_counts_is_seen() -> None:
    found = replace(looked(AT_HOME), scheme=reform(commencement="2024-01-01"))
    days = [violation.on for violation in violations(found) if "had not commenced" in violation.what]
    assert days == [day("2023-10-02"), day("2023-10-03")]


def test_every_day_after_the_last_on_which_something_counts_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    found = account(needs(), budget("700.00"), budget("770.00", "2024-06-01"), closed("2024-03-01"))
    monkeypatch.setattr(daily, "closed_days", lambda _: [])
    days = [violation.on for violation in violations(looked(found)) if "was not open" in violation.what]
    assert {day("2024-03-02"), day("2024-06-01")} <= set(days)
    assert day("2024-03-01") not in days


def test_of_two_assessments_of_a_day_the_later_one_says_whether_it_may_count(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_the_last(found: CareAccount, kind: type[Fact]) -> Any:
        return stretches(found.first(3) if kind is NeedsAssessed else found, kind)

    monkeypatch.setattr(daily, "stretches", without_the_last)
    told = said(looked(account(needs(), budget("700.00"), needs(None, assessed_on="2024-01-01"))))
    assert [what for what in told if "no eligible needs" in what]


@pytest.mark.parametrize(
    "before",
    [(needs(), budget("700.00")), (opening("0.00", "2023-10-02", weekly_rate="70.00"),)],
    ids=["the last of four entries", "the last of three"],
)
@pytest.mark.parametrize("when_last", [True, False], ids=["this order gives more", "the other order gives more"])
def test_what_depends_on_the_order_of_recording_is_seen_whichever_order_gives_more(
    monkeypatch: pytest.MonkeyPatch, before: tuple[Fact, ...], when_last: bool
) -> None:
    def sometimes_no_break(found: CareAccount, kind: type[Fact]) -> Any:
        forgotten = kind is BreakRecorded and isinstance(found.entries[-1].fact, BreakRecorded) is when_last
        return [] if forgotten else stretches(found, kind)

    monkeypatch.setattr(daily, "stretches", sometimes_no_break)
    told = said(looked(account(*before, away("2023-11-01", "2023-11-15"))))
    assert [what for what in told if "in the other order" in what]


def test_the_first_councils_rate_going_on_is_seen_on_each_day_after_the_own_assessment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = account(opening("100.00", "2023-10-02", weekly_rate="70.00"), needs(None, assessed_on="2024-01-01"))
    monkeypatch.setattr(daily, "carried_rates", lambda a: [s._replace(ending_before=FOREVER) for s in carried_rates(a)])
    days = [violation.on for violation in violations(looked(found)) if "no eligible needs" in violation.what]
    assert days[:2] == [day("2024-01-01"), day("2024-01-02")]


@pytest.mark.parametrize("on", ["2023-12-01", "2023-10-02"], ids=["of a later day", "of the same day, recorded later"])
def test_of_two_openings_the_later_one_says_whether_a_first_councils_rate_goes_on(
    monkeypatch: pytest.MonkeyPatch, on: str
) -> None:
    with_a_rate = opening("100.00", "2023-10-02", weekly_rate="70.00")
    found = account(with_a_rate, opening("500.00", on))
    assert said(looked(found)) == []
    monkeypatch.setattr(daily, "carried_rates", lambda _: carried_rates(account(with_a_rate)))
    assert [what for what in said(looked(found)) if "no eligible needs" in what]


@pytest.mark.parametrize("pounds", range(1, 9))
def test_a_statement_whose_digest_is_not_that_of_its_figures_is_seen_whatever_the_digest(pounds: int) -> None:
    def more(issued: StatementIssued) -> StatementIssued:
        figures = issued.figures.model_copy(update={"accrued_costs": issued.figures.accrued_costs + pounds})
        return issued.model_copy(update={"figures": figures})

    told = said(looked(doctored(at_rest(), StatementIssued, more)))
    assert "entry 9: the statement's figures are not those that its digest was made of." in told


def test_a_day_whose_figures_cannot_be_worked_out_hides_no_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    scheme, costs = reform({"2024-01-01": "86000.00"}), count(1)
    monkeypatch.setattr(daily, "met_by_another", lambda weekly_cost: weekly_cost + next(costs))
    found = account(needs("2024-02-01"), budget("700.00", "2024-02-01"))
    told = said(look(found, lambda _: scheme, scheme))
    assert [what for what in told if "were others when they were asked for again" in what]


def test_the_weeks_around_three_days_that_lie_near_are_looked_at_as_one_and_others_apart() -> None:
    edges = ("2023-11-01", "2023-11-10", "2024-02-01", "2024-02-19", "2024-03-09")
    spread = replace(looked(account()), edges=frozenset(map(day, edges)))
    shown = [(first.isoformat(), last.isoformat()) for first, last in spread.ranges]
    assert shown == [("2023-10-29", "2023-11-24"), ("2024-01-29", "2024-03-04"), ("2024-03-06", "2024-03-23")]


def test_the_days_of_an_entry_that_is_voided_are_looked_at_again() -> None:
    before = account(needs(), budget("700.00", ending_before="2023-12-01"), budget("1.00", ending_before="2023-12-24"))
    after = looked(asked(before, correct(3)), looked(before))
    assert day("2023-12-01") in after.edges
    assert day("2023-12-24") not in after.edges


def test_everything_holds_of_a_correction_that_was_undone() -> None:
    undone = asked(asked(AT_HOME, correct(3, budget("770.00"))), correct(4))
    assert said(looked(undone)) == []


def test_all_entries_are_looked_at_where_nothing_was_looked_at_before() -> None:
    assert looked(AT_HOME).new == AT_HOME.entries
    assert looked(AT_HOME, looked(AT_HOME.first(2))).new == AT_HOME.entries[2:]


def test_a_break_and_a_correction_that_puts_nothing_in_matter_in_either_order_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_break_after_a_correction(found: CareAccount, kind: type[Fact]) -> Any:
        forgotten = kind is BreakRecorded and isinstance(found.entries[-1].fact, EntryVoided)
        return [] if forgotten else stretches(found, kind)

    found = account(needs(), budget("700.00"), budget("1.00", "2024-01-01"), away("2023-11-01", "2023-11-15"))
    corrected = asked(found, correct(4))
    assert said(looked(corrected)) == []
    monkeypatch.setattr(daily, "stretches", no_break_after_a_correction)
    assert [what for what in said(looked(corrected)) if "in the other order" in what]
