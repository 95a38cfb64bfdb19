"""Do the pages of reassessment work in a real browser: silent, accessible, narrow, and by keyboard?"""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from ledger.council import Council
from ledger.reassessment_run import ReassessmentRun
from tests.faults.served import until
from tests.integration.posting import told
from tests.integration.reassessing import begun, pensioner, reassessed, taken_back
from tests.integration.recording import open_account
from tests.pages.office import money_check
from tests.pages.seen import Seen, look_at
from tests.pages.test_reassessments import newest
from tests.pages.test_site_in_a_browser import opened, press_enter, press_until, signed_in_page

__all__ = ["opened"]

PAGES = (
    "/reassessments",
    "/reassessments/preview?on=2026-04-06",
    "/reassessments/preview?on=2026-04-06&show=less&q=ca-&sort=-change",
    "/reassessments/preview?on=2027-04-06",
    "/reassessments/check?on=2026-04-06",
    "/reassessments/{done.run_id}",
    "/reassessments/{done.run_id}/undo",
    "/reassessments/{undone.run_id}",
    "/reassessments/{back.run_id}",
    "/reassessments/{under_way.run_id}",
)


@pytest.fixture(scope="module")
def runs(new_council: Callable[[], Council]) -> Iterator[tuple[Council, dict[str, ReassessmentRun]]]:
    """A council whose people were reassessed, some of it taken back, some of it under way."""
    council = new_council()
    for pension in ("200.00", "300.00", "320.00"):
        pensioner(council, pension)
    told(council, open_account(council).account.id, money_check("100.00"))
    undone = reassessed(council).run
    back = taken_back(council, undone).run
    done, under_way = reassessed(council).run, begun(council, date(2025, 9, 1))
    yield council, {"undone": undone, "back": back, "done": done, "under_way": under_way}
    council.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_browser_finds_nothing_wrong_with_a_page_of_reassessment(
    opened: Page, site: Flask, site_address: str, runs: tuple[Council, dict[str, ReassessmentRun]], path: str
) -> None:
    council, named = runs
    signed_in_page(opened, site, site_address, council, "finance", None)
    assert look_at(opened, site_address + path.format(**named)) == Seen()


def test_everybody_is_reassessed_and_it_is_taken_back_with_the_keyboard_alone(
    opened: Page, site: Flask, site_address: str, council: Council
) -> None:
    pensioner(council)
    signed_in_page(opened, site, site_address, council, "finance", None)
    press_until(opened, 'a[href="/reassessments"]')
    press_enter(opened)
    press_until(opened, "#on")
    opened.keyboard.type("6 April 2025")
    press_enter(opened)
    expect(opened.locator(".cl-totals")).to_contain_text("1 person pays less, together")
    press_until(opened, 'main a[href^="/reassessments/check"]')
    press_enter(opened)
    press_until(opened, "main button")
    press_enter(opened)
    expect(opened.get_by_role("alert")).to_contain_text("The reassessment from 6 April 2025 was begun.")
    until(lambda: newest(council).finished_at, "the run is finished")
    opened.reload()
    press_until(opened, 'main a[href$="/undo"]')
    press_enter(opened)
    press_until(opened, "main button")
    press_enter(opened)
    expect(opened.get_by_role("heading", level=1)).to_have_text("Reassessment from 6 April 2025, taken back")


def test_it_works_without_scripts(browser: Browser, site: Flask, site_address: str, council: Council) -> None:
    pensioner(council)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 900})
    try:
        page = context.new_page()
        signed_in_page(page, site, site_address, council, "finance", None)
        page.get_by_role("link", name="Reassessment").click()
        page.get_by_label("From which day").fill("6/4/2025")
        page.get_by_role("button", name="See who would pay another amount").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Download as CSV").click()
        assert download.value.suggested_filename == "reassessment-preview-2025-04-06.csv"
        page.get_by_role("button", name="Go on to record this").click()
        page.get_by_role("button", name="Record the assessments").click()
        expect(page.get_by_role("alert")).to_contain_text("was begun")
    finally:
        context.close()
