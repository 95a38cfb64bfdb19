"""Is the fictitious council believable, the same every time, and does every kind of life happen in it?"""

import hashlib
import os
import subprocess
import sys
from calendar import monthrange
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from statistics import median
from typing import TypeVar
from uuid import UUID

import nhs_number
import pytest

from api.demo.chronicle import chronicle
from api.demo.office import working_day
from api.demo.people import local_id
from api.demo.prices import price_on, uplift_days
from api.demo.story import SCHEME, NotTheStory, Story, story_of
from api.pages.unsettled import carried_in, disputes, not_approved
from api.policy import Role, Verb, may
from domain import parameters
from domain.account.accrual import accrue
from domain.account.assessment_difference import difference
from domain.account.assessments import assessments, before
from domain.account.commands import (
    AgreeDeferredPayment,
    AnswerDispute,
    ApproveAdjustment,
    CarryInOpening,
    ChooseContact,
    CloseAccount,
    Correct,
    DeferPayment,
    EndDeferredPayment,
    EndRepresentative,
    EvidenceOpening,
    GiveNotices,
    ImportFinancialAssessment,
    IssueStatement,
    NameRepresentative,
    OpenAccount,
    PostPeriod,
    ProposeAdjustment,
    RaiseCharge,
    RaiseDispute,
    RecordBreak,
    RecordFinancialAssessment,
    RecordNeedsAssessment,
    ReopenAccount,
    RepayDeferredPayment,
    RetractCharge,
    ReturnAdjustment,
    SetBudget,
)
from domain.account.decisions import decide, open_account
from domain.account.deferred import deferred_statement
from domain.account.facts import (
    BY_TOPIC,
    AccountClosed,
    BreakRecorded,
    BudgetSet,
    ChargeRetracted,
    EntryVoided,
    Fact,
    FinancialAssessed,
    FinancialAssessmentImported,
    NeedsAssessed,
    PeriodPosted,
    StatementIssued,
)
from domain.account.figures import CapProgress, Metering
from domain.account.in_force import charges_raised, entry_on
from domain.account.owed import agreements
from domain.account.progress import cap_progress
from domain.account.state import CareAccount, Entry
from domain.account.strokes import approved
from domain.dates import LONDON, day_in_london
from ledger.receipts import Request
from ledger.reference import read_reference

DAY = date(2026, 11, 22)
STORY = Story(DAY, 200)
MRS_A = local_id(0)

F = TypeVar("F", bound=Fact)


@cache
def council(story: Story = STORY) -> dict[str, CareAccount]:
    """Every account, as the decisions of the domain make it of what is asked: none of them is refused."""
    accounts: dict[str, CareAccount] = {}
    recorded: dict[Request, str] = {}
    entries: tuple[Entry, ...]
    for recording in chronicle(story):
        known = accounts.get(recording.local_id)
        if known is None:
            assert isinstance(recording.asked, OpenAccount)
            facts, entries = open_account(recording.asked), ()
        else:
            asked = recording.naming(recorded[recording.about.request]) if recording.about else recording.asked
            facts, entries = decide(asked, known, SCHEME), known.entries
        assert facts, recording
        by, account_id = recording.by, UUID(int=int(recording.local_id[2:]))
        entries += tuple(
            Entry(account_id, len(entries) + n, fact, recording.at, by.sub, by.role) for n, fact in enumerate(facts, 1)
        )
        recorded[recording.request] = str(entries[-len(facts)].id)
        accounts[recording.local_id] = CareAccount(entries)
    return accounts


@cache
def progress(story: Story = STORY) -> dict[str, CapProgress]:
    return {who: cap_progress(account, SCHEME, story.day) for who, account in council(story).items()}


def entries(kind: type[F], story: Story = STORY) -> list[tuple[CareAccount, Entry, F]]:
    return [(account, entry, fact) for account in council(story).values() for entry, fact in account.of(kind)]


