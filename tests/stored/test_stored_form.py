"""Will what was ever stored be read for good? Each fact's exact bytes lie beside this file, one file a topic.

A file is never changed once it was released. When a fact gets another shape it gets another topic with a file of its
own, and what the old file holds is still read.
"""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.account.facts import (
    BY_TOPIC,
    AccountClosed,
    AccountOpened,
    AccountReopened,
    AdjustmentApproved,
    AdjustmentProposed,
    AdjustmentReturned,
    BreakRecorded,
    BudgetSet,
    CarriedRate,
    ChargeRaised,
    ChargeRetracted,
    ContactChosen,
    DeferredPaymentAgreed,
    DeferredPaymentEnded,
    DeferredPaymentRepaid,
    DisputeAnswered,
    DisputedLine,
    DisputedThing,
    DisputeRaised,
    EarlierAdjustment,
    EntryVoided,
    Fact,
    FinancialAssessed,
    FinancialAssessmentImported,
    NeedsAssessed,
    NoticeGiven,
    OpeningCarriedIn,
    OpeningEvidenced,
    Paper,
    PaymentDeferred,
    PeriodPosted,
    Print,
    Provenance,
    Provider,
    RepresentativeEnded,
    RepresentativeNamed,
    Source,
    StatedRate,
    StatementIssued,
)
from domain.account.figures import (
    Adjustment,
    CapProgress,
    ExactTotals,
    LedgerLine,
    StatementFigures,
    StatementLine,
    WeeklyRate,
)
from domain.law.deferred_payments import AmountUsed, EquityLimit
from domain.law.financial_assessment import (
    Circumstances,
    Expense,
    FullAssessment,
    Holding,
    Income,
    Line,
    LocalDisregard,
    MoreGenerous,
    Outgoing,
)
from domain.law.financial_assessment.asked import Stay
from domain.money import Fraction
from ledger.entry import EntryMapper, LedgerEntry, UnknownTopic
from ledger.upcasting import UPCASTS
from tests.conftest import NOON

HERE = Path(__file__).parent
FILES = {file.stem: file for file in HERE.glob("*.json")}
WITH_PAPER = HERE / "with_paper" / "statement-issued.1.json"
WITH_ATTACHMENT = HERE / "with_paper" / "dispute-raised.1.json"
EARLIER = sorted((HERE / "earlier").glob("*.json"))
"""What a topic's facts also looked like, before a field was added that they do without."""
ACCOUNT = UUID("5d0c7a52-6f5e-4c0e-9f5e-0a8d6a6f1c11")
PREVIOUS = "0b54be52-0f6a-5a0e-b1de-6f5f3f3c7a01"
CAUSE = "7f1e4d0a-9a53-5c4b-8d1a-2f6f1f0f9b02"

