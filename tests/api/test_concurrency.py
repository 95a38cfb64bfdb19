"""Whether a write that rests on an old version of an account is refused, and one that names none is decided anew."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.api.caller import ApiCaller
from tests.api.conftest import BUDGET, CLOSURE, WRITES, Ready, opening

READS = ("", "/cap-progress", "/ledger", "/history", "/statements", "/disputes")


@pytest.mark.parametrize("read", READS)
def test_every_read_names_the_version_it_rests_on(read: str, mrs_a: str, finance: ApiCaller) -> None:
    answer = finance.get(f"{mrs_a}{read}")
    assert (answer.headers["ETag"], answer.get_json()["version"]) == ('"3"', 3)


@pytest.mark.parametrize("address", WRITES)
def test_every_write_names_the_version_it_made(address: str, ready: Callable[[str], Ready]) -> None:
    sent = ready(address)
    answer = sent.writer.post(sent.path, sent.body, If_Match=f'"{sent.version}"')
    made = sent.version + 1
    assert (answer.status_code, answer.headers["ETag"], answer.get_json()["version"]) == (201, f'"{made}"', made)


@pytest.mark.parametrize("address", WRITES)
@pytest.mark.parametrize("off_by", [-1, 1])
def test_a_write_that_rests_on_another_version_is_refused(
    address: str, off_by: int, mrs_a: str, finance: ApiCaller, ready: Callable[[str], Ready]
) -> None:
    sent = ready(address)
    answer = sent.writer.post(sent.path, sent.body, If_Match=f'"{sent.version + off_by}"')
    assert (answer.status_code, answer.get_json()["type"]) == (412, "/problems/stale")
    assert finance.get(mrs_a).get_json()["version"] == sent.version


def test_a_star_matches_whatever_version_there_is(mrs_a: str, assessor: ApiCaller) -> None:
    assert assessor.post(f"{mrs_a}/budgets", BUDGET, If_Match="*").status_code == 201


NO_VERSIONS = ["3", "", 'W/"3"', '"three"', '"3", "4"', '"-3"', '"3', '"1234567890"', '"\u00b3"']


@pytest.mark.parametrize("header", NO_VERSIONS)
def test_an_if_match_that_names_no_version_is_told(header: str, mrs_a: str, assessor: ApiCaller) -> None:
    answer = assessor.post(f"{mrs_a}/budgets", BUDGET, If_Match=header)
    assert (answer.status_code, '"4"' in answer.get_json()["detail"]) == (400, True)


@pytest.mark.parametrize("header", ['"1"', "*"])
def test_an_account_that_is_only_being_opened_has_no_version_to_match(header: str, finance: ApiCaller) -> None:
    assert finance.post("/v1/care-accounts", opening(), If_Match=header).status_code == 412


def test_of_many_writers_who_saw_the_same_version_one_is_carried_out(
    mrs_a: str, as_role: Callable[..., ApiCaller]
) -> None:
    writers = [as_role("assessor", sub=f"writer {n}") for n in range(6)]
    with ThreadPoolExecutor(len(writers)) as threads:
        answers = list(threads.map(lambda w: w.post(f"{mrs_a}/budgets", BUDGET, If_Match='"3"').status_code, writers))
    assert sorted(answers) == [201, 412, 412, 412, 412, 412]


def test_of_many_who_close_the_account_one_is_carried_out(mrs_a: str, as_role: Callable[..., ApiCaller]) -> None:
    writers = [as_role("finance", sub=f"writer {n}") for n in range(6)]
    with ThreadPoolExecutor(len(writers)) as threads:
        answers = list(threads.map(lambda w: w.post(f"{mrs_a}/closures", CLOSURE).status_code, writers))
    assert sorted(answers) == [201, 409, 409, 409, 409, 409]


def test_the_same_request_sent_many_times_at_once_is_carried_out_once(mrs_a: str, assessor: ApiCaller) -> None:
    def send(_: int) -> str:
        return assessor.post(f"{mrs_a}/budgets", BUDGET, Idempotency_Key=mrs_a).get_data(as_text=True)

    with ThreadPoolExecutor(6) as threads:
        answers = set(threads.map(send, range(6)))
    assert len(answers) == 1
    assert assessor.get(mrs_a).get_json()["version"] == 4
