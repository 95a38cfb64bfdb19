"""Does an issuer's word let in whom it should, in the role it should, and does nothing else let anybody in?"""

import base64
import json
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
import requests
from flask import Flask
from joserfc import jwt
from joserfc.jwk import ECKey
from playwright.sync_api import Browser, expect

from api.app import create_app
from api.pages.navigation import home as home_of
from api.signing_in.relying import LOGGED_OUT
from api.wiring import Installation
from ledger.council import Council
from tests.pages.conftest import served
from tests.pages.issuer import ForeignIssuer, Spoil, answering
from tests.pages.office import Office
from tests.pages.reading import words_of
from tests.pages.seen import NARROW, Seen, faults_of, look_at
from tests.pages.test_letter_codes import BORN, code_for

STAFF = {"sub": "ann", "roles": ["Care.Finance"], "sid": "s-1"}


@pytest.fixture(scope="module")
def vouched(new_council: Callable[[], Council]) -> Council:
    """A council that leaves it to an issuer who somebody is."""
    return new_council()


@pytest.fixture(scope="module")
def account(vouched: Council) -> UUID:
    return Office(vouched).open("P-1", "Ada", "Ames")


@pytest.fixture(scope="module")
def foreign() -> Iterator[ForeignIssuer]:
    with answering(ForeignIssuer(STAFF)) as issuer:
        yield issuer