FACTS: dict[str, Fact] = {
    fact.TOPIC: fact
    for fact in (
        AccountOpened(reference="CA-7K3M-92QX", opened_on=date(2023, 10, 2)),
        NeedsAssessed(
            assessed_on=date(2023, 9, 25),
            eligible=True,
            eligible_from=date(2023, 10, 2),
            duty_arose_on=date(2023, 9, 18),
            ending_before=date(2026, 10, 2),
            outcomes=("nutrition", "hygiene"),
            assessor="staff:4711",
            review_due=date(2024, 9, 25),
            confirmed=False,
        ),
        BudgetSet(
            kind="independent",
            setting="care_home",
            weekly_cost=Decimal("950.00"),
            effective_from=date(2023, 10, 2),
            ending_before=date(2024, 4, 8),
            short_stay=True,
            source=Source(system="brokerage", reference="B-17", model_version="2.1"),
            provider=Provider(cqc_location_id="1-234567890"),
        ),
        FinancialAssessmentImported(
            type="imported",
            assessed_on=date(2023, 10, 2),
            effective_from=date(2023, 10, 2),
            ending_before=date(2024, 4, 8),
            outcome="contribution",
            weekly_contribution=Decimal("0.07"),
            source=Source(system="charging"),
        ),
        FinancialAssessed(
            outcome="contribution",
            weekly_contribution=Decimal("209.70"),
            assessable_capital=Decimal("17050.91"),
            tariff_income=Decimal("12.00"),
            assessable_income=Decimal("246.80"),
            allowances=Decimal("37.10"),
            lines=(
                Line(
                    step="allowance",
                    label="Personal expenses allowance",
                    amount=Decimal("30.15"),
                    authority="SI 2014/2672 reg 6",
                    parameter="personal_expenses_allowance",
                    certainty="secondary",
                    of="personal_expenses_allowance",
                ),
            ),
            warnings=("The home is left out up to 29 July 2024; from that day on it counts as capital.",),
            asked=FullAssessment(
                type="full",
                assessed_on=date(2024, 5, 1),
                effective_from=date(2024, 5, 6),
                ending_before=date(2025, 4, 7),
                setting="care_home_permanent",
                cost_of_care=Decimal("685.37"),
                circumstances=Circumstances(
                    age_group="pension_age", household="couple", premiums=("disability", "carer"), children=1
                ),
                income=(
                    Income(kind="state_pension", weekly=Decimal("227.55")),
                    Income(kind="annuity", amount=Decimal("100.00"), frequency="four_weekly"),
                ),
                outgoings=(Outgoing(kind="rent", weekly=Decimal("90.00")),),
                disability_related_expenditure=(Expense(weekly=Decimal("10.00")),),
                local_disregards=(LocalDisregard(weekly=Decimal("1.27")),),
                minimum_income_guarantee=MoreGenerous(amount=Decimal("250.00")),
                personal_expenses_allowance=MoreGenerous(amount=Decimal("40.00")),
                council_percentage=Decimal("90"),
                capital=(
                    Holding(
                        kind="main_home",
                        value=Decimal("200000.00"),
                        share=Decimal("0.5"),
                        secured_debt=Decimal("1000.00"),
                        selling_costs_10_percent=True,
                        occupied_by=None,
                        twelve_week_from=date(2024, 5, 6),
                        earlier_stays=(Stay(effective_from=date(2023, 5, 1), ending_before=date(2023, 6, 1)),),
                    ),
                    Holding(kind="notional", value=Decimal("20.00"), joint_holders=2, diminishes_from=date(2024, 1, 1)),
                ),
            ),
        ),
        BreakRecorded(**{"from": date(2024, 2, 29)}, ending_before=date(2024, 3, 7), reason="hospital"),
        ChargeRaised(
            reference="INV-2024/04:17",
            period_from=date(2024, 4, 1),
            period_ending_before=date(2024, 4, 29),
            amount=Decimal("1234.05"),
        ),
        ChargeRetracted(
            reference="INV-2024/04:17", charge=CAUSE, effective_from=date(2024, 4, 1), reason_code="in-words"
        ),
        EntryVoided(
            entry_id=CAUSE,
            version=3,
            effective_from=date(2024, 4, 1),
            reason_code="wrong-rate",
            replaced_by=PREVIOUS,
        ),
        AdjustmentProposed(on=date(2024, 5, 31), amount=Decimal("-250.10"), reason_code="ombudsman:24-001"),
        AdjustmentApproved(adjustment=CAUSE, on=date(2024, 5, 31)),
        AdjustmentReturned(adjustment=CAUSE, on=date(2024, 6, 3), reason_code="not-shown"),
        OpeningCarriedIn(
            on=date(2024, 6, 3),
            accrued_costs=Decimal("31234.50"),
            daily_living_costs=Decimal("8400.00"),
            provenance=Provenance(kind="transfer", council="E10000012", system="careledger", reference="T-2024-9"),
            weekly_rate=CarriedRate(metered=Decimal("750.00"), daily_living_costs=Decimal("200.00")),
            adjustments=(EarlierAdjustment(on=date(2024, 4, 6), percentage=Decimal("-1.25")),),
        ),
        OpeningEvidenced(opening=CAUSE, on=date(2024, 7, 1), evidence="scan:88"),
        AccountReopened(on=date(2026, 1, 15), reason_code="reported-in-error"),
        PeriodPosted(
            through=date(2024, 4, 28),
            scheme="reform-2023",
            edition="0123456789abcdef",
            lines=(
                LedgerLine(
                    from_=date(2024, 4, 1),
                    to=date(2024, 4, 28),
                    base=Decimal("-3.01"),
                    daily_living_costs=Decimal("-0.50"),
                    metered=Decimal("-2.51"),
                    kind="adjustment",
                    cause=CAUSE,
                    posted=True,
                    balance=Decimal("22497.49"),
                ),
            ),
            accrued_costs=Decimal("22497.49"),
            totals=ExactTotals(base=Fraction(57000, 7), daily_living_costs=Fraction(1714), metered=Fraction(-1, 7)),
            cap_reached_on=date(2025, 12, 12),
        ),
        DisputeRaised(
            about=DisputedThing(
                line=DisputedLine(**{"from": date(2024, 4, 1)}, to=date(2024, 4, 28), statement_id=PREVIOUS)
            ),
            raised_on=date(2024, 5, 1),
            answer_due_on=date(2024, 5, 29),
            attachment=None,
        ),
        DisputeAnswered(dispute=CAUSE, on=date(2024, 5, 20), outcome="partly_upheld"),
        DeferredPaymentAgreed(
            reference="DPA-2024/3",
            agreed_on=date(2024, 4, 2),
            effective_from=date(2024, 4, 8),
            property_value=Decimal("240000.00"),
            encumbrances=Decimal("12500.50"),
            other_capital=Decimal("9000.00"),
            weekly_income_kept=Decimal("100.00"),
            compounding="none",
            interest="paid_separately",
            interest_told_on=date(2024, 3, 28),
            stated_rates=(StatedRate(**{"from": date(2024, 4, 8)}, per_cent=Decimal("3.25")),),
            administration_fee="deferred",
            equity_limit=EquityLimit(
                amount=Decimal("189249.50"),
                rests_on=(
                    AmountUsed(
                        name="deferred_payment_equity_reserve",
                        since=date(2015, 4, 1),
                        amount=Decimal("10"),
                        certainty="recalled",
                    ),
                    AmountUsed(
                        name="capital_limit_lower",
                        since=date(2010, 4, 1),
                        amount=Decimal("14250.00"),
                        certainty="official",
                    ),
                ),
            ),
            disposable_income_allowance=Decimal("144.00"),
        ),
        PaymentDeferred(
            kind="care_costs",
            amount=Decimal("2776.00"),
            due_on=date(2024, 5, 6),
            period_from=date(2024, 4, 8),
            period_ending_before=date(2024, 5, 6),
            reference="DPA-2024/3",
            interest=Decimal("0.25"),
            owed=Decimal("2776.00"),
        ),
        DeferredPaymentRepaid(
            on=date(2024, 6, 30),
            amount=Decimal("2776.01"),
            reference="DPA-2024/3",
            interest=Decimal("13.80"),
            owed=Decimal("-0.01"),
        ),
        DeferredPaymentEnded(
            on=date(2024, 7, 1),
            reason="died",
            reference="DPA-2024/3",
            pay_by=date(2024, 9, 29),
            interest=Decimal("13.80"),
            owed=Decimal("0.00"),
        ),
        RepresentativeNamed(
            authority="lpa_property",
            permissions=("view_finance", "act"),
            effective_from=date(2024, 8, 1),
            ending_before=date(2026, 4, 1),
            evidence="scan:91",
        ),
        RepresentativeEnded(representative=CAUSE, ending_before=date(2026, 1, 1), reason_code="revoked"),
        ContactChosen(on=date(2026, 2, 1), channel="phone", print_size=18, formats=("audio", "bsl"), language="cy"),
        NoticeGiven(
            kind="something_missing",
            missing="financial_assessment",
            known_at=NOON + timedelta(microseconds=1),
            scheme="reform-2023",
            edition="0123456789abcdef",
            figures=CapProgress(
                on=date(2026, 2, 28),
                cap=Decimal("86000.00"),
                accrued_costs=Decimal("58500.00"),
                remaining=Decimal("27500.00"),
                percent="68.02",
                daily_living_costs=Decimal("15628.57"),
                weekly_rate=WeeklyRate(
                    base=Decimal("950.00"), daily_living_costs=Decimal("200.00"), metered=Decimal("750.00")
                ),
                metering="unassessed",
                cap_reached_on=None,
                expected_to_reach_cap_on=date(2027, 4, 1),
            ),
        ),
        AccountClosed(on=date(2025, 12, 31), reason="died"),
        StatementIssued(
            kind="annual",
            known_at=NOON + timedelta(microseconds=1),
            figures=StatementFigures(
                from_=date(2024, 4, 1),
                to=date(2025, 3, 31),
                version=7,
                scheme="reform-2023",
                edition="0123456789abcdef",
                provisions_in_force=False,
                previous_statement=PREVIOUS,
                opening=Decimal("19500.00"),
                counted=Decimal("39107.14"),
                adjustments=(Adjustment(amount=Decimal("-107.14"), causes=(CAUSE,)),),
                accrued_costs=Decimal("58500.00"),
                cap=Decimal("86000.00"),
                remaining=Decimal("27500.00"),
                percent="68.02",
                cost_of_meeting_needs=Decimal("49535.71"),
                daily_living_costs=Decimal("10428.57"),
                daily_living_costs_so_far=Decimal("15628.57"),
                metering="metering",
                weekly_rate=WeeklyRate(
                    base=Decimal("950.00"), daily_living_costs=Decimal("200.00"), metered=Decimal("750.00")
                ),
                cap_reached_on=None,
                expected_to_reach_cap_on=date(2025, 12, 12),
                lines=(
                    StatementLine(
                        from_=date(2024, 4, 1),
                        to=date(2025, 3, 31),
                        days=365,
                        metering="metering",
                        weekly_rate=None,
                        daily_living_costs=Decimal("10428.57"),
                        metered=Decimal("39107.14"),
                    ),
                ),
            ),
            digest="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            paper=None,
        ),
    )
}
"""One fact of each topic, with every field given that can be."""


