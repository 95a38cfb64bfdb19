"""Whether an agreement to pay for care later is kept, reckoned and refused as the law of its days has it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from domain.law.deferred_interest import RATE
from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import AGREEMENT, DEFERRAL, REPAYMENT, id_of, opening
from tests.integration.test_own_amounts import approved
from tests.unit.test_own_amounts import own

AT = f"deferred-payments/{quote(str(AGREEMENT['reference']), safe='')}"


@pytest.fixture
def lent(mrs_a: str, finance: ApiCaller) -> str:
    """Mrs A's account with an agreement, a sum deferred under it and a part of it repaid."""
    for address, body in (
        ("deferred-payments", AGREEMENT),
        (f"{AT}/deferrals", DEFERRAL),
        (f"{AT}/repayments", REPAYMENT),
    ):
        assert finance.post(f"{mrs_a}/{address}", body).status_code == 201, address
    return mrs_a


def test_an_agreement_keeps_the_equity_limit_that_follows_from_the_law(lent: str, finance: ApiCaller) -> None:
    """240000.00 less a tenth, 14250.00 and 12500.00."""
    kept = finance.get(f"{lent}/history").get_json()["items"][3]["data"]
    assert kept["equity_limit"]["amount"] == "189250.00"
    assert kept["disposable_income_allowance"] == "144.00"
    assert {name: kept[name] for name in AGREEMENT} == AGREEMENT


def test_a_statement_leads_to_what_is_owed_to_the_penny(lent: str, finance: ApiCaller) -> None:
    """2776.00 for 14 days and 2276.00 for 18 at 4.65 per cent a year of 366 days, compounding daily."""
    answer = finance.get(f"{lent}/{AT}/statement?on=2024-02-29")
    found = answer.get_json()
    assert answer.headers["ETag"] == '"6"'
    assert (found["from"], found["to"], found["version"]) == ("2024-01-01", "2024-02-29", 6)
    assert (found["opening"], found["total_deferred"], found["total_repaid"]) == ("0.00", "2776.00", "500.00")
    assert (found["total_interest"], found["owed"]) == ("10.16", "2286.16")
    assert found["left_of_limit"] == "186963.84"
    assert [(line["per_cent"], line["highest_per_cent"], line["certainty"]) for line in found["interest"]] == [
        ("4.65", "4.65", "secondary")
    ]
    assert "West Sussex" in found["interest"][0]["authority"]
    assert [warning["code"] for warning in found["warnings"]] == ["less_than_official"]


def test_a_statement_may_begin_later_and_then_opens_with_what_was_owed(lent: str, finance: ApiCaller) -> None:
    first, second = (
        finance.get(f"{lent}/{AT}/statement?{days}").get_json()
        for days in ("on=2024-02-11", "from=2024-02-12&on=2024-02-29")
    )
    assert first["owed"] == second["opening"]
    assert second["owed"] == "2286.16"


def test_a_half_year_whose_rate_is_not_known_bears_nothing_and_the_statement_warns(
    lent: str, finance: ApiCaller
) -> None:
    june, later = (finance.get(f"{lent}/{AT}/statement?on={on}").get_json() for on in ("2024-06-30", "2024-12-31"))
    assert june["owed"] == later["owed"]
    assert (later["interest"][1]["per_cent"], later["interest"][1]["amount"]) == (None, "0.00")
    assert later["warnings"][0]["code"] == "rate_not_known"


def test_the_agreements_are_listed_with_what_is_owed(lent: str, finance: ApiCaller) -> None:
    finance.post(f"{lent}/deferred-payments", AGREEMENT | {"reference": "DPA-2"})
    found = finance.get(f"{lent}/deferred-payments?on=2024-02-29&limit=1").get_json()
    assert [(item["reference"], item["owed"], item["equity_limit"]) for item in found["items"]] == [
        (AGREEMENT["reference"], "2286.16", "189250.00")
    ]
    rest = finance.get(f"{lent}/deferred-payments?limit=1&cursor={found['next']}").get_json()
    assert ([item["reference"] for item in rest["items"]], rest["on"], rest["next"]) == (["DPA-2"], "2024-02-29", None)


def test_as_known_before_the_repayment_more_was_owed(lent: str, finance: ApiCaller) -> None:
    deferred = finance.get(f"{lent}/history").get_json()["items"][4]["recorded_at"]
    found = finance.get(f"{lent}/{AT}/statement?on=2024-02-29&known_at={quote(deferred)}").get_json()
    assert (found["version"], found["total_repaid"], found["owed"]) == (5, "0.00", "2787.31")


