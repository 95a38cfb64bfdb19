"""Who is signed in, until when, and is it over on the server when it is over?"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from api.pages.staying import own_path
from ledger.council import Council
from ledger.vault.signing_in.sessions import AtIssuer, Session
from tests.conftest import NOON
from tests.pages.conftest import Kept, served, sign_in_path, signed_in_client
from tests.pages.reading import read, words_of
from tests.pages.test_who_may import csrf_token

COOKIE = "careledger-session"


def id_of(client: FlaskClient) -> str:
    """What the browser holds of its session: the council's code and the id."""
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def in_the_vault(council: Council, what: str) -> list[str]:
    """What the council's sessions say, as text."""
    with council.app.transaction() as statements:
        statements.execute(f"SET LOCAL ROLE {council.names.keeper}; SELECT {what} FROM {council.names.vault}.sessions")
        return [str(value) for (value,) in statements.fetchall()]


def browser_that_holds(app: Flask, value: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie(COOKIE, value)
    return client


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites_and_of_other_hosts(site: Flask, kept: Kept) -> None:
    path = sign_in_path(site, kept.council, "finance")
    plain = site.test_client().get(path).headers.getlist("Set-Cookie")
    secure = site.test_client().get(path, base_url="https://localhost").headers.getlist("Set-Cookie")
    assert all("HttpOnly" in each and "SameSite=Lax" in each and "Path=/" in each for each in plain + secure)
    assert [each for each in plain if each.startswith(COOKIE) and "Secure" not in each]
    assert secure
    assert all(each.startswith("__Host-") and "Secure" in each and "Domain" not in each for each in secure)


def test_a_session_ends_after_half_an_hour_without_a_page(site_at: Callable[[datetime], Flask], kept: Kept) -> None:
    site = site_at(NOON)
    settings = site.extensions["careledger"].settings
    client = signed_in_client(site, kept.council, "finance")
    for minutes, status in ((29, 200), (29, 200), (31, 401)):
        settings.clock += timedelta(minutes=minutes)
        assert client.get("/accounts").status_code == status


def test_a_session_ends_eight_hours_after_signing_in_however_busy(
    site_at: Callable[[datetime], Flask], kept: Kept
) -> None:
    site = site_at(NOON)
    settings = site.extensions["careledger"].settings
    client = signed_in_client(site, kept.council, "finance")
    for _ in range(24):
        settings.clock += timedelta(minutes=20)
        assert client.get("/accounts").status_code == 200
    settings.clock += timedelta(minutes=20)
    assert client.get("/accounts").status_code == 401


def test_a_session_from_the_future_is_none(site_at: Callable[[datetime], Flask], kept: Kept) -> None:
    site = site_at(NOON)
    client = signed_in_client(site, kept.council, "finance")
    site.extensions["careledger"].settings.clock -= timedelta(days=1)
    assert client.get("/accounts").status_code == 401


def test_a_clock_set_back_since_the_last_page_ends_the_session(
    site_at: Callable[[datetime], Flask], kept: Kept
) -> None:
    site = site_at(NOON)
    settings = site.extensions["careledger"].settings
    client = signed_in_client(site, kept.council, "finance")
    settings.clock += timedelta(minutes=20)
    assert client.get("/accounts").status_code == 200
    settings.clock -= timedelta(minutes=10)
    assert client.get("/accounts").status_code == 401


def test_under_a_clock_that_stands_still_a_session_lasts(finance: FlaskClient) -> None:
    assert {finance.get("/accounts").status_code for _ in range(3)} == {200}


def test_the_server_keeps_no_id_that_could_be_used(site: Flask, finance: FlaskClient, kept: Kept) -> None:
    assert finance.get("/accounts").status_code == 200
    found = in_the_vault(kept.council, "sessions::text")
    assert found
    id_ = id_of(finance).partition(".")[2]
    assert not [text for text in found if id_ in text or id_.encode().hex() in text]


SPOILT: dict[str, Callable[[str], str]] = {
    "another id": lambda held: held[:-1] + ("A" if held[-1] != "A" else "B"),
    "a longer id": lambda held: held + "A",
    "a council that is not kept here": lambda held: "E99999999" + held[9:],
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_an_id_that_was_altered_signs_nobody_in(site: Flask, finance: FlaskClient, spoil: Callable[[str], str]) -> None:
    held = id_of(finance)
    assert browser_that_holds(site, held).get("/accounts").status_code == 200
    assert browser_that_holds(site, spoil(held)).get("/accounts").status_code == 401


def test_an_id_leads_to_nobody_at_another_council(
    site: Flask, finance: FlaskClient, kept: Kept, new_council: Callable[[], Council]
) -> None:
    elsewhere = id_of(finance).replace(kept.council.code, new_council().code)
    assert browser_that_holds(site, elsewhere).get("/accounts").status_code == 401


def test_signing_in_brings_a_new_id_and_the_one_before_leads_to_nobody(site: Flask, kept: Kept) -> None:
    """So an id that somebody else planted in the browser, or read from it before, is of no use."""
    client = signed_in_client(site, kept.council, "finance")
    before = id_of(client)
    client.get(sign_in_path(site, kept.council, "auditor", sub="bob"))
    assert id_of(client) != before
    assert browser_that_holds(site, before).get("/accounts").status_code == 401


def test_signing_out_ends_the_session_for_whoever_copied_its_id(site: Flask, finance: FlaskClient) -> None:
    copied = id_of(finance)
    assert finance.post("/sign-out", data={"csrf_token": csrf_token(finance)}).status_code == 303
    assert finance.get_cookie(COOKIE) is None
    assert browser_that_holds(site, copied).get("/accounts").status_code == 401


def test_sessions_that_are_over_are_cleared_when_somebody_signs_in(
    site_at: Callable[[datetime], Flask], council: Council
) -> None:
    site = site_at(NOON)
    for later, count in ((timedelta(), 1), (timedelta(hours=1), 2), (timedelta(hours=8, seconds=1), 2)):
        site.extensions["careledger"].settings.clock = NOON + later
        signed_in_client(site, council, "finance")
        assert in_the_vault(council, "count(*)") == [str(count)]


def test_an_issuer_ends_the_sessions_it_vouched_for_and_no_others(council: Council) -> None:
    def begin(*at_issuer: str) -> str:
        vouched = AtIssuer(*at_issuer, id_token="x") if at_issuer else None  # type: ignore[misc]
        return council.sessions.begin(Session("a", "finance", None, None, NOON, NOON, NOON, vouched))

    own, one = begin(), begin("https://i", "ann", "s1")
    two, ben = begin("https://i", "ann", "s2"), begin("https://i", "ben", "s3")
    council.sessions.end_at_issuer("https://other", "ann", None)
    council.sessions.end_at_issuer("https://i", None, "s1")
    assert [council.sessions.of(each) is None for each in (own, one, two, ben)] == [False, True, False, False]
    council.sessions.end_at_issuer("https://i", "ann", None)
    assert [council.sessions.of(each) is None for each in (own, one, two, ben)] == [False, True, True, False]


def refresh(client: FlaskClient, path: str) -> str | None:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.headers.get("Refresh")


def test_a_page_to_read_is_turned_over_two_minutes_before_the_end_and_leads_back(mrs_a: FlaskClient) -> None:
    assert refresh(mrs_a, "/account") == "1680; url=/still-there?from=%2Faccount"
    back = "1680; url=/still-there?from=%2Faccount%3Fa%3D1"
    assert refresh(mrs_a, "/account?a=1") == back
    assert 'value="/account?a=1"' in mrs_a.get(back.partition("url=")[2]).get_data(as_text=True)


def test_a_page_with_a_form_is_left_alone_and_says_until_when(site: Flask, finance: FlaskClient) -> None:
    answer = finance.get("/accounts")
    assert "Refresh" not in answer.headers
    assert "If you do not use these pages, we sign you out at 12:30pm." in words_of(answer)
    assert refresh(site.test_client(), "/") is None  # nobody is signed in


def test_being_led_to_the_warning_is_no_use_and_staying_is(site_at: Callable[[datetime], Flask], kept: Kept) -> None:
    site = site_at(NOON)
    settings = site.extensions["careledger"].settings
    client = signed_in_client(site, kept.council, "citizen", kept.mrs_a)
    settings.clock += timedelta(minutes=28)
    for _ in range(2):
        asked = client.get("/still-there?from=/account")
        assert "Do you need more time? You have not used these pages for a while." in words_of(asked)
        assert "we sign you out at 12:30pm." in words_of(asked)
        assert asked.headers["Refresh"] == "121; url=/still-there"
    form = {"csrf_token": csrf_token(client), "from": "/account"}
    settings.clock += timedelta(minutes=1)
    stayed = client.post("/still-there", data=form)
    assert (stayed.status_code, stayed.headers["Location"]) == (303, "/account")
    settings.clock += timedelta(minutes=29)
    assert client.get("/account").status_code == 200
    settings.clock += timedelta(minutes=31)
    assert "We signed you out" in read(client, "/still-there")


def test_after_eight_hours_the_warning_does_not_offer_what_cannot_be(
    site_at: Callable[[datetime], Flask], kept: Kept
) -> None:
    site = site_at(NOON)
    settings = site.extensions["careledger"].settings
    client = signed_in_client(site, kept.council, "citizen", kept.mrs_a)
    for _ in range(17):
        settings.clock += timedelta(minutes=28)
        client.get("/account")
    words = read(client, "/still-there?from=/account")
    assert "We sign you out at 8:00pm." in words
    assert "Stay signed in" not in words
    assert "Go back to your page" in words


def test_a_tab_opened_to_stay_signed_in_says_until_when(finance: FlaskClient) -> None:
    form = {"csrf_token": csrf_token(finance), "from": ""}
    answer = finance.post("/still-there", data=form, follow_redirects=True)
    assert "You are signed in until 12:30pm." in words_of(answer)


def test_who_sends_a_form_too_late_signs_in_again_and_loses_nothing(
    site_at: Callable[[datetime], Flask], kept: Kept
) -> None:
    site = site_at(NOON)
    client = signed_in_client(site, kept.council, "finance", sub="carol")
    form = {"csrf_token": csrf_token(client), "key": uuid4().hex}
    path = f"/accounts/{kept.mrs_a}/letter-code"
    site.extensions["careledger"].settings.clock += timedelta(minutes=31)
    late = client.post(path, data=form)
    assert late.status_code == 401
    assert "What you typed is not lost." in words_of(late)
    client.get(sign_in_path(site, kept.council, "finance", sub="carol"))
    assert client.post(path, data=form).status_code == 303


@pytest.mark.parametrize(
    ("role", "sub"), [("finance", "dave"), ("finance_approver", "carol")], ids=["somebody else", "another role"]
)
def test_a_form_of_one_person_is_not_sent_by_the_next_at_the_same_browser(
    site: Flask, kept: Kept, role: str, sub: str
) -> None:
    client = signed_in_client(site, kept.council, "finance", sub="carol")
    form = {"csrf_token": csrf_token(client), "from": ""}
    client.get(sign_in_path(site, kept.council, role, sub=sub))
    assert client.post("/still-there", data=form).status_code == 400


def test_signing_out_ends_the_forms_of_a_session_too(site: Flask, kept: Kept) -> None:
    client = signed_in_client(site, kept.council, "finance", sub="carol")
    form = {"csrf_token": csrf_token(client), "from": ""}
    client.post("/sign-out", data=form)
    client.get(sign_in_path(site, kept.council, "finance", sub="carol"))
    assert client.post("/still-there", data=form).status_code == 400


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("/account", True),
        ("/accounts?q=a&on=1/2/2026", True),
        ("//elsewhere.example", False),
        ("/\\elsewhere.example", False),
        ("https://elsewhere.example/account", False),
        ("/account\nSet-Cookie: x", False),
        ("/\t/elsewhere.example", False),
        ("account", False),
        ("", False),
        ("/" + "a" * 2000, False),
    ],
)
def test_only_a_path_of_our_own_is_gone_back_to(given: str, taken: bool) -> None:
    assert own_path(given) == (given if taken else None)


@pytest.fixture
def reading(browser: Browser) -> Iterator[Page]:
    """A browser with scripts off."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_browser_without_scripts_is_warned_in_time_and_comes_back(
    reading: Page, site: Flask, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(site) as address:
        reading.goto(address + sign_in_path(site, kept.council, "citizen", kept.mrs_a))
        monkeypatch.setattr("api.pages.session.IDLE", timedelta(minutes=2, seconds=1))  # so the warning comes at once
        reading.goto(f"{address}/account/statements")
        reading.wait_for_url("**/still-there?**")
        monkeypatch.undo()
        reading.get_by_role("button", name="Stay signed in").click()
        expect(reading).to_have_url(f"{address}/account/statements")