def entry_of(fact: Fact) -> LedgerEntry:
    return LedgerEntry(ACCOUNT, 1, fact, NOON, "alice", "finance")


@pytest.mark.parametrize("topic", BY_TOPIC)
def test_todays_program_writes_the_bytes_that_were_always_written(topic: str) -> None:
    stored = EntryMapper().to_stored_event(entry_of(FACTS[topic]))
    assert (stored.topic, stored.state) == (topic, FILES[topic].read_bytes())


@pytest.mark.parametrize("topic", FILES)
def test_todays_program_reads_what_was_ever_written(topic: str) -> None:
    """By the file's name, so that a topic the program forgot is missed here."""
    mapper, entry = EntryMapper(), entry_of(FACTS[topic])
    stored = mapper.to_stored_event(entry)
    read = mapper.to_domain_event(type(stored)(**vars(stored) | {"topic": topic, "state": FILES[topic].read_bytes()}))
    assert read == entry


def test_every_topic_has_its_file_and_every_file_its_topic() -> None:
    """Of today, or with an upcaster that leads there: its file stays, and is read through it."""
    assert set(FILES) == set(BY_TOPIC) | set(UPCASTS) == set(FACTS)
    assert not set(BY_TOPIC) & set(UPCASTS)


def test_a_statement_is_stored_with_its_paper_where_one_was_set() -> None:
    paper = Paper(
        template="statement-1",
        engine="typst-0.15.2",
        digest="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        prints=(Print(points=14, sha256="0" * 64), Print(points=22, sha256="f" * 64)),
    )
    mapper, entry = EntryMapper(), entry_of(FACTS["statement-issued.1"].model_copy(update={"paper": paper}))
    stored = mapper.to_stored_event(entry)
    assert stored.state == WITH_PAPER.read_bytes()
    assert mapper.to_domain_event(stored) == entry


