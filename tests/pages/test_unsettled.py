"""Do the pages of an account say what is carried in, charged, disputed and waiting, and which lines were posted?"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from domain.account.accrual import accrue
from domain.account.lines import lines
from tests.pages.conftest import signed_in_client
from tests.pages.everything import Everything
from tests.pages.reading import read, words_of


@pytest.fixture
def grace(site: Flask, everything: Everything) -> FlaskClient:
    """The browser of the person who moved in."""
    return signed_in_client(site, everything.council, "citizen", everything.moved)


@pytest.mark.parametrize(
    "said",
    [
        "Carried in at the start of 1 April 2025 £12,345.67 accrued. Inherited, evidenced Evidence bundle-7, seen on",
        "Carried in at the start of 2 April 2025 £12,400.00 accrued. Inherited, unproven Entry 3",
        "Dispute raised on 16 November 2026 Open To be answered by 16 May 2027. Entry 27",
        "Dispute raised on 23 September 2025 Answered: partly upheld on 6 October 2025.",
        "Adjustment on 30 September 2025 £40.00, asked for by alice. Waits for a second person Entry 24",
        "Charges Charge raised. £416.00 for 2 November 2026 to 29 November 2026, reference INV-9. Entry 26",
    ],
)
def test_staff_see_what_is_not_settled(finance_of_everything: FlaskClient, everything: Everything, said: str) -> None:
    assert said in read(finance_of_everything, f"/accounts/{everything.moved}")


def test_what_was_not_settled_then_is_shown_as_it_was(
    finance_of_everything: FlaskClient, everything: Everything
) -> None:
    then = read(finance_of_everything, f"/accounts/{everything.moved}?known_at=2025-09-10")
    assert "£12,345.67 accrued. Inherited, unproven" in then
    assert "Dispute" not in then


def test_a_dispute_that_is_not_answered_in_time_is_overdue(
    finance_of_everything: FlaskClient, everything: Everything
) -> None:
    words = read(finance_of_everything, f"/accounts/{everything.moved}?on=2027-05-17")
    assert "Dispute raised on 16 November 2026 Overdue To be answered by 16 May 2027." in words
    assert "Overdue" not in read(finance_of_everything, f"/accounts/{everything.moved}?on=2027-05-16")


def test_an_account_with_nothing_unsettled_says_nothing_of_it(
    finance_of_everything: FlaskClient, everything: Everything
) -> None:
    assert "Carried in, disputed, waiting" not in read(finance_of_everything, f"/accounts/{everything.hourly}")


@pytest.mark.parametrize(
    "said",
    [
        "Counted by another council before 1 April 2025 £12,345.67 We have seen proof of this figure.",
        "Counted before 2 April 2025 £12,400.00 We have not checked this figure yet.",
        "What we charge you now £416.00 For 2 November 2026 to 29 November 2026.",
        "On 16 November 2026 you asked us about a charge of £416.00 for 1 July 2025 to 28 July 2025. "
        "We will answer by 16 May 2027.",
        "On 23 September 2025 you asked us about the days 1 July 2025 to 28 July 2025. You said: I was in hospital. "
        "We answered on 6 October 2025. We agreed with part of it. We said: You were, for ten days.",
    ],
)
def test_the_person_sees_what_is_not_settled_and_by_when_we_answer(grace: FlaskClient, said: str) -> None:
    assert said in read(grace, "/account")


def test_a_person_whose_question_we_forgot_is_told_that_we_are_sorry(
    site_at: Callable[[datetime], Flask], everything: Everything
) -> None:
    late = site_at(datetime(2027, 5, 17, 9, tzinfo=UTC))
    words = read(signed_in_client(late, everything.council, "citizen", everything.moved), "/account")
    assert "We should have answered by 16 May 2027. We are sorry. Phone us, so that we can put this right." in words


def test_the_month_of_an_opening_is_one_month_of_the_chart(
    site_at: Callable[[datetime], Flask], everything: Everything
) -> None:
    spring = site_at(datetime(2025, 6, 2, 9, tzinfo=UTC))
    html = (
        signed_in_client(spring, everything.council, "citizen", everything.moved).get("/account").get_data(as_text=True)
    )
    months = html.partition('id="months"')[2].partition("</table>")[0]
    assert re.findall(r'scope="row"[^>]*>([^<]+)<', months) == ["April 2025", "May 2025", "June 2025"]


def test_posted_lines_and_what_is_not_posted_yet_are_told_apart_and_add_up(
    finance_of_everything: FlaskClient, everything: Everything
) -> None:
    html = finance_of_everything.get(f"/accounts/{everything.late}/costs?by=posting").get_data(as_text=True)
    words = words_of(html)
    assert "1 December 2025 to 28 January 2026 Posted £7,585.71 £1,685.71 £0.00 £5,900.00 £5,900.00" in words
    assert "29 January 2026 to 25 February 2026 Posted £3,600.00 £800.00 £0.00 £2,800.00 £8,700.00" in words
    assert (
        "1 February 2026 to 25 February 2026 Adjustment: Independent personal budget set, entry 7 Posted "
        "£160.72 £0.00 £160.71 £8,860.71"
    ) in words
    assert "26 March 2026 to 22 November 2026 Not posted yet" in words
    assert "All 5 lines £47,796.43 £10,200.00 -£0.01 £37,596.43 £37,596.43" in words
    assert f'href="/accounts/{everything.late}/entries#entry-7">entry 7</a>' in html


def test_before_it_is_posted_an_adjustment_is_shown_as_not_posted_yet(
    finance_of_everything: FlaskClient, everything: Everything
) -> None:
    path = f"/accounts/{everything.late}/costs?by=posting&to=2026-03-10&known_at=2026-03-10"
    words = read(finance_of_everything, path)
    assert "Adjustment: Independent personal budget set, entry 7 Not posted yet £160.72 £0.00 £160.71" in words


def test_each_stroke_stands_on_its_own_line_with_its_cause(
    finance_of_everything: FlaskClient, everything: Everything
) -> None:
    words = read(finance_of_everything, f"/accounts/{everything.moved}/costs")
    assert "£0.00 1 April 2025 Opening carried in, entry 2 £0.00 £0.00 £12,345.67 £12,345.67" in words
    assert "£14,597.71 10 September 2025 Manual adjustment, entry 16 £0.00 £0.00 -£25.00" in words
    amounts = re.search(r"The balance before, £([\d,.]+), and what was counted, £([\d,.]+), make £([\d,.]+)\.", words)
    assert amounts
    before, counted, balance = (Decimal(amount.replace(",", "")) for amount in amounts.groups())
    accrual = accrue(everything.council.ledger.account(everything.moved), everything.council.scheme, date(2026, 11, 22))
    found = list(lines(accrual, date(2025, 4, 1), date(2026, 11, 22), "month"))
    assert (before, counted) == (Decimal("0.00"), sum(line.metered for line in found))
    assert balance == accrual.balance(date(2026, 11, 22))
