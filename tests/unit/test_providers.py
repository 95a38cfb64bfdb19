"""Is the file of issuers read strictly, and does it say what to mend?"""

import json
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from api.signing_in.providers import UnreadableProviders, private_key, read_providers

STAFF: dict[str, Any] = {
    "council": "E10000012",
    "audience": "staff",
    "issuer": "https://login.example.gov.uk/v2.0",
    "client_id": "care",
    "private_key_file": "key.json",
    "role_claim": "roles",
    "roles": {"Care.Finance": "finance"},
}
CITIZENS = {name: value for name, value in STAFF.items() if not name.startswith("role")} | {"audience": "citizens"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a key lies; the file of issuers names it from where it lies itself."""
    (tmp_path / "key.json").write_text(json.dumps(ECKey.generate_key("P-256").as_dict(private=True)), "utf-8")
    return tmp_path


def written(folder: Path, *issuers: object) -> Path:
    file = folder / "sign-in.yaml"
    file.write_text(json.dumps(list(issuers)), "utf-8")
    return file


def test_staff_and_citizens_may_have_an_issuer_each(folder: Path) -> None:
    staff, citizens = read_providers(written(folder, STAFF, CITIZENS | {"extra": {"vtr": '["Cl.Cm.P2"]'}}))
    assert staff.roles == {"Care.Finance": "finance"}
    assert citizens.extra == {"vtr": '["Cl.Cm.P2"]'}
    assert staff.private_key_file == folder / "key.json"
    assert staff.key.is_private


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a field nobody knows": (STAFF | {"client_secret": "x"}, "client_secret: Extra inputs"),
    "no council": (STAFF | {"council": "Essex"}, "council: String should match"),
    "plain HTTP": (
        STAFF | {"issuer": "http://login.example.gov.uk"},
        "issuer: write an address that begins with https",
    ),
    "no issuer": (STAFF | {"issuer": "login"}, "issuer: write an address that begins with https"),
    "no openid": (STAFF | {"scopes": ["profile"]}, "scopes have to hold openid"),
    "what we fill in": (STAFF | {"extra": {"state": "x"}}, "extra may not hold state"),
    "staff without roles": (STAFF | {"roles": {}}, "staff need role_claim and roles"),
    "a role that is none": (STAFF | {"roles": {"x": "superuser"}}, "roles.x: Input should be"),
    "a role of citizens for staff": (STAFF | {"roles": {"x": "citizen"}}, "roles may not give citizen to staff"),
    "machines among staff": (STAFF | {"roles": {"x": "machine"}}, "roles may not give machine to staff"),
    "roles for citizens": (STAFF | {"audience": "citizens"}, "citizens have no role_claim"),
    "no key": (STAFF | {"private_key_file": "none.pem"}, "holds no private key"),
}


@pytest.mark.parametrize(("issuer", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named(folder: Path, issuer: dict[str, Any], said: str) -> None:
    with pytest.raises(UnreadableProviders, match=r".") as refused:
        read_providers(written(folder, issuer))
    assert said in str(refused.value)


@pytest.mark.parametrize("text", ["", "[]", "a: b", "[1]", "{", "\x00"])
def test_a_file_that_is_no_list_of_issuers_is_refused(folder: Path, text: str) -> None:
    (folder / "sign-in.yaml").write_text(text, "utf-8")
    with pytest.raises(UnreadableProviders):
        read_providers(folder / "sign-in.yaml")
    with pytest.raises(UnreadableProviders):
        read_providers(folder / "absent.yaml")


def test_one_audience_has_one_issuer(folder: Path) -> None:
    with pytest.raises(UnreadableProviders, match="more than one issuer for staff"):
        read_providers(written(folder, STAFF, STAFF | {"client_id": "other"}))


def test_a_key_is_read_as_pem_too_and_only_a_private_one_will_do(tmp_path: Path) -> None:
    rsa, curve, file = RSAKey.generate_key(2048), ECKey.generate_key("P-256"), tmp_path / "key"
    for good in (rsa, curve):
        file.write_bytes(good.as_pem(private=True))
        assert private_key(file).is_private
    wrong = (rsa.as_pem(private=False), ECKey.generate_key("P-384").as_pem(private=True))
    for text in (*wrong, json.dumps(OctKey.generate_key(256).as_dict(private=True)).encode(), b"", b"\xff"):
        file.write_bytes(text)
        with pytest.raises(UnreadableProviders):
            private_key(file)
