"""Do the pages of imports work in a real browser: silent, accessible, narrow, by keyboard, and with a real file?"""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from api.importing.columns import KINDS
from api.importing.proposed import find_out, record
from api.importing.table import read_table
from api.importing.working import file_given
from api.pages.importing import imports
from ledger.council import Council
from ledger.import_proposal import Proposal
from ledger.import_proposals import ImportProposals
from ledger.outcomes import Caller
from ledger.receipts import Request
from tests.conftest import NOON
from tests.faults.served import until
from tests.pages.conftest import sign_in_path
from tests.pages.office import Office
from tests.pages.seen import NARROW, Seen, look_at
from tests.pages.test_imports import BAD, CHARGES, charges, newest, runs
from tests.pages.test_site_in_a_browser import opened, press_enter, press_until
from tests.unit.tables import RIGHT, as_csv

__all__ = ["opened"]

BERT = Caller("bert", "finance_approver")
PAGES = (
    ("finance", "/imports"),
    ("finance", "/imports/given/{waiting}"),
    ("finance", "/imports/given/{bad}"),
    ("finance", "/imports/given/{unchecked}"),
    ("finance_approver", "/imports/given/{waiting}"),
    ("finance_approver", "/imports/given/{waiting}/commit"),
    ("finance_approver", "/imports/given/{waiting}/rejection"),
    ("finance_approver", "/imports/given/{rejected}"),
    ("finance", "/imports/{done}"),
    ("finance", "/imports/{under_way}"),
)


def of_rows(*references: str) -> bytes:
    return as_csv([RIGHT["charges"] | {"reference": each} for each in references])


class Giving:
    """A council to which files are given and about which somebody decides."""

    def __init__(self, council: Council) -> None:
        self.council, self.proposals = council, ImportProposals(council)

    def give(self, content: bytes, *, checked: bool = True, partial: bool = False) -> Proposal:
        file = file_given(read_table(content, KINDS["charges"]), partial)
        asked = Request("alice", uuid4().hex, file.digest)
        name = "charges of the home by the sea, May 2024.csv"
        by = Caller("alice", "finance")
        given = self.proposals.give(uuid4(), file, name, content, by=by, now=NOON, request=asked).proposal
        if checked:
            find_out(self.council, given, lambda: NOON)
        return given

    def commit(self, given: Proposal, *, recorded: bool = True) -> str:
        asked = Request("bert", uuid4().hex, b"")
        import_id = self.proposals.commit(given.proposal_id, by=BERT, now=NOON, request=asked).import_id
        assert import_id
        if recorded:
            record(self.council, given, import_id, lambda: NOON)
        return str(import_id)

    def reject(self, given: Proposal) -> None:
        asked = Request("bert", uuid4().hex, b"")
        self.proposals.reject(given.proposal_id, "wrong-file", by=BERT, now=NOON, request=asked)


@pytest.fixture(scope="module")
def files(new_council: Callable[[], Council]) -> Iterator[tuple[Council, dict[str, object]]]:
    """A council with a file in each state."""
    council = new_council()
    Office(council).mrs_a("P-1")
    giving = Giving(council)
    rejected = giving.give(of_rows("A"))
    giving.reject(rejected)
    done = giving.commit(giving.give(as_csv(BAD), partial=True))
    under_way = giving.commit(giving.give(of_rows("B")), recorded=False)
    found = {
        "waiting": giving.give(of_rows("C", "D")).proposal_id,
        "bad": giving.give(as_csv([*BAD, RIGHT["charges"] | {"reference": "E"}])).proposal_id,
        "unchecked": giving.give(of_rows("F"), checked=False).proposal_id,
        "rejected": rejected.proposal_id,
    }
    yield council, found | {"done": done, "under_way": under_way}
    council.close()


@pytest.mark.parametrize(("role", "path"), PAGES)
def test_a_browser_finds_nothing_wrong_with_a_page_of_imports(
    opened: Page, site: Flask, site_address: str, files: tuple[Council, dict[str, object]], role: str, path: str
) -> None:
    council, named = files
    opened.goto(site_address + sign_in_path(site, council, role, sub="cleo"))
    assert look_at(opened, site_address + path.format(**named)) == Seen()


def test_a_file_is_given_and_let_in_by_keyboard_alone_without_scripts(
    browser: Browser, site: Flask, site_address: str, council: Council, tmp_path: Path
) -> None:
    account, file = Office(council).mrs_a("P-1"), tmp_path / "charges.csv"
    file.write_bytes(as_csv(CHARGES))
    context = browser.new_context(java_script_enabled=False, viewport={"width": NARROW, "height": 900})
    try:
        page = context.new_page()
        page.goto(site_address + sign_in_path(site, council, "finance"))
        page.get_by_role("link", name="Imports", exact=True).click()
        page.get_by_label("Charges", exact=True).check()
        page.get_by_label("The file").set_input_files(file)
        page.get_by_role("button", name="See what it would do").click()
        until(lambda: newest(council).checked, "the file is checked")
        page.reload()
        expect(page.locator("main")).to_contain_text("You gave this file, so somebody else has its rows recorded.")
        page.goto(site_address + sign_in_path(site, council, "finance_approver", sub="bert"))
        page.get_by_role("link", name="See the imports").click()
        page.locator('main a[href^="/imports/given/"]').click()
        page.get_by_role("link", name="Have these rows recorded").click()
        page.get_by_role("button", name="Record the rows").click()
        until(lambda: runs(council)[0].ended_at, "the import has ended")
        page.reload()
        expect(page.locator("main")).to_contain_text("Every row is recorded.")
        assert charges(council, account) == ["100.50", "200.50"]
    finally:
        context.close()


def test_a_checker_lets_rows_in_with_the_keyboard_alone(
    opened: Page, site: Flask, site_address: str, council: Council
) -> None:
    Office(council).mrs_a("P-1")
    Giving(council).give(as_csv(CHARGES))
    opened.goto(site_address + sign_in_path(site, council, "finance_approver", sub="bert"))
    for focused in ('a[href="/imports"]', 'main a[href^="/imports/given/"]', 'main a[href$="/commit"]', "main button"):
        press_until(opened, focused)
        press_enter(opened)
    expect(opened.get_by_role("alert")).to_contain_text("Recording the rows was begun.")
    until(lambda: runs(council)[0].ended_at, "the import has ended")


def test_a_browser_is_told_that_a_file_is_too_large(
    opened: Page, site: Flask, site_address: str, council: Council, tmp_path: Path
) -> None:
    file = tmp_path / "large.csv"
    file.write_bytes(b"x" * imports.LARGEST_FORM)
    opened.goto(site_address + sign_in_path(site, council, "finance"))
    opened.goto(f"{site_address}/imports")
    opened.get_by_label("The file").set_input_files(file)
    opened.get_by_role("button", name="See what it would do").click()
    expect(opened.get_by_role("heading", level=1)).to_have_text("The file is too large")