def test_an_ended_agreement_says_by_when_to_pay(lent: str, finance: ApiCaller) -> None:
    assert finance.post(f"{lent}/{AT}/end", {"on": "2024-03-31", "reason": "died"}).status_code == 201
    found = finance.get(f"{lent}/{AT}/statement?on=2024-03-31").get_json()
    assert (found["ended_on"], found["pay_by"]) == ("2024-03-31", "2024-06-29")
    late = finance.post(f"{lent}/{AT}/deferrals", DEFERRAL | {"due_on": "2024-04-01"})
    assert (late.status_code, late.get_json()["type"]) == (409, "/problems/agreement-ended-before")


@pytest.mark.parametrize(
    ("address", "body", "problem", "says"),
    [
        ("deferred-payments", AGREEMENT, "agreement-reference-used", "of this reference already"),
        (
            "deferred-payments",
            AGREEMENT | {"reference": "DPA-2", "weekly_income_kept": "144.01"},
            "keeps-more-than-the-allowance",
            "It is £144.00 a week.",
        ),
        (
            f"{AT}/deferrals",
            DEFERRAL | {"amount": "187000.00"},
            "over-the-equity-limit",
            "The limit is £189,250.00, and £",
        ),
        (f"{AT}/repayments", REPAYMENT | {"amount": "3000.00"}, "repays-more-than-is-owed", "On that day £2,2"),
        (f"{AT}/end", {"on": "2024-03-31", "reason": "repaid"}, "not-repaid-yet", "On that day £2,2"),
    ],
)
def test_a_refusal_says_which_figures_stand_in_the_way(
    address: str, body: dict[str, Any], problem: str, says: str, lent: str, finance: ApiCaller
) -> None:
    answer = finance.post(f"{lent}/{address}", body)
    assert (answer.status_code, answer.get_json()["type"]) == (409, f"/problems/{problem}")
    assert says in answer.get_json()["detail"]


def test_an_agreement_before_there_was_a_law_is_refused_by_name_and_day(mrs_a: str, finance: ApiCaller) -> None:
    answer = finance.post(f"{mrs_a}/deferred-payments", AGREEMENT | {"effective_from": "2015-03-31"})
    assert (answer.status_code, answer.get_json()["type"]) == (422, "/problems/not-in-force")
    assert "deferred_payment_equity_reserve is in force on 2015-03-31" in answer.get_json()["detail"]


def test_a_statement_that_ends_before_it_begins_is_refused(lent: str, finance: ApiCaller) -> None:
    answer = finance.get(f"{lent}/{AT}/statement?on=2024-02-11&from=2024-02-12")
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/from")


@pytest.mark.parametrize("reference", ["DPA-9", "two%20words"])
def test_an_agreement_that_the_account_does_not_hold_is_not_found(
    reference: str, lent: str, finance: ApiCaller
) -> None:
    assert finance.get(f"{lent}/deferred-payments/{reference}/statement").status_code == 404
    assert finance.post(f"{lent}/deferred-payments/{reference}/deferrals", DEFERRAL).status_code == 404


@pytest.mark.parametrize(
    ("version", "replacement", "owed"),
    [
        (4, AGREEMENT | {"interest_told_on": None}, "2276.00"),
        (5, DEFERRAL | {"amount": "1000.00"}, "502.93"),
        (6, REPAYMENT | {"amount": "1000.00"}, "1785.02"),
    ],
    ids=["the agreement", "the deferral", "the repayment"],
)
def test_what_was_wrong_is_corrected_by_the_body_it_is_recorded_by(
    version: int, replacement: dict[str, Any], owed: str, lent: str, finance: ApiCaller
) -> None:
    body = {"entry_id": id_of(lent, version), "reason_code": "wrong", "replacement": replacement}
    assert finance.post(f"{lent}/corrections", body).status_code == 201
    assert finance.get(f"{lent}/{AT}/statement?on=2024-02-29").get_json()["owed"] == owed


def test_an_agreement_in_use_is_not_taken_away(lent: str, finance: ApiCaller) -> None:
    answer = finance.post(f"{lent}/corrections", {"entry_id": id_of(lent, 4), "reason_code": "wrong"})
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/agreement-in-use")


def test_none_of_it_changes_a_figure_of_the_cap(mrs_a: str, finance: ApiCaller, lent: str) -> None:
    shown = finance.post(f"{lent}/{AT}/repayments?dry_run=true", REPAYMENT).get_json()
    assert shown["before"] == shown["after"]
    assert shown["before"]["accrued_costs"] == "86000.00"


