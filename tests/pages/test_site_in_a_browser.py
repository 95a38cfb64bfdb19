"""Does every page work in a real browser for each role: silent, accessible, narrow, by keyboard and without scripts?"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from domain.account.facts import RepresentativeNamed, StatementIssued
from ledger.council import Council
from tests.pages.conftest import Kept, sign_in_path
from tests.pages.everything import Everything
from tests.pages.office import Office
from tests.pages.seen import NARROW, WIDE, Seen, look_at
from tests.pages.test_statement import statement

B_STATEMENTS = "/accounts/{kept.mr_b}/statements"
MOMENT_TO_COME = "known_at-day=1&known_at-month=1&known_at-year=2028"

PERSON = (
    "/",
    "/account",
    "/account/money-check",
    "/account/changes",
    "/account/changes?since=never",
    "/account/if-things-change",
    "/account/if-things-change?asked=what",
    "/account/if-things-change?what=home&amount=900&asked=amount",
    "/account/if-things-change?what=income",
    "/account/moving",
    "/account/statements",
    "/account/statements/{kept.second_b}",
    "/account/delayed-payments",
    "/account/who-looked?own=yes",
    "/account/people",
    "/account/people/new",
    "/account/questions",
    "/account/questions/new?about=days.2026-02-01.2026-02-28",
    "/account/contact",
    "/account/statements/{kept.second_b}/post",
    "/accounts",
    "/nothing-here",
    "/still-there?from=/account",
    "/still-there?stays=1",
)
STAFF = (
    "/",
    "/today",
    "/today/needs_review_overdue",
    "/today/needs_review_overdue?age=28&on=31/2/2025",
    "/approvals?state=all",
    "/exports",
    "/views",
    "/accounts/between",
    "/accounts/between?from=1/1/2027&on=31/12/2026",
    "/questions?state=all",
    "/questions?on=31/2/2025",
    "/accounts?reaching=90",
    "/accounts/forecast?on=2024-03-31&quarters=12",
    "/accounts",
    "/accounts?q=a&metering=closed&from=10&sort=-percent&on=11/12/2025&known_at=2026-01-05",
    "/accounts?on=31/2/2025&known_at=2027-01-05&from=x",
    "/accounts?q=nobody",
    "/accounts/{kept.mr_b}",
    "/accounts/{kept.mr_b}?on=2026-02-15&known_at=2026-02-18",
    "/accounts/{kept.mr_b}?known_at=2027-01-01",
    "/accounts/{kept.mr_b}/costs?by=week&from=2026-01-05",
    "/accounts/{kept.mr_b}/costs?from=2026-01-05&to=2025-01-05",
    "/accounts/{kept.mr_b}/entries",
    "/accounts/{kept.mr_b}/entries/{kept.second_b}/correct",
    "/accounts/{kept.mr_b}/record",
    "/accounts/{kept.mr_b}/record/charge",
    "/accounts/{kept.mr_b}/assessments?on=2026-02-15",
    "/accounts/{kept.mr_b}/delayed-payments",
    "/accounts/{kept.mr_b}/dossier?known_at=2027-01-01",
    "/accounts/{kept.mr_b}/contact",
    "/accounts/{kept.mr_b}/letter-code",
    "/accounts/{kept.mr_b}/people/new",
    B_STATEMENTS,
    B_STATEMENTS + "/check?to-day=31&to-month=10&to-year=2026&kind=annual",
    B_STATEMENTS + "/check?to-day=31&to-month=10&to-year=2027",
    B_STATEMENTS + "/{kept.second_b}",
)
AUDIT = (
    "/audit",
    "/audit/verify",
    "/audit/samples/new",
    "/audit/samples/check?method=by_risk&size=9",
    "/audit/samples/check?method=by_risk&size=3",
    "/audit/samples/{kept.sample}?again=yes",
    "/audit/samples/{kept.sample}/accounts/{kept.mr_b}",
    "/audit/bundle",
    "/audit/bundle/check?references=CA-0000-0000",
    "/audit/separation",
    "/audit/separation?kind=adjustment&shown=one_person&from=31/2/2026",
    "/audit/accounts",
    "/audit/accounts?q=Ames",
    "/audit/accounts/{kept.mr_b}",
    "/audit/accounts/{kept.mr_b}?version=4",
    "/audit/accounts/{kept.mr_b}/statements",
    "/audit/accounts/{kept.mr_b}/statements/{kept.second_b}/reperform",
    "/audit/accounts/{kept.mr_b}/entries/{entry}",
    "/audit/accounts/{kept.mr_b}/entries/{entry}?on=never",
    "/audit/accounts/{kept.mr_b}?" + MOMENT_TO_COME,
    "/audit/access?role=finance&unusual=many&from=1/1/2026",
    "/audit/access?q=nobody",
    "/audit/accounts/{kept.mr_b}/name",
)
POLICY = (
    "/",
    "/policy",
    "/policy?on=2026-07-01&known_at=2026-01-05",
    "/policy?on=31/2/2025",
    "/policy/changes",
    "/policy/changes/{kept.change}",
    "/policy/new?parameter=carer_premium",
    "/policy/new/check?parameter=carer_premium&from-day=31&from-month=2&from-year=2027",
    "/policy/new/check?parameter=carer_premium&from-day=6&from-month=4&from-year=2026&amount=55.10&authority=SI&certainty=official",
)
ASSESSOR = ("/received", "/accounts/{kept.mr_b}", "/accounts/{kept.mr_b}/financial-assessments/new")
ANYBODY = (
    "/",
    "/estimate",
    "/account",
    "/sign-in",
    "/sign-in?go=1",
    "/sign-in?token=x",
    "/sign-in/account?council={kept.council.code}&who=staff",
    "/sign-in/go?council={kept.council.code}&who=staff",
    "/sign-in/failed",
    "/sign-in/phone?council={kept.council.code}",
    "/sign-in/code?council={kept.council.code}",
    "/still-there",
    "/contact",
    "/accessibility",
    "/privacy",
    "/cookies",
    "/problems",
    "/problems/account-is-closed",
    "/nothing-here",
)

EVERY_PAGE = [
    *(("citizen", path) for path in PERSON),
    *(("finance", path) for path in STAFF),
    *(("auditor", path) for path in AUDIT),
    *(("policy", path) for path in POLICY),
    ("finance_approver", "/policy/changes/{kept.change}"),
    *(("assessor", path) for path in ASSESSOR),
    ("information_governance", "/audit/access"),
    *((None, path) for path in ANYBODY),
]


def signed_in_page(opened: Page, app: Flask, base: str, council: Council, role: str, account: UUID | None) -> Page:
    opened.goto(base + sign_in_path(app, council, role, account))
    return opened


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    """A fresh browser that remembers nothing."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("role", "path"), EVERY_PAGE, ids=lambda value: str(value))
def test_a_browser_finds_nothing_wrong_with_any_page(
    opened: Page, site: Flask, site_address: str, kept: Kept, role: str | None, path: str
) -> None:
    if role:
        signed_in_page(opened, site, site_address, kept.council, role, kept.mr_b if role == "citizen" else None)
    statuses: list[int] = []
    opened.on("response", lambda answer: statuses.append(answer.status) if answer.status >= 400 else None)
    entry = kept.council.ledger.account(kept.mr_b).entries[6].id
    seen = look_at(opened, site_address + path.format(kept=kept, entry=entry))
    # A browser writes one line for each answer that is no success: the page's own, and of no other part.
    assert seen.console == [line for line in seen.console if "server responded with a status of 4" in line]
    assert len(seen.console) == len(statuses) in (0, 1)
    assert replace(seen, console=[]) == Seen()


