"""A caller of the API in one role, who writes requests as briefly as tests want to read them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from api.issuer import API
from api.wiring import Installation


class ApiCaller:
    """Sends requests with one role's bearer token. A write has a new Idempotency-Key unless one, or None, is given."""

    def __init__(
        self, app: Flask, council: str, role: str, sub: str = "alice", account: str | None = None, **more: str
    ) -> None:
        installation: Installation = app.extensions["careledger"]
        own = more | ({"account": account} if account else {})
        token = installation.issuer.token(
            audience=API, sub=sub, council=council, role=role, lasts=timedelta(hours=1), **own
        )
        self._client = app.test_client()
        self._authorization: dict[str, str | None] = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **headers: str | None) -> TestResponse:
        return self._client.get(path, headers=_named(self._authorization | headers))

    def post(self, path: str, body: Any, **headers: str | None) -> TestResponse:
        own = _named({"Idempotency-Key": uuid4().hex} | self._authorization | headers)
        if isinstance(body, bytes | str):
            return self._client.post(path, data=body, headers={"Content-Type": "application/json"} | own)
        return self._client.post(path, json=body, headers=own)


def _named(headers: dict[str, str | None]) -> dict[str, str]:
    """The headers under the names they have on the wire; one that is None is left out."""
    wire = {name.replace("_", "-"): value for name, value in headers.items()}
    return {name: value for name, value in wire.items() if value is not None}
