"""Does a dossier tell everything that happened, in order, with its sums and its proof, and names to nobody else?"""

import json
from datetime import date
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.pages.recorded import for_staff
from domain.account.commands import PostPeriod
from domain.account.facts import DisputeRaised
from ledger.council import Council
from ledger.evidence.checkpoint import Checkpoint
from ledger.evidence.checkpointing import Signing, origin_of
from ledger.evidence.copies import Copies
from ledger.evidence.note import PublicKey, Signer
from ledger.evidence.tree import includes
from ledger.letters import Heard, Told, first_letter
from ledger.store.letter_rows import Letters
from tests.conftest import NOON
from tests.integration.conftest import Admin, admin
from tests.letters.reading import reader, said_on, squeezed
from tests.letters.test_paper import faults_of
from tests.pages.conftest import signed_in_client
from tests.pages.everything import Everything, at
from tests.pages.office import FINANCE, Office, charge, needs
from tests.pages.reading import read

__all__ = ["admin"]


@pytest.fixture(scope="module")
def key(everything: Everything, tmp_path_factory: pytest.TempPathFactory) -> PublicKey:
    """The public key of the log, which is signed with everything in it."""
    folder = tmp_path_factory.mktemp("signing")
    signer = Signer.of_file(origin_of(everything.council.code), folder / "key")
    Signing(everything.council, signer, Copies(folder / "copies")).sign(NOON)
    return signer.public()


@pytest.fixture
def moved(everything: Everything) -> str:
    return f"/accounts/{everything.moved}/dossier"


@pytest.fixture
def said(finance_of_everything: FlaskClient, moved: str) -> str:
    """The words of the dossier of somebody to whom much happened."""
    return read(finance_of_everything, moved)


def test_every_entry_stands_in_it_in_order_in_the_words_of_the_office(said: str, everything: Everything) -> None:
    account, end = everything.council.ledger.account(everything.moved), 0
    for entry in account.entries:
        words = for_staff(entry.fact, account)
        end = said.index(f"Entry {entry.version}. {words.heading} by {entry.recorded_by}", end)
        end = said.index(words.sentence, end)


def test_it_says_when_each_is_true_from_and_when_it_was_recorded_and_how_late(said: str) -> None:
    assert "Entry 12. Charge retracted by alice (finance) True from 1 May 2025. Recorded 3 September 2025" in said
    assert "at 11:00:00am. That is 125 days after the day from which it is true." in said


def test_what_was_charged_adds_up_and_what_counts_no_more_is_left_out(said: str) -> None:
    assert "2 charges count as nothing: retracted, or corrected by another." in said
    charged = said.partition("Charges that count")[2].partition("How the figures were worked out")[0]
    assert "INV-1" not in charged
    assert "1 June 2025 to 28 June 2025 Reference INV-2 £400.00" in charged
    assert charged.endswith("Together £1,648.00 ")


def test_the_figures_are_told_by_the_explanation_of_the_day_in_question(
    finance_of_everything: FlaskClient, everything: Everything, moved: str
) -> None:
    asked, _ = everything.council.ledger.account(everything.moved).of(DisputeRaised)[0]
    told = read(finance_of_everything, f"{moved}?dispute={asked.id}")
    assert "Correct up to 28 July 2025" in told
    explained = read(finance_of_everything, f"/accounts/{everything.moved}/explanation?on=2025-07-28")
    figure = explained.partition("Accrued costs: ")[2].partition(" ")[0]
    assert f"Accrued costs: {figure}. By 28 July 2025, {figure} of your care costs count" in told


def test_a_question_is_told_with_its_clock_and_its_words(said: str) -> None:
    assert "Question of 23 September 2025: partly upheld" in said
    assert "Answered after 13 days. It was due by 23 March 2026." in said
    assert '"I was in hospital." "You were, for ten days."' in said


def test_it_says_who_recorded_and_who_approved(said: str) -> None:
    assert "h.lindqvist (finance approver): entry 17" in said
    assert "The adjustment of entry 16, proposed by alice, was approved by h.lindqvist on 9 September 2025" in said
    assert "The adjustment of entry 24, proposed by alice, waits for a second person" in said


def test_an_auditor_reads_the_same_without_names_or_words(
    auditor_of_everything: FlaskClient, moved: str, said: str
) -> None:
    told = read(auditor_of_everything, f"/audit{moved}")
    assert "It stands under the reference alone" in told
    for personal in ("Grace", "Gina", "I was in hospital."):
        assert (personal in said, personal in told) == (True, False)


def test_staff_read_who_looked_as_the_person_does_and_auditors_by_name(site: Flask, council: Council) -> None:
    account = Office(council).mrs_a()
    officer, auditor = (signed_in_client(site, council, role, sub="j.doe") for role in ("finance", "auditor"))
    read(officer, f"/accounts/{account}")
    assert "The care finance team: your care account." in read(officer, f"/accounts/{account}/dossier")
    assert "j.doe (finance): your care account." in read(auditor, f"/audit/accounts/{account}/dossier")


def test_the_person_reads_that_a_dossier_was_made(site: Flask, council: Council) -> None:
    account = Office(council).mrs_a()
    read(signed_in_client(site, council, "finance"), f"/accounts/{account}/dossier")
    assert "put together for a complaint" in read(
        signed_in_client(site, council, "citizen", account), "/account/who-looked"
    )


