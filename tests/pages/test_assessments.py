"""What is read of a financial assessment: by the person as a letter, by the office and the auditor line by line?"""

import re
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from api.pages.money_check import money_check_html
from domain.account.assessments import assessments
from domain.account.state import Entry
from tests.pages.conftest import sign_in_path, signed_in_client
from tests.pages.everything import Everything
from tests.pages.reading import read, words_of
from tests.pages.seen import WIDE, Seen, look_at
from tests.pages.test_site_in_a_browser import press_enter, press_until


def entries(everything: Everything, account: UUID) -> list[Entry]:
    """The entries of an account's assessments, in order."""
    return [entry for entry, _ in assessments(everything.council.ledger.account(account))]


@pytest.fixture
def ivy(site: Flask, everything: Everything) -> FlaskClient:
    return signed_in_client(site, everything.council, "citizen", everything.assessed)


@pytest.fixture
def jack(site: Flask, everything: Everything) -> FlaskClient:
    return signed_in_client(site, everything.council, "citizen", everything.in_a_home)


def test_a_letter_says_what_is_paid_and_adds_up_line_by_line(ivy: FlaskClient) -> None:
    words = read(ivy, "/account/money-check")
    assert "You pay £125.35 a week towards your care." in words
    assert (
        "Your state pension £241.30 Your private or work pension £84.10 Your Attendance Allowance £76.70 "
        "What you have coming in £405.10 What you keep each week" in words
    )
    assert "What you keep -£279.75 What is left £125.35 What you pay each week £125.35" in words
    assert words.count("financial assessment") == 1
    assert "What we do not count Main home: £210,000.00, which do not count" in words
    assert "Capital of £14,900.00 is near the lower limit of £14,250.00: tell us when it changes." in words


def test_a_letter_says_what_changed_since_the_last_check_and_why(ivy: FlaskClient) -> None:
    words = read(ivy, "/account/money-check")
    assert "Your last check was from 2 June 2025. It said that you pay £120.35 a week." in words
    assert "You pay £5.00 more a week from 6 April 2026. The largest change is that your state pension rose" in words
    assert (
        "Your state pension rose by £11.05 £11.05 The amount you keep to live on rose by £8.85 -£8.85 "
        "Your Attendance Allowance rose by £2.80 £2.80 Together £5.00" in words
    )


def test_a_letter_says_how_sure_amounts_are_only_where_they_are_not_official(
    ivy: FlaskClient, jack: FlaskClient, everything: Everything
) -> None:
    assert "We have not seen these amounts in the law itself." in read(ivy, "/account/money-check")
    refused, *_ = entries(everything, everything.in_a_home)
    assert "How sure we are" not in read(jack, f"/account/money-check?entry={refused.id}")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "You chose not to tell us about your money. So the law lets us ask you for the full cost."),
        (0, "You pay the full cost of your care. This is £400.00 a week."),
        (1, "You pay nothing towards your care."),
        (1, "You agreed to a short check."),
        (1, "This is because you no longer pay the full cost of your care."),
        (2, "The home is left out up to 30 March 2026; from that day on it counts as capital."),
        (3, "This is because your savings and property are above the limit, so you pay the full cost of your care."),
    ],
)
def test_each_way_to_make_a_check_and_each_outcome_has_its_words(
    jack: FlaskClient, everything: Everything, number: int, said: str
) -> None:
    entry = entries(everything, everything.in_a_home)[number]
    assert said in read(jack, f"/account/money-check?entry={entry.id}")


def test_the_person_finds_the_check_from_their_account_and_their_other_checks_from_it(
    ivy: FlaskClient, everything: Everything
) -> None:
    assert 'href="/account/money-check"' in ivy.get("/account").get_data(as_text=True)
    html = ivy.get("/account/money-check").get_data(as_text=True)
    imported, first, _, wrong = entries(everything, everything.assessed)
    for entry in (imported, first, wrong):
        assert f'href="/account/money-check?entry={entry.id}"' in html
    assert "We do not have its sums here." in read(ivy, f"/account/money-check?entry={imported.id}")
    assert "It does not count any more." in read(ivy, f"/account/money-check?entry={wrong.id}")


