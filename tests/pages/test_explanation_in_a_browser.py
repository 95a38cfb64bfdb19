"""Do the pages that explain and compare work in a real browser: silent, accessible, narrow, by keyboard, scriptless?"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.pages.conftest import Kept, sign_in_path
from tests.pages.everything import Everything
from tests.pages.seen import NARROW, WIDE, Seen, look_at
from tests.pages.test_site_in_a_browser import press_enter, press_until

AUDIT = "/audit/accounts/{who}"
EVERY_PAGE = [
    ("citizen", "/account/explanation"),
    ("citizen", "/account/explanation?figure=daily_living_costs"),
    ("citizen", "/account/explanation?figure=expected_to_reach_cap_on"),
    ("finance", "/accounts/{who}/explanation"),
    ("finance", "/accounts/{who}/explanation?figure=remaining&on=2025-09-20"),
    ("auditor", f"{AUDIT}/explanation?version=9&figure=weekly_rate"),
    ("auditor", f"{AUDIT}/compare"),
    ("auditor", f"{AUDIT}/compare?on=2025-09-20&other_on=2025-12-31&version=12"),
]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    """A fresh browser that remembers nothing."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("who", ["moved", "hourly"])
@pytest.mark.parametrize(("role", "path"), EVERY_PAGE)
def test_a_browser_finds_nothing_wrong_with_what_is_explained(
    opened: Page, site: Flask, site_address: str, everything: Everything, role: str, path: str, who: str
) -> None:
    account = getattr(everything, who)
    if who == "hourly":
        path = path.replace("version=9", "version=4").replace("version=12", "version=4")
    own = account if role == "citizen" else None
    opened.goto(site_address + sign_in_path(site, everything.council, role, own))
    assert look_at(opened, site_address + path.format(who=account)) == Seen()


@pytest.mark.parametrize("path", [f"{AUDIT}/compare?other_on=never", f"{AUDIT}/explanation?on=never"])
def test_a_browser_finds_nothing_wrong_with_a_mistake(
    opened: Page, site: Flask, site_address: str, kept: Kept, path: str
) -> None:
    opened.goto(site_address + sign_in_path(site, kept.council, "auditor"))
    seen = look_at(opened, site_address + path.format(who=kept.mr_b))
    assert replace(seen, console=[]) == Seen()
    assert len(seen.console) == 1  # the browser's own line on the answer 422
    expect(opened.get_by_role("alert")).to_contain_text("Enter a day with its month and year")


def test_a_person_opens_a_sum_with_the_keyboard_alone_and_without_scripts(
    browser: Browser, site: Flask, site_address: str, kept: Kept
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": NARROW, "height": 900})
    try:
        page = context.new_page()
        page.goto(site_address + sign_in_path(site, kept.council, "citizen", kept.mrs_a))
        page.get_by_role("link", name="See what makes up this figure").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("How we worked this out")
        sum_of_the_days = page.get_by_text("The care costs £950.00 a week.").first
        expect(sum_of_the_days).to_be_hidden()
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
        expect(sum_of_the_days).to_be_visible()
    finally:
        context.close()


def test_an_auditor_compares_two_moments_with_the_keyboard_alone(
    opened: Page, site: Flask, site_address: str, kept: Kept
) -> None:
    opened.set_viewport_size({"width": WIDE, "height": 900})
    opened.goto(site_address + sign_in_path(site, kept.council, "auditor"))
    opened.goto(f"{site_address}/audit/accounts/{kept.mr_b}")
    press_until(opened, 'a[href*="/compare"]')
    press_enter(opened)
    for box, typed in (("#known_at", "18"), ("#known_at-month", "2"), ("#known_at-year", "2026"), ("#on", "15/2/2026")):
        press_until(opened, box)
        opened.keyboard.press("Control+a")
        opened.keyboard.type(typed)
    press_until(opened, "#version")
    opened.keyboard.press("Control+a")
    opened.keyboard.press("Delete")
    press_until(opened, "#other_on")
    opened.keyboard.type("15 February 2026")
    press_until(opened, "main button")
    press_enter(opened)
    expect(opened.locator("#differing")).to_contain_text("£1,275.00")
    expect(opened.locator("#causes tr")).to_have_count(4)
    opened.locator("#causes").get_by_role("link", name="entry 8").click()
    expect(opened.locator("#entry-8")).to_be_in_viewport()
