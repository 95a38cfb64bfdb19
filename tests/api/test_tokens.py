"""Whether a bearer token that was not signed for this API, by this issuer, for now, lets nobody in."""

import base64
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from joserfc import jwt
from joserfc.jwk import ECKey
from werkzeug.test import TestResponse

from api.issuer import ALGORITHM, API, DEVELOPMENT, SIGN_IN, Issuer
from api.wiring import Installation
from ledger.council import Council

Claims = dict[str, Any]


@pytest.fixture
def issuer(installation: Installation) -> Issuer:
    return installation.issuer


@pytest.fixture
def claims(api_council: Council) -> Claims:
    """What a good token says."""

    return {
        "iss": DEVELOPMENT,
        "aud": API,
        "sub": "alice",
        "council": api_council.code,
        "roles": ["finance"],
        "iat": NOW,
        "exp": NOW + 3600,
    }


def signed(issuer: Issuer, claims: Mapping[str, Any]) -> str:
    return jwt.encode({"alg": ALGORITHM, "kid": issuer._own_key.kid}, dict(claims), issuer._own_key)


def knock(app: Flask, authorization: str) -> TestResponse:
    return app.test_client().get("/v1/parameters", headers={"Authorization": authorization})


def test_a_token_of_the_issuer_lets_its_bearer_in(app: Flask, issuer: Issuer, claims: Claims) -> None:
    assert knock(app, f"Bearer {signed(issuer, claims)}").status_code == 200
    assert knock(app, f"bearer  {signed(issuer, claims)} ").status_code == 200


NOW = int(datetime.now(UTC).timestamp())
WRONG: dict[str, Claims] = {
    "expired a second ago": {"exp": NOW - 1},
    "never expires": {"exp": None},
    "not yet to be used": {"nbf": NOW + 3600},
    "expiry that is text": {"exp": "tomorrow"},
    "for somebody else": {"aud": "another service"},
    "for signing in": {"aud": SIGN_IN},
    "for nobody": {"aud": None},
    "from another issuer": {"iss": "somebody else"},
    "from nobody": {"iss": None},
    "no roles": {"roles": []},
    "roles that are no list": {"roles": "finance"},
    "roles left out": {"roles": None},
    "two roles": {"roles": ["finance", "auditor"]},
    "the same role twice": {"roles": ["finance", "finance"]},
    "unknown role": {"roles": ["superuser"]},
    "a role that is a list": {"roles": [["finance"]]},
    "no council": {"council": None},
    "a council that is not set up": {"council": "E10000099"},
    "a council that is a list": {"council": ["E10000012"]},
    "a council that is no code": {"council": "pg_catalog"},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a subject that is a number": {"sub": 7},
    "a subject that cannot be written": {"sub": "al\x00ice"},
    "a subject without end": {"sub": "a" * 256},
    "an account that is none": {"account": "mine"},
    "an account that is a number": {"account": 7},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_token_that_is_wrong_in_one_claim_lets_nobody_in(
    wrong: Claims, app: Flask, issuer: Issuer, claims: Claims
) -> None:
    given = {name: value for name, value in (claims | wrong).items() if value is not None}
    answer = knock(app, f"Bearer {signed(issuer, given)}")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.mimetype == "application/problem+json"


def test_a_token_that_was_good_lets_nobody_in_once_it_has_expired(
    app: Flask, issuer: Issuer, claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its signature is checked once; whether it is still good, every time."""
    token = signed(issuer, claims)
    assert knock(app, f"Bearer {token}").status_code == 200
    monkeypatch.setattr("api.issuer._wall_clock", lambda: datetime.now(UTC) + timedelta(hours=2))
    assert knock(app, f"Bearer {token}").status_code == 401


def test_a_sign_in_link_is_no_api_token_and_the_other_way_round(
    app: Flask, issuer: Issuer, api_council: Council
) -> None:
    more = {"sub": "alice", "council": api_council.code, "role": "finance", "lasts": timedelta(hours=1)}
    assert knock(app, f"Bearer {issuer.token(audience=SIGN_IN, **more)}").status_code == 401  # type: ignore[arg-type]
    with pytest.raises(Exception, match="not signed by the issuer"):
        issuer.claims(issuer.token(audience=API, **more), audience=SIGN_IN)  # type: ignore[arg-type]


def _base64(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE"])
def test_a_token_without_a_signature_lets_nobody_in(algorithm: str, app: Flask, claims: Claims) -> None:
    for signature in ("", "c2lnbmF0dXJl"):
        token = f"{_base64({'alg': algorithm, 'typ': 'JWT'})}.{_base64(claims)}.{signature}"
        assert knock(app, f"Bearer {token}").status_code == 401


@pytest.mark.parametrize("form", ["pem", "der", "json"])
def test_a_token_signed_with_the_public_key_as_a_shared_secret_lets_nobody_in(
    form: str, app: Flask, issuer: Issuer, claims: Claims
) -> None:
    key = issuer._own_key
    public = json.dumps(key.as_dict(private=False)).encode() if form == "json" else key.as_bytes(form.upper(), False)  # type: ignore[arg-type]
    said = f"{_base64({'alg': 'HS256', 'kid': key.kid})}.{_base64(claims)}"
    signature = base64.urlsafe_b64encode(hmac.digest(public, said.encode(), "sha256")).decode().rstrip("=")
    assert knock(app, f"Bearer {said}.{signature}").status_code == 401


def test_a_token_of_another_key_under_the_same_name_lets_nobody_in(app: Flask, issuer: Issuer, claims: Claims) -> None:
    forged = ECKey.generate_key("P-256")
    token = jwt.encode({"alg": ALGORITHM, "kid": issuer._own_key.kid}, claims, forged)
    assert knock(app, f"Bearer {token}").status_code == 401


def test_a_token_that_brings_its_own_key_lets_nobody_in(app: Flask, claims: Claims) -> None:
    own = ECKey.generate_key("P-256")
    token = jwt.encode({"alg": ALGORITHM, "jwk": own.as_dict(private=False)}, claims, own)
    assert knock(app, f"Bearer {token}").status_code == 401


def test_a_token_whose_claims_were_changed_after_signing_lets_nobody_in(
    app: Flask, issuer: Issuer, claims: Claims
) -> None:
    head, _, signature = signed(issuer, claims).split(".")
    changed = f"{head}.{_base64(claims | {'roles': ['finance_approver']})}.{signature}"
    assert knock(app, f"Bearer {changed}").status_code == 401


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer a.b",
        "Bearer a.b.c",
        "Bearer ...",
        "Basic YWxpY2U6c2VjcmV0",
        "x" * 9000,
    ],
)
def test_what_is_no_token_lets_nobody_in(authorization: str, app: Flask) -> None:
    answer = knock(app, authorization)
    assert (answer.status_code, answer.get_json()["status"]) == (401, 401)


def test_a_token_is_never_repeated_in_the_answer(app: Flask, issuer: Issuer, claims: Claims) -> None:
    token = signed(issuer, claims | {"exp": NOW - 1, "sub": "somebody-secret"})
    answer = knock(app, f"Bearer {token}")
    assert token not in answer.get_data(as_text=True)
    assert "somebody-secret" not in answer.get_data(as_text=True)