@pytest.mark.parametrize("who", ["hourly", "late", "moved", "dead"])
@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("citizen", "/account"),
        ("citizen", "/account/changes"),
        ("citizen", "/account/statements/{statement}"),
        ("finance", "/accounts/{account}"),
        ("finance", "/accounts/{account}/costs"),
        ("finance", "/accounts/{account}/costs?by=posting"),
        ("finance", "/accounts/{account}/entries"),
        ("auditor", "/audit/accounts/{account}"),
        ("auditor", "/audit/accounts/{account}/dossier"),
    ],
)
def test_a_browser_finds_nothing_wrong_whatever_happened_to_an_account(
    opened: Page, site: Flask, site_address: str, everything: Everything, role: str, path: str, who: str
) -> None:
    account: UUID = getattr(everything, who)
    last = everything.council.ledger.account(account).last_statement
    assert last  # each of them was sent one
    signed_in_page(opened, site, site_address, everything.council, role, account if role == "citizen" else None)
    assert look_at(opened, site_address + path.format(account=account, statement=last[0].id)) == Seen()


@pytest.mark.parametrize(
    ("role", "path"), [("citizen", "/account/delayed-payments"), ("finance", "/accounts/{account}/delayed-payments")]
)
def test_a_browser_finds_nothing_wrong_with_what_is_paid_later(
    opened: Page, site: Flask, site_address: str, everything: Everything, role: str, path: str
) -> None:
    own = everything.lent if role == "citizen" else None
    signed_in_page(opened, site, site_address, everything.council, role, own)
    assert look_at(opened, site_address + path.format(account=everything.lent)) == Seen()


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("citizen", "/account/people"),
        ("citizen", "/account/people/{friend}/remove"),
        ("finance", "/accounts/{account}/people"),
        ("finance", "/accounts/{account}/people/{daughter}/end"),
        ("representative", "/account"),
        ("representative", "/account/people"),
        ("ended", "/account"),
    ],
)
def test_a_browser_finds_nothing_wrong_with_who_represents_a_person(
    opened: Page, site: Flask, site_address: str, everything: Everything, role: str, path: str
) -> None:
    account = everything.moved
    named = [str(entry.id) for entry, _ in everything.council.ledger.account(account).of(RepresentativeNamed)]
    daughter, ended, friend = named
    as_who = {"representative": {"authority": daughter}, "ended": {"authority": ended}}.get(role, {})
    of_one = None if role == "finance" else account
    signed_in = sign_in_path(site, everything.council, "representative" if as_who else role, of_one, **as_who)
    opened.goto(site_address + signed_in)
    seen = look_at(opened, site_address + path.format(account=account, daughter=daughter, friend=friend))
    assert Seen([], seen.beside_paper, seen.faults, seen.unreached) == Seen()
    assert (seen.console == []) is (role != "ended")  # a browser writes a line for an answer that is no success


