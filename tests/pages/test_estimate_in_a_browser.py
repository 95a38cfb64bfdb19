"""Does the estimate work in a real browser: accessible, narrow, by keyboard, without scripts; and what officers see?"""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from ledger.council import Council
from tests.pages.conftest import sign_in_path
from tests.pages.estimating import AT_HOME, IN_A_CARE_HOME, SPREAD, Form, go_through
from tests.pages.office import Office
from tests.pages.seen import NARROW, Seen, faults_of, look_at
from tests.pages.test_assessing import FULL, sent
from tests.pages.test_site_in_a_browser import press_enter, press_until

EVERYBODY = ("a couple with a home and what is shared", "the twelve weeks", "somebody young who cares for another")
"""Between them they are asked every sort of question."""
ASKED_OF = {
    "a couple with a home and what is shared": ("home-lives", "capital-main_home"),
    "the twelve weeks": ("home-since",),
    "somebody young who cares for another": ("care", "children", "premiums", "income", "income-state_pension"),
    "at home": ("capital-savings", "cost"),
}
"""One page of each form: the others have the same fields and other words."""


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def answered(opened: Page, site: Flask, address: str, answers: dict[str, Form], council: Council | None = None) -> Page:
    """A browser in which somebody has answered everything."""
    client = site.test_client()
    if council:
        client.get(f"/estimate?council={council.code}")
    go_through(client, answers)
    cookie = client.get_cookie("careledger")
    assert cookie
    opened.context.add_cookies([{"name": "careledger", "value": cookie.value, "url": address}])
    return opened


@pytest.mark.parametrize(("name", "slug"), [(name, slug) for name, slugs in ASKED_OF.items() for slug in slugs])
def test_a_browser_finds_nothing_wrong_with_a_question(
    opened: Page, site: Flask, site_address: str, name: str, slug: str
) -> None:
    answered(opened, site, site_address, SPREAD[name])
    assert look_at(opened, f"{site_address}/estimate/{slug}") == Seen()


@pytest.mark.parametrize("slug", ["care", "date-of-birth", "income", "capital-savings"])
def test_a_browser_finds_nothing_wrong_with_a_question_that_was_not_answered(
    opened: Page, site: Flask, site_address: str, slug: str
) -> None:
    """The page that answers a form is looked at as it stands, since going to its address would ask anew."""
    answered(opened, site, site_address, AT_HOME)
    opened.goto(f"{site_address}/estimate/{slug}")
    for box in opened.locator("input[type=text]").all():
        box.fill("rubbish")
    opened.evaluate("document.querySelectorAll('input:checked').forEach(one => one.checked = false)")
    opened.get_by_role("button", name="Continue").click()
    expect(opened.get_by_role("alert")).to_contain_text("There is a problem")
    expect(opened.locator("[class^=govuk-error-summary]:focus")).to_have_count(1)
    assert faults_of(opened, NARROW) == []


@pytest.mark.parametrize(
    "name", ["a couple with a home and what is shared", "nothing to pay", "too much capital and the cost not known"]
)
def test_a_browser_finds_nothing_wrong_with_the_answers_and_the_result(
    opened: Page, site: Flask, site_address: str, name: str
) -> None:
    answered(opened, site, site_address, SPREAD[name])
    assert look_at(opened, f"{site_address}/estimate/check-answers") == Seen()
    assert look_at(opened, f"{site_address}/estimate/result") == Seen()


def test_a_browser_finds_nothing_wrong_with_sending_it(
    opened: Page, site: Flask, site_address: str, council: Council
) -> None:
    answered(opened, site, site_address, AT_HOME, council)
    assert look_at(opened, f"{site_address}/estimate/send") == Seen()
    opened.get_by_role("button", name="Send to the council").click()
    expect(opened.get_by_role("alert")).to_contain_text("Enter your name")
    assert faults_of(opened, NARROW) == []
    opened.get_by_label("Your name").fill("Ada Ames")
    opened.get_by_label("Phone").fill("01632 960 001")
    opened.get_by_label("I agree that the council keeps").check()
    opened.get_by_role("button", name="Send to the council").click()
    expect(opened.get_by_role("heading", level=1)).to_have_text("You have sent your answers")
    assert look_at(opened, f"{site_address}/estimate/sent") == Seen()
    (received,) = council.received.all()
    expect(opened.locator("main")).to_contain_text(received.reference)


def choose(page: Page, question: str, value: str) -> None:
    """Choose a radio by its group and the arrow keys, or a box by the space bar."""
    press_until(page, f"input[name='{question}']")
    for _ in range(40):
        if page.evaluate("(value) => document.activeElement.value === value", value):
            page.keyboard.press("Space")
            return
        kind = page.evaluate("document.activeElement.type")
        page.keyboard.press("ArrowDown" if kind == "radio" else "Tab")
    raise AssertionError(f"the keyboard does not reach {value}")