@pytest.mark.parametrize("role", ["assessor", "finance_approver", "auditor", "citizen"])
def test_only_finance_records_and_whoever_may_read_the_account_reads(
    role: str, lent: str, as_role: Callable[..., ApiCaller]
) -> None:
    caller = as_role(role, account=lent.rpartition("/")[2])
    assert caller.post(f"{lent}/{AT}/repayments", REPAYMENT).status_code == 403
    assert caller.get(f"{lent}/{AT}/statement?on=2024-02-29").get_json()["owed"] == "2286.16"


def test_a_rate_that_the_council_enters_with_its_source_counts_from_when_it_was_approved(
    new_council: Callable[..., Council], as_role: Callable[..., ApiCaller]
) -> None:
    """5.25 per cent for the second half of 2024, entered after the agreement: 2776.00 for 184 days, simple."""
    council = new_council()
    finance = as_role("finance", council=council.code)
    path = f"/v1/care-accounts/{finance.post('/v1/care-accounts', opening()).get_json()['account_id']}"
    agreement = AGREEMENT | {"compounding": "none", "effective_from": "2024-07-01"}
    finance.post(f"{path}/deferred-payments", agreement)
    deferral = finance.post(f"{path}/{AT}/deferrals", DEFERRAL | {"due_on": "2024-07-01"}).get_json()
    approved(council, own(RATE, "2024-07-01", "5.25"))
    now, then = (
        finance.get(f"{path}/{AT}/statement?on=2024-12-31{known}").get_json()
        for known in ("", f"&known_at={quote(deferral['recorded_at'])}")
    )
    assert [(line["per_cent"], line["amount"]) for line in now["interest"]] == [("5.25", "73.27")]
    assert [(line["per_cent"], line["amount"]) for line in then["interest"]] == [(None, "0.00")]


# Would payment have to be deferred?

ASKED = {
    "on": "2026-11-22",
    "needs_met_in_care_home": True,
    "home_disregarded": False,
    "other_capital": "23250.00",
    "property_value": "240000.00",
    "encumbrances": "0.00",
}
WEEK = {"charge": "800.00", "income": "250.00"}


def test_whoever_asks_is_told_the_limit_and_how_a_week_would_divide(finance: ApiCaller) -> None:
    answer = finance.post("/v1/deferred-payments/eligibility", ASKED | {"weekly": WEEK}, Idempotency_Key=None)
    found = answer.get_json()
    assert (answer.status_code, found["duty_to_defer"], found["reasons_against"]) == (200, True, [])
    assert found["equity_limit"]["amount"] == "201750.00"
    assert found["weekly"] == {"income_kept": "144.00", "paid_from_income": "106.00", "deferred": "694.00"}
    assert [used["name"] for used in found["also_rests_on"]] == [
        "capital_limit_upper",
        "deferred_payment_disposable_income_allowance",
    ]


def test_whoever_chooses_to_keep_less_defers_less_and_nobody_keeps_more(finance: ApiCaller) -> None:
    less, more = (
        finance.post("/v1/deferred-payments/eligibility", ASKED | {"weekly": WEEK | {"income_kept": kept}})
        for kept in ("100.00", "144.01")
    )
    assert less.get_json()["weekly"]["deferred"] == "650.00"
    assert (more.status_code, more.get_json()["errors"][0]["pointer"]) == (422, "/weekly/income_kept")
    assert "£144.00 a week" in more.get_json()["detail"]


def test_what_stands_in_the_way_is_told_in_sentences_and_without_a_week_none_is_divided(finance: ApiCaller) -> None:
    asked = ASKED | {"home_disregarded": True, "other_capital": "23250.01"}
    found = finance.post("/v1/deferred-payments/eligibility", asked).get_json()
    assert (found["duty_to_defer"], found["weekly"]) == (False, None)
    assert [reason["code"] for reason in found["reasons_against"]] == ["other_capital_too_high", "home_disregarded"]
    assert all(reason["words"].endswith(".") and "s 34" in reason["provision"] for reason in found["reasons_against"])


def test_without_a_day_it_is_asked_of_today(finance: ApiCaller) -> None:
    asked = {name: value for name, value in ASKED.items() if name != "on"}
    assert finance.post("/v1/deferred-payments/eligibility", asked).get_json()["on"] == "2026-11-22"