def test_there_are_as_many_people_as_were_asked_for_each_once() -> None:
    people = [recording.person for recording in chronicle(STORY) if recording.person]
    for number in ("local_id", "nhs_number"):
        assert len({getattr(person, number) for person in people}) == len(people) == 200
    references = {account.opened.reference for account in council().values()}
    assert len(references) == 200
    assert {read_reference(reference) for reference in references} == references


def test_nobody_has_a_number_telephone_or_postcode_that_a_real_person_could_have() -> None:
    for person in (recording.person for recording in chronicle(STORY)):
        if person:
            assert person.nhs_number
            assert person.nhs_number.startswith("999")  # the range kept for tests
            assert nhs_number.is_valid(person.nhs_number)
            assert (person.contact.phone or "01632 960 000").startswith("01632 960 ")
            assert (person.postcode or "").startswith("EM")


def test_people_are_19_to_101_and_most_of_them_old() -> None:
    born = [r.person.date_of_birth for r in chronicle(STORY) if r.person and r.person.date_of_birth]
    ages = [DAY.year - day.year - ((day.month, day.day) > (DAY.month, DAY.day)) for day in born]
    assert (len(ages), min(ages), max(ages)) == (200, 19, 101)
    assert median(ages) >= 75
    openings = [(r.person, r.asked) for r in chronicle(STORY) if r.person and isinstance(r.asked, OpenAccount)]
    assert all(asked.opened_on >= person.date_of_birth.replace(year=person.date_of_birth.year + 18)  # type: ignore[union-attr]
               for person, asked in openings)  # fmt: skip


