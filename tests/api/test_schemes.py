"""Whether a council's schemes can be read, asked for by name and adopted while it is served, and the past stays."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from domain import schemes
from domain.dates import instant_text
from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import BUDGET, NEEDS, opening
from tests.api.test_strictness import pointers
from tests.conftest import NOON
from tests.integration.test_scheme_changes import OWN

SHIPPED = ["care-act-2014-unamended", "national", "reform-2023", "reform-2025"]


@pytest.fixture
def council(new_council: Callable[..., Council]) -> Council:
    return new_council()


@pytest.fixture
def caller(app: Flask, council: Council) -> ApiCaller:
    return ApiCaller(app, council.code, "finance")


@pytest.fixture
def account(app: Flask, council: Council, caller: ApiCaller) -> str:
    """A self-funder's account in a council whose scheme may be changed: its address."""
    account = f"/v1/care-accounts/{caller.post('/v1/care-accounts', opening()).get_json()['account_id']}"
    assessor = ApiCaller(app, council.code, "assessor")
    assessor.post(f"{account}/needs-assessments", NEEDS)
    assessor.post(f"{account}/budgets", BUDGET)
    return account


def keep(council: Council, cap: str = "10000.00") -> str:
    """Keep a scheme of the council's own; the moment it became known."""
    text = OWN.replace("CAP", cap)
    change = council.scheme_changes.keep(schemes.read("our-own", text), text, by="b.ode", now=NOON)
    assert change is not None
    return instant_text(change.recorded_at)


def adopt(council: Council, name: str) -> str:
    change = council.scheme_changes.adopt(name, by="b.ode", now=NOON)
    assert change is not None
    return instant_text(change.recorded_at)


def before(instant: str) -> str:
    return instant_text(datetime.fromisoformat(instant) - timedelta(microseconds=1))


def test_the_schemes_are_shown_with_what_they_say_and_which_is_adopted(caller: ApiCaller) -> None:
    items = {item["name"]: item for item in caller.get("/v1/schemes").get_json()["items"]}
    assert list(items) == SHIPPED
    assert [name for name, item in items.items() if item["adopted"]] == ["reform-2023"]
    reform = schemes.load("reform-2023")
    assert items["reform-2023"] == {
        "name": "reform-2023",
        "title": reform.title,
        "description": reform.description,
        "authority": reform.authority,
        "in_force": False,
        "commencement": "2023-10-01",
        "edition": reform.edition,
        "adopted": True,
        "own": False,
    }
    assert (items["national"]["in_force"], items["national"]["commencement"]) == (True, None)


def test_a_scheme_of_the_councils_own_is_shown_from_the_moment_it_was_known(
    council: Council, caller: ApiCaller
) -> None:
    kept, adopted = keep(council), adopt(council, "our-own")

    def known(at: str) -> dict[str, tuple[bool, bool]]:
        answer = caller.get(f"/v1/schemes?known_at={at}").get_json()
        assert answer["known_at"] == at
        return {item["name"]: (item["own"], item["adopted"]) for item in answer["items"]}

    assert list(known(before(kept))) == SHIPPED
    assert known(kept)["our-own"] == (True, False)
    assert known(adopted)["our-own"] == (True, True)
    assert known(adopted)["reform-2023"] == (False, False)


@pytest.mark.parametrize(("query", "pointer"), [("scheme=national", "/scheme"), ("known_at=now", "/known_at")])
def test_a_wrong_parameter_is_named(query: str, pointer: str, caller: ApiCaller) -> None:
    assert pointers(caller.get(f"/v1/schemes?{query}")) == [pointer]


def test_another_council_is_not_shown_it(
    app: Flask, council: Council, new_council: Callable[..., Council], account: str
) -> None:
    keep(council)
    other = ApiCaller(app, new_council().code, "finance")
    assert [item["name"] for item in other.get("/v1/schemes").get_json()["items"]] == SHIPPED


@pytest.mark.parametrize("read", ["/cap-progress", "/ledger"])
def test_the_same_history_can_be_asked_for_under_any_scheme_known_then(
    read: str, council: Council, caller: ApiCaller, account: str
) -> None:
    kept = keep(council)
    for name in (*SHIPPED, "our-own"):
        answer = caller.get(f"{account}{read}?scheme={name}").get_json()
        assert (answer["scheme"], answer["basis"]["scheme"]) == (name, name)
    unknown = caller.get(f"{account}{read}?scheme=our-own&known_at={before(kept)}")
    assert (unknown.status_code, pointers(unknown)) == (422, ["/scheme"])
    assert unknown.get_json()["detail"].endswith(f"Use one of: {', '.join(SHIPPED)}.")
    nowhere = caller.get(f"{account}{read}?scheme=nowhere").get_json()
    assert nowhere["detail"].endswith(
        "Use one of: care-act-2014-unamended, national, our-own, reform-2023, reform-2025."
    )


def test_a_scheme_is_asked_for_in_the_edition_known_then(council: Council, caller: ApiCaller, account: str) -> None:
    first, second = keep(council), keep(council, "20000.00")
    asked = f"{account}/cap-progress?on=2026-01-01&scheme=our-own&known_at="
    caps = [caller.get(f"{asked}{moment}").get_json()["cap"] for moment in (first, before(second), second)]
    assert caps == ["10000.00", "10000.00", "20000.00"]


def test_a_scheme_that_is_adopted_while_it_is_served_moves_what_is_known_from_then_on_and_nothing_before(
    council: Council, caller: ApiCaller, account: str
) -> None:
    reads = [f"{account}?on=2026-01-01", f"{account}/cap-progress?on=2026-01-01", f"{account}/ledger?to=2026-01-01"]
    reads.append("/v1/cap-progress?on=2026-01-01")
    past = caller.get(f"{account}/cap-progress").get_json()["known_at"]
    as_known = [f"{read}&known_at={past}" for read in reads]
    then = [caller.get(read).data for read in as_known]
    keep(council)
    adopt(council, "our-own")
    assert [caller.get(read).data for read in as_known] == then
    for read in reads:
        now = caller.get(read).get_json()
        assert now["basis"] == {"scheme": "our-own", "in_force": False}
    (item,) = caller.get(reads[-1]).get_json()["items"]
    assert (item["cap"], item["accrued_costs"], item["metering"]) == ("10000.00", "10000.00", "capped")
    alone = caller.get(reads[1]).get_json()
    assert (alone["cap"], alone["accrued_costs"], alone["metering"]) == ("10000.00", "10000.00", "capped")


def test_a_statement_keeps_the_rules_it_was_made_with(council: Council, caller: ApiCaller, account: str) -> None:
    made = caller.post(f"{account}/statements", {"to": "2024-03-31", "kind": "annual"}).get_json()
    address = f"{account}/statements/{made['statement_id']}"
    as_made = caller.get(address).data
    adopt(council, "national")
    assert caller.get(address).data == as_made
    later = caller.post(f"{account}/statements", {"to": "2024-03-31", "kind": "annual"}).get_json()
    figures = caller.get(f"{account}/statements/{later['statement_id']}").get_json()["figures"]
    assert (figures["scheme"], figures["accrued_costs"]) == ("national", "0.00")


def test_a_dry_run_is_weighed_under_the_scheme_adopted_now(council: Council, caller: ApiCaller, account: str) -> None:
    adopt(council, "national")
    weighed = caller.post(f"{account}/breaks?dry_run=true", {"from": "2024-01-01", "reason": "away"}).get_json()
    assert (weighed["basis"]["scheme"], weighed["after"]["metering"]) == ("national", "not_commenced")
