"""Whether a span that holds no day is refused, and one that holds a single day is taken."""

from collections.abc import Callable

import pytest

from tests.api.caller import ApiCaller
from tests.api.conftest import WRITES

SPANS = [
    ("needs-assessments", {"eligible_from": "2024-03-01"}, "ending_before"),
    (
        "needs-assessments",
        {"assessed_on": "2024-03-01", "eligible": False, "eligible_from": None},
        "ending_before",
    ),
    ("budgets", {"effective_from": "2024-03-01"}, "ending_before"),
    ("financial-assessments", {"effective_from": "2024-03-01"}, "ending_before"),
    ("breaks", {"from": "2024-03-01"}, "ending_before"),
]
MayWrite = Callable[[str], ApiCaller]


@pytest.mark.parametrize(("address", "begins", "ends"), SPANS, ids=str)
@pytest.mark.parametrize("last", ["2024-02-29", "2024-03-01", "1900-01-01"])
def test_a_span_that_ends_before_it_begins_or_as_it_begins_is_refused(
    address: str, begins: dict[str, object], ends: str, last: str, mrs_a: str, may_write: MayWrite
) -> None:
    answer = may_write(address).post(f"{mrs_a}/{address}", WRITES[address] | begins | {ends: last})
    (error,) = answer.get_json()["errors"]
    assert (answer.status_code, error["pointer"]) == (422, f"/{ends}")
    assert "ends before it begins: give a day after 2024-03-01" in error["detail"]


@pytest.mark.parametrize(("address", "begins", "ends"), SPANS, ids=str)
@pytest.mark.parametrize("last", ["2024-03-02", "2199-12-31", None])
def test_a_span_of_one_day_or_more_or_without_an_end_is_taken(
    address: str, begins: dict[str, object], ends: str, last: str | None, mrs_a: str, may_write: MayWrite
) -> None:
    answer = may_write(address).post(f"{mrs_a}/{address}", WRITES[address] | begins | {ends: last})
    assert answer.status_code == 201


REFUSED = [
    ("closures", {"on": "2023-10-01"}, "/problems/closes-before-it-opened"),
    ("statements", {"to": "2023-10-01"}, "/problems/statement-before-opening"),
    ("statements", {"to": "2026-11-23"}, "/problems/statement-of-days-to-come"),
    ("statements", {"kind": "closing"}, "/problems/not-closed-yet"),
]


@pytest.mark.parametrize(("address", "wrong", "kind"), REFUSED, ids=str)
def test_what_the_account_refuses_is_told_with_a_stable_type_and_what_to_do(
    address: str, wrong: dict[str, object], kind: str, mrs_a: str, finance: ApiCaller
) -> None:
    for query in ("", "?dry_run=true"):
        answer = finance.post(f"{mrs_a}/{address}{query}", WRITES[address] | wrong)
        assert (answer.status_code, answer.get_json()["type"]) == (409, kind)


def test_a_closed_account_refuses_what_begins_after_its_last_day_and_takes_what_was_before(
    mrs_a: str, finance: ApiCaller
) -> None:
    finance.post(f"{mrs_a}/closures", {"on": "2024-01-31", "reason": "died"})
    late = finance.post(f"{mrs_a}/breaks", {"from": "2024-02-01", "reason": "away"})
    again = finance.post(f"{mrs_a}/closures", {"on": "2024-01-31", "reason": "died"})
    known_late = finance.post(f"{mrs_a}/breaks", {"from": "2024-01-31", "reason": "hospital"})
    assert (late.status_code, late.get_json()["type"]) == (409, "/problems/account-is-closed")
    assert (again.status_code, again.get_json()["type"]) == (409, "/problems/already-closed")
    assert known_late.status_code == 201
