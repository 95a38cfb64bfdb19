"""What an address of the API takes and answers, said once: served, checked and documented from the same words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from flask import Flask, Response, g, request
from pydantic import BaseModel
from werkzeug.routing import BaseConverter

from api.auth import Identity, of_bearer
from api.kit import reading
from api.kit.call import Answer, Call, NoBody, NoQuery, Write
from api.looking import Looking
from api.policy import Verb
from api.wiring import Installation
from domain.dates import day_in_london
from ledger.outcomes import NoSuchAccount

_NO_ACCOUNT = UUID(int=0)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)

View = Callable[[Any], Answer | Response]


@dataclass(frozen=True)
class Endpoint:
    """One method at one address."""

    method: Literal["GET", "POST"]
    path: str
    verb: Verb | None
    view: View
    body: type[BaseModel]
    query: type[BaseModel]
    answers: Mapping[int, type[BaseModel]]
    records: bool
    also: tuple[str, ...]
    takes: tuple[str, ...] = ()  # the media types of a file that is sent in place of JSON

    @property
    def name(self) -> str:
        return self.view.__name__

    @property
    def summary(self) -> str:
        return (self.view.__doc__ or "").strip().partition("\n")[0].rstrip(".")

    @property
    def path_ids(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    def serve(self, installation: Installation, given: Mapping[str, str]) -> Response:
        """Read, allow, hand over, answer."""
        identity = self._identity(installation)
        ids = {name: text.lower() if is_id(name) else text for name, text in given.items()}
        account_id = _uuid(ids["account_id"]) if "account_id" in ids else None
        looking = self._looking(installation, identity)
        if looking:
            identity = looking.admit(account_id, day_in_london(looking.at))
        call = Call(
            request=request,
            address=self.path.format(**ids),
            installation=installation,
            identity=identity,
            now=looking.at if looking else installation.settings.now(),
            account_id=account_id or _NO_ACCOUNT,
            ids=ids,
            query=reading.query(request, self.query),
            body=self._body(),
            shown={account_id} if account_id else set(),
        )
        if self.records and ("Idempotency-Key" in request.headers or not getattr(call.query, "dry_run", False)):
            _ = call.as_request  # a missing or wrong key is told before the account is looked at
        return looking.answer(lambda: self._answer(call), call.shown) if looking else self._answer(call)

    def _looking(self, installation: Installation, identity: Identity) -> Looking | None:
        """The look that a request for this address is; none where it is for anybody."""
        if self.verb is None:
            return None
        council, now = installation.council(identity.council), installation.settings.now()
        return Looking(council, identity, now, self.verb, f"{self.method} {self.path}", "api")

    def _answer(self, call: Call[Any, Any]) -> Response:
        found = self.view(call)
        response = found.response() if isinstance(found, Answer) else found
        if self.also:
            response.vary.add("Accept")
        return response

    def _body(self) -> BaseModel:
        if self.takes:
            return reading.file(request, self.takes)
        return reading.body(request, self.body) if self.body is not NoBody else NoBody()

    def _identity(self, installation: Installation) -> Identity:
        if self.verb is None:
            return Identity(sub="", council="", role="machine")
        g.identity = of_bearer(installation.issuer, request.headers.get("Authorization"))
        council = installation.council(g.identity.council)  # one that is not set up here lets nobody in
        installation.limits.require(council, "calls", installation.settings.limit_calls, g.identity.sub)
        return g.identity  # type: ignore[no-any-return]


ENDPOINTS: list[Endpoint] = []


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
    verb: Verb | None,
    body: type[BaseModel],
    answers: Mapping[int, type[BaseModel]],
    query: type[BaseModel] = Write,
    records: bool = True,
    takes: tuple[str, ...] = (),
) -> Callable[[View], View]:
    """Serve a view at POST `path`; one that records takes an Idempotency-Key, If-Match and `dry_run`.

    `takes` names the media types of a file that is sent in place of JSON.
    """
    return _register("POST", path, verb, body, query, answers, records, (), takes)


def _register(
    method: Literal["GET", "POST"],
    path: str,
    verb: Verb | None,
    body: type[BaseModel],
    query: type[BaseModel],
    answers: Mapping[int, type[BaseModel]],
    records: bool,
    also: tuple[str, ...],
    takes: tuple[str, ...] = (),
) -> Callable[[View], View]:
    def keep(view: View) -> View:
        ENDPOINTS.append(Endpoint(method, path, verb, view, body, query, answers, records, also, takes))
        return view

    return keep


def serve_all(app: Flask, installation: Installation) -> None:
    """Give the application every endpoint there is."""
    app.url_map.converters |= {"id": _converter_of_ids(), "reference": _ReferenceConverter}
    for endpoint in ENDPOINTS:

        def view(endpoint: Endpoint = endpoint, **ids: str) -> Response:
            return endpoint.serve(installation, ids)

        rule = re.sub(r"{(\w+_id)}", r"<id:\1>", endpoint.path)
        rule = re.sub(r"{(\w+)}", r"<reference:\1>", rule)
        app.add_url_rule(rule, f"{endpoint.method} {endpoint.path}", view, methods=[endpoint.method])


def is_id(name: str) -> bool:
    """Whether a part of an address is an id of ours, of which capitals make no other; else a reference of theirs."""
    return name.endswith("_id")


class _ReferenceConverter(BaseConverter):
    """What can stand for a reference in an address: anything, since a slash that was encoded arrives as a slash."""

    regex = ".+"
    part_isolating = False


def _converter_of_ids() -> type[BaseConverter]:
    """What can stand for an id in an address: anything but our own words, so that these take their methods alone."""
    words = {word for endpoint in ENDPOINTS for word in endpoint.path.split("/") if word and "{" not in word}
    return type("IdConverter", (BaseConverter,), {"regex": f"(?!(?:{'|'.join(sorted(words))})$).+"})


def _uuid(text: str) -> UUID:
    """The id in an address; what is no id is no account either."""
    if not _UUID.fullmatch(text):
        raise NoSuchAccount
    return UUID(text)