@pytest.mark.parametrize("who", ["mrs_a", "mrs_c", "mr_d"])
def test_a_browser_finds_nothing_wrong_with_an_account_in_any_state(
    opened: Page, site: Flask, site_address: str, kept: Kept, who: str
) -> None:
    signed_in_page(opened, site, site_address, kept.council, "citizen", getattr(kept, who))
    assert look_at(opened, f"{site_address}/account") == Seen()


def test_a_browser_finds_nothing_wrong_where_no_cap_is_in_force(
    opened: Page, site: Flask, site_address: str, new_council: Callable[[str], Council]
) -> None:
    office = Office(new_council("national"))
    signed_in_page(opened, site, site_address, office.council, "citizen", office.mrs_a())
    assert look_at(opened, f"{site_address}/account") == Seen()


def test_a_statement_that_stands_by_itself_is_whole_and_accessible_and_fits_narrow(
    opened: Page, kept: Kept, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("post") / "statement.html"
    file.write_text(statement(kept.council, kept.mr_b, kept.second_b), "utf-8")
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    assert look_at(opened, file.as_uri()) == Seen()
    assert set(asked) == {file.as_uri()}
    size = opened.evaluate("parseFloat(getComputedStyle(document.querySelector('p')).fontSize)")
    assert size == pytest.approx(14 * 96 / 72, abs=0.01)


def press_until(page: Page, focused: str) -> None:
    """Press Tab until what is wanted has the focus; 60 stops at most."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", focused):
            return
    raise AssertionError(f"the keyboard does not reach {focused}")


def press_enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_statement_is_made_with_the_keyboard_alone(
    opened: Page, site: Flask, site_address: str, council: Council
) -> None:
    account = Office(council).mrs_a()
    signed_in_page(opened, site, site_address, council, "finance", None)
    press_until(opened, 'a[href="/accounts"]')
    press_enter(opened)
    press_until(opened, f'a[href="/accounts/{account}"]')
    press_enter(opened)
    press_until(opened, 'a[href$="/statements"]')
    press_enter(opened)
    for box, typed in (("#to", "31"), ("#to-month", "3"), ("#to-year", "2024")):
        press_until(opened, box)
        opened.keyboard.type(typed)
    press_until(opened, "input[name=kind]")
    opened.keyboard.press("Space")
    press_until(opened, "main button")
    press_enter(opened)
    expect(opened.get_by_role("heading", level=1)).to_have_text("Check before making the statement")
    press_until(opened, "main button")
    press_enter(opened)
    expect(opened.get_by_role("alert")).to_contain_text("The statement to 31 March 2024 was made.")
    expect(opened.locator(".cl-answer")).to_contain_text("£19,500.00 of your care costs count")
    assert len(council.ledger.account(account).of(StatementIssued)) == 1


def test_every_journey_works_without_scripts(browser: Browser, site: Flask, site_address: str, kept: Kept) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": NARROW, "height": 900})
    try:
        page = context.new_page()
        signed_in_page(page, site, site_address, kept.council, "citizen", kept.mr_b)
        page.get_by_role("link", name="Read your statement to 31 March 2026").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your care account statement")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", level=2, name="How to sign in")).to_be_visible()
        signed_in_page(page, site, site_address, kept.council, "finance", None)
        page.get_by_role("link", name="Accounts", exact=True).click()
        page.get_by_label("Cap reached").check()
        page.get_by_label("Figures for the close of").fill("12 December 2025")
        page.get_by_role("button", name="Apply filters").click()
        expect(page.get_by_role("status")).to_have_text("1 of 4 accounts")
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV").click()
        assert download.value.suggested_filename == "care-accounts-2025-12-12.csv"
        page.get_by_role("link", name="Ames, Ada").click()
        expect(page.locator("main")).to_contain_text("£86,000.00 counted, £0.00 left to reach the cap.")
    finally:
        context.close()


def test_an_auditor_walks_from_entry_to_entry(opened: Page, site: Flask, site_address: str, kept: Kept) -> None:
    opened.set_viewport_size({"width": WIDE, "height": 900})
    signed_in_page(opened, site, site_address, kept.council, "auditor", None)
    opened.get_by_role("link", name="Account history").click()
    reference = kept.council.ledger.account(kept.mr_b).opened.reference
    opened.get_by_role("link", name=reference).click()
    opened.get_by_role("link", name="Previous entry").click()
    expect(opened.locator(".cl-timeline__heading").first).to_contain_text("8. Personal budget set")
    opened.get_by_label("Day", exact=True).fill("18")
    opened.get_by_label("Month", exact=True).fill("2")
    opened.get_by_label("Year", exact=True).fill("2026")
    opened.get_by_role("button", name="Show this moment").click()
    expect(opened.locator(".cl-timeline__heading").first).to_contain_text("6. Statement made")
    opened.get_by_role("link", name="Go to now").click()
    expect(opened.locator(".cl-timeline__heading").first).to_contain_text("9. Statement made")


def test_every_column_of_the_list_is_seen_at_once_on_a_desk(
    opened: Page, site: Flask, site_address: str, kept: Kept
) -> None:
    opened.set_viewport_size({"width": WIDE, "height": 900})
    signed_in_page(opened, site, site_address, kept.council, "finance", None)
    opened.goto(f"{site_address}/accounts")
    hidden = opened.locator(".cl-scroll").evaluate("region => region.scrollWidth - region.clientWidth")
    assert hidden == 0
