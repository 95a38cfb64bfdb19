"""The worked example Mrs A (a self-funder in a care home from 2 October 2023), to the penny over HTTP."""

import pytest

from tests.api.caller import ApiCaller


@pytest.mark.parametrize(
    ("on", "accrued", "remaining", "metering"),
    [
        ("2023-10-01", "0.00", "86000.00", "closed"),
        ("2023-10-02", "107.14", "85892.86", "metering"),
        ("2024-03-31", "19500.00", "66500.00", "metering"),
        ("2025-12-11", "85928.57", "71.43", "metering"),
        ("2025-12-12", "86000.00", "0.00", "capped"),
        ("2026-11-22", "86000.00", "0.00", "capped"),
    ],
)
def test_cap_progress_is_right_on_any_day(
    mrs_a: str, finance: ApiCaller, on: str, accrued: str, remaining: str | None, metering: str
) -> None:
    progress = finance.get(f"{mrs_a}/cap-progress?on={on}").get_json()
    found = (progress["accrued_costs"], progress["remaining"], progress["metering"])
    assert found == (accrued, remaining, metering)


def test_the_eve_of_the_cap_is_answered_whole(mrs_a: str, finance: ApiCaller) -> None:
    answer = finance.get(f"{mrs_a}/cap-progress?on=2025-12-11")
    progress = answer.get_json()
    assert answer.headers["ETag"] == '"3"'
    assert progress.pop("account_id") in mrs_a
    assert progress.pop("known_at").startswith("2026-11-22T12:00:00")
    assert progress == {
        "version": 3,
        "on": "2025-12-11",
        "scheme": "reform-2023",
        "basis": {"scheme": "reform-2023", "in_force": False},
        "cap": "86000.00",
        "accrued_costs": "85928.57",
        "remaining": "71.43",
        "percent": "99.91",
        "daily_living_costs": "22914.29",
        "weekly_rate": {"base": "950.00", "daily_living_costs": "200.00", "metered": "750.00"},
        "metering": "metering",
        "cap_reached_on": None,
        "expected_to_reach_cap_on": "2025-12-12",
    }


def test_the_cap_is_reached_on_12_december_2025(mrs_a: str, finance: ApiCaller) -> None:
    progress = finance.get(f"{mrs_a}/cap-progress?on=2026-01-01").get_json()
    assert (progress["cap_reached_on"], progress["percent"]) == ("2025-12-12", "100.00")
    assert progress["weekly_rate"]["metered"] == "0.00"


@pytest.mark.parametrize(("to", "expected"), [("2024-07-01", "2025-12-12"), ("2024-05-01", None)])
def test_a_statement_names_the_day_of_the_cap_only_within_18_months(
    mrs_a: str, finance: ApiCaller, to: str, expected: str | None
) -> None:
    made = finance.post(f"{mrs_a}/statements", {"to": to, "kind": "annual"}).get_json()
    figures = finance.get(made["links"]["json"]).get_json()["figures"]
    assert figures["expected_to_reach_cap_on"] == expected


def test_nothing_accrues_under_the_law_in_force_and_the_answer_says_so(mrs_a: str, finance: ApiCaller) -> None:
    progress = finance.get(f"{mrs_a}/cap-progress?on=2025-12-11&scheme=national").get_json()
    assert progress["basis"] == {"scheme": "national", "in_force": False}
    found = [progress[field] for field in ("cap", "accrued_costs", "remaining", "percent", "metering")]
    assert found == [None, "0.00", None, None, "not_commenced"]


@pytest.mark.parametrize("by", ["posting", "day", "week", "four_weeks", "month"])
def test_ledger_lines_add_up_to_the_balance_however_they_are_divided(mrs_a: str, finance: ApiCaller, by: str) -> None:
    ledger = finance.get(f"{mrs_a}/ledger?from=2023-10-02&to=2025-12-31&by={by}&limit=1000").get_json()
    pennies = [int(line["metered"].replace(".", "")) for line in ledger["items"]]
    assert sum(pennies) == 86_000_00
    assert ledger["items"][-1]["balance"] == ledger["totals"]["balance"] == "86000.00"
    assert ledger["next"] is None


def test_the_first_week_of_the_ledger_holds_what_a_week_costs(mrs_a: str, finance: ApiCaller) -> None:
    ledger = finance.get(f"{mrs_a}/ledger?to=2023-10-15&by=week").get_json()
    assert ledger["items"][0] == {
        "from": "2023-10-02",
        "to": "2023-10-08",
        "base": "950.00",
        "daily_living_costs": "200.00",
        "metered": "750.00",
        "kind": "accrual",
        "cause": None,
        "posted": False,
        "balance": "750.00",
    }
