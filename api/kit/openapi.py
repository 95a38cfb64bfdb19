"""The API's own description (OpenAPI 3.1), made from the same declarations that serve it."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from api.kit.call import KEY_PATTERN, VERSION_PATTERN, NoBody
from api.kit.endpoint import ENDPOINTS, Endpoint, is_id
from api.kit.problems import Problem
from domain.terms import Code

Mode = Literal["validation", "serialization"]
References = Mapping[tuple[Any, Mode], dict[str, Any]]
"""Where each model is described, as it is asked for and as it is answered."""

_REF = "#/components/schemas/{model}"
_PROBLEMS = {
    400: "The request is malformed, or lacks its Idempotency-Key",
    401: "Nobody is signed in, or the token is not accepted",
    403: "The role does not allow this",
    404: "There is no such account for this council, or nothing of this name in it",
    409: "The account refuses this; `type` says why",
    412: "The account has changed since the version in If-Match",
    413: "The body is too large",
    415: "The body is of another media type than is taken here",
    422: "A field is wrong, or no law is in force on the day",
    429: "Too many requests",
    500: "A fault of the service",
    503: "The store is away; send the same request again after Retry-After seconds",
}
_ONLY_FOR_BODIES = (413, 415)
_ONLY_FOR_RECORDS = (409, 412)
_ONLY_FOR_ONE_OF_THEM = (404,)
_HEALTH = {
    "/livez": ("livez", "Whether the service runs"),
    "/readyz": ("readyz", "Whether the service can answer: its store is there"),
    "/openapi.json": ("openapi", "This description"),
}


def document(title: str, version: str) -> dict[str, Any]:
    """The whole description, as plain values."""
    references, schemas = models_json_schema(_models(), ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, references)
    paths |= {path: {"get": _health(*words, references)} for path, words in _HEALTH.items()}
    return {
        "openapi": "3.1.1",
        "info": {"title": title, "version": version, "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas.get("$defs", {}),
            "headers": _ANSWER_HEADERS,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _models() -> list[tuple[type[BaseModel], Mode]]:
    models: dict[tuple[type[BaseModel], Mode], None] = {(Problem, "serialization"): None}
    for endpoint in ENDPOINTS:
        if endpoint.body is not NoBody and not endpoint.takes:
            models[(endpoint.body, "validation")] = None
        for answer in endpoint.answers.values():
            models[(answer, "serialization")] = None
    return list(models)


def _operation(endpoint: Endpoint, references: References) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "description": (endpoint.view.__doc__ or "").strip(),
        "parameters": [*_ids(endpoint), *_parameters(endpoint), *_headers(endpoint)],
        "responses": {**_answers(endpoint, references), **_problems(endpoint, references)},
        "security": [{"bearer": []}] if endpoint.verb else [],
    }
    if endpoint.body is not NoBody:
        described["requestBody"] = {"required": True, "content": _content(endpoint, references)}
    return described


def _content(endpoint: Endpoint, references: References) -> dict[str, Any]:
    if endpoint.takes:
        return {media: {"schema": _TEXT} for media in endpoint.takes}
    return {"application/json": {"schema": references[endpoint.body, "validation"]}}


def _health(name: str, summary: str, references: References) -> dict[str, Any]:
    answer = {"description": summary, "content": {"application/json": {"schema": {"type": "object"}}}}
    problems = {str(status): _problem(status, references) for status in (500, 503)}
    responses = {"200": answer | {"headers": _with(["X-Request-Id"])}, **problems}
    return {"operationId": name, "summary": summary, "responses": responses, "security": []}


def _ids(endpoint: Endpoint) -> Iterable[dict[str, Any]]:
    for name in endpoint.path_ids:
        schema = {"type": "string", "format": "uuid"} if is_id(name) else TypeAdapter(Code).json_schema()
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _parameters(endpoint: Endpoint) -> Iterable[dict[str, Any]]:
    schema = endpoint.query.model_json_schema(ref_template=_REF)
    for name, field in schema.get("properties", {}).items():
        yield {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": _given(field)}


def _given(field: dict[str, Any]) -> dict[str, Any]:
    """A query parameter is left out, never null."""
    given = [choice for choice in field.get("anyOf", ()) if choice != {"type": "null"}]
    left_out = ("anyOf", "title") if field.get("default") is not None else ("anyOf", "title", "default")
    return {k: v for k, v in field.items() if k not in left_out} | (given[0] if given else {})


def _headers(endpoint: Endpoint) -> Iterable[dict[str, Any]]:
    if endpoint.records:
        key = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": KEY_PATTERN}
        words = "New for each request; sent again, it brings the same answer. A dry run needs none."
        yield {"name": "Idempotency-Key", "in": "header", "required": True, "description": words, "schema": key}
        if "account_id" in endpoint.path_ids:
            version = {"type": "string", "pattern": VERSION_PATTERN}
            words = "The version this rests on, as ETag gave it; * for any."
            yield {"name": "If-Match", "in": "header", "required": False, "description": words, "schema": version}


_TEXT = {"type": "string"}
_ANSWER_HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-Id": {"description": "The name of this request in our logs: yours, if you gave one", "schema": _TEXT},
    "ETag": {
        "description": "The version of the account, or of the council's own amounts",
        "schema": {"type": "string", "pattern": '^"[0-9]+"$'},
    },
    "Idempotent-Replayed": {
        "description": "The request had been carried out before; this is its answer",
        "schema": {"type": "string", "const": "true"},
    },
    "Location": {"description": "Where to read how far the work has come", "schema": _TEXT},
    "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 0}},
    "WWW-Authenticate": {"description": "How to sign in", "schema": _TEXT},
}


def _with(names: Iterable[str], required: bool = True) -> dict[str, Any]:
    """These headers of an answer. A reference cannot say that a header is always there, so such stand in full."""
    if not required:
        return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    return {name: {**_ANSWER_HEADERS[name], "required": True} for name in names}


def _answers(endpoint: Endpoint, references: References) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for status, model in endpoint.answers.items():
        content: dict[str, Any] = {"application/json": {"schema": references[model, "serialization"]}}
        content |= {media: {"schema": _TEXT if media.startswith("text/") else {}} for media in endpoint.also}
        versioned = status == 201 or "account_id" in endpoint.path_ids
        always = ["X-Request-Id", *(["ETag"] if versioned else []), *(["Location"] if status == 202 else [])]
        headers = _with(always) | _with(["Idempotent-Replayed"] if status in (201, 202) else [], required=False)
        words = (model.__doc__ or model.__name__).strip()
        found[str(status)] = {"description": words, "headers": headers, "content": content}
    return found


def _problems(endpoint: Endpoint, references: References) -> dict[str, Any]:
    return {
        str(status): _problem(status, references)
        for status in _PROBLEMS
        if (endpoint.body is not NoBody or status not in _ONLY_FOR_BODIES)
        and (endpoint.records or status not in _ONLY_FOR_RECORDS)
        and (endpoint.path_ids or status not in _ONLY_FOR_ONE_OF_THEM)
    }


def _problem(status: int, references: References) -> dict[str, Any]:
    always = {401: ["WWW-Authenticate"], 429: ["Retry-After"], 503: ["Retry-After"]}.get(status, [])
    content = {"application/problem+json": {"schema": references[Problem, "serialization"]}}
    return {"description": _PROBLEMS[status], "headers": _with(["X-Request-Id", *always]), "content": content}
