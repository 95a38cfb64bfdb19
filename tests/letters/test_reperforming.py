"""Is a statement that does not come out as it was found, by the command and by the auditor's page?"""

import hashlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from playwright.sync_api import Browser, expect

from api.cli import cli
from api.letters import reperforming
from api.letters.reperforming import reperformed
from domain.account.facts import StatementIssued
from domain.account.state import CareAccount, Entry
from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.conftest import NOON
from tests.integration.conftest import Admin
from tests.pages.conftest import sign_in_path, signed_in_client
from tests.pages.office import Office, died
from tests.pages.reading import read
from tests.pages.seen import WIDE, Seen, look_at

Run = Callable[..., Result]


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in this session's installation, its clock standing."""
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", NOON.isoformat())
    return lambda *words: CliRunner().invoke(cli, ["reperform", *words])


def made(finance: ApiCaller, account: UUID, to: str = "2024-03-31") -> str:
    """A statement asked for over HTTP, and so with its paper kept; its id."""
    answer = finance.post(f"/v1/care-accounts/{account}/statements", {"to": to, "kind": "annual"})
    assert answer.status_code == 201
    return str(answer.get_json()["statement_id"])


def last(council: Council, account: UUID) -> tuple[CareAccount, Entry, StatementIssued]:
    found = council.ledger.account(account)
    return found, *found.of(StatementIssued)[-1]


def test_a_statement_keeps_the_digest_of_its_paper_under_its_reference_alone(
    site: Flask, council: Council, mrs_a: UUID, finance: ApiCaller
) -> None:
    statement = made(finance, mrs_a)
    paper = last(council, mrs_a)[2].paper
    assert paper
    assert (paper.template, paper.engine) == ("statement-2", "typst-0.15.2")
    auditor = ApiCaller(site, council.code, "auditor")
    for each in paper.prints:
        path = f"/v1/care-accounts/{mrs_a}/statements/{statement}?format=pdf&print={each.points}"
        assert hashlib.sha256(auditor.get(path).data).hexdigest() == each.sha256
        assert hashlib.sha256(finance.get(path).data).hexdigest() != each.sha256  # her name and address stand in it


def test_a_statement_asked_for_again_is_the_same_statement(council: Council, mrs_a: UUID, finance: ApiCaller) -> None:
    asked = {"to": "2024-03-31", "kind": "annual"}
    answers = [finance.post(f"/v1/care-accounts/{mrs_a}/statements", asked, Idempotency_Key="once") for _ in range(2)]
    assert answers[0].data == answers[1].data
    assert len(council.ledger.account(mrs_a).of(StatementIssued)) == 1


def test_statements_come_out_the_same_whatever_was_recorded_since(
    council: Council, mrs_a: UUID, finance: ApiCaller, run: Run
) -> None:
    statement = made(finance, mrs_a)
    made(finance, mrs_a, "2024-06-30")
    Office(council).record(mrs_a, died(date(2024, 2, 1)), NOON)
    reference = council.ledger.account(mrs_a).opened.reference
    one = run("--council", council.code, "--statement", statement)
    assert (one.exit_code, one.stdout) == (
        0,
        f"{reference}, statement to 2024-03-31, {statement}: same\nMade 1 statement again: all the same.\n",
    )
    assert run("--council", council.code, "--account", reference).stdout.endswith(
        "Made 2 statements again: all the same.\n"
    )
    everything = run("--council", council.code, "--all")
    assert (everything.exit_code, everything.stdout) == (0, "Made 2 statements again: all the same.\n")
    assert "Making again: 1 of 1" in everything.stderr


def test_a_statement_without_a_paper_is_told_and_its_figures_are_made_again(
    council: Council, mrs_a: UUID, run: Run
) -> None:
    Office(council).statement(mrs_a, date(2024, 3, 31), NOON)
    said = run("--council", council.code, "--account", str(mrs_a))
    assert (said.exit_code, "same (no paper was kept when it was made)" in said.stdout) == (0, True)


def change_in_the_store(admin: Admin, council: Council, account: UUID) -> None:
    """What no role of the program may do: a figure of a statement is another now."""
    with admin() as statements:
        statements.execute(
            f"UPDATE {council.names.schema}.events SET state ="
            " convert_to(replace(convert_from(state, 'UTF8'), '19500.00', '19400.00'), 'UTF8')"
            " WHERE account_id = %s",
            (str(account),),
        )


def test_a_figure_that_was_changed_in_the_store_is_named_by_the_command_and_by_the_page(
    site: Flask, council: Council, mrs_a: UUID, finance: ApiCaller, run: Run, admin: Admin
) -> None:
    statement = made(finance, mrs_a)
    change_in_the_store(admin, council, mrs_a)
    said = run("--council", council.code, "--all")
    assert said.exit_code == 1
    assert "DIFFERS" in said.stdout
    for words in ("accrued_costs\n    then  19400.00\n    now   19500.00", "Made 1 statement again: 1 differs."):
        assert words in said.stdout
    auditor = signed_in_client(site, council, "auditor")
    assert "typst-0.15.2" in read(auditor, f"/audit/accounts/{mrs_a}")
    page = read(auditor, f"/audit/accounts/{mrs_a}/statements/{statement}/reperform")
    assert "Differs. What differs is named below." in page
    assert "accrued_costs 19400.00 19500.00" in page