@pytest.fixture(scope="module")
def their_site(
    installation: Installation, vouched: Council, foreign: ForeignIssuer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of an application that trusts the foreign issuer, for staff and for citizens."""
    folder = tmp_path_factory.mktemp("sign-in")
    (folder / "key.json").write_text(json.dumps(ECKey.generate_key("P-256").as_dict(private=True)), "utf-8")
    common = {"council": vouched.code, "issuer": foreign.address, "client_id": "us", "private_key_file": "key.json"}
    roles = {"Care.Finance": "finance", "Care.Approver": "finance_approver", "Care.Audit": "auditor"}
    staff = {**common, "audience": "staff", "role_claim": "roles", "roles": roles, "extra": {"vtr": '["Cl.Cm"]'}}
    (folder / "sign-in.yaml").write_text(json.dumps([staff, {**common, "audience": "citizens"}]), "utf-8")
    settings = installation.settings.model_copy(update={"sign_in": folder / "sign-in.yaml", "limit_sign_in": None})
    app = create_app(Installation(settings))
    with served(app) as address:
        yield address


@pytest.fixture(autouse=True)
def _honest_again(foreign: ForeignIssuer) -> Iterator[None]:
    yield
    foreign.said, foreign.spoil, foreign.algorithm, foreign.answer = STAFF, lambda claims: claims, "ES256", None


def sign_in(address: str, council: Council, who: str = "staff") -> tuple[requests.Session, requests.Response]:
    """A browser that went the whole way, and the page where it ended."""
    browser = requests.Session()
    return browser, browser.get(f"{address}/sign-in/go?council={council.code}&who={who}", timeout=30)


def refused(answer: requests.Response) -> str:
    """The words of a page that says that nobody was signed in."""
    words = words_of(answer.text)
    assert "We did not sign you in" in words
    return words


def test_staff_sign_in_in_the_role_of_their_group(their_site: str, vouched: Council, foreign: ForeignIssuer) -> None:
    browser, page = sign_in(their_site, vouched)
    begins = home_of("finance")
    assert begins
    assert (page.status_code, urlsplit(page.url).path) == (200, begins.href)
    assert browser.get(f"{their_site}/policy/new", timeout=30).status_code == 403
    assert foreign.asked["vtr"] == '["Cl.Cm"]'
    assert foreign.asked["code_challenge_method"] == "S256"
    assert foreign.sent["client_assertion_type"].endswith("jwt-bearer")
    assert "client_secret" not in foreign.sent


TRUSTED_NO_MORE = "does not fit together"
LIES: dict[str, Spoil] = {
    "another nonce": lambda claims: claims | {"nonce": "of another sign-in"},
    "no nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "for another client": lambda claims: claims | {"aud": "somebody else"},
    "for several, and made for another": lambda claims: claims | {"aud": ["us", "them"], "azp": "them"},
    "by another issuer": lambda claims: claims | {"iss": "https://elsewhere.example"},
    "expired": lambda claims: claims | {"exp": claims["exp"] - 3600},
    "never expires": lambda claims: {name: value for name, value in claims.items() if name != "exp"},
    "made in time to come": lambda claims: claims | {"iat": claims["iat"] + 3600},
    "about nobody": lambda claims: {name: value for name, value in claims.items() if name != "sub"},
}


@pytest.mark.parametrize("spoil", LIES.values(), ids=LIES)
def test_a_token_that_is_wrong_in_one_claim_signs_nobody_in(
    their_site: str, vouched: Council, foreign: ForeignIssuer, spoil: Spoil
) -> None:
    foreign.spoil = spoil
    browser, page = sign_in(their_site, vouched)
    assert TRUSTED_NO_MORE in refused(page)
    assert browser.get(f"{their_site}/accounts", timeout=30).status_code == 401


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_nobody_signed_with_the_issuers_key_signs_nobody_in(
    their_site: str, vouched: Council, foreign: ForeignIssuer, algorithm: str
) -> None:
    foreign.algorithm = algorithm
    assert TRUSTED_NO_MORE in refused(sign_in(their_site, vouched)[1])


def test_an_issuer_may_change_its_key(their_site: str, vouched: Council, foreign: ForeignIssuer) -> None:
    assert sign_in(their_site, vouched)[1].status_code == 200
    foreign.key = ECKey.generate_key("P-256", auto_kid=True)
    assert sign_in(their_site, vouched)[1].status_code == 200


ROLES: dict[str, tuple[Any, str]] = {
    "no group": ([], "has no role in this service"),
    "a group that is none of ours": (["Care.Everything"], "has no role in this service"),
    "a role of ours that no group was given": (["finance"], "has no role in this service"),
    "a role of citizens": (["citizen"], "has no role in this service"),
    "maker and checker": (["Care.Finance", "Care.Approver"], "several roles"),
    "no list": ({"Care.Finance": True}, "has no role in this service"),
}


@pytest.mark.parametrize(("roles", "said"), ROLES.values(), ids=ROLES)
def test_whoever_has_not_one_role_here_is_told_so(
    their_site: str, vouched: Council, foreign: ForeignIssuer, roles: Any, said: str
) -> None:
    foreign.said = STAFF | {"roles": roles}
    browser, page = sign_in(their_site, vouched)
    assert said in refused(page)
    assert browser.get(f"{their_site}/accounts", timeout=30).status_code == 401


@pytest.mark.parametrize(
    ("error", "said"), [("access_denied", "The sign-in was not finished."), ("server_error", "could not sign you in")]
)
def test_an_error_of_the_issuer_is_told_in_plain_words(
    their_site: str, vouched: Council, foreign: ForeignIssuer, error: str, said: str
) -> None:
    foreign.answer = {"error": error, "error_description": "<b>AADSTS50105</b>"}
    words = refused(sign_in(their_site, vouched)[1])
    assert said in words
    assert "AADSTS" not in words


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(
    their_site: str, vouched: Council, foreign: ForeignIssuer
) -> None:
    browser, _ = sign_in(their_site, vouched)
    answer = f"{their_site}/sign-in/back?code=one-code&state={foreign.asked['state']}"
    for somebody in (browser, requests.Session()):
        assert "or in another browser" in refused(somebody.get(answer, timeout=30))
    begun = requests.Session()
    begun.get(f"{their_site}/sign-in/go?council={vouched.code}&who=staff", timeout=30, allow_redirects=False)
    assert "or in another browser" in refused(begun.get(f"{their_site}/sign-in/back?code=one-code&state=x", timeout=30))


def test_another_council_does_not_take_this_ones_issuer(their_site: str, new_council: Callable[[], Council]) -> None:
    _, page = sign_in(their_site, new_council())
    assert urlsplit(page.url).path == "/sign-in"


def test_an_issuer_that_does_not_answer_is_told_as_such(
    installation: Installation, vouched: Council, their_site: str, tmp_path: Path
) -> None:
    (tmp_path / "key.json").write_text(json.dumps(ECKey.generate_key("P-256").as_dict(private=True)), "utf-8")
    away = {"council": vouched.code, "audience": "citizens", "issuer": "http://127.0.0.1:1", "client_id": "us"}
    (tmp_path / "sign-in.yaml").write_text(json.dumps([{**away, "private_key_file": "key.json"}]), "utf-8")
    app = create_app(Installation(installation.settings.model_copy(update={"sign_in": tmp_path / "sign-in.yaml"})))
    go = f"/sign-in/go?council={vouched.code}&who=citizens"
    answer = app.test_client().get(go, follow_redirects=True)
    assert answer.status_code == 503
    assert "does not answer" in words_of(answer.get_data(as_text=True))


def test_a_citizen_is_linked_by_a_letter_once_and_from_then_on_known(
    their_site: str, site: Flask, vouched: Council, foreign: ForeignIssuer, account: UUID
) -> None:
    foreign.said = {"sub": f"urn:{uuid4()}"}
    browser, page = sign_in(their_site, vouched, "citizens")
    assert urlsplit(page.url).path == "/sign-in/link"
    assert "We have not seen it before." in words_of(page.text)
    html = browser.get(f"{their_site}/sign-in/code?council={vouched.code}", timeout=30).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert token
    form = {"csrf_token": token[1], "council": vouched.code, "code": code_for(site, vouched, account), **BORN}
    assert urlsplit(browser.post(f"{their_site}/sign-in/code", data=form, timeout=30).url).path == "/account"
    again, page = sign_in(their_site, vouched, "citizens")
    assert urlsplit(page.url).path == "/account"
    assert again.get(f"{their_site}/accounts", timeout=30).status_code == 403
    foreign.said = {"sub": "somebody else"}
    assert urlsplit(sign_in(their_site, vouched, "citizens")[1].url).path == "/sign-in/link"


def test_a_role_that_an_issuer_of_citizens_claims_is_worth_nothing(
    their_site: str, vouched: Council, foreign: ForeignIssuer
) -> None:
    foreign.said = {**STAFF, "sub": "mallory"}
    browser, page = sign_in(their_site, vouched, "citizens")
    assert urlsplit(page.url).path == "/sign-in/link"
    assert browser.get(f"{their_site}/accounts", timeout=30).status_code == 401


def logout_token(foreign: ForeignIssuer, **more: Any) -> str:
    """What an issuer sends when somebody signed out there."""
    foreign.asked = {}
    claims = foreign.claims(jti=uuid4().hex, events={LOGGED_OUT: {}}, **more)
    return foreign.signed({name: value for name, value in claims.items() if value is not None})


def signed_out_there(their_site: str, token: str) -> int:
    path = f"{their_site}/sign-in/back-channel-logout"
    return requests.post(path, data={"logout_token": token}, timeout=30).status_code


@pytest.mark.parametrize("named", [{"sid": "s-1", "sub": None}, {"sid": None}], ids=["by its session", "by whom"])
def test_signing_out_at_the_issuer_ends_the_session_here(
    their_site: str, vouched: Council, foreign: ForeignIssuer, named: dict[str, Any]
) -> None:
    browser, _ = sign_in(their_site, vouched)
    assert signed_out_there(their_site, logout_token(foreign, **named)) == 200
    assert browser.get(f"{their_site}/accounts", timeout=30).status_code == 401


NO_LOGOUT: dict[str, dict[str, Any]] = {
    "with a nonce, so an ID token": {"nonce": "n"},
    "without the event": {"events": {}},
    "about nobody": {"sub": None, "sid": None},
    "for another": {"aud": "them"},
    "of another issuer": {"iss": "https://elsewhere.example"},
    "without a name of its own": {"jti": None},
    "expired": {"exp": 1},
}


@pytest.mark.parametrize("wrong", NO_LOGOUT.values(), ids=NO_LOGOUT)
def test_what_is_no_logout_token_ends_nothing(
    their_site: str, vouched: Council, foreign: ForeignIssuer, wrong: dict[str, Any]
) -> None:
    browser, _ = sign_in(their_site, vouched)
    foreign.spoil = lambda claims: claims | wrong
    assert signed_out_there(their_site, logout_token(foreign)) == 400
    assert browser.get(f"{their_site}/accounts", timeout=30).status_code == 200


def test_signing_out_here_shows_the_way_out_there(their_site: str, vouched: Council, foreign: ForeignIssuer) -> None:
    browser, page = sign_in(their_site, vouched)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    left = browser.post(f"{their_site}/sign-out", data={"csrf_token": token[1]}, timeout=30)
    there = re.search(r'href="([^"]+/leave[^"]+)"', left.text)
    assert there
    asked = parse_qs(urlsplit(there[1].replace("&amp;", "&")).query)
    assert asked["post_logout_redirect_uri"] == [f"{their_site}/"]
    assert len(asked["id_token_hint"][0].split(".")) == 3
    assert browser.get(f"{their_site}/accounts", timeout=30).status_code == 401


@pytest.fixture(scope="module")
def own_site(installation: Installation) -> Iterator[str]:
    """The address of an application for which nobody vouches but its own development issuer."""
    with served(create_app(Installation(installation.settings.model_copy(update={"limit_sign_in": None})))) as address:
        yield address


def chosen(own_site: str, council: Council, who: str, name: str) -> tuple[requests.Session, requests.Response]:
    """A browser that chose at the development issuer whom to be, and the answer it is sent back with."""
    browser = requests.Session()
    asks = browser.get(f"{own_site}/sign-in/go?council={council.code}&who={who}", timeout=30)
    assert "Choose who you are" in words_of(asks.text)
    return browser, browser.get(f"{asks.url}&as={name}", timeout=30, allow_redirects=False)


def test_the_embedded_issuer_signs_staff_in_in_every_role_and_nobody_as_a_citizen_among_them(
    own_site: str, vouched: Council
) -> None:
    for role in ("finance", "auditor", "council_admin"):
        browser, back = chosen(own_site, vouched, "staff", role)
        begins = home_of(role)
        assert urlsplit(browser.get(back.headers["Location"], timeout=30).url).path == (begins.href if begins else "/")
    browser, back = chosen(own_site, vouched, "staff", "citizen")
    assert "has no role in this service" in refused(browser.get(back.headers["Location"], timeout=30))


def test_the_embedded_issuer_signs_in_a_citizen_it_shows_and_a_stranger_is_told_what_to_do(
    own_site: str, vouched: Council, account: UUID
) -> None:
    reference = vouched.ledger.account(account).opened.reference
    for name, ends in ((reference, "/account"), ("somebody-new", "/sign-in/link")):
        browser, back = chosen(own_site, vouched, "citizens", name)
        assert urlsplit(browser.get(back.headers["Location"], timeout=30).url).path == ends
    browser, back = chosen(own_site, vouched, "citizens", "nobody")
    assert "The sign-in was not finished." in refused(browser.get(back.headers["Location"], timeout=30))


def test_a_code_works_once_at_the_embedded_issuer_whoever_brings_it(own_site: str, vouched: Council) -> None:
    browser, back = chosen(own_site, vouched, "staff", "finance")
    mallory, hers = chosen(own_site, vouched, "staff", "auditor")
    code, state = (parse_qs(urlsplit(each.headers["Location"]).query) for each in (back, hers))
    stolen = f"{own_site}/sign-in/back?code={code['code'][0]}&state={state['state'][0]}"
    assert TRUSTED_NO_MORE in refused(mallory.get(stolen, timeout=30))  # it was bound to the other browser by PKCE
    assert TRUSTED_NO_MORE in refused(browser.get(back.headers["Location"], timeout=30))  # and is used up by now


def asked_of_token_endpoint(own_site: str, vouched: Council, home: Path, **more: Any) -> dict[str, Any]:
    """What the token endpoint answers a client that asks as ours does, except for what a test changes."""
    endpoint, client = f"{own_site}/development-issuer/token", f"{vouched.code}-staff"
    key = ECKey.import_key(json.loads((home / "development-client.json").read_text("utf-8")))
    claims = {"iss": client, "sub": client, "aud": endpoint, "exp": 4_000_000_000, "jti": uuid4().hex}
    signer = more.pop("signer", key)
    assertion = jwt.encode({"alg": "ES256"}, claims | more.pop("claims", {}), signer)
    form = {"grant_type": "authorization_code", "client_id": client, "code": "x", "client_assertion": assertion}
    form |= {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}
    answer: dict[str, Any] = requests.post(endpoint, data=form | more, timeout=30).json()
    return answer


def test_the_embedded_issuer_gives_tokens_to_nobody_but_its_client(own_site: str, vouched: Council, home: Path) -> None:
    chosen(own_site, vouched, "staff", "finance")  # so that the client has a key
    wrong: list[dict[str, Any]] = [
        {"signer": ECKey.generate_key("P-256")},
        {"claims": {"aud": "https://elsewhere.example/token"}},
        {"claims": {"iss": "somebody"}},
        {"claims": {"exp": 1}},
        {"client_assertion": "x.y.z"},
    ]
    for more in wrong:
        assert asked_of_token_endpoint(own_site, vouched, home, **more)["error"] == "invalid_client"
    assert asked_of_token_endpoint(own_site, vouched, home)["error"] == "invalid_grant"  # the client, but no code
    assert asked_of_token_endpoint(own_site, vouched, home, grant_type="password")["error"] == "invalid_request"
    used = {"claims": {"jti": uuid4().hex}}
    asked_of_token_endpoint(own_site, vouched, home, **used)
    assert asked_of_token_endpoint(own_site, vouched, home, **used)["error"] == "invalid_client"


@pytest.mark.parametrize("changed", [{"code_verifier": "of another browser"}, {"redirect_uri": "https://elsewhere"}])
def test_a_code_is_good_for_the_browser_it_was_given_to_alone(
    own_site: str, vouched: Council, home: Path, changed: dict[str, str]
) -> None:
    """Whatever else were to stop somebody who brings it: the issuer itself does."""
    verifier, back = "v" * 43, f"{own_site}/sign-in/back"
    challenge = base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {"client_id": f"{vouched.code}-staff", "redirect_uri": back, "response_type": "code", "scope": "openid"}
    asked |= {"code_challenge": challenge, "code_challenge_method": "S256", "state": "s", "nonce": "n", "as": "finance"}
    for more, error in ((changed, "invalid_grant"), ({}, None)):
        place = f"{own_site}/development-issuer/authorize"
        sent = requests.get(place, params=asked, timeout=30, allow_redirects=False).headers["Location"]
        (code,) = parse_qs(urlsplit(sent).query)["code"]
        brought = {"code": code, "code_verifier": verifier, "redirect_uri": back} | more
        assert asked_of_token_endpoint(own_site, vouched, home, **brought).get("error") == error


@pytest.mark.parametrize("left_out", ["code_challenge", "code_challenge_method", "nonce", "state", "scope"])
def test_the_embedded_issuer_asks_for_all_that_makes_a_sign_in_safe(
    own_site: str, vouched: Council, left_out: str
) -> None:
    begun = requests.get(
        f"{own_site}/sign-in/go?council={vouched.code}&who=staff", timeout=30, allow_redirects=False
    ).headers["Location"]
    asked = {name: value for name, (value,) in parse_qs(urlsplit(begun).query).items() if name != left_out}
    place = begun.partition("?")[0]
    assert requests.get(place, params=asked, timeout=30).status_code == 400
    elsewhere = asked | {"redirect_uri": "https://elsewhere.example/"}
    assert requests.get(place, params=elsewhere, timeout=30).status_code == 400


@pytest.mark.parametrize(
    "path", ["/.well-known/openid-configuration", "/keys", "/authorize?client_id=E90000001-staff", "/end-session"]
)
def test_the_embedded_issuer_answers_on_this_machine_alone(site: Flask, path: str) -> None:
    elsewhere: list[dict[str, Any]] = [
        {"base_url": "https://care.example.gov.uk"},
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
    ]
    for asked in elsewhere:
        assert site.test_client().get(f"/development-issuer{path}", **asked).status_code == 404


def test_a_citizen_signs_in_and_out_at_an_issuer_without_scripts(
    browser: Browser, own_site: str, vouched: Council, account: UUID
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 900})
    try:
        page = context.new_page()
        page.goto(f"{own_site}/sign-in?council={vouched.code}")
        page.get_by_label("With the account I have with my council").check()
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("link", name="Ada Ames").click()
        expect(page).to_have_url(f"{own_site}/account")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out here")
        page.get_by_role("link", name="sign out of it too").click()
        expect(page).to_have_url(f"{own_site}/")
    finally:
        context.close()


def test_a_browser_finds_nothing_wrong_with_the_pages_on_the_way(
    browser: Browser, own_site: str, vouched: Council
) -> None:
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(f"{own_site}/sign-in/go?council={vouched.code}&who=citizens")
        page.get_by_role("link", name="Somebody this council has not linked").click()
        assert look_at(page, f"{own_site}/sign-in/link") == Seen()
        page.goto(f"{own_site}/sign-in/go?council={vouched.code}&who=staff")
        page.get_by_role("link", name="Finance", exact=True).click()
        page.get_by_role("button", name="Sign out").click()
        assert faults_of(page, NARROW) == []
    finally:
        context.close()