def test_an_estimate_is_made_with_the_keyboard_alone(opened: Page, site_address: str) -> None:
    opened.goto(f"{site_address}/estimate")
    press_until(opened, 'a[href="/estimate/care"]')
    press_enter(opened)
    while not opened.url.endswith("/check-answers"):
        slug = opened.url.rpartition("/")[2]
        for name, value in IN_A_CARE_HOME[slug].items():
            kind = opened.locator(f"[name='{name}']").first.get_attribute("type")
            for each in value if isinstance(value, list) else [value]:
                if kind == "text":
                    press_until(opened, f"input[name='{name}']")
                    opened.keyboard.type(each)
                else:
                    choose(opened, name, each)
        press_until(opened, "main button")
        press_enter(opened)
    press_until(opened, 'a[href="/estimate/result"]')
    press_enter(opened)
    expect(opened.locator(".cl-answer")).to_have_text("You would pay £209.70 each week towards your care.")


def test_an_estimate_is_made_and_changed_without_scripts(browser: Browser, site: Flask, site_address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": NARROW, "height": 900})
    try:
        page = answered(context.new_page(), site, site_address, AT_HOME)
        page.goto(f"{site_address}/estimate/check-answers")
        page.get_by_role("link", name="Change What does your care cost each week?").click()
        page.get_by_role("textbox", name="What does your care cost each week?").fill("1.00")
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="See what you might pay").click()
        expect(page.locator(".cl-answer")).to_contain_text("£1.00 each week")
        page.get_by_role("button", name="Forget my answers").click()
        page.get_by_role("button", name="Start").click()
        expect(page.get_by_role("radio", name="At home")).not_to_be_checked()
    finally:
        context.close()


@pytest.fixture(scope="module")
def office(new_council: Callable[[], Council]) -> Office:
    return Office(new_council())


@pytest.fixture
def officer(opened: Page, site: Flask, site_address: str, office: Office) -> Page:
    opened.goto(site_address + sign_in_path(site, office.council, "assessor"))
    return opened


def test_a_browser_finds_nothing_wrong_with_what_was_received(officer: Page, site_address: str, office: Office) -> None:
    office.open("P-1", "Ada", "Ames")
    for name in EVERYBODY:
        received = sent(office.council, name)
        assert look_at(officer, f"{site_address}/received/{received.reference}?q=Ames") == Seen()
    assert look_at(officer, f"{site_address}/received") == Seen()
    received = sent(office.council)
    office.council.received.decline(received, "Sent twice", now=received.received_at, by="alice")
    assert look_at(officer, f"{site_address}/received/{received.reference}?q=nobody") == Seen()


def test_a_browser_finds_nothing_wrong_with_the_form_whatever_stands_in_it(
    officer: Page, site_address: str, office: Office
) -> None:
    account, received = office.open("P-2", "Bert", "Best", born=None), sent(office.council, EVERYBODY[0])
    path = f"{site_address}/accounts/{account}/financial-assessments/new"
    assert look_at(officer, f"{path}?received={received.reference}") == Seen()
    for add in ("outgoings", "expenses", "left_out"):
        officer.locator(f"#{add}-add").click()
    assert faults_of(officer, NARROW) == []
    officer.get_by_role("button", name="Work it out", exact=True).click()
    expect(officer.get_by_role("alert")).to_contain_text("Fill this in, or remove the line")
    assert faults_of(officer, NARROW) == []
    for name in ("cost 1", "expense 1", "amount left out 1"):
        officer.get_by_role("button", name=f"Remove {name}").click()
    officer.get_by_role("button", name="Work it out", exact=True).click()
    expect(officer.get_by_role("heading", name="What it comes to")).to_be_visible()
    assert faults_of(officer, NARROW) == []
    officer.get_by_role("button", name="Record this assessment").click()
    expect(officer.get_by_role("alert")).to_contain_text("The financial assessment was recorded.")


def test_an_assessment_is_typed_with_the_keyboard_alone(officer: Page, site_address: str, office: Office) -> None:
    account = office.open("P-3", "Clara", "Clough", born=None)
    officer.goto(f"{site_address}/accounts/{account}/financial-assessments/new")
    for box in ("assessed_on", "effective_from", "cost"):
        press_until(officer, f"#{box}")
        officer.keyboard.press("Control+A")
        officer.keyboard.type(FULL[box])
    press_until(officer, "#setting")
    officer.keyboard.type("In a care home, for good")
    press_until(officer, "#age")
    officer.keyboard.type("Pension age")
    press_until(officer, "#income-add")
    press_enter(officer)
    press_until(officer, "#income-1-amount")
    officer.keyboard.type("100")
    press_enter(officer)  # what Enter does in a box is to work it out
    expect(officer.get_by_role("heading", name="What it comes to")).to_be_visible()
    expect(officer.locator("main")).to_contain_text("£69.85 a week from 6 May 2024")
