"""Do the shared parts work in a real browser, at every width and on paper?"""

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.seen import NARROW, Seen, seen_in


@pytest.fixture
def page(browser: Browser, gallery_address: str) -> Page:
    opened = browser.new_page(viewport={"width": NARROW, "height": 900})
    opened.goto(gallery_address)
    return opened


def test_a_browser_finds_nothing_wrong_with_the_parts(browser: Browser, gallery_address: str) -> None:
    assert seen_in(browser, gallery_address) == Seen()


def test_the_focus_starts_at_the_mistakes(page: Page) -> None:
    assert "govuk-error-summary" in page.evaluate("document.activeElement.className")


def test_running_text_is_nineteen_pixels_and_the_labels_of_a_chart_do_not_shrink_with_it(page: Page) -> None:
    size = "(selector) => getComputedStyle(document.querySelector(selector)).fontSize"
    assert page.evaluate(size, "main p.govuk-body") == "19px"
    assert page.evaluate(size, ".cl-chart__levels span") == "16px"


def test_the_meter_is_as_full_in_pixels_as_the_account_is(page: Page) -> None:
    bar, filled = page.evaluate(
        "[...document.querySelectorAll('.cl-meter__bar, .cl-meter__bar > rect')].slice(0, 2)"
        ".map(one => one.getBoundingClientRect().width)"
    )
    assert filled / bar == pytest.approx(0.1697, abs=0.0001)


def test_on_paper_text_is_fourteen_points_and_what_only_a_screen_can_use_is_gone(page: Page) -> None:
    page.emulate_media(media="print")
    fourteen_points = 14 * 96 / 72
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p.govuk-body')).fontSize)")
    assert size == pytest.approx(fourteen_points, abs=0.01)
    for gone in (".govuk-skip-link", ".govuk-service-navigation", ".cl-filter", ".cl-subnav", ".govuk-pagination"):
        assert not page.locator(gone).first.is_visible()


def test_on_paper_a_link_shows_its_address_and_the_foot_says_where_addresses_begin(page: Page) -> None:
    page.emulate_media(media="print")
    link = page.locator(".cl-table tbody a").first
    assert "/gallery" in link.evaluate("link => getComputedStyle(link, '::after').content")
    assert page.locator(".cl-print-only").is_visible()
