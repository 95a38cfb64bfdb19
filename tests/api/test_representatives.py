"""Whether somebody can be named who sees an account or acts for the person, by whom, and what they then see."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.caller import ApiCaller
from tests.api.conftest import DISPUTE, REPRESENTATIVE, id_of

ALL_MAY = ["view_finance", "view_care", "act", "correspond"]


@pytest.fixture
def citizen(mrs_a: str, as_role: Callable[..., ApiCaller]) -> ApiCaller:
    return as_role("citizen", sub="mrs-a", account=mrs_a.rpartition("/")[2])


@pytest.fixture
def named(mrs_a: str, finance: ApiCaller, as_role: Callable[..., ApiCaller]) -> Callable[..., ApiCaller]:
    """A caller whom finance named on Mrs A's account."""

    def name(*permissions: str, **other: Any) -> ApiCaller:
        made = finance.post(f"{mrs_a}/representatives", REPRESENTATIVE | {"permissions": permissions} | other)
        entry: str = made.get_json()["entry_id"]
        return as_role("representative", sub="gina", account=mrs_a.rpartition("/")[2], authority=entry)

    return name


def listed(caller: ApiCaller, account: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caller.get(f"{account}/representatives").get_json()["items"]
    return found


@pytest.mark.parametrize("role", ["finance", "assessor"])
def test_an_officer_names_anybody_by_any_authority(role: str, mrs_a: str, as_role: Callable[..., ApiCaller]) -> None:
    officer = as_role(role)
    made = officer.post(f"{mrs_a}/representatives", REPRESENTATIVE | {"permissions": ALL_MAY})
    assert (made.status_code, made.get_json()["entry_id"]) == (201, id_of(mrs_a, 4))
    assert listed(officer, mrs_a) == [
        {
            "entry_id": id_of(mrs_a, 4),
            "name": "Gina Green",
            "authority": "lpa_property",
            "provision": "Mental Capacity Act 2005 s 9",
            "permissions": ALL_MAY,
            "effective_from": "2024-01-01",
            "ending_before": None,
            "status": "current",
        }
    ]


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({"authority": "informal"}, 201),
        ({"authority": "advocate", "permissions": ["view_finance", "correspond"]}, 201),
        ({}, 403),
        ({"authority": "informal", "permissions": ["act"]}, 403),
        ({"authority": "informal", "permissions": ["view_finance", "view_care"]}, 403),
    ],
    ids=str,
)
def test_a_person_names_whoever_needs_no_paper(
    other: dict[str, Any], status: int, mrs_a: str, citizen: ApiCaller
) -> None:
    answer = citizen.post(f"{mrs_a}/representatives", REPRESENTATIVE | other)
    assert answer.status_code == status
    assert status == 201 or "has to see the paper: phone or write" in answer.get_json()["detail"]


def test_a_person_ends_what_they_may_give_and_nothing_else(mrs_a: str, citizen: ApiCaller, finance: ApiCaller) -> None:
    end = {"ending_before": "2026-11-22", "reason_code": "asked"}
    for authority, status in (("informal", 201), ("deputy", 403)):
        made = finance.post(f"{mrs_a}/representatives", REPRESENTATIVE | {"authority": authority}).get_json()
        assert citizen.post(f"{mrs_a}/representatives/{made['entry_id']}/end", end).status_code == status
    assert [each["status"] for each in listed(citizen, mrs_a)] == ["ended", "current"]


def test_the_name_stands_in_the_vault_and_an_auditor_is_not_shown_it(
    mrs_a: str, finance: ApiCaller, auditor: ApiCaller
) -> None:
    finance.post(f"{mrs_a}/representatives", REPRESENTATIVE | {"contact": "01632 960 111", "sign_in": "gina"})
    assert listed(auditor, mrs_a)[0]["name"] is None
    newest = finance.get(f"{mrs_a}/history").get_json()["items"][-1]
    assert newest["words"] == {"name": "Gina Green", "contact": "01632 960 111", "sign_in": "gina"}
    assert "Gina" not in str(newest["data"])


def test_a_representative_asks_for_what_their_permissions_cover(mrs_a: str, named: Callable[..., ApiCaller]) -> None:
    money, both, acts = named("view_finance"), named("view_finance", "view_care"), named("act")
    assert [each.get(mrs_a).status_code for each in (money, both, acts)] == [200, 200, 403]
    assert [each.get(f"{mrs_a}/history").status_code for each in (money, both, acts)] == [403, 200, 403]
    assert [each.post(f"{mrs_a}/disputes", DISPUTE).status_code for each in (money, both, acts)] == [403, 403, 201]
    assert both.post(f"{mrs_a}/representatives", REPRESENTATIVE).status_code == 403


def test_words_of_care_are_left_out_for_who_sees_figures_alone(
    mrs_a: str, named: Callable[..., ApiCaller], assessor: ApiCaller, finance: ApiCaller
) -> None:
    assessed = {"assessed_on": "2025-01-02", "eligible": True, "eligible_from": "2025-01-02", "outcomes": ["nutrition"]}
    assessor.post(f"{mrs_a}/needs-assessments", assessed)
    finance.post(f"{mrs_a}/breaks", {"from": "2025-02-01", "reason": "hospital"})
    money, both = named("view_finance").get(mrs_a).get_json(), named("view_finance", "view_care").get(mrs_a).get_json()
    assert ("nutrition" in str(both), "hospital" in str(both)) == (True, True)
    assert ("nutrition" in str(money), "hospital" in str(money)) == (False, False)
    assert money["cap_progress"]["accrued_costs"] == both["cap_progress"]["accrued_costs"]


def test_an_authority_that_has_ended_is_told_so_and_how_to_renew_it(
    mrs_a: str, named: Callable[..., ApiCaller]
) -> None:
    problem = named("view_finance", ending_before="2026-11-22").get(mrs_a).get_json()
    assert (problem["status"], problem["type"]) == (403, "/problems/permission-ended")
    assert problem["detail"].startswith("Your permission to see this account ended on 21 November 2026. To renew it,")


def test_a_correction_of_the_last_day_counts_at_once(
    mrs_a: str, named: Callable[..., ApiCaller], finance: ApiCaller
) -> None:
    gina = named("view_finance")
    shorter = REPRESENTATIVE | {"ending_before": "2026-01-01"}
    body = {"entry_id": id_of(mrs_a, 4), "reason_code": "misread", "replacement": shorter}
    assert finance.post(f"{mrs_a}/corrections", body).status_code == 201
    assert gina.get(mrs_a).status_code == 403


def test_a_representative_whose_token_names_no_authority_sees_nothing(
    mrs_a: str, as_role: Callable[..., ApiCaller]
) -> None:
    nobody = as_role("representative", account=mrs_a.rpartition("/")[2])
    assert nobody.get(mrs_a).status_code == 404
    assert nobody.get("/v1/parameters").status_code == 200
