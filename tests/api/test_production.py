"""Whether production refuses what is for demonstrations, and trusts the council's own issuer alone."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask, request
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from pydantic import ValidationError

from api.app import create_app
from api.issuer import ALGORITHM, API, SIGN_IN, Issuer, NoDevelopmentIssuer
from api.settings import Settings
from api.wiring import Installation
from ledger.council import Council

ISSUER = "https://identity.example.gov.uk"


@pytest.fixture(scope="module")
def key() -> ECKey:
    return ECKey.generate_key("P-256", auto_kid=True)


@pytest.fixture(scope="module")
def rsa_key() -> RSAKey:
    return RSAKey.generate_key(2048, auto_kid=True)


@pytest.fixture(scope="module")
def key_set(key: ECKey, rsa_key: RSAKey, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("issuer") / "keys.json"
    keys = [key.as_dict(private=False), rsa_key.as_dict(private=False)]
    file.write_text(json.dumps({"keys": keys}), "utf-8")
    return file


@pytest.fixture(scope="module")
def sign_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Who vouches for a council's staff, as an installation in production has to say."""
    folder = tmp_path_factory.mktemp("sign-in")
    (folder / "key.json").write_text(json.dumps(ECKey.generate_key("P-256").as_dict(private=True)), "utf-8")
    said = {"council": "E10000012", "audience": "staff", "issuer": ISSUER, "client_id": "care"}
    said |= {"private_key_file": "key.json", "role_claim": "roles"}
    (folder / "sign-in.yaml").write_text(json.dumps([{**said, "roles": {"Care": "finance"}}]), "utf-8")
    return folder / "sign-in.yaml"


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch, key_set: Path, sign_in: Path) -> pytest.MonkeyPatch:
    """The environment of a production installation, to be spoiled by a test."""
    monkeypatch.setenv("CARELEDGER_MODE", "production")
    monkeypatch.setenv("CARELEDGER_ISSUER", ISSUER)
    monkeypatch.setenv("CARELEDGER_ISSUER_KEYS", str(key_set))
    monkeypatch.setenv("CARELEDGER_SIGN_IN", str(sign_in))
    return monkeypatch


def test_production_with_an_issuer_and_its_keys_starts(production: pytest.MonkeyPatch) -> None:
    assert Settings().mode == "production"


def test_production_refuses_a_fixed_clock_and_says_why(production: pytest.MonkeyPatch) -> None:
    production.setenv("CARELEDGER_CLOCK", "2026-11-22")
    with pytest.raises(ValidationError, match=r"CARELEDGER_CLOCK fixes the clock .* production needs the real one"):
        Settings()


@pytest.mark.parametrize("missing", ["CARELEDGER_ISSUER", "CARELEDGER_ISSUER_KEYS"])
def test_production_refuses_the_development_issuer_and_says_why(production: pytest.MonkeyPatch, missing: str) -> None:
    production.delenv(missing)
    with pytest.raises(ValidationError, match=r"CARELEDGER_ISSUER and CARELEDGER_ISSUER_KEYS.*development issuer"):
        Settings()


def test_production_refuses_to_start_where_nobody_could_sign_in(production: pytest.MonkeyPatch) -> None:
    production.delenv("CARELEDGER_SIGN_IN")
    with pytest.raises(ValidationError, match="without it nobody of the council can sign in"):
        Settings()


def test_production_refuses_an_issuer_on_the_same_machine(
    production: pytest.MonkeyPatch, sign_in: Path, tmp_path: Path
) -> None:
    (tmp_path / "key.json").write_bytes((sign_in.parent / "key.json").read_bytes())
    own = sign_in.read_text("utf-8").replace(ISSUER, "http://127.0.0.1:8000/development-issuer")
    (tmp_path / "sign-in.yaml").write_text(own, "utf-8")
    production.setenv("CARELEDGER_SIGN_IN", str(tmp_path / "sign-in.yaml"))
    with pytest.raises(ValidationError, match="an issuer on this machine, which is for development alone"):
        Settings()


