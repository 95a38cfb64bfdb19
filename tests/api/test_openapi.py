"""Whether the API's description is valid OpenAPI 3.1 and describes exactly what is served."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from api.kit.endpoint import Endpoint
from api.v1.bodies import BODIES
from domain.account.decisions import REPLACED_BY
from domain.account.facts import BY_TOPIC
from tests.api.endpoints import ALL, RECORDING, name_of

Json = dict[str, Any]


@pytest.fixture(scope="module")
def described(app: Flask) -> Json:
    found: Json = app.test_client().get("/openapi.json").get_json()
    return found


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def test_the_description_is_valid_openapi_3_1(described: Json) -> None:
    assert described["openapi"].startswith("3.1.")
    assert list(OPENAPI_31_VALIDATOR.iter_errors(described)) == []


def test_every_reference_leads_somewhere(described: Json) -> None:
    for reference in set(_references(described)):
        found: Any = described
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        assert isinstance(found, dict)


def test_every_schema_is_used(described: Json) -> None:
    named = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert named <= set(_references(described))


def test_every_route_is_documented_and_every_documented_route_exists(app: Flask, described: Json) -> None:
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/v1/") or rule.rule in ("/livez", "/readyz", "/openapi.json")
    }
    documented = {(path, method) for path, methods in described["paths"].items() for method in methods}
    assert documented == served
    assert len(documented) >= 17


def _operation(described: Json, endpoint: Endpoint) -> Json:
    found: Json = described["paths"][endpoint.path][endpoint.method.lower()]
    return found


@pytest.mark.parametrize("endpoint", ALL, ids=name_of)
def test_every_endpoint_says_what_it_is_for_and_asks_for_a_token_unless_it_is_for_anybody(
    endpoint: Endpoint, described: Json
) -> None:
    operation = _operation(described, endpoint)
    assert operation["summary"]
    assert operation["description"].startswith(operation["summary"])
    assert operation["security"] == ([{"bearer": []}] if endpoint.verb else [])
    assert {"401", "403", "422", "500", "503"} <= set(operation["responses"])


@pytest.mark.parametrize("endpoint", RECORDING, ids=name_of)
def test_every_write_documents_its_key_its_version_and_both_answers(endpoint: Endpoint, described: Json) -> None:
    operation = _operation(described, endpoint)
    headers = {p["name"] for p in operation["parameters"] if p["in"] == "header"}
    assert headers == {"Idempotency-Key", "If-Match"} - (
        {"If-Match"} if "account_id" not in endpoint.path_ids else set()
    )
    answers = {str(status) for status in endpoint.answers}
    assert answers in ({"200", "201"}, {"200", "202"})
    assert {*answers, "400", "409", "412", "413", "415"} <= set(operation["responses"])
    if "201" in answers:
        assert {"ETag", "Idempotent-Replayed"} <= set(operation["responses"]["201"]["headers"])


def test_a_replacement_is_one_of_the_bodies_by_which_facts_are_recorded(described: Json) -> None:
    asked = described["components"]["schemas"]["Correction"]["properties"]["replacement"]["anyOf"]
    assert asked[1] == {"type": "null"}
    shown = [reference["$ref"].rpartition("/")[2] for reference in asked[0]["oneOf"]]
    assert shown == [BODIES[kind].__name__ for kind in BODIES]
    assert set(BODIES) == set(REPLACED_BY)


def test_operations_have_names_of_their_own(described: Json) -> None:
    names = [operation["operationId"] for methods in described["paths"].values() for operation in methods.values()]
    assert len(names) == len(set(names))


def test_every_fact_a_history_can_show_is_described(described: Json) -> None:
    data = described["components"]["schemas"]["HistoryEntry"]["properties"]["data"]
    shown = {reference.rpartition("/")[2] for reference in _references(data)}
    assert shown == {fact.__name__ for fact in BY_TOPIC.values()}


def test_the_description_can_be_read_by_anybody(app: Flask) -> None:
    for path in ("/openapi.json", "/livez", "/readyz"):
        assert app.test_client().get(path).status_code == 200