def test_somebody_without_a_check_is_told_so(site: Flask, everything: Everything) -> None:
    edith = signed_in_client(site, everything.council, "citizen", everything.hourly)
    assert "We have not done a money check for you yet." in read(edith, "/account/money-check")


def test_nobody_reads_another_person_s_check(ivy: FlaskClient, everything: Everything) -> None:
    other, *_ = entries(everything, everything.in_a_home)
    read(ivy, f"/account/money-check?entry={other.id}", 404)


def test_the_letter_by_itself_says_what_the_page_says(ivy: FlaskClient, everything: Everything) -> None:
    council, account = everything.council, everything.council.ledger.account(everything.assessed)
    person = council.people.of([account.id])[account.id]
    *_, now, _ = entries(everything, everything.assessed)
    alone = words_of(money_check_html(council, account, now, person))
    page = read(ivy, "/account/money-check")
    letter = alone.partition("Ivy Ives")[2].partition("Get help")[0]
    assert letter.strip() in page
    nameless = words_of(money_check_html(council, account, now, None))
    assert "Ives" not in nameless
    assert account.opened.reference in nameless


def test_staff_find_every_assessment_with_its_days_and_whether_it_counts(
    finance_of_everything: FlaskClient, everything: Everything
) -> None:
    path = f"/accounts/{everything.assessed}"
    assert f'href="{path}/assessments"' in finance_of_everything.get(path).get_data(as_text=True)
    words = read(finance_of_everything, f"{path}/assessments")
    assert "entry 7 1 June 2026 Nothing to pay £0.00 Corrected" in words
    assert "entry 6 6 April 2026 Contribution £125.35 In force" in words
    assert "entry 5 2 June 2025 5 April 2026 Contribution £120.35 Not in force" in words
    then = read(finance_of_everything, f"{path}/assessments?on=2025-12-01")
    assert "entry 5 2 June 2025 5 April 2026 Contribution £120.35 In force" in then
    none = read(finance_of_everything, f"/accounts/{everything.hourly}/assessments")
    assert "No financial assessment was recorded." in none


def test_staff_read_every_line_with_its_law_and_how_sure_it_is(
    finance_of_everything: FlaskClient, everything: Everything
) -> None:
    entry = entries(everything, everything.assessed)[1]
    words = read(finance_of_everything, f"/accounts/{everything.assessed}/assessments/{entry.id}")
    for line in entry.fact.lines:  # type: ignore[attr-defined]
        assert f"{line.label} £{line.amount:,.2f} {line.authority}" in words
    assert "minimum income guarantee single pension age secondary" in words
    assert "Circumstances, age group pension_age" in words


def test_staff_are_told_what_changed_in_a_table_that_adds_up(
    finance_of_everything: FlaskClient, everything: Everything
) -> None:
    *_, now, wrong = entries(everything, everything.assessed)
    path = f"/accounts/{everything.assessed}/assessments/{now.id}"
    words = read(finance_of_everything, path)
    assert "Your state pension £230.25 £241.30 £11.05 SI 2014/2672 reg 13" in words
    assert "Unchanged £48.80 £48.80 £0.00 To pay each week £120.35 £125.35 £5.00" in words
    other = read(finance_of_everything, f"{path}?other={wrong.id}")
    assert "From the assessment of 1 June 2026 (entry 7) to this one" in other
    mistaken = read(finance_of_everything, f"{path}?other={everything.assessed}", 422)
    assert "Choose one of the assessments in the list" in mistaken


