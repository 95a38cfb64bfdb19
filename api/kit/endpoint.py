"""What an address of the API takes and answers, said once: served, checked and documented from the same words."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from flask import Flask, Request, Response, g, request
from pydantic import BaseModel, ConfigDict

from api.auth import Identity, of_bearer
from api.kit import reading
from api.kit.problems import ApiError
from api.policy import Verb
from api.wiring import Installation
from domain.account.statement import canonical
from domain.terms import Terms
from ledger import receipts
from ledger.application import NoSuchAccount
from ledger.council import Council

B = TypeVar("B", bound=BaseModel)
Q = TypeVar("Q", bound=BaseModel)


class NoBody(Terms):
    """This address takes no body."""


class NoQuery(Terms):
    """This address takes no query parameters."""


class Write(BaseModel):
    """What every write may be asked besides its body."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    dry_run: bool = False


@dataclass(frozen=True)
class Answer:
    """A body that is a model, its status, and the version it rests on where it rests on one."""

    model: BaseModel
    status: int = 200
    version: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        body = canonical(self.model.model_dump(mode="json", by_alias=True))
        response = Response(body, status=self.status, mimetype="application/json")
        if self.version is not None:
            response.headers["ETag"] = f'"{self.version}"'
        response.headers.update(self.headers)
        return response


@dataclass(frozen=True)
class Call(Generic[B, Q]):
    """One request, read and allowed: what was asked, by whom, of which council, at what time."""

    request: Request
    endpoint: "Endpoint"
    installation: Installation
    identity: Identity
    now: datetime
    account_id: UUID
    ids: Mapping[str, str]
    body: B
    query: Q

    @cached_property
    def council(self) -> Council:
        return self.installation.council(self.identity.council)

    @cached_property
    def latest(self) -> datetime:
        """The latest moment of which anything is known: now, or that of the last entry where that is later.

        A fixed clock, or one behind another machine's, must not hide what has been recorded.
        """
        return self.council.ledger.recorder.latest(self.now)

    @property
    def if_version(self) -> int | None:
        """The version an If-Match header names, if there is one."""
        header = self.request.headers.get("If-Match")
        if header is None or header.strip() == "*":
            return None
        found = re.fullmatch(r'\s*"([0-9]{1,9})"\s*', header, re.ASCII)
        if not found:
            raise ApiError(400, "malformed", 'If-Match names a version in quotation marks, as ETag gives it: "4".')
        return int(found[1])

    @property
    def as_request(self) -> receipts.Request:
        """What makes this the same request when it is sent again: the key, the address and the body."""
        key = self.request.headers.get("Idempotency-Key", "")
        if not re.fullmatch(r"[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?", key, re.ASCII):
            raise ApiError(
                400, "idempotency-key", "Send an Idempotency-Key header of 1 to 255 characters, new for each request."
            )
        asked = [self.request.method, self.request.path, self.request.get_json()]
        return receipts.Request(self.identity.sub, key, hashlib.sha256(canonical(asked)).digest())


@dataclass(frozen=True)
class Endpoint:
    """One method at one address."""

    method: Literal["GET", "POST"]
    path: str
    verb: Verb | None
    view: Callable[[Any], Answer | Response]
    body: type[BaseModel]
    query: type[BaseModel]
    answers: Mapping[int, type[BaseModel]]
    records: bool
    also: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.view.__name__

    @property
    def summary(self) -> str:
        return (self.view.__doc__ or "").strip().partition("\n")[0].rstrip(".")

    @property
    def path_ids(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    def serve(self, installation: Installation, ids: Mapping[str, str]) -> Response:
        """Read, allow, hand over, answer."""
        identity = self._identity(installation)
        account_id = _uuid(ids["account_id"]) if "account_id" in ids else UUID(int=0)
        if self.verb:
            identity.require(self.verb, account_id if "account_id" in ids else None)
        call = Call(
            request=request,
            endpoint=self,
            installation=installation,
            identity=identity,
            now=installation.settings.now(),
            account_id=account_id,
            ids=ids,
            query=reading.query(request, self.query),
            body=reading.body(request, self.body) if self.body is not NoBody else NoBody(),
        )
        if self.records and not getattr(call.query, "dry_run", False):
            _ = call.as_request  # a missing key is told before the account is looked at
        found = self.view(call)
        return found.response() if isinstance(found, Answer) else found

    def _identity(self, installation: Installation) -> Identity:
        if self.verb is None:
            return Identity(sub="", council="", role="machine")
        g.identity = of_bearer(installation.issuer, request.headers.get("Authorization"))
        return g.identity  # type: ignore[no-any-return]


ENDPOINTS: list[Endpoint] = []

View = Callable[[Any], Answer | Response]


def get(
    path: str,
    verb: Verb | None,
    answer: type[BaseModel],
    query: type[BaseModel] = NoQuery,
    also: tuple[str, ...] = (),
) -> Callable[[View], View]:
    """Serve a view at GET `path`; `also` names media types it answers besides JSON."""
    return _register("GET", path, verb, NoBody, query, {200: answer}, False, also)


def post(
    path: str,
    verb: Verb,
    body: type[BaseModel],
    answers: Mapping[int, type[BaseModel]],
    query: type[BaseModel] = Write,
    records: bool = True,
) -> Callable[[View], View]:
    """Serve a view at POST `path`; one that records takes an Idempotency-Key, If-Match and `dry_run`."""
    return _register("POST", path, verb, body, query, answers, records, ())


def _register(
    method: Literal["GET", "POST"],
    path: str,
    verb: Verb | None,
    body: type[BaseModel],
    query: type[BaseModel],
    answers: Mapping[int, type[BaseModel]],
    records: bool,
    also: tuple[str, ...],
) -> Callable[[View], View]:
    def keep(view: View) -> View:
        ENDPOINTS.append(Endpoint(method, path, verb, view, body, query, answers, records, also))
        return view

    return keep


def serve_all(app: Flask, installation: Installation) -> None:
    """Give the application every endpoint there is."""
    for endpoint in ENDPOINTS:

        def view(endpoint: Endpoint = endpoint, **ids: str) -> Response:
            return endpoint.serve(installation, ids)

        rule = re.sub(r"{(\w+)}", r"<\1>", endpoint.path)
        app.add_url_rule(rule, f"{endpoint.method} {endpoint.path}", view, methods=[endpoint.method])


def _uuid(text: str) -> UUID:
    """The id in an address; what is no id is no account either."""
    try:
        return UUID(text)
    except ValueError:
        raise NoSuchAccount from None