def test_another_engine_or_other_bytes_are_a_difference(
    council: Council, mrs_a: UUID, finance: ApiCaller, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(finance, mrs_a)
    account, entry, issued = last(council, mrs_a)
    assert reperformed(council, account, entry).same
    monkeypatch.setattr(reperforming, "ENGINE", "typst-0.16.0")
    (engine,) = (each for each in reperformed(council, account, entry).compared if not each.same)
    assert (engine.then, engine.now) == ("typst-0.15.2", "typst-0.16.0")
    monkeypatch.undo()
    assert issued.paper
    first, *rest = issued.paper.prints
    paper = issued.paper.model_copy(update={"prints": (first.model_copy(update={"sha256": "0" * 64}), *rest)})
    doctored = Entry(
        entry.account_id,
        entry.version,
        issued.model_copy(update={"paper": paper}),
        entry.recorded_at,
        "alice",
        "finance",
    )
    found = reperformed(council, CareAccount((*account.entries[:-1], doctored)), doctored)
    assert [each.what for each in found.compared if not each.same] == ["SHA-256 of the paper in 14 point"]
    assert found.figures == ()


def test_a_template_that_this_program_lacks_is_told(council: Council, mrs_a: UUID, finance: ApiCaller) -> None:
    made(finance, mrs_a)
    account, entry, issued = last(council, mrs_a)
    assert issued.paper
    paper = issued.paper.model_copy(update={"template": "statement-0"})
    fact = issued.model_copy(update={"paper": paper})
    other = Entry(entry.account_id, entry.version, fact, entry.recorded_at, "alice", "finance")
    found = reperformed(council, CareAccount((*account.entries[:-1], other)), other)
    assert [each.what for each in found.compared if not each.same] == ["Template"]


def test_the_auditor_s_page_says_what_was_compared_and_names_nobody(
    site: Flask, council: Council, mrs_a: UUID, finance: ApiCaller
) -> None:
    statement = made(finance, mrs_a)
    auditor = signed_in_client(site, council, "auditor")
    path = f"/audit/accounts/{mrs_a}/statements"
    assert "31 March 2024: make it again Yearly statement" in read(auditor, path)
    words = read(auditor, f"{path}/{statement}/reperform")
    issued = last(council, mrs_a)[2]
    assert issued.paper
    for said in (
        "Same. Every figure and every byte that was kept comes out as it was.",
        f"Digest of the figures made again Same {issued.digest} {issued.digest}",
        f"SHA-256 of the paper in 22 point Same {issued.paper.prints[-1].sha256} {issued.paper.prints[-1].sha256}",
        "Template statement-2",
        "Engine now typst-0.15.2",
    ):
        assert said in words
    assert "Ames" not in words
    assert Decimal("19500.00") == issued.figures.accrued_costs


@pytest.mark.parametrize("words", [[], ["--all", "--account", "CA-7K3M-92QX"], ["--statement", "x"]])
def test_what_was_not_asked_plainly_is_refused(council: Council, run: Run, words: list[str]) -> None:
    assert run("--council", council.code, *words).exit_code == 2


def test_a_statement_that_was_never_made_is_told(council: Council, mrs_a: UUID, run: Run) -> None:
    said = run("--council", council.code, "--statement", str(UUID(int=1)))
    assert (said.exit_code, "There is no such statement of this council." in said.output) == (1, True)


@pytest.mark.parametrize("changed", [False, True], ids=["the same", "another figure"])
def test_a_browser_finds_nothing_wrong_with_a_statement_made_again(
    browser: Browser,
    site: Flask,
    site_address: str,
    council: Council,
    mrs_a: UUID,
    finance: ApiCaller,
    admin: Admin,
    changed: bool,
) -> None:
    statement = made(finance, mrs_a)
    if changed:
        change_in_the_store(admin, council, mrs_a)
    context = browser.new_context()
    try:
        opened = context.new_page()
        opened.goto(site_address + sign_in_path(site, council, "auditor"))
        assert look_at(opened, f"{site_address}/audit/accounts/{mrs_a}/statements/{statement}/reperform") == Seen()
        expect(opened.locator(".cl-answer")).to_contain_text("Differs" if changed else "Same")
        opened.set_viewport_size({"width": WIDE, "height": 900})
        cut_off = opened.locator(".cl-scroll").first.evaluate("region => region.scrollWidth - region.clientWidth")
        assert cut_off == 0  # on a desk, what came of each is in sight
    finally:
        context.close()