def test_words_of_an_assessment_are_shown_to_the_office_and_not_to_an_auditor(
    finance_of_everything: FlaskClient, auditor_of_everything: FlaskClient, everything: Everything
) -> None:
    entry = entries(everything, everything.assessed)[1]
    office = read(finance_of_everything, f"/accounts/{everything.assessed}/assessments/{entry.id}")
    audit = read(auditor_of_everything, f"/audit/accounts/{everything.assessed}/assessments/{entry.id}")
    assert "Disability related expenditure 1, description" in office
    assert "A cleaner, as Ivy cannot bend." in office
    assert "Ives" in office
    assert not re.search(r"Ivy|Ives|sister", audit)
    assert "Left to charge from £120.35 Care Act 2014 s 14(7)" in audit


def test_an_auditor_reads_the_assessments_as_an_entry_left_them(
    auditor_of_everything: FlaskClient, everything: Everything
) -> None:
    path = f"/audit/accounts/{everything.assessed}"
    assert f'href="{path}/assessments?version=' in auditor_of_everything.get(path).get_data(as_text=True)
    then = read(auditor_of_everything, f"{path}/assessments?version=7")
    assert "You are looking at the past" in then
    assert "4 assessments, the newest first" in then
    assert "Corrected" not in then
    wrong = entries(everything, everything.assessed)[3]
    read(auditor_of_everything, f"{path}/assessments/{wrong.id}?version=6", 404)


EVERY_PAGE = [
    ("citizen", "/account/money-check"),
    ("citizen", "/account/money-check?entry={entry}"),
    ("finance", "/accounts/{account}/assessments"),
    ("finance", "/accounts/{account}/assessments/{entry}"),
    ("finance", "/accounts/{account}/explanation?on=2026-04-30"),
    ("auditor", "/audit/accounts/{account}/assessments"),
    ("auditor", "/audit/accounts/{account}/assessments/{entry}"),
]


@pytest.mark.parametrize("who", ["assessed", "in_a_home"])
@pytest.mark.parametrize(("role", "path"), EVERY_PAGE)
def test_a_browser_finds_nothing_wrong_with_what_was_assessed(
    browser: Browser, site: Flask, site_address: str, everything: Everything, role: str, path: str, who: str
) -> None:
    account = getattr(everything, who)
    entry = entries(everything, account)[2].id
    context = browser.new_context()
    try:
        page = context.new_page()
        own = account if role == "citizen" else None
        page.goto(site_address + sign_in_path(site, everything.council, role, own))
        assert look_at(page, site_address + path.format(account=account, entry=entry)) == Seen()
    finally:
        context.close()


def test_a_letter_that_stands_by_itself_is_whole_and_accessible_and_fits_narrow(
    browser: Browser, everything: Everything, tmp_path_factory: pytest.TempPathFactory
) -> None:
    account = everything.council.ledger.account(everything.assessed)
    file = tmp_path_factory.mktemp("post") / "money-check.html"
    file.write_text(money_check_html(everything.council, account, account.entries[5], None), "utf-8")
    context = browser.new_context()
    try:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        assert look_at(page, file.as_uri()) == Seen()
        assert set(asked) == {file.as_uri()}
    finally:
        context.close()


def test_staff_walk_from_an_account_to_a_difference_with_the_keyboard_alone_and_without_scripts(
    browser: Browser, site: Flask, site_address: str, everything: Everything
) -> None:
    context = browser.new_context(viewport={"width": WIDE, "height": 900})
    try:
        page = context.new_page()
        page.goto(site_address + sign_in_path(site, everything.council, "finance"))
        page.goto(f"{site_address}/accounts/{everything.assessed}")
        press_until(page, 'a[href$="/assessments"]')
        press_enter(page)
        *_, now, _ = entries(everything, everything.assessed)
        press_until(page, f'a[href$="{now.id}"]')
        press_enter(page)
        expect(page.locator("#causes")).to_contain_text("(entry 5)")
        press_until(page, "#other")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        press_until(page, "main form button")
        press_enter(page)
        expect(page.locator("#causes")).to_contain_text("(entry 4)")
    finally:
        context.close()
