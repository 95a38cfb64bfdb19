"""Whether whoever questions a figure is heard, by when they are to be answered, and what came of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from api.settings import Settings
from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import DISPUTE, STATEMENT, UNKNOWN, id_of, opening

WORDS = {"text": "Mrs Ames was in hospital."}


@pytest.fixture
def raised(mrs_a: str, finance: ApiCaller) -> str:
    """The id of a dispute on Mrs A's account."""
    dispute: str = finance.post(f"{mrs_a}/disputes", DISPUTE | WORDS).get_json()["dispute_id"]
    return dispute


@pytest.fixture
def citizen(mrs_a: str, as_role: Callable[..., ApiCaller]) -> ApiCaller:
    return as_role("citizen", sub="mrs-a", account=mrs_a.rpartition("/")[2])


def disputes(account: str, caller: ApiCaller, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caller.get(f"{account}/disputes{query}").get_json()["items"]
    return found


def test_a_dispute_starts_a_clock_of_six_months(mrs_a: str, finance: ApiCaller) -> None:
    made = finance.post(f"{mrs_a}/disputes", DISPUTE)
    found = made.get_json()
    assert (made.status_code, found["answer_due_on"]) == (201, "2027-05-22")
    assert found["dispute_id"] == found["entry_id"] == id_of(mrs_a, 4)


def test_a_dispute_is_listed_with_its_clock_and_its_words(mrs_a: str, raised: str, finance: ApiCaller) -> None:
    assert disputes(mrs_a, finance) == [
        {
            "dispute_id": raised,
            "about": {"entry_id": None, "line": {"from": "2024-01-01", "to": "2024-01-31", "statement_id": None}},
            "raised_on": "2026-11-22",
            "answer_due_on": "2027-05-22",
            "status": "open",
            "days_open": 0,
            "overdue": False,
            "outcome": None,
            "answered_on": None,
            "text": "Mrs Ames was in hospital.",
            "answer": None,
        }
    ]


@pytest.mark.parametrize("outcome", ["upheld", "partly_upheld", "not_upheld", "withdrawn"])
@pytest.mark.parametrize("role", ["finance", "finance_approver"])
def test_a_dispute_is_answered_with_what_was_found(
    role: str, outcome: str, mrs_a: str, raised: str, as_role: Callable[..., ApiCaller]
) -> None:
    caller = as_role(role)
    answer = caller.post(f"{mrs_a}/disputes/{raised}/outcome", {"outcome": outcome, "text": "You are right."})
    assert answer.status_code == 201
    (found,) = disputes(mrs_a, caller)
    assert (found["status"], found["outcome"], found["answered_on"]) == ("answered", outcome, "2026-11-22")
    assert (found["text"], found["answer"], found["overdue"]) == (WORDS["text"], "You are right.", False)


def test_a_dispute_may_be_about_an_entry_or_a_line_of_a_statement(mrs_a: str, finance: ApiCaller) -> None:
    statement = finance.post(f"{mrs_a}/statements", STATEMENT).get_json()["statement_id"]
    abouts: list[dict[str, object]] = [
        {"entry_id": id_of(mrs_a, 3)},
        {"line": {"from": "2024-01-01", "to": "2024-01-01", "statement_id": statement}},
    ]
    answers = [finance.post(f"{mrs_a}/disputes", {"about": about} | WORDS).status_code for about in abouts]
    assert answers == [201, 201]
    assert disputes(mrs_a, finance)[0]["about"] == {"entry_id": id_of(mrs_a, 3), "line": None}


@pytest.mark.parametrize(
    "about",
    [
        {"entry_id": "00000000-0000-0000-0000-000000000000"},
        {"line": {"from": "2024-01-01", "to": "2024-01-31", "statement_id": "00000000-0000-0000-0000-000000000000"}},
    ],
)
def test_what_the_account_does_not_hold_cannot_be_disputed(
    about: dict[str, object], mrs_a: str, finance: ApiCaller
) -> None:
    answer = finance.post(f"{mrs_a}/disputes", {"about": about} | WORDS)
    assert (answer.status_code, answer.get_json()["type"]) == (404, "/problems/not-found")


def test_a_dispute_is_about_one_thing(mrs_a: str, finance: ApiCaller) -> None:
    about = {"entry_id": id_of(mrs_a, 3), "line": {"from": "2024-01-01", "to": "2024-01-31"}}
    (error,) = finance.post(f"{mrs_a}/disputes", {"about": about} | WORDS).get_json()["errors"]
    assert error == {
        "pointer": "/about",
        "detail": "Say what it is about: give entry_id or line, one of them.",
    }


def test_a_citizen_disputes_their_own_account_and_reads_what_was_said(
    mrs_a: str, citizen: ApiCaller, finance: ApiCaller, second_account: str
) -> None:
    made = citizen.post(f"{mrs_a}/disputes", DISPUTE)
    assert made.status_code == 201
    finance.post(f"{mrs_a}/disputes/{made.get_json()['dispute_id']}/outcome", {"outcome": "upheld", "text": "Yes."})
    (found,) = disputes(mrs_a, citizen)
    assert (found["text"], found["answer"]) == (DISPUTE["text"], "Yes.")
    other = citizen.post(f"{second_account}/disputes", DISPUTE)
    assert (other.status_code, other.get_json()["detail"]) == (404, "There is no such account.")


@pytest.mark.parametrize("role", ["citizen", "assessor", "auditor", "policy"])
def test_those_who_do_not_answer_for_the_council_answer_no_dispute(
    role: str, mrs_a: str, raised: str, as_role: Callable[..., ApiCaller]
) -> None:
    caller = as_role(role, account=mrs_a.rpartition("/")[2])
    assert caller.post(f"{mrs_a}/disputes/{raised}/outcome", {"outcome": "upheld"}).status_code == 403


@pytest.mark.parametrize(("role", "status"), [("assessor", 201), ("finance", 201), ("auditor", 403), ("policy", 403)])
def test_who_raises_a_dispute_for_somebody(
    role: str, status: int, mrs_a: str, as_role: Callable[..., ApiCaller]
) -> None:
    assert as_role(role).post(f"{mrs_a}/disputes", DISPUTE).status_code == status


def test_an_auditor_reads_the_clock_and_not_the_words(
    mrs_a: str, raised: str, finance: ApiCaller, auditor: ApiCaller
) -> None:
    finance.post(f"{mrs_a}/disputes/{raised}/outcome", {"outcome": "upheld", "text": "Mrs Ames is right."})
    (found,) = disputes(mrs_a, auditor)
    assert (found["status"], found["text"], found["answer"]) == ("answered", None, None)
    assert "Ames" not in auditor.get(f"{mrs_a}/disputes").get_data(as_text=True)


def test_a_dispute_is_answered_once(mrs_a: str, raised: str, finance: ApiCaller) -> None:
    finance.post(f"{mrs_a}/disputes/{raised}/outcome", {"outcome": "upheld"})
    answer = finance.post(f"{mrs_a}/disputes/{raised}/outcome", {"outcome": "not_upheld"})
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/already-answered")


@pytest.mark.parametrize("dispute", ["x", UNKNOWN])
def test_what_names_no_dispute_is_not_found(dispute: str, mrs_a: str, finance: ApiCaller) -> None:
    assert finance.post(f"{mrs_a}/disputes/{dispute}/outcome", {"outcome": "upheld"}).status_code == 404


def test_another_kind_of_entry_is_no_dispute(mrs_a: str, finance: ApiCaller) -> None:
    path = f"{mrs_a}/disputes/{id_of(mrs_a, 3)}/outcome"
    assert finance.post(path, {"outcome": "upheld"}).status_code == 404


def test_as_known_before_its_answer_a_dispute_was_open(mrs_a: str, raised: str, finance: ApiCaller) -> None:
    known = finance.get(f"{mrs_a}/history").get_json()["items"][-1]["recorded_at"]
    finance.post(f"{mrs_a}/disputes/{raised}/outcome", {"outcome": "upheld", "text": "Yes."})
    (found,) = disputes(mrs_a, finance, f"?known_at={known}")
    assert (found["status"], found["outcome"], found["answer"]) == ("open", None, None)


def test_the_clock_runs_to_the_answer_or_to_the_moment_that_is_asked_about(
    new_council: Callable[..., Council], as_role: Callable[..., ApiCaller], monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(day: str) -> None:
        monkeypatch.setattr(Settings, "now", lambda _: datetime.fromisoformat(f"{day}T12:00:00+00:00"))

    def clock(query: str = "") -> tuple[object, ...]:
        (found,) = disputes(account, finance, query)
        return found["days_open"], found["overdue"], found["status"]

    at("2026-05-22")
    finance = as_role("finance", council=new_council().code)
    account = f"/v1/care-accounts/{finance.post('/v1/care-accounts', opening()).get_json()['account_id']}"
    dispute = finance.post(f"{account}/disputes", DISPUTE).get_json()
    assert (dispute["answer_due_on"], clock()) == ("2026-11-22", (0, False, "open"))
    at("2026-11-22")
    assert clock() == (184, False, "open")
    at("2026-11-24")
    assert clock() == (186, True, "open")
    assert clock("?known_at=2026-06-01T12:00:00Z") == (10, False, "open")
    finance.post(f"{account}/disputes/{dispute['dispute_id']}/outcome", {"outcome": "upheld"})
    at("2026-12-25")
    assert clock() == (186, True, "answered")


def test_the_pages_of_disputes_laid_together_are_the_list(mrs_a: str, finance: ApiCaller) -> None:
    for n in range(3):
        finance.post(f"{mrs_a}/disputes", DISPUTE | {"text": f"The {n} time."})
    first = finance.get(f"{mrs_a}/disputes?limit=2").get_json()
    second = finance.get(f"{mrs_a}/disputes?limit=2&cursor={first['next']}").get_json()
    assert [found["text"] for found in first["items"] + second["items"]] == [f"The {n} time." for n in range(3)]
    assert second["next"] is None


def test_a_dispute_moves_no_figure(mrs_a: str, finance: ApiCaller) -> None:
    weighed = finance.post(f"{mrs_a}/disputes?dry_run=true", DISPUTE).get_json()
    assert weighed["before"] == weighed["after"]
