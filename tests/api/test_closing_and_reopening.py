"""Whether an account that was closed, rightly or wrongly, shows on every day whether it is kept."""

import pytest

from tests.api.caller import ApiCaller
from tests.api.conftest import id_of

DEATH = {"on": "2024-03-31", "reason": "died"}
RETURN = {"on": "2024-05-27", "reason_code": "reported-in-error"}


@pytest.fixture
def reported_dead(mrs_a: str, finance: ApiCaller) -> str:
    """Mrs A's account, closed for her death on 31 March 2024: the entry of the closure."""
    entry: str = finance.post(f"{mrs_a}/closures", DEATH).get_json()["entry_id"]
    return entry


def on(day: str, account: str, finance: ApiCaller) -> tuple[str, str, str]:
    found = finance.get(f"{account}?on={day}").get_json()
    return found["status"], found["cap_progress"]["metering"], found["cap_progress"]["accrued_costs"]


def test_a_death_reported_wrongly_is_corrected_and_every_day_counts_again(
    mrs_a: str, reported_dead: str, finance: ApiCaller
) -> None:
    assert on("2024-06-30", mrs_a, finance) == ("closed", "closed", "19500.00")
    finance.post(f"{mrs_a}/corrections", {"entry_id": reported_dead, "reason_code": "alive"})
    assert on("2024-06-30", mrs_a, finance) == ("open", "metering", "29250.00")


def test_an_account_that_is_opened_again_counts_from_that_day_and_the_days_between_stay_closed(
    mrs_a: str, reported_dead: str, finance: ApiCaller
) -> None:
    finance.post(f"{mrs_a}/reopenings", RETURN)
    assert on("2024-03-30", mrs_a, finance) == ("open", "metering", "19392.86")
    assert on("2024-03-31", mrs_a, finance) == ("closed", "metering", "19500.00")
    assert on("2024-05-26", mrs_a, finance) == ("closed", "closed", "19500.00")
    assert on("2024-05-27", mrs_a, finance) == ("open", "metering", "19607.14")
    assert on("2024-06-30", mrs_a, finance) == ("open", "metering", "23250.00")  # five weeks more


def test_what_was_known_while_the_death_was_believed_can_still_be_asked(
    mrs_a: str, reported_dead: str, finance: ApiCaller
) -> None:
    finance.post(f"{mrs_a}/reopenings", RETURN)
    believed = finance.get(f"{mrs_a}/history").get_json()["items"][3]["recorded_at"]
    assert finance.get(f"{mrs_a}?on=2024-06-30&known_at={believed}").get_json()["status"] == "closed"


def test_a_closure_that_is_corrected_after_a_reopening_leaves_no_day_closed(
    mrs_a: str, reported_dead: str, finance: ApiCaller
) -> None:
    finance.post(f"{mrs_a}/reopenings", RETURN)
    finance.post(f"{mrs_a}/corrections", {"entry_id": reported_dead, "reason_code": "alive"})
    assert on("2024-05-01", mrs_a, finance)[:2] == ("open", "metering")


def test_a_reopening_that_was_wrong_is_corrected_and_the_account_is_closed_again(
    mrs_a: str, reported_dead: str, finance: ApiCaller
) -> None:
    entry = finance.post(f"{mrs_a}/reopenings", RETURN).get_json()["entry_id"]
    finance.post(f"{mrs_a}/corrections", {"entry_id": entry, "reason_code": "another-person"})
    assert on("2024-06-30", mrs_a, finance) == ("closed", "closed", "19500.00")


def test_an_account_can_be_closed_again_after_it_was_reopened(
    mrs_a: str, reported_dead: str, finance: ApiCaller
) -> None:
    finance.post(f"{mrs_a}/reopenings", RETURN)
    assert finance.post(f"{mrs_a}/closures", DEATH | {"on": "2024-06-30"}).status_code == 201
    days = ("2024-05-01", "2024-06-01", "2024-07-01")
    assert [on(day, mrs_a, finance)[0] for day in days] == ["closed", "open", "closed"]


def test_a_death_on_another_day_replaces_the_one_that_was_recorded(
    mrs_a: str, reported_dead: str, finance: ApiCaller
) -> None:
    body = {"entry_id": reported_dead, "reason_code": "certificate", "replacement": DEATH | {"on": "2024-03-24"}}
    finance.post(f"{mrs_a}/corrections", body)
    assert on("2024-06-30", mrs_a, finance) == ("closed", "closed", "18750.00")


@pytest.mark.parametrize("day", ["2024-03-31", "2024-01-01"])
def test_a_day_on_which_the_account_was_still_open_cannot_open_it_again(
    day: str, mrs_a: str, reported_dead: str, finance: ApiCaller
) -> None:
    answer = finance.post(f"{mrs_a}/reopenings", RETURN | {"on": day})
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/reopens-before-it-closed")


def test_an_open_account_cannot_be_opened_again(mrs_a: str, finance: ApiCaller) -> None:
    answer = finance.post(f"{mrs_a}/reopenings", RETURN)
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/not-closed")


@pytest.mark.parametrize("reason", ["died", "moved", "no_eligible_needs", "entered_in_error"])
def test_an_account_is_closed_for_one_of_four_reasons(reason: str, mrs_a: str, finance: ApiCaller) -> None:
    assert finance.post(f"{mrs_a}/closures", DEATH | {"reason": reason}).status_code == 201
    assert finance.get(f"{mrs_a}/history").get_json()["items"][-1]["reason_code"] == reason


def test_what_happened_after_the_last_day_cannot_be_recorded_and_what_happened_before_it_can(
    mrs_a: str, reported_dead: str, finance: ApiCaller
) -> None:
    away = {"ending_before": "2024-05-01", "reason": "hospital"}
    late = finance.post(f"{mrs_a}/breaks", away | {"from": "2024-04-01"})
    assert (late.status_code, late.get_json()["type"]) == (409, "/problems/account-is-closed")
    assert finance.post(f"{mrs_a}/breaks", away | {"from": "2024-03-25"}).status_code == 201
    assert on("2024-06-30", mrs_a, finance)[2] == "18750.00"


def test_the_day_of_opening_that_was_wrong_is_replaced_and_the_account_says_the_right_one(
    mrs_a: str, finance: ApiCaller
) -> None:
    body = {"entry_id": id_of(mrs_a, 1), "reason_code": "slip", "replacement": {"opened_on": "2023-10-09"}}
    answer = finance.post(f"{mrs_a}/corrections", body)
    account = finance.get(f"{mrs_a}?on=2024-03-31").get_json()
    assert (answer.status_code, account["opened_on"]) == (201, "2023-10-09")
    assert account["cap_progress"]["accrued_costs"] == "18750.00"  # a week less
