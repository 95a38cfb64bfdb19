"""Do the pages of statement runs work in a real browser: silent, accessible, narrow, and by keyboard?"""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from ledger.council import Council
from ledger.letters import STATES, Heard, Letter
from ledger.statement_run import StatementRun, StatementsWanted
from ledger.statement_runs import StatementRuns
from ledger.store.letter_rows import Letters
from tests.conftest import NOON
from tests.faults.served import until
from tests.integration.posting import self_funder
from tests.integration.recording import ALICE
from tests.integration.stating import BERT, made_run, released, written_to
from tests.pages.conftest import sign_in_path
from tests.pages.seen import Seen, look_at
from tests.pages.test_site_in_a_browser import opened, press_enter, press_until, signed_in_page
from tests.pages.test_statement_runs import CHECK, runs_of

__all__ = ["opened"]

FINANCE = (
    "/statement-runs",
    CHECK,
    "/statement-runs/check?to-day=31&to-month=2&to-year=2024",
    "/statement-runs/{waiting.run_id}",
    "/statement-runs/{waiting.run_id}?show=held",
    "/statement-runs/{under_way.run_id}",
    "/letters",
    "/letters?show=to_look_at",
    "/letters?show=delivered",
    "/letters/{returned.letter_id}",
    "/letters/{returned.letter_id}/again",
    "/letters/{sent.letter_id}/returned",
)
APPROVER = (
    "/statement-runs/{waiting.run_id}/release",
    "/statement-runs/{waiting.run_id}/withdrawal",
    "/statement-runs/{withdrawn.run_id}",
    "/statement-runs/{released.run_id}/release",
)


@pytest.fixture(scope="module")
def runs(new_council: Callable[[], Council]) -> Iterator[tuple[Council, dict[str, StatementRun | Letter]]]:
    """A council with a run in each state."""
    council = new_council()
    for name in ("Ames", "Brown", "Clough"):
        written_to(council, given_name="Ada", family_name=name)
    self_funder(council)
    withdrawn, of_council = made_run(council), StatementRuns(council)
    of_council.withdraw(withdrawn.run.run_id, "wrong-day", by=BERT, now=NOON)
    out = made_run(council)
    released(council, out)
    returned, sent = _letters(council)
    waiting = made_run(council, date(2025, 10, 31))
    under_way, _ = of_council.begin(StatementsWanted(date(2025, 11, 30)), by=ALICE, now=NOON)
    of_runs = {"withdrawn": withdrawn.run, "released": out.run, "waiting": waiting.run, "under_way": under_way}
    yield council, {**of_runs, "returned": returned, "sent": sent}
    council.close()


def _letters(council: Council) -> tuple[Letter, Letter]:
    """One that came back, and one that was sent."""
    letters = Letters(council.app, council.names)
    returned, sent, _ = [each.letter for each in letters.listed(STATES, to_look_at=False, offset=0, limit=9)]
    for each in (returned, sent):
        letters.note(each.letter_id, Heard("sent", "created", "notify", "notify", "n-1", "0" * 64), NOON)
    letters.note(returned.letter_id, Heard("returned", "returned-to-sender", "notify"), NOON)
    return returned, sent


@pytest.mark.parametrize(
    ("role", "path"), [*(("finance", each) for each in FINANCE), *(("finance_approver", each) for each in APPROVER)]
)
def test_a_browser_finds_nothing_wrong_with_a_page_of_statement_runs(
    opened: Page,
    site: Flask,
    site_address: str,
    runs: tuple[Council, dict[str, StatementRun | Letter]],
    role: str,
    path: str,
) -> None:
    council, named = runs
    opened.goto(site_address + sign_in_path(site, council, role, sub="cleo"))
    seen = look_at(opened, site_address + path.format(**named))
    seen.console[:] = [line for line in seen.console if "a status of 422" not in line]
    assert seen == Seen()


def test_statements_are_made_with_the_keyboard_alone(
    opened: Page, site: Flask, site_address: str, council: Council
) -> None:
    written_to(council)
    signed_in_page(opened, site, site_address, council, "finance", None)
    press_until(opened, 'a[href="/statement-runs"]')
    press_enter(opened)
    for box, typed in (("#to", "31"), ("#to-month", "10"), ("#to-year", "2024")):
        press_until(opened, box)
        opened.keyboard.type(typed)
    press_until(opened, "main form button")
    press_enter(opened)
    press_until(opened, 'main form[action="/statement-runs"] button')
    press_enter(opened)
    expect(opened.get_by_role("alert")).to_contain_text("Making yearly statements to 31 October 2024 was begun.")
    until(lambda: runs_of(council)[0].finished_at, "the run is finished")
