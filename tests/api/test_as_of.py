"""Whether a read can be asked for any day, as known at any past moment, and says what it rests on."""

from datetime import datetime, timedelta

import pytest

from tests.api.caller import ApiCaller
from tests.api.conftest import BREAK, CLOSURE

READS = ("", "/cap-progress", "/ledger", "/history", "/statements", "/disputes")


@pytest.fixture
def told_in_turn(mrs_a: str, finance: ApiCaller) -> list[str]:
    """Mrs A's account with a break, a statement and a closure recorded late: the instants of its six entries."""
    finance.post(f"{mrs_a}/breaks", BREAK)
    finance.post(f"{mrs_a}/statements", {"to": "2024-06-30", "kind": "annual"})
    finance.post(f"{mrs_a}/closures", CLOSURE | {"on": "2024-09-30"})
    return [entry["recorded_at"] for entry in finance.get(f"{mrs_a}/history").get_json()["items"]]


@pytest.mark.parametrize("read", READS)
def test_an_answer_rests_on_what_was_recorded_by_then(
    read: str, mrs_a: str, told_in_turn: list[str], finance: ApiCaller
) -> None:
    for version, instant in enumerate(told_in_turn, start=1):
        answer = finance.get(f"{mrs_a}{read}?known_at={instant}").get_json()
        assert (answer["version"], answer["known_at"]) == (version, instant)


@pytest.mark.parametrize("read", READS)
def test_before_the_account_was_opened_it_is_not_there(
    read: str, mrs_a: str, told_in_turn: list[str], finance: ApiCaller
) -> None:
    eve = datetime.fromisoformat(told_in_turn[0]) - timedelta(microseconds=1)
    answer = finance.get(f"{mrs_a}{read}?known_at={eve.isoformat().replace('+00:00', 'Z')}")
    assert (answer.status_code, answer.get_json()["detail"]) == (404, "There is no such account.")


@pytest.mark.parametrize("read", READS)
def test_asking_twice_as_known_at_a_moment_gives_the_same_bytes_whatever_is_recorded_meanwhile(
    read: str, mrs_a: str, told_in_turn: list[str], finance: ApiCaller
) -> None:
    path = f"{mrs_a}{read}?known_at={told_in_turn[3]}"
    first = finance.get(path)
    finance.post(f"{mrs_a}/breaks", {"from": "2023-11-01", "ending_before": "2023-12-01", "reason": "away"})
    second = finance.get(path)
    assert (first.data, first.headers["ETag"]) == (second.data, second.headers["ETag"])


def test_a_figure_is_what_was_known_then_about_that_day(
    mrs_a: str, told_in_turn: list[str], finance: ApiCaller
) -> None:
    asked = f"{mrs_a}/cap-progress?on=2024-12-31&known_at="
    found = [finance.get(f"{asked}{instant}").get_json() for instant in told_in_turn]
    accrued = [(answer["accrued_costs"], answer["metering"]) for answer in found]
    # 457 days at 750.00 a week; less a week in hospital; and after the death on 30 September, 365 days less that week
    assert accrued == [
        ("0.00", "not_eligible"),
        ("0.00", "no_budget"),
        ("48964.29", "metering"),
        ("48214.29", "metering"),
        ("48214.29", "metering"),
        ("38357.14", "closed"),
    ]


def test_asking_as_known_when_a_statement_was_issued_gives_its_figures(
    mrs_a: str, told_in_turn: list[str], finance: ApiCaller
) -> None:
    (listed,) = finance.get(f"{mrs_a}/statements").get_json()["items"]
    statement = finance.get(f"{mrs_a}/statements/{listed['statement_id']}").get_json()
    for moment in (statement["issued_at"], statement["known_at"]):
        asked = f"{mrs_a}/cap-progress?on={statement['to']}&known_at={moment}"
        progress = finance.get(asked).get_json()
        for figure in ("accrued_costs", "cap", "remaining", "percent", "metering", "weekly_rate"):
            assert progress[figure] == statement["figures"][figure]


def test_the_account_shows_what_is_in_force_on_the_day_asked_for(
    mrs_a: str, told_in_turn: list[str], finance: ApiCaller
) -> None:
    inside = finance.get(f"{mrs_a}?on=2024-01-07").get_json()
    outside = finance.get(f"{mrs_a}?on=2024-01-08").get_json()
    before = finance.get(f"{mrs_a}?on=2023-10-01").get_json()
    assert inside["in_force"]["break"]["data"] == BREAK
    assert outside["in_force"]["break"] is None
    assert outside["in_force"]["budget"]["data"]["weekly_cost"] == "950.00"
    assert before["in_force"].pop("charges") == []
    assert before["in_force"] == {"needs_assessment": None, "budget": None, "financial_assessment": None, "break": None}
    assert (inside["on"], inside["cap_progress"]["on"]) == ("2024-01-07", "2024-01-07")


@pytest.mark.parametrize(
    ("on", "status", "metering"),
    [("2024-09-29", "open", "metering"), ("2024-09-30", "closed", "metering"), ("2024-10-01", "closed", "closed")],
)
def test_an_account_is_closed_from_its_last_day_on_and_that_day_still_counts(
    on: str, status: str, metering: str, mrs_a: str, told_in_turn: list[str], finance: ApiCaller
) -> None:
    account = finance.get(f"{mrs_a}?on={on}").get_json()
    assert (account["status"], account["cap_progress"]["metering"]) == (status, metering)


def test_as_known_before_the_closure_the_account_was_open(
    mrs_a: str, told_in_turn: list[str], finance: ApiCaller
) -> None:
    assert finance.get(mrs_a).get_json()["status"] == "closed"
    assert finance.get(f"{mrs_a}?known_at={told_in_turn[4]}").get_json()["status"] == "open"


def test_an_instant_may_be_written_in_any_offset_and_is_answered_in_utc(
    mrs_a: str, told_in_turn: list[str], finance: ApiCaller
) -> None:
    instant = datetime.fromisoformat(told_in_turn[3])
    elsewhere = (instant + timedelta(hours=5, minutes=30)).isoformat().replace("+00:00", "%2B05:30")
    answer = finance.get(f"{mrs_a}/cap-progress?known_at={elsewhere}").get_json()
    assert (answer["version"], answer["known_at"]) == (4, told_in_turn[3])


def test_the_present_moment_is_no_future(mrs_a: str, finance: ApiCaller) -> None:
    now = finance.get(f"{mrs_a}/cap-progress").get_json()["known_at"]
    assert finance.get(f"{mrs_a}/cap-progress?known_at={now}").status_code == 200
    later = datetime.fromisoformat(now) + timedelta(seconds=1)
    answer = finance.get(f"{mrs_a}/cap-progress?known_at={later.isoformat().replace('+00:00', 'Z')}")
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/known_at")


def test_every_answer_with_a_cap_figure_says_that_the_provisions_are_not_in_force(
    mrs_a: str, told_in_turn: list[str], finance: ApiCaller
) -> None:
    statement = finance.get(f"{mrs_a}/statements").get_json()["items"][0]["statement_id"]
    reads = [f"{mrs_a}{read}" for read in ("", "/cap-progress", "/ledger", f"/statements/{statement}")]
    for read in (*reads, "/v1/cap-progress"):
        assert finance.get(read).get_json()["basis"] == {"scheme": "reform-2023", "in_force": False}