def test_a_file_of_issuers_that_cannot_be_read_is_told_at_the_start(
    production: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    production.setenv("CARELEDGER_SIGN_IN", str(tmp_path / "absent.yaml"))
    with pytest.raises(ValidationError, match="cannot be read as YAML"):
        Settings()


@pytest.mark.parametrize("content", [None, "", "no JSON", "[]", "{}", '{"keys": []}', '{"keys": [{"kty": "none"}]}'])
def test_production_refuses_keys_that_cannot_be_read_at_the_start(
    production: pytest.MonkeyPatch, content: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "keys.json"
    if content is not None:
        file.write_text(content, "utf-8")
    production.setenv("CARELEDGER_ISSUER_KEYS", str(file))
    with pytest.raises(ValidationError, match="CARELEDGER_ISSUER_KEYS has to name"):
        Settings()


def test_production_signs_nobody_in_by_itself(key_set: Path, sign_in: Path, home: Path) -> None:
    issuer = Issuer(Settings(home=home, mode="production", issuer=ISSUER, issuer_keys=key_set, sign_in=sign_in))
    for audience in (API, SIGN_IN):
        with pytest.raises(NoDevelopmentIssuer):
            issuer.token(audience=audience, sub="a", council="E1", role="finance", lasts=timedelta(hours=1))


@pytest.fixture(scope="module")
def production_app(installation: Installation, key_set: Path, sign_in: Path) -> Iterator[Flask]:
    """The same councils behind a production front."""
    found = Installation(
        Settings(
            home=installation.settings.home, mode="production", issuer=ISSUER, issuer_keys=key_set, sign_in=sign_in
        )
    )
    found.start()
    yield create_app(found)
    found.stop()


def _status(app: Flask, token: str) -> int:
    return app.test_client().get("/v1/cap-progress", headers={"Authorization": f"Bearer {token}"}).status_code


def _token(key: ECKey | RSAKey, council: str, **changed: object) -> str:
    now = datetime.now(UTC)
    claims = {
        "iss": ISSUER,
        "aud": API,
        "sub": "alice",
        "council": council,
        "roles": ["finance"],
        "exp": int((now + timedelta(minutes=5)).timestamp()),
    }
    algorithm = "RS256" if isinstance(key, RSAKey) else ALGORITHM
    return jwt.encode({"alg": algorithm, "kid": key.kid}, claims | changed, key)


def test_production_takes_the_tokens_of_its_own_issuer(
    production_app: Flask, key: ECKey, rsa_key: RSAKey, api_council: Council
) -> None:
    assert _status(production_app, _token(key, api_council.code)) == 200
    assert _status(production_app, _token(rsa_key, api_council.code)) == 200
    stranger = ECKey.generate_key("P-256", parameters={"kid": key.kid or ""})
    for token in (
        _token(stranger, api_council.code),
        _token(key, api_council.code, iss="https://somebody.else"),
        _token(key, api_council.code, exp=int((datetime.now(UTC) - timedelta(seconds=5)).timestamp())),
    ):
        assert _status(production_app, token) == 401


def test_production_takes_no_token_of_the_development_issuer(
    production_app: Flask, home: Path, api_council: Council
) -> None:
    for name in (None, ISSUER):
        development = Issuer(Settings(home=home, issuer=name))
        token = development.token(
            audience=API, sub="alice", council=api_council.code, role="finance", lasts=timedelta(hours=1)
        )
        assert development.claims(token, audience=API)["sub"] == "alice"
        assert _status(production_app, token) == 401


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/authorize", "/end-session"])
def test_production_has_no_development_issuer(production_app: Flask, path: str) -> None:
    assert (
        production_app.test_client().get(f"/development-issuer{path}", base_url="http://localhost").status_code == 404
    )


@pytest.mark.parametrize(("proxies", "scheme"), [(0, "http"), (1, "https")])
def test_only_a_proxy_that_is_named_is_believed(installation: Installation, proxies: int, scheme: str) -> None:
    app = create_app(Installation(installation.settings.model_copy(update={"proxies": proxies})))
    app.add_url_rule("/v1/seen", "seen", lambda: request.scheme)
    assert app.test_client().get("/v1/seen", headers={"X-Forwarded-Proto": "https"}).text == scheme
