"""Does the day's work name everything that waits, and does each number lead to as many rows?"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from domain.account.facts import AdjustmentProposed, DisputeRaised, Fact, OpeningCarriedIn
from ledger.council import Council
from projections.cap_progress import Wanted, progress_list
from projections.worklists.found import waiting
from projections.worklists.matter import KINDS, Kind, Matter
from tests.conftest import NOON
from tests.integration.years import Years, a_seed
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.everything import Everything
from tests.pages.office import (
    FINANCE,
    Office,
    budget,
    charge,
    died,
    in_hospital,
    money_check,
    needs,
)
from tests.pages.reading import lines_of, read, words_of

TODAY = NOON.date()
ARRANGED: dict[str, Any] = {"kind": "personal", "setting": "own_home"}
AT = datetime(2026, 10, 1, 10, tzinfo=UTC)


def found(council: Council, on: date = TODAY, known_at: datetime | None = None) -> list[Matter]:
    return waiting(council, on, known_at or council.ledger.recorder.latest(NOON))


def kinds(council: Council, on: date = TODAY) -> list[Kind]:
    return [each.kind for each in found(council, on)]


def links(html: str) -> list[tuple[str, int]]:
    """Every number in a table that is a link: its address, and the number."""
    cells = re.findall(r'numeric"><a[^>]* href="([^"]*)">([0-9]+)<', html)
    return [(unescape(href), int(number)) for href, number in cells]


def rows_at(client: FlaskClient, href: str) -> int:
    answer = client.get(href)
    assert answer.status_code == 200, words_of(answer)
    return answer.get_data(as_text=True).count("cl-row-link")


def test_each_number_leads_to_the_list_that_has_as_many_rows(
    finance: FlaskClient, finance_of_everything: FlaskClient
) -> None:
    for client in (finance, finance_of_everything):
        numbers = links(client.get("/today").get_data(as_text=True))
        assert len(numbers) >= 4
        assert {href: rows_at(client, href) for href, _ in numbers} == dict(numbers)


def test_the_bands_of_age_add_up_to_all_of_a_kind(finance_of_everything: FlaskClient) -> None:
    html = finance_of_everything.get("/today").get_data(as_text=True)
    numbers = dict(links(html))
    for href in [href for href in numbers if href.startswith("/today/") and "age=" not in href]:
        assert numbers[href] == sum(number for other, number in numbers.items() if other.startswith(f"{href}?age="))


def test_who_reaches_the_cap_soon_is_counted_with_what_is_left(site_at: Callable[..., Flask], kept: Kept) -> None:
    site = site_at(datetime(2025, 11, 20, 12, tzinfo=UTC))
    words = read(signed_in_client(site, kept.council, "finance"), "/today")
    assert "Within 30 days 1 accounts within 30 days £2,321.43" in words  # 21 days at 750.00 a week, and 71.43
    assert "Within 90 days 1" in words


@pytest.mark.parametrize(
    ("lives", "kind"),
    [
        ((needs(),), "no_budget"),
        ((needs(), budget("400.00", **ARRANGED)), "unassessed"),
        ((budget("400.00", **ARRANGED),), "budget_without_needs"),
    ],
)
def test_what_an_account_lacks_is_named(council: Council, lives: tuple[object, ...], kind: Kind) -> None:
    office = Office(council)
    who = office.open("P-1", "Ada", "Ames", date(2026, 9, 1))
    for command in lives:
        office.record(who, command, AT)  # type: ignore[arg-type]
    (matter,) = [each for each in found(council) if each.kind in ("no_budget", "unassessed", "budget_without_needs")]
    assert (matter.kind, matter.since) == (kind, date(2026, 9, 1))


def test_a_charge_or_a_break_leaves_nothing_lacking(council: Council) -> None:
    office = Office(council)
    who = office.open("P-1", "Ada", "Ames", date(2026, 9, 1))
    office.record(who, needs(), AT)
    office.record(who, budget("400.00", **ARRANGED), AT)
    office.record(who, charge("INV-1", "400.00", date(2026, 10, 5), date(2026, 11, 2)), AT, FINANCE)
    assert "unassessed" not in kinds(council, date(2026, 11, 1))
    (after,) = [each for each in found(council, date(2026, 11, 3)) if each.kind == "unassessed"]
    assert after.since == date(2026, 11, 2)  # the day after the last that was charged
    office.record(who, in_hospital(date(2026, 11, 2), date(2026, 11, 9)), AT)
    assert "unassessed" not in kinds(council, date(2026, 11, 3))


def test_what_is_a_year_old_is_to_be_looked_at_again(council: Council) -> None:
    office = Office(council)
    who = office.open("P-1", "Ada", "Ames", date(2025, 10, 1))
    since = date(2025, 10, 1)
    for command in (needs(since), budget("400.00", since, **ARRANGED), money_check("60.00", since)):
        office.record(who, command, datetime(2025, 10, 2, 10, tzinfo=UTC))
    assert kinds(council, date(2026, 10, 1)) == []
    assert sorted(kinds(council, date(2026, 10, 2))) == ["assessment_review_overdue", "needs_review_overdue"]
    office.record(who, money_check("61.00", date(2026, 10, 1)), AT)
    office.record(who, needs(date(2026, 10, 1)).model_copy(update={"review_due": date(2026, 10, 20)}), AT)
    assert kinds(council, date(2026, 10, 20)) == []
    assert kinds(council, date(2026, 10, 21)) == ["needs_review_overdue"]


def test_what_is_recorded_for_days_after_a_death_is_named(council: Council) -> None:
    office = Office(council)
    who = office.mrs_a()
    office.record(who, charge("INV-1", "10.00", date(2026, 10, 1), date(2026, 10, 29)), AT, FINANCE)
    office.record(who, charge("INV-2", "10.00", date(2026, 9, 3), date(2026, 10, 1)), AT, FINANCE)
    office.record(who, died(date(2026, 9, 30)), AT, FINANCE)
    (matter,) = found(council)
    assert (matter.kind, matter.since) == ("recorded_after_death", date(2026, 10, 1))


def test_what_was_answered_approved_or_proved_waits_no_more(everything: Everything) -> None:
    told: dict[str, type[Fact]] = {
        "dispute_open": DisputeRaised,
        "adjustment_waiting": AdjustmentProposed,
        "opening_unproven": OpeningCarriedIn,
    }
    account = everything.council.ledger.account(everything.moved)
    now = found(everything.council)
    for kind, fact in told.items():
        waits = [each for each in now if each.kind == kind and each.account_id == everything.moved]
        assert len(waits) == len(account.of(fact)) - 1  # of each, one was settled
    before = found(everything.council, TODAY, datetime(2025, 9, 8, 12, tzinfo=UTC))
    assert {each.amount for each in before if each.kind == "adjustment_waiting"} == {-25}


def test_the_lists_agree_with_what_the_ledger_says_of_each_account(new_council: Callable[..., Council]) -> None:
    """In years in which everything happens, in any order."""
    council, seed = new_council(), a_seed()
    list(Years(seed).pass_over(council))
    latest = council.ledger.recorder.latest(NOON)
    for on in (date(2024, 1, 15), date(2025, 6, 30), date(2026, 11, 22)):
        listed = progress_list(council, Wanted(on, latest, limit=None)).items
        capped = {item.account_id for item in listed if item.metering == "capped"}  # lacks a budget all the same
        for kind in ("no_budget", "unassessed"):
            by_the_ledger = {item.account_id for item in listed if item.metering == kind}
            by_the_list = {str(each.account_id) for each in found(council, on) if each.kind == kind}
            assert by_the_list - capped == by_the_ledger, (seed, on, kind)


def test_in_a_council_where_nothing_waits_the_page_says_so(site: Flask, council: Council) -> None:
    words = read(signed_in_client(site, council, "finance"), "/today")
    assert "Nothing waits for anybody." in words
    assert "General ledger Not connected There is nothing yet to compare these figures with" in words
    assert "Posting No period is due" in words


def test_a_list_says_which_moment_it_shows_and_can_be_asked_for_another(finance_of_everything: FlaskClient) -> None:
    words = read(finance_of_everything, "/today/adjustment_waiting?on=2025-09-08&known_at=2025-09-08")
    assert "as known on 8 September 2025" in words
    assert "-£25.00" in words
    assert "Go to now" in words
    assert "Enter a day with its month" in read(finance_of_everything, "/today/unassessed?on=x", 422)
    assert finance_of_everything.get("/today/nothing").status_code == 404


def test_every_kind_has_its_list_and_words(finance: FlaskClient) -> None:
    for kind in KINDS:
        html = finance.get(f"/today/{kind}").get_data(as_text=True)
        assert "Back to today" in lines_of(html)


def test_the_last_of_the_days_asked_for_is_one_of_them(finance: FlaskClient) -> None:
    """Mrs A reaches the cap on 12 December 2025."""
    assert "1 of 4 accounts" in read(finance, "/accounts?on=2025-11-12&reaching=30")
    assert "0 of 4 accounts" in read(finance, "/accounts?on=2025-11-12&reaching=29")