def test_the_same_story_is_told_in_the_same_words_by_every_process() -> None:
    program = (
        "from datetime import date; from api.demo.chronicle import chronicle; from api.demo.story import Story\n"
        "import hashlib; told = chronicle(Story(date(2026, 11, 22), 200))\n"
        "print(hashlib.sha256(repr([(r, r.request) for r in told]).encode()).hexdigest())"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    here = hashlib.sha256(repr([(r, r.request) for r in chronicle(STORY)]).encode()).hexdigest()
    assert elsewhere.stdout.strip() == here


def test_everything_is_recorded_before_today_in_order_and_in_office_hours() -> None:
    instants = [recording.at for recording in chronicle(STORY)]
    assert all(earlier < later for earlier, later in pairwise(instants))
    assert date(2023, 10, 2) == day_in_london(instants[0])
    assert date(2026, 11, 10) < day_in_london(instants[-1]) < DAY
    assert all(working_day(day_in_london(at)) == day_in_london(at) for at in instants)
    assert all(8 <= at.astimezone(LONDON).hour < 19 for at in instants)


def test_nothing_that_took_effect_later_is_undone_by_what_was_recorded_after_it() -> None:
    """Of two entries that cover a day the one recorded last is in force, so nobody may be given yesterday's price."""
    days = defaultdict[tuple[str, type], list[date]](list)
    kinds = SetBudget | ImportFinancialAssessment | RecordFinancialAssessment | RecordNeedsAssessment
    for recording in chronicle(Story(DAY, 1500)):
        asked = recording.asked
        if isinstance(asked, kinds) and not asked.ending_before:
            kind = ImportFinancialAssessment if isinstance(asked, RecordFinancialAssessment) else type(asked)
            days[recording.local_id, kind].append(asked.effective_from)
    assert [of for of, effective_from in days.items() if effective_from != sorted(effective_from)] == []


def test_there_is_enough_to_see_and_little_enough_to_fill_quickly() -> None:
    assert 1_800 <= len(chronicle(STORY)) <= 2_500


def test_each_fact_is_recorded_by_somebody_whose_role_may() -> None:
    verbs: dict[type, Verb] = {
        OpenAccount: "open_account",
        RecordNeedsAssessment: "record_needs",
        SetBudget: "record_needs",
        ImportFinancialAssessment: "record_needs",
        RecordFinancialAssessment: "record_needs",
        RecordBreak: "record_costs",
        CloseAccount: "close_account",
        ReopenAccount: "close_account",
        RaiseCharge: "record_costs",
        RetractCharge: "record_costs",
        CarryInOpening: "record_costs",
        EvidenceOpening: "record_costs",
        Correct: "correct_entry",
        ProposeAdjustment: "propose_adjustment",
        ApproveAdjustment: "approve_adjustment",
        ReturnAdjustment: "approve_adjustment",
        RaiseDispute: "raise_dispute",
        AnswerDispute: "answer_dispute",
        PostPeriod: "post_periods",
        IssueStatement: "issue_statement",
        AgreeDeferredPayment: "record_costs",
        DeferPayment: "record_costs",
        RepayDeferredPayment: "record_costs",
        EndDeferredPayment: "record_costs",
        ChooseContact: "arrange_letters",
        GiveNotices: "issue_statement",
        NameRepresentative: "name_representative",
        EndRepresentative: "name_representative",
    }
    roles: set[tuple[Role, Verb]] = {(r.by.role, verbs[type(r.asked)]) for r in chronicle(STORY)}  # type: ignore[misc]
    assert {verb for _, verb in roles} == set(verbs.values())
    assert [(role, verb) for role, verb in roles if not may(role, verb)] == []


def test_every_invented_figure_says_that_it_is_invented() -> None:
    sources = {fact.source for _, _, fact in entries(BudgetSet)} | {
        fact.source for _, _, fact in entries(FinancialAssessmentImported)
    }
    assert sources == {STORY.source}
    assert story_of(council()[MRS_A]) == STORY


def test_an_account_that_the_demonstration_did_not_make_is_never_taken_for_one_of_its_own() -> None:
    entry = council()[MRS_A].entries[2]
    assert isinstance(entry.fact, BudgetSet)
    strange = Entry(entry.account_id, 3, entry.fact.model_copy(update={"source": None}), entry.recorded_at, "x", "y")
    with pytest.raises(NotTheStory):
        story_of(CareAccount((*council()[MRS_A].entries[:2], strange)))


def test_stories_of_other_days_and_sizes_begin_alike_until_one_says_which_it_is() -> None:
    one, other = chronicle(STORY), chronicle(Story(date(2027, 3, 1), 20))
    alike = [a.request == b.request for a, b in zip(one[:3], other[:3], strict=True)]
    assert alike == [True, True, False]
    assert isinstance(one[2].asked, SetBudget)


def test_a_clock_before_anybody_reached_the_cap_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a clock of 2026-01-01 or later"):
        Story(date(2025, 12, 31), 200)


@pytest.mark.parametrize(
    ("setting", "least", "most"),
    [
        ("own_home", 150, 600),
        ("care_home", 750, 1500),
        ("extra_care", 150, 600),
        ("supported_living", 500, 1500),
        ("shared_lives", 350, 750),
    ],
)
def test_care_costs_what_it_plausibly_costs(setting: str, least: int, most: int) -> None:
    weekly = [fact.weekly_cost for _, _, fact in entries(BudgetSet) if fact.setting == setting]
    assert least <= min(weekly)
    assert max(weekly) <= most


def test_contributions_are_30_to_250_a_week_and_some_pay_the_full_cost() -> None:
    found = [fact for account in council().values() for _, fact in assessments(account)]
    contributions = [fact.weekly_contribution for fact in found if fact.outcome == "contribution"]
    assert 30 <= min(contributions) < 50
    assert 200 < max(contributions) <= 250
    assert {fact.outcome for fact in found} == {"nil", "contribution", "full_cost"}


def test_of_a_third_and_more_whose_care_the_council_arranges_the_money_is_looked_at_here() -> None:
    here = {account.id for account, _, _ in entries(FinancialAssessed)}
    elsewhere = {account.id for account, _, _ in entries(FinancialAssessmentImported)}
    assert len(here) / len(here | elsewhere) > 1 / 3
    ways = {(fact.asked.type, fact.outcome) for _, _, fact in entries(FinancialAssessed)}
    assert ways >= {
        ("full", "nil"),
        ("full", "contribution"),
        ("full", "full_cost"),
        ("light_touch", "contribution"),
        ("refused", "full_cost"),
    }


def test_each_april_there_is_a_difference_to_show_that_adds_up() -> None:
    shown = []
    for account, entry, fact in entries(FinancialAssessed):
        if (earlier := before(account, entry)) and isinstance(earlier.fact, FinancialAssessed):
            found = difference(earlier.fact, fact)
            assert sum((cause.amount for cause in found.causes), Decimal(0)) == found.change
            shown += [found] if fact.effective_from == date(2026, 4, 6) else []
    assert len(shown) > 20
    assert [found for found in shown if "your state pension rose by" in found.words]


def test_in_a_year_whose_amounts_nobody_has_entered_money_is_looked_at_elsewhere() -> None:
    later = Story(date(2027, 11, 22), 60)
    begun = {fact.effective_from for _, _, fact in entries(FinancialAssessed, later)}
    assert date(2026, 4, 6) in begun
    assert max(begun) < date(2027, 4, 6)
    assert [fact for _, _, fact in entries(FinancialAssessmentImported, later) if fact.effective_from.year == 2027]


def test_people_pay_for_themselves_about_as_often_as_in_england() -> None:
    last = [account.of(BudgetSet)[-1][1] for account in council().values() if account.of(BudgetSet)]
    lives = Counter((fact.setting, fact.kind) for fact in last)
    self_funders = lives["care_home", "independent"] / sum(
        n for (setting, _), n in lives.items() if setting == "care_home"
    )
    assert 0.30 < self_funders < 0.45  # 37.0% in 2022-23
    assert lives["own_home", "independent"] >= 15
    assert {setting for setting, kind in lives if kind == "personal"} == {
        "own_home",
        "care_home",
        "extra_care",
        "supported_living",
        "shared_lives",
    }


@pytest.mark.parametrize(
    ("metering", "least"),
    [
        ("metering", 100),
        ("capped", 2),
        ("closed", 20),
        ("paused", 1),
        ("unassessed", 1),
        ("no_budget", 1),
        ("not_eligible", 2),
    ],
)
def test_accounts_stand_in_every_way_an_account_can_stand(metering: Metering, least: int) -> None:
    assert [p.metering for p in progress().values()].count(metering) >= least


def test_everything_that_can_be_recorded_happened_to_somebody() -> None:
    happened = {type(entry.fact) for account in council().values() for entry in account.entries}
    assert happened == set(BY_TOPIC.values())


@pytest.mark.parametrize("day", [date(2026, 1, 1), DAY, date(2027, 2, 28), date(2028, 2, 29), date(2029, 5, 1)])
def test_whenever_it_is_told_there_are_lines_questions_and_balances_that_wait_and_others_that_do_not(day: date) -> None:
    accounts = council(Story(day, 40)).values()
    openings = [opening.evidence is not None for account in accounts for opening in carried_in(account)]
    assert Counter(openings) == {False: 2, True: 1}
    questions = [question.answer is not None for account in accounts for question in disputes(account)]
    assert Counter(questions) == {False: 1, True: 1}
    assert not [question for account in accounts for question in disputes(account) if question.overdue(day)]
    asked = [(str(each.fact.amount), each.waits) for account in accounts for each in not_approved(account)]
    assert asked == [("640.00", False), ("64.00", True)]
    assert [str(asked.amount) for account in accounts for _, asked in approved(account)] == ["-186.40"]


@pytest.mark.parametrize("day", [date(2026, 1, 1), DAY, date(2027, 2, 28), date(2028, 2, 29), date(2029, 5, 1)])
def test_a_rate_told_after_its_month_was_posted_is_a_posted_line_that_names_it(day: date) -> None:
    accounts = council(Story(day, 40)).values()
    causes = [
        (account.entry(line.cause or ""), line)
        for account in accounts
        for _, posted in account.of(PeriodPosted)
        for line in posted.lines
        if line.kind == "adjustment"
    ]
    late = [line for cause, line in causes if cause and isinstance(cause.fact, BudgetSet)]
    assert [line.metered for line in late if (line.from_.day, line.posted) == (1, True)] == [
        Decimal("49.00") / 7 * monthrange(late[-1].to.year, late[-1].to.month)[1]
    ]


def test_thirteen_weeks_at_a_wrong_hourly_rate_are_152_88_on_the_next_statement() -> None:
    adjustments = [a for _, _, fact in entries(StatementIssued) for a in fact.figures.adjustments]
    assert [a.kind for a in adjustments if str(a.amount) == "-152.88"] == ["late"]


def test_a_death_that_was_reported_by_mistake_left_nothing_behind() -> None:
    mistaken = [
        (account, entry)
        for account in council().values()
        for entry in account.entries
        if isinstance(entry.fact, AccountClosed) and entry.version in account.voided_by
    ]
    assert len(mistaken) == 1
    ((account, report),) = mistaken
    never = CareAccount(tuple(e for e in account.entries if not isinstance(e.fact, AccountClosed | EntryVoided)))
    assert accrue(account, SCHEME, DAY).balance(DAY) == accrue(never, SCHEME, DAY).balance(DAY) > 0
    assert progress()[f"P-{account.id.int}"].metering == "metering"
    assert day_in_london(account.voided_by[report.version].recorded_at) > report.fact.effective_from


@pytest.mark.parametrize("day", [date(2026, 1, 1), DAY, date(2029, 5, 1)])
def test_whenever_it_is_told_some_pay_later_one_pays_back_and_one_has_died_owing(day: date) -> None:
    accounts = council(Story(day, 110))
    lent = {
        who: agreements(account)[0][1].reference for who, account in sorted(accounts.items()) if agreements(account)
    }
    assert lent == {"P-1045": "DPA-45", "P-1062": "DPA-62", "P-1102": "DPA-102"}
    shown = {who: deferred_statement(accounts[who], name, parameters.load, day) for who, name in lent.items()}
    assert all(statement.owed > 10_000 and statement.total_interest > 0 for statement in shown.values())
    assert [str(statement.total_repaid) for statement in shown.values()] == ["0.00", "4000.00", "15000.00"]
    dead = accounts["P-1102"].closed
    assert dead
    assert (dead.reason, shown["P-1102"].ended_on) == ("died", dead.on)


def test_paying_later_changes_nothing_for_the_cap() -> None:
    for account in council().values():
        kept = tuple(e for e in account.entries if "deferred" not in e.fact.TOPIC)
        without = CareAccount(tuple(replace(e, version=n) for n, e in enumerate(kept, start=1)))
        if len(kept) < account.version:
            assert cap_progress(without, SCHEME, DAY) == cap_progress(account, SCHEME, DAY)


def test_a_charge_that_was_raised_twice_counts_once() -> None:
    retracted = [(account, fact) for account, _, fact in entries(ChargeRetracted)]
    assert [fact.reason_code for _, fact in retracted] == ["charged-twice"]
    ((account, fact),) = retracted
    rate = cap_progress(account, SCHEME, fact.effective_from).weekly_rate
    (charge,) = [raised for _, raised in charges_raised(account) if raised.period_from == fact.effective_from]
    assert rate
    assert rate.base == charge.amount / 4


def test_whoever_was_open_in_the_last_months_was_posted_each_month() -> None:
    last = [fact.through for _, _, fact in entries(PeriodPosted)]
    assert Counter(last).keys() == {date(2026, 9, 30), date(2026, 10, 31)}
    open_still = [a for a in council().values() if a.opened.opened_on <= date(2026, 10, 31) and not a.closed]
    assert [a.posted_through for a in open_still] == [date(2026, 10, 31)] * len(open_still)


@pytest.mark.parametrize("day", [date(2026, 1, 1), DAY, date(2027, 2, 28), date(2028, 2, 29), date(2029, 5, 1)])
def test_whenever_it_is_told_somebody_is_near_the_cap_and_others_reached_it_lately_and_long_ago(day: date) -> None:
    found = progress(Story(day, 20)).values()
    assert [p for p in found if p.metering == "metering" and p.percent and 95 < Decimal(p.percent) < 100]
    last_month = day.replace(day=1) - timedelta(days=1)
    reached = [p.cap_reached_on for p in found if p.cap_reached_on]
    assert [on for on in reached if (on.year, on.month) == (last_month.year, last_month.month)]
    assert [on for on in reached if on < day - timedelta(days=200)]
    assert {p.metering for p in found} >= {"paused", "unassessed", "no_budget", "not_eligible", "closed", "capped"}


def test_mrs_ada_ames_is_the_worked_example_to_the_penny() -> None:
    account = council()[MRS_A]
    on = {
        day: cap_progress(account, SCHEME, day) for day in (date(2024, 3, 31), date(2025, 12, 11), date(2025, 12, 12))
    }
    assert [str(p.accrued_costs) for p in on.values()] == ["19500.00", "85928.57", "86000.00"]
    assert on[date(2025, 12, 12)].cap_reached_on == date(2025, 12, 12)
    kinds = [type(entry.fact) for entry in account.entries]
    assert Counter(kinds) == Counter({kinds[0]: 1, NeedsAssessed: 1, BudgetSet: 1, StatementIssued: 3, PeriodPosted: 2})
    stated = [(fact.figures.to, fact.figures.expected_to_reach_cap_on) for _, fact in account.of(StatementIssued)]
    assert stated[0] == (date(2024, 9, 30), date(2025, 12, 12))


def test_a_rate_recorded_late_is_worth_160_71_by_the_25th() -> None:
    """Rate 900.00 to 945.00 from the first of a month, recorded about the twentieth: 45.00 / 7 x 25 days."""
    found = []
    for account, entry, fact in entries(BudgetSet):
        on = fact.effective_from.replace(day=25)
        before = account.as_known_at(entry.recorded_at - timedelta(microseconds=1))
        after = account.as_known_at(entry.recorded_at)
        late = fact.effective_from.day == 1 and fact.effective_from + timedelta(days=14) < day_in_london(
            entry.recorded_at
        )
        if late and before and after:
            found.append(accrue(after, SCHEME, on).balance(on) - accrue(before, SCHEME, on).balance(on))
    assert Decimal("160.71") in found


@pytest.mark.parametrize("sign", [1, -1])
def test_statements_carry_what_became_known_later_in_either_direction(sign: int) -> None:
    adjustments = [a for _, _, fact in entries(StatementIssued) for a in fact.figures.adjustments]
    assert [a for a in adjustments if a.amount * sign > 0 and a.causes]


def test_about_sixty_people_are_sent_a_statement_each_october() -> None:
    annual = Counter(fact.figures.to for _, _, fact in entries(StatementIssued) if fact.kind == "annual")
    assert list(annual) == [date(2024, 9, 30), date(2025, 9, 30), date(2026, 9, 30)]
    everyone = {account.id for account, _, fact in entries(StatementIssued) if fact.kind == "annual"}
    assert 45 <= len(everyone) <= 70
    months = {day_in_london(e.recorded_at).month for _, e, fact in entries(StatementIssued) if fact.kind == "annual"}
    assert months == {10}


def test_stays_in_hospital_are_over_but_for_one_that_is_not() -> None:
    stays = [fact for _, _, fact in entries(BreakRecorded) if fact.reason == "hospital"]
    running = [fact for fact in stays if fact.ending_before is None]
    assert len(stays) >= 20
    assert len(running) == 1
    assert DAY - timedelta(days=30) < running[0].from_ < DAY


def test_a_self_assessment_that_nobody_confirmed_counts_as_nothing() -> None:
    unconfirmed = [account for account, _, fact in entries(NeedsAssessed) if not fact.confirmed]
    assert unconfirmed
    assert [str(accrue(account, SCHEME, DAY).balance(DAY)) for account in unconfirmed] == ["0.00"] * len(unconfirmed)
    assert all(account.of(BudgetSet) for account in unconfirmed)


def test_accounts_end_by_death_known_soon_or_late_by_moving_and_by_getting_better() -> None:
    closed = [(fact, day_in_london(entry.recorded_at) - fact.on) for _, entry, fact in entries(AccountClosed)]
    assert {fact.reason for fact, _ in closed} == {"died", "moved", "no_eligible_needs"}
    waits = [wait.days for fact, wait in closed if fact.reason == "died"]
    assert median(waits) <= 10
    assert max(waits) >= 28


def test_nobody_is_assessed_or_in_hospital_after_the_last_day_of_the_account() -> None:
    for account, _, closed in entries(AccountClosed, Story(DAY, 1000)):
        assert all(fact.assessed_on <= closed.on for _, fact in account.of(NeedsAssessed))
        assert all(fact.ending_before and fact.ending_before <= closed.on for _, fact in account.of(BreakRecorded))


@pytest.mark.parametrize("kind", ["independent", "personal"])
def test_some_moved_from_their_own_home_into_a_care_home(kind: str) -> None:
    settings = [
        [fact.setting for _, fact in account.of(BudgetSet) if fact.kind == kind and not fact.short_stay]
        for account in council().values()
    ]
    assert [lived for lived in settings if lived and (lived[0], lived[-1]) == ("own_home", "care_home")]


def test_after_a_short_stay_in_a_care_home_the_care_at_home_resumes() -> None:
    ((account, stay),) = [(account, fact) for account, _, fact in entries(BudgetSet) if fact.short_stay]
    assert stay.ending_before
    inside = cap_progress(account, SCHEME, stay.effective_from).weekly_rate
    afterwards = cap_progress(account, SCHEME, stay.ending_before).weekly_rate
    assert inside
    assert afterwards
    assert (str(inside.metered), inside.daily_living_costs) == ("0.00", inside.base)  # he pays less than 200.00 a week
    assert (str(afterwards.daily_living_costs), afterwards.metered) == ("0.00", afterwards.base)


@pytest.mark.parametrize("day", [date(2024, 4, 8), date(2025, 4, 7), date(2026, 4, 6)])
def test_each_april_nearly_every_budget_is_set_anew_and_higher(day: date) -> None:
    eve = day - timedelta(days=1)
    raised = Counter(
        _price(account, day) > _price(account, eve) > 0 for account in council().values() if _price(account, eve)
    )
    assert raised[True] > 50
    assert raised[False] <= 2


def _price(account: CareAccount, day: date) -> Decimal:
    """The weekly cost in force; 0 on days on which nothing is counted."""
    budget = entry_on(account, BudgetSet, day)
    counted = budget and cap_progress(account, SCHEME, day).weekly_rate
    return budget.fact.weekly_cost if counted and budget and isinstance(budget.fact, BudgetSet) else Decimal(0)


def test_prices_rise_once_a_year() -> None:
    days = list(uplift_days(date(2023, 10, 2), date(2027, 1, 1)))
    assert days == [date(2024, 4, 8), date(2025, 4, 7), date(2026, 4, 6)]
    prices = [price_on(Decimal("1000.00"), day) for day in (date(2024, 4, 7), *days)]
    assert prices == [Decimal("1000.00"), Decimal("1072.00"), Decimal("1134.18"), Decimal("1189.75")]
