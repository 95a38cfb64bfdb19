"""Does an auditor see in what two moments differ, and which entries make it so?"""

from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.pages.words import pounds
from tests.api.caller import ApiCaller
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.everything import Everything
from tests.pages.reading import read

BEFORE = "known_at-day=18&known_at-month=2&known_at-year=2026&on=2026-02-15"
AFTER = "other_known_at-day=21&other_known_at-month=2&other_known_at-year=2026&other_on=2026-02-15"


def test_two_moments_of_one_day_differ_by_what_was_learned_between(auditor: FlaskClient, kept: Kept) -> None:
    words = read(auditor, f"/audit/accounts/{kept.mr_b}/compare?{BEFORE}&{AFTER}")
    assert "Accrued costs £42,700.00 £43,975.00 £1,275.00" in words
    assert "Remaining £43,300.00 £42,025.00 -£1,275.00" in words
    # 900.00 a week instead of 350.00, then 945.00 instead of 900.00, for 15 days
    assert "£1,178.57 £0.00" in words
    assert "£96.43 £0.00" in words
    assert "Recorded 20 February 2026 at 2:03:21pm by p.shah." in words
    assert "Concerns 1 February 2026 to 15 February 2026." in words
    assert "Together £1,275.00 £0.00" in words
    html = auditor.get(f"/audit/accounts/{kept.mr_b}/compare?{BEFORE}&{AFTER}").get_data(as_text=True)
    assert "Figure 15 February 2026, as known on 18 February 2026 at 11:59:59pm 15 February 2026, as known on" in words
    assert f'href="/audit/accounts/{kept.mr_b}#entry-7"' in html
    assert f'href="/audit/accounts/{kept.mr_b}#entry-8"' in html


def test_a_past_moment_among_them_is_told_by_the_banner(auditor: FlaskClient, kept: Kept) -> None:
    past = "You are looking at the past This page shows what the council knew on 18 February 2026"
    path = f"/audit/accounts/{kept.mr_b}/compare"
    assert past in read(auditor, f"{path}?{BEFORE}")
    assert past in read(auditor, f"{path}?{BEFORE}&{AFTER}")
    assert "You are looking at the past" not in read(auditor, path)


def test_where_nothing_differs_the_page_says_so(auditor: FlaskClient, kept: Kept) -> None:
    words = read(auditor, f"/audit/accounts/{kept.mr_b}/compare")
    assert "Nothing differs between" in words
    assert "Together" not in words


def test_the_days_between_two_days_are_causes_of_their_own(auditor: FlaskClient, kept: Kept) -> None:
    words = read(auditor, f"/audit/accounts/{kept.mrs_a}/compare?on=2025-12-11&other_on=2025-12-12")
    assert "12 December 2025: you reached the cap, so only the rest counts. Rests on entry 3" in words
    assert "Cap reached on none 12 December 2025" in words
    assert "Together £71.43 £28.57" in words


@pytest.mark.parametrize("who", ["hourly", "late", "moved", "dead"])
@pytest.mark.parametrize(("first", "second"), [(3, 9), (9, 4), (5, 5)])
def test_the_page_tells_the_causes_that_the_api_tells(
    site: Flask, everything: Everything, who: str, first: int, second: int
) -> None:
    account = getattr(everything, who)
    entries = everything.council.ledger.account(account).entries
    one, other = (entries[min(version, len(entries)) - 1] for version in (first, second))
    known = [entry.recorded_at.isoformat().replace("+00:00", "Z") for entry in (one, other)]
    api = ApiCaller(site, everything.council.code, "auditor")
    asked = f"on=2025-09-20&other_on=2025-12-31&known_at={known[0]}&other_known_at={known[1]}"
    found = api.get(f"/v1/care-accounts/{account}/comparison?{asked}").get_json()
    auditor = signed_in_client(site, everything.council, "auditor")
    shown = f"version={found['one']['version']}&other_version={found['other']['version']}"
    words = read(auditor, f"/audit/accounts/{account}/compare?on=2025-09-20&other_on=2025-12-31&{shown}")
    assert found["causes"] or first == second
    for cause in found["causes"]:
        assert f"{pounds(cause['amount'])} {pounds(cause['daily_living_costs'])}" in words
        assert cause["kind"] == "learned" or cause["words"] in words
    difference = found["difference"]
    total = f"Together {pounds(difference['accrued_costs'])} {pounds(difference['daily_living_costs'])}"
    assert (total in words) == bool(found["causes"])
    assert sum(Decimal(cause["amount"]) for cause in found["causes"]) == Decimal(difference["accrued_costs"])


@pytest.mark.parametrize(
    ("asked", "mended"),
    [
        ("other_on=never", "Enter a day with its month and year"),
        ("other_version=0", "Enter a whole number from 1 to 9"),
        ("other_time=10:00", "Enter the day as well as the time"),
        (
            "other_known_at-day=1&other_known_at-month=1&other_known_at-year=2030",
            "Nobody knows yet what will be known then",
        ),
        ("known_at-day=1&known_at-month=1&known_at-year=2020", "Nothing was recorded of this account by then"),
    ],
)
def test_what_was_typed_wrong_is_mended(auditor: FlaskClient, kept: Kept, asked: str, mended: str) -> None:
    assert mended in read(auditor, f"/audit/accounts/{kept.mr_b}/compare?{asked}", 422)


def test_the_way_to_compare_stands_on_the_account_s_page(auditor: FlaskClient, kept: Kept) -> None:
    path = f"/audit/accounts/{kept.mr_b}"
    html = auditor.get(f"{path}?version=6").get_data(as_text=True)
    assert f'href="{path}/compare?version=6&amp;on=2026-02-16"' in html
    assert f'href="{path}/explanation?version=6&amp;on=2026-02-16"' in html
    words = read(auditor, f"{path}/compare?version=6&on=2026-02-16")
    assert "16 February 2026" in words
