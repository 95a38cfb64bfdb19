"""Can a council show the pages inside its own site by one script tag, and can nobody else?"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, Response, request
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pydantic import ValidationError

from api.app import create_app
from api.issuer import API
from api.settings import Settings
from api.wiring import Installation
from tests.conftest import NOON
from tests.pages.conftest import Kept, served, sign_in_path, signed_in_client
from tests.pages.seen import NARROW, WIDE

TAG = '<script src="{ours}/embed.js" data-page="{page}" data-title="Your care account"></script>'
HOST = '<!DOCTYPE html><html lang="en"><title>Example Council</title><h1>Adult social care</h1>{tag}</html>'


def council_site() -> Flask:
    """A site that lets in nothing but the script and the frame of ours, which it is told by `page` and `ours`."""
    host = Flask("host")

    @host.get("/")
    def shown() -> Response:
        ours, page = host.config["ours"], request.args["page"]
        answer = Response(HOST.format(tag=TAG.format(ours=ours, page=page)), mimetype="text/html")
        answer.headers["Content-Security-Policy"] = f"default-src 'none'; script-src {ours}; frame-src {ours}"
        return answer

    return host


@pytest.fixture(scope="module")
def host() -> Flask:
    return council_site()


@pytest.fixture(scope="module")
def host_address(host: Flask) -> Iterator[str]:
    with served(host) as address:
        yield address


@pytest.fixture(scope="module")
def embedded_site(home: Path, installation: Installation, host_address: str) -> Flask:
    """Our pages, which that one site may show. The store is the one that every test of the pages uses."""
    return create_app(Installation(Settings(home=home, clock=NOON, embedded_in=(host_address,))))


@pytest.fixture(scope="module")
def ours(embedded_site: Flask, host: Flask) -> Iterator[str]:
    with served(embedded_site) as address:
        host.config["ours"] = address
        yield address


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": NARROW, "height": 700})
    yield context
    context.close()


def opened(visitor: BrowserContext, address: str) -> tuple[Page, list[str]]:
    page, said = visitor.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    return page, said


def test_one_tag_shows_the_pages_as_tall_as_they_are(visitor: BrowserContext, ours: str, host_address: str) -> None:
    page, said = opened(visitor, f"{host_address}/?page=/estimate")
    inside = page.frame_locator("iframe[title='Your care account']")
    expect(inside.get_by_role("heading", level=1)).to_be_visible()
    frame = page.frames[1]
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 700})
        page.wait_for_function(
            "tall => document.querySelector('iframe').height === String(tall)",
            arg=frame.evaluate("document.body.offsetHeight"),
        )
        assert frame.evaluate("document.documentElement.scrollWidth") <= width
    assert not inside.locator(".cl-header").is_visible()  # the council's own site has one
    assert (
        page.get_by_role("link", name="Open the care account in a new tab").get_attribute("href") == f"{ours}/estimate"
    )
    assert said == []


def test_whoever_is_signed_in_sees_their_account_inside_the_council_s_site(
    visitor: BrowserContext, embedded_site: Flask, ours: str, host_address: str, kept: Kept
) -> None:
    """Another origin, but the same site to a browser, as a council's www.example.gov.uk and care.example.gov.uk are."""
    opened(visitor, ours + sign_in_path(embedded_site, kept.council, "citizen", kept.mr_b))
    page, _ = opened(visitor, f"{host_address}/?page=/account")
    inside = page.frame_locator("iframe")
    inside.get_by_role("link", name="Read your statement to 31 March 2026").click()
    expect(inside.get_by_role("heading", level=1)).to_have_text("Your care account statement")
    inside.get_by_role("button", name="Sign out").click()
    expect(inside.get_by_role("heading", name="How to sign in")).to_be_visible()


def test_a_site_that_was_not_named_shows_nothing(visitor: BrowserContext, ours: str) -> None:
    stranger = council_site()
    stranger.config["ours"] = ours
    with served(stranger) as address:
        page, said = opened(visitor, f"{address}/?page=/estimate")
        page.wait_for_function("document.querySelector('iframe')")
        assert any("frame-ancestors" in line for line in said)
        assert page.frames[1].url == "chrome-error://chromewebdata/"


def test_a_page_that_another_house_names_is_not_put_into_the_frame(
    visitor: BrowserContext, ours: str, host_address: str
) -> None:
    page, _ = opened(visitor, f"{host_address}/?page=//127.0.0.1/elsewhere")
    assert page.locator("iframe").get_attribute("src") == f"{ours}/"


def test_a_page_in_no_frame_has_no_script_and_where_no_site_was_named_nobody_holds_it(
    embedded_site: Flask, site: Flask, kept: Kept
) -> None:
    in_frame = {"Sec-Fetch-Dest": "iframe"}
    for app, headers in ((embedded_site, {}), (site, in_frame)):
        answer = signed_in_client(app, kept.council, "citizen", kept.mr_b).get("/account", headers=headers)
        assert "<script" not in answer.get_data(as_text=True)
        assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in site.test_client().get("/", headers=in_frame).headers["Content-Security-Policy"]


def test_a_letter_that_stands_by_itself_stands_in_no_frame(embedded_site: Flask, kept: Kept) -> None:
    issuer = embedded_site.extensions["careledger"].issuer
    who = {"sub": "ann", "council": kept.council.code, "role": "finance"}
    token = issuer.token(audience=API, lasts=timedelta(hours=1), **who)
    answer = embedded_site.test_client().get(
        f"/v1/care-accounts/{kept.mr_b}/statements/{kept.second_b}",
        headers={"Accept": "text/html", "Authorization": f"Bearer {token}"},
    )
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "site", ["*", "http://www.example.gov.uk", "https://www.example.gov.uk/care", "https://*.example.gov.uk", "'self'"]
)
def test_only_the_origins_of_sites_may_be_named(home: Path, site: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"home": home, "embedded_in": site})


def test_several_sites_are_named_with_blanks_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARELEDGER_EMBEDDED_IN", "https://www.example.gov.uk http://127.0.0.1:8080")
    assert Settings().embedded_in == ("https://www.example.gov.uk", "http://127.0.0.1:8080")
