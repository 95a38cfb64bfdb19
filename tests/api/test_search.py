"""Whether an account can be found by who it is kept for or by its reference, without a name in any address."""

from collections.abc import Mapping
from uuid import uuid4

import pytest

from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import opening
from tests.api.kept import kept
from tests.api.test_strictness import pointers

SEARCH = "/v1/care-accounts/search"


@pytest.fixture
def ada(finance: ApiCaller) -> dict[str, str]:
    """Ada Ames, of a family nobody else in the council belongs to: what her opening answered, and her family name."""
    family = f"Ames{uuid4().hex}"
    body = opening(given_name="Ada", family_name=family, nhs_number="9434765919", postcode="ZE1 0AA")
    made = finance.post("/v1/care-accounts", body).get_json()
    return {"account_id": made["account_id"], "reference": made["reference"], "family_name": family}


def _found(finance: ApiCaller, body: Mapping[str, object]) -> list[str]:
    answer = finance.post(SEARCH, body, Idempotency_Key=None)
    assert answer.status_code == 200
    return [item["account_id"] for item in answer.get_json()["items"]]


def test_a_family_name_finds_by_its_beginning_in_either_case(ada: dict[str, str], finance: ApiCaller) -> None:
    for part in (ada["family_name"], ada["family_name"][:20], ada["family_name"].upper()):
        assert _found(finance, {"family_name": part}) == [ada["account_id"]]
    assert _found(finance, {"family_name": ada["family_name"][1:]}) == []


def test_every_part_that_is_given_has_to_match(ada: dict[str, str], finance: ApiCaller) -> None:
    name = {"family_name": ada["family_name"]}
    assert _found(finance, name | {"postcode": "ze10aa", "nhs_number": "943 476 5919"}) == [ada["account_id"]]
    assert _found(finance, name | {"postcode": "CM1 1QH"}) == []
    assert _found(finance, name | {"local_id": "P-none"}) == []
    assert _found(finance, name | {"reference": ada["reference"]}) == [ada["account_id"]]


def test_signs_that_mean_something_to_a_database_mean_nothing_here(ada: dict[str, str], finance: ApiCaller) -> None:
    for text in ("%", "_", f"{ada['family_name'][:4]}%", "' OR '1'='1", "\\"):
        assert _found(finance, {"family_name": text}) == []


def test_a_reference_finds_however_it_was_written_down(ada: dict[str, str], finance: ApiCaller) -> None:
    reference = ada["reference"]
    for typed in (reference, reference.lower(), reference.replace("-", ""), reference[3:], f" {reference} "):
        assert _found(finance, {"reference": typed}) == [ada["account_id"]]
    misread = reference[3:].replace("0", "O").replace("1", "I")
    assert _found(finance, {"reference": misread}) == [ada["account_id"]]


def test_a_reference_with_one_sign_wrong_is_told_rather_than_taken_for_another(
    ada: dict[str, str], finance: ApiCaller
) -> None:
    reference = ada["reference"]
    for place in (3, 4, 8, 11):
        other = "7" if reference[place] != "7" else "8"
        wrong = f"{reference[:place]}{other}{reference[place + 1 :]}"
        assert pointers(finance.post(SEARCH, {"reference": wrong})) == ["/reference"]


@pytest.mark.parametrize("body", [{}, {"local_id": None}, {"family_name": None, "reference": None}])
def test_a_search_for_nothing_is_told(body: dict[str, object], finance: ApiCaller) -> None:
    assert pointers(finance.post(SEARCH, body)) == [""]


@pytest.mark.parametrize(
    "wrong", [{"nhs_number": "1"}, {"postcode": "x"}, {"family_name": ""}, {"local_id": "a b"}, {"given_name": "Ada"}]
)
def test_a_wrong_part_is_named(wrong: dict[str, object], finance: ApiCaller) -> None:
    assert pointers(finance.post(SEARCH, wrong)) == [f"/{next(iter(wrong))}"]


def test_what_is_found_can_be_paged(finance: ApiCaller) -> None:
    family = f"Brook{uuid4().hex}"
    made = [
        finance.post("/v1/care-accounts", opening(family_name=family, given_name=name)).get_json()["account_id"]
        for name in ("Cyril", "Beryl", "Agnes", "Doris", "Edith")
    ]
    found, cursor = [], ""
    for size in (2, 2, 1):
        page = finance.post(f"{SEARCH}?limit=2{cursor}", {"family_name": family}).get_json()
        assert len(page["items"]) == size
        assert all(item["person"]["family_name"] == family for item in page["items"])
        found += [item["account_id"] for item in page["items"]]
        cursor = f"&cursor={page['next']}"
    assert page["next"] is None
    assert found == [made[n] for n in (2, 1, 0, 3, 4)]


def test_a_search_records_nothing(ada: dict[str, str], finance: ApiCaller, api_council: Council) -> None:
    before = kept(api_council)
    _found(finance, {"family_name": ada["family_name"]})
    assert kept(api_council) == before