def test_each_entry_is_shown_to_stand_in_the_log_that_was_signed(
    finance_of_everything: FlaskClient, everything: Everything, moved: str, key: PublicKey
) -> None:
    proved = json.loads(finance_of_everything.get(f"{moved}/json").data)["proved"]
    signed = Checkpoint.read(proved["note"], key)
    assert [each["version"] for each in proved["entries"]] == list(range(1, 33))
    for each in proved["entries"]:
        path = [bytes.fromhex(step) for step in each["proof"]]
        assert includes(signed.root, signed.size, each["index"], bytes.fromhex(each["leaf"]), path)


def test_what_was_changed_in_the_database_is_named(site: Flask, council: Council, admin: Admin) -> None:
    account = Office(council).mrs_a()
    officer = signed_in_client(site, council, "finance")
    assert "Hashes worked out again All as they were recorded" in read(officer, f"/accounts/{account}/dossier")
    with admin() as statements:
        statements.execute(
            f"UPDATE {council.names.schema}.events SET recorded_by = 'somebody' WHERE account_id = %s AND version = 2",
            (str(account),),
        )
    assert "Hashes worked out again Changed since: 2" in read(officer, f"/accounts/{account}/dossier")


def test_the_paper_is_accessible_says_the_same_and_brings_the_proof(
    finance_of_everything: FlaskClient, moved: str, said: str
) -> None:
    paper = finance_of_everything.get(f"{moved}/pdf").data
    assert faults_of(paper) == []
    words = said_on(paper)
    for each in ("Question of 23 September 2025: partly upheld", "Together£1,648.00", "That is 125 days after"):
        assert squeezed(each) in words
    assert "dossier.json" in reader(paper).attachments


@pytest.mark.parametrize(("form", "kind"), [("pdf", "application/pdf"), ("html", "text/html")])
def test_a_file_is_named_by_the_reference_and_the_same_each_time(
    finance_of_everything: FlaskClient, everything: Everything, moved: str, form: str, kind: str
) -> None:
    address = f"{moved}/{form}?known_at=2026-01-05"
    one, other = (finance_of_everything.get(address) for _ in range(2))
    reference = everything.council.ledger.account(everything.moved).opened.reference
    assert one.mimetype == kind
    assert one.headers["Content-Disposition"] == f'attachment; filename="dossier-{reference}.{form}"'
    assert one.data == other.data


def test_as_known_then_nothing_is_told_of_what_came_later(finance_of_everything: FlaskClient, moved: str) -> None:
    then = read(finance_of_everything, f"{moved}?known_at=2025-09-30")
    assert "Entry 22. Dispute raised" in then
    assert "not answered yet" in then
    assert "partly upheld" not in then


@pytest.mark.parametrize(
    ("asked", "status"), [("?dispute=nothing", 404), (f"?dispute={UUID(int=0)}", 404), ("?on=31/2/2025", 422)]
)
def test_what_cannot_be_asked_is_told(finance_of_everything: FlaskClient, moved: str, asked: str, status: int) -> None:
    assert finance_of_everything.get(moved + asked).status_code == status
    assert finance_of_everything.get(f"{moved}/json{asked}").status_code == status


def test_letters_stand_among_the_entries_with_what_was_heard_of_them(site: Flask, council: Council) -> None:
    office = Office(council)
    account = office.mrs_a()
    office.statement(account, date(2024, 3, 31), at(2024, 4, 2))
    told, rows = Told(account, "statement", 4), Letters(council.app, council.names)
    rows.ask(first_letter(told), told, by="alice", now=at(2024, 4, 3))
    rows.note(first_letter(told), Heard("sent", "created", "notify", "notify", "n-1", "ab" * 32), at(2024, 4, 4))
    rows.came_back(first_letter(told), "came-back", by="alice", now=at(2024, 4, 20))
    found = read(signed_in_client(site, council, "finance"), f"/accounts/{account}/dossier")
    letter = found.partition("Entry 4. Statement made")[2]
    assert "Letter: Statement by alice Asked for on 3 April 2024 at 11:00:00am. It is about entry 4. Sent on" in letter
    assert "Came back on 20 April 2024 at 11:00:00am: came-back, by alice." in letter


def test_a_year_in_which_nothing_happened_is_told_whatever_runs_did_by_themselves(
    site: Flask, council: Council
) -> None:
    office = Office(council)
    account = office.open("P-9", "Una", "Upton", date(2023, 10, 2))
    office.record(account, needs(), at(2023, 10, 3))
    for through in (date(2024, 10, 27), date(2025, 10, 26)):
        known_at = at(through.year, 11, 2)
        office.record(account, PostPeriod(through=through, known_at=known_at), known_at, FINANCE)
    office.record(account, charge("INV-1", "900.00", date(2023, 10, 2), date(2026, 10, 1)), at(2026, 10, 5), FINANCE)
    found = read(signed_in_client(site, council, "finance"), f"/accounts/{account}/dossier")
    assert "Nothing for 1,098 days From 3 October 2023 to 5 October 2026, 1,098 days, nobody recorded anything" in found
    assert found.count("Nothing for") == 1


def test_where_the_figures_cannot_be_worked_out_all_else_is_told(
    site: Flask, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object) -> None:
        raise ZeroDivisionError("planted")

    account = Office(council).mrs_a()
    monkeypatch.setattr("api.dossier.calculated.told", faulty)
    found = read(signed_in_client(site, council, "finance"), f"/accounts/{account}/dossier")
    assert "so this account is under review. What was recorded of it stands above." in found
    assert "Entry 3. Independent personal budget set" in found
