"""Does a statement say everything it has to, and the same for ever?"""

import hashlib
import re
from base64 import b64encode
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.letters.forms import page_of
from api.pages.paper import face_of
from api.pages.statement import statement_of
from domain.account.facts import StatementIssued
from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.pages.conftest import Kept
from tests.pages.office import BEGAN, Office, budget, money_check, needs
from tests.pages.reading import read, words_of


def statement(council: Council, account_id: UUID, statement_id: UUID) -> str:
    account = council.ledger.account(account_id)
    entry = next(entry for entry in account.entries if entry.id == statement_id)
    document = statement_of(council, account, entry, council.people.of([account_id]).get(account_id))
    return page_of(face_of(council), document)


def test_mrs_a_s_statement_on_the_eve_of_the_cap_is_right_to_the_penny(kept: Kept) -> None:
    words = words_of(statement(kept.council, kept.mrs_a, kept.statement_a))
    for said in (
        "Ada Ames 1 High Street Example Town EX1 1AB Reference CA-",
        "Example Council",
        "Phone 01632 960 000 15 December 2025",
        "From 2 October 2023 to 11 December 2025 Your care account statement",
        "£85,928.57 of your care costs count towards the cap so far. You have £71.43 left to reach it.",
        "99% of the cap reached The cap: £86,000.00",
        "When your account began, 2 October 2023 £0.00",
        "2 October 2023 to 11 December 2025 114 weeks and 4 days at £750.00 a week £85,928.57",
        "Counted up to 11 December 2025 £85,928.57",
        "What counts each week £750.00",
        "What your care would have cost us in this time £108,842.86",
        "Living costs that did not count in this time £22,914.29",
        "When you may reach the cap 12 December 2025",
        "Your care costs £950.00 a week. Of this, £200.00 a week stands for living costs.",
        "what your care would have cost us, because you arranged it yourself",
        "Ask within 12 months of the day you first knew about the problem.",
        "Local Government and Social Care Ombudsman",
        "As known on 15 December 2025 at 11:00am. Statement 1, made on 15 December 2025. Check code ",
        "Get help",
    ):
        assert said in words


def test_the_check_code_is_the_start_of_the_digest(kept: Kept) -> None:
    account = kept.council.ledger.account(kept.mrs_a)
    ((_, issued),) = account.of(StatementIssued)
    code = re.search(r"Check code ([0-9A-F]{4})-([0-9A-F]{4})\.", words_of(statement(kept.council, *_ids(kept))))
    assert code
    assert issued.digest.startswith((code[1] + code[2]).lower())


def _ids(kept: Kept) -> tuple[UUID, UUID]:
    return kept.mrs_a, kept.statement_a


def test_each_correction_names_what_was_recorded_late_and_the_table_adds_up(kept: Kept) -> None:
    words = words_of(statement(kept.council, kept.mr_b, kept.second_b))
    table = words.partition("What changed since your last statement")[2].partition("Your figures")[0]
    shown = re.findall(r"£([\d,]+\.\d\d)(?= Counted| Correction| \d|$)", table.strip())
    amounts = [Decimal(amount.replace(",", "")) for amount in shown]
    assert sum(amounts[:-1]) == amounts[-1] == Decimal("49915.00")
    assert amounts[2] + amounts[3] == Decimal("1275.00")  # 15 days at 595.00 more a week
    assert (
        "Correction On 20 February 2026 we worked out that you pay £945.00 a week from 1 February 2026, not £350.00. "
        "So we added £1,178.57 to the total for 1 February 2026 to 15 February 2026. £1,178.57"
    ) in table
    assert (
        "Correction On 20 February 2026 we learned that your care cost £945.00 a week from 1 February 2026, "
        "not £900.00. So we added £96.43 to the total for 1 February 2026 to 15 February 2026. £96.43"
    ) in table
    assert "what we charged you for your care" in words
    assert "Statement 2, made on 2 April 2026" in words


