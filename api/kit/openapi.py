"""The API's own description (OpenAPI 3.1), made from the same declarations that serve it."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.kit.endpoint import ENDPOINTS, Endpoint, NoBody
from api.kit.problems import Problem

_REF = "#/components/schemas/{model}"
_PROBLEMS = {
    400: "The request is malformed, or lacks its Idempotency-Key",
    401: "Nobody is signed in, or the token is not accepted",
    403: "The role does not allow this",
    404: "There is no such account for this council",
    409: "The account refuses this; `type` says why",
    412: "The account has changed since the version in If-Match",
    413: "The body is too large",
    415: "The body is not JSON",
    422: "A field is wrong, or no law is in force on the day",
    429: "Too many requests",
    500: "A fault of the service",
    503: "The store is away; send the same request again after Retry-After seconds",
}
_ONLY_FOR_BODIES = (409, 412, 413, 415)


def document(title: str, version: str) -> dict[str, Any]:
    """The whole description, as plain values."""
    _, schemas = models_json_schema(_models(), ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.1",
        "info": {"title": title, "version": version, "license": {"name": "MIT", "identifier": "MIT"}},
        "paths": paths,
        "components": {
            "schemas": schemas.get("$defs", {}),
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _models() -> list[tuple[type[BaseModel], Any]]:
    models: dict[tuple[type[BaseModel], str], None] = {(Problem, "serialization"): None}
    for endpoint in ENDPOINTS:
        if endpoint.body is not NoBody:
            models[(endpoint.body, "validation")] = None
        for answer in endpoint.answers.values():
            models[(answer, "serialization")] = None
    return list(models)


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "description": (endpoint.view.__doc__ or "").strip(),
        "parameters": [*_ids(endpoint), *_parameters(endpoint), *_headers(endpoint)],
        "responses": {**_answers(endpoint), **_problems(endpoint)},
        "security": [{"bearer": []}] if endpoint.verb else [],
    }
    if endpoint.body is not NoBody:
        content = {"application/json": {"schema": _ref(endpoint.body)}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}


def _ids(endpoint: Endpoint) -> Iterable[dict[str, Any]]:
    for name in endpoint.path_ids:
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}


def _parameters(endpoint: Endpoint) -> Iterable[dict[str, Any]]:
    schema = endpoint.query.model_json_schema(ref_template=_REF)
    for name, field in schema.get("properties", {}).items():
        yield {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": _given(field)}


def _given(field: dict[str, Any]) -> dict[str, Any]:
    """A query parameter is left out, never null."""
    given = [choice for choice in field.get("anyOf", ()) if choice != {"type": "null"}]
    return {k: v for k, v in field.items() if k not in ("anyOf", "default", "title")} | (given[0] if given else {})


def _headers(endpoint: Endpoint) -> Iterable[dict[str, Any]]:
    if endpoint.records:
        key = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}
        yield {"name": "Idempotency-Key", "in": "header", "required": True, "schema": key}
        if "account_id" in endpoint.path_ids:
            version = {"type": "string", "pattern": '^"[0-9]{1,9}"$'}
            yield {"name": "If-Match", "in": "header", "required": False, "schema": version}


def _answers(endpoint: Endpoint) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for status, model in endpoint.answers.items():
        content: dict[str, Any] = {"application/json": {"schema": _ref(model)}}
        content |= {media: {"schema": {"type": "string"}} for media in endpoint.also}
        found[str(status)] = {"description": (model.__doc__ or model.__name__).strip(), "content": content}
    return found


def _problems(endpoint: Endpoint) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": _ref(Problem)}}
    return {
        str(status): {"description": words, "content": content}
        for status, words in _PROBLEMS.items()
        if endpoint.body is not NoBody or status not in _ONLY_FOR_BODIES
    }