def test_a_dispute_is_stored_with_the_digest_of_its_paper_where_one_was_sent() -> None:
    raised = FACTS["dispute-raised.1"].model_copy(update={"attachment": "0123456789abcdef" * 4})
    mapper, entry = EntryMapper(), entry_of(raised)
    stored = mapper.to_stored_event(entry)
    assert stored.state == WITH_ATTACHMENT.read_bytes()
    assert mapper.to_domain_event(stored) == entry


@pytest.mark.parametrize("file", EARLIER, ids=lambda file: file.stem)
def test_a_fact_that_was_stored_without_a_later_field_is_read_and_says_the_same(file: Path) -> None:
    stored = EntryMapper().to_stored_event(entry_of(FACTS[file.stem]))
    then = type(stored)(**vars(stored) | {"state": file.read_bytes()})
    fact = EntryMapper().to_domain_event(then).fact
    assert within(json.loads(file.read_bytes()), fact.model_dump(mode="json", by_alias=True))


def within(part: Any, whole: Any) -> bool:
    """Whether all that is said in one is said in the other, which may say more."""
    if isinstance(part, dict):
        return all(name in whole and within(value, whole[name]) for name, value in part.items())
    if isinstance(part, list):
        return len(part) == len(whole) and all(map(within, part, whole))
    return bool(part == whole)


@pytest.mark.parametrize("topic", BY_TOPIC)
def test_every_field_is_given_so_that_each_ones_form_is_kept(topic: str) -> None:
    given = FACTS[topic].model_fields_set
    assert given == set(BY_TOPIC[topic].model_fields)


@pytest.mark.parametrize("topic", ["account-opened.2", "account_opened.1", "AccountOpened", ""])
def test_a_topic_of_another_program_is_said_to_be_unknown(topic: str) -> None:
    stored = EntryMapper().to_stored_event(entry_of(FACTS["account-opened.1"]))
    with pytest.raises(UnknownTopic, match="ask a newer one"):
        EntryMapper().to_domain_event(type(stored)(**vars(stored) | {"topic": topic}))