def test_a_stay_in_hospital_stands_in_the_table_with_its_reason(kept: Kept) -> None:
    words = words_of(statement(kept.council, kept.mr_b, kept.first_b))
    assert "1 June 2025 to 14 June 2025 2 weeks: nothing, as your care had stopped for a while £0.00" in words


@pytest.mark.parametrize(("to", "said"), [(date(2024, 7, 1), True), (date(2024, 5, 1), False)])
def test_the_day_of_the_cap_is_named_only_within_18_months(council: Council, to: date, said: bool) -> None:
    office = Office(council)
    account = office.mrs_a()
    made = office.statement(account, to, datetime(2024, 8, 1, tzinfo=UTC))
    words = words_of(statement(council, account, made))
    assert ("When you may reach the cap 12 December 2025" in words) is said


def test_the_same_statement_is_the_same_bytes_whatever_is_recorded_later(council: Council) -> None:
    office = Office(council)
    account = office.mrs_a()
    made = office.statement(account, date(2024, 3, 31), datetime(2024, 4, 2, 9, tzinfo=UTC))
    before = statement(council, account, made)
    later = datetime(2024, 6, 1, 9, tzinfo=UTC)
    office.record(account, budget("700.00", kind="personal"), later)
    office.record(account, money_check("100.00"), later)
    office.statement(account, date(2024, 5, 31), later)
    assert statement(council, account, made) == before
    assert "£19,500.00 of your care costs count" in words_of(before)


def test_care_arranged_first_by_the_person_and_then_by_us_is_told_apart(council: Council) -> None:
    office = Office(council)
    account, at = office.mrs_a(), datetime(2024, 6, 1, 9, tzinfo=UTC)
    office.record(account, budget("950.00", date(2024, 4, 1), kind="personal"), at)
    office.record(account, money_check("500.00", date(2024, 4, 1)), at)
    words = words_of(statement(council, account, office.statement(account, date(2024, 5, 31), at)))
    assert "what we charged you for your care, when we arranged it" in words
    assert "what your care would have cost us, when you arranged it yourself" in words
    assert "Your care costs in this time" in words


def test_before_a_budget_a_statement_says_that_nothing_counts_yet(council: Council) -> None:
    office = Office(council)
    account, at = office.open("P-1", "Ada", "Ames"), datetime(2023, 11, 1, 9, tzinfo=UTC)
    office.record(account, needs(BEGAN), at)
    words = words_of(statement(council, account, office.statement(account, date(2023, 10, 31), at)))
    assert "nothing yet, because we have not agreed what your care should cost" in words
    assert "We cannot count costs yet, because we have not agreed what your care should cost." in words


def test_the_page_says_the_same_words_as_the_statement_that_stands_by_itself(mrs_a: FlaskClient, kept: Kept) -> None:
    alone = words_of(statement(kept.council, *_ids(kept)))
    body = alone.partition("Ada Ames")[2].partition("Get help")[0].strip()
    assert body in read(mrs_a, f"/account/statements/{kept.statement_a}")


def test_the_api_answers_the_same_bytes_under_a_policy_that_lets_only_its_own_style_in(site: Flask, kept: Kept) -> None:
    finance = ApiCaller(site, kept.council.code, "finance")
    answer = finance.get(f"/v1/care-accounts/{kept.mrs_a}/statements/{kept.statement_a}", Accept="text/html")
    html = answer.get_data(as_text=True)
    assert html == statement(kept.council, *_ids(kept))
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script|<link|src=|\sstyle=|url\((?!#)", html)


def test_an_auditor_s_statement_stands_under_the_reference_alone(site: Flask, kept: Kept) -> None:
    auditor = ApiCaller(site, kept.council.code, "auditor")
    answer = auditor.get(f"/v1/care-accounts/{kept.mrs_a}/statements/{kept.statement_a}", Accept="text/html")
    words = words_of(answer)
    assert "£85,928.57" in words
    assert "Ames" not in words
    assert "High Street" not in words
