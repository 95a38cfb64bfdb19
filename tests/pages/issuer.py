"""An issuer of somebody else's, which can be told to lie."""

import base64
import hmac
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from tests.pages.conftest import served

Spoil = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class ForeignIssuer:
    """Signs in whoever comes as `said`; what it signs is spoilt as a test wants it."""

    said: dict[str, Any]
    address: str = ""
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))
    spoil: Spoil = lambda claims: claims
    algorithm: str = "ES256"
    answer: dict[str, str] | None = None
    asked: dict[str, str] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)

    def authorize(self) -> ResponseReturnValue:
        self.asked = request.args.to_dict()
        answer = self.answer or {"code": "one-code"}
        return redirect(f"{self.asked['redirect_uri']}?{urlencode(answer | {'state': self.asked['state']})}")

    def token(self) -> ResponseReturnValue:
        self.sent = request.form.to_dict()
        return jsonify({"access_token": "x", "token_type": "Bearer", "id_token": self.signed(self.claims())})

    def claims(self, **more: Any) -> dict[str, Any]:
        now = int(time.time())
        stands = {"iss": self.address, "aud": "us", "iat": now, "exp": now + 60, "nonce": self.asked.get("nonce")}
        return self.spoil({**stands, **self.said, **more})

    def signed(self, claims: dict[str, Any]) -> str:
        if self.algorithm == "ES256":
            return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)
        said = ".".join(map(_base64, ({"alg": self.algorithm, "kid": self.key.kid}, claims)))
        if self.algorithm == "none":
            return f"{said}."
        known_to_all = self.key.as_pem(private=False)  # HS256, with what everybody knows as the shared secret
        return f"{said}.{_encoded(hmac.digest(known_to_all, said.encode(), 'sha256'))}"

    def discovery(self) -> ResponseReturnValue:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        found = {name: f"{self.address}/{path}" for name, path in places.items()}
        return jsonify({"issuer": self.address, "end_session_endpoint": f"{self.address}/leave", **found})

    def keys(self) -> ResponseReturnValue:
        return jsonify(KeySet([self.key]).as_dict(private=False))


@contextmanager
def answering(issuer: ForeignIssuer) -> Iterator[ForeignIssuer]:
    """The issuer, answering on this machine."""
    app = Flask("foreign issuer")
    app.add_url_rule("/.well-known/openid-configuration", "discovery", issuer.discovery)
    app.add_url_rule("/authorize", "authorize", issuer.authorize)
    app.add_url_rule("/token", "token", issuer.token, methods=["POST"])
    app.add_url_rule("/keys", "keys", issuer.keys)
    with served(app) as address:
        issuer.address = address
        yield issuer


def _base64(value: object) -> str:
    return _encoded(json.dumps(value).encode())


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
