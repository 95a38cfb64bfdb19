"""Can somebody give a file of rows and see what it would do, and does a second person have them recorded?"""

import io
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from api.pages.importing import imports
from domain.account.facts import BudgetSet, ChargeRaised
from ledger.council import Council
from ledger.import_proposal import ProposalStanding
from ledger.import_proposals import ImportProposals
from ledger.import_run import Standing
from ledger.imports import Imports
from tests.faults.served import until
from tests.integration.recording import rows
from tests.pages.conftest import signed_in_client
from tests.pages.office import Office
from tests.pages.reading import read, words_of
from tests.pages.test_reassessments import hidden
from tests.unit.tables import RIGHT, as_csv, as_workbook

CHARGES = [RIGHT["charges"] | {"reference": f"INV-{n}", "amount": f"{n}00.50"} for n in (1, 2)]
BAD = [*CHARGES, RIGHT["charges"] | {"reference": "INV-3", "amount": "Mabel Marsh"}]


@pytest.fixture
def account(council: Council) -> UUID:
    return Office(council).mrs_a("P-1")


@pytest.fixture
def finance(site: Flask, council: Council, account: UUID) -> FlaskClient:
    return signed_in_client(site, council, "finance")


@pytest.fixture
def checker(site: Flask, council: Council, account: UUID) -> FlaskClient:
    return signed_in_client(site, council, "finance_approver", sub="bert")


def newest(council: Council) -> ProposalStanding:
    return ImportProposals(council).rows.standings(1)[0]


def runs(council: Council) -> list[Standing]:
    return Imports(council).rows.standings(99, 99)


def sent(
    client: FlaskClient, content: bytes, name: str = "charges.csv", kind: str = "charges", bad_rows: str = "none"
) -> TestResponse:
    """Give a file on the page."""
    form = hidden(client.get("/imports").get_data(as_text=True))
    return posted(client, form | {"kind": kind, "bad_rows": bad_rows}, content, name)


def posted(client: FlaskClient, form: dict[str, str], content: bytes, name: str) -> TestResponse:
    """Send the form as a browser does, in parts."""
    boundary, body = encode_multipart(form | {"file": FileStorage(io.BytesIO(content), name)})
    return client.post("/imports", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def given(client: FlaskClient, council: Council, content: bytes, **more: str) -> str:
    """Give a file, and wait until it is known what it would do; its address."""
    answer = sent(client, content, **more)
    assert answer.status_code == 303, words_of(answer)
    until(lambda: newest(council).checked, "the file is checked")
    return answer.headers["Location"]


def committed(client: FlaskClient, council: Council, path: str) -> str:
    """Have the rows of a file recorded, and wait until they are; the address of the import."""
    answer = client.post(f"{path}/commit", data=hidden(client.get(f"{path}/commit").get_data(as_text=True)))
    assert answer.status_code == 303, words_of(answer)
    until(lambda: runs(council)[0].ended_at, "the import has ended")
    return answer.headers["Location"]


def charges(council: Council, account: UUID) -> list[str]:
    return [str(fact.amount) for _, fact in council.ledger.account(account).of(ChargeRaised)]


def test_one_person_gives_a_file_and_another_has_its_rows_recorded(
    finance: FlaskClient, checker: FlaskClient, council: Council, account: UUID
) -> None:
    path = given(finance, council, as_workbook(CHARGES), name="May/charges May.xlsx")
    words = read(finance, path)
    assert "Charges, in the file charges May.xlsx. Given on 22 November 2026 at 12:00pm (midday) by alice." in words
    assert "Waits for a second person" in words
    assert "Rows 2 To record 2 Recorded before 0 Wrong 0" in words
    assert "Charges so far £0.00 £300.00 £300.00" not in words  # to the penny
    assert "Charges so far £0.00 £301.00 £301.00" in words
    assert "You gave this file, so somebody else has its rows recorded." in words
    assert charges(council, account) == []
    assert "Imports that wait 1" in read(checker, "/today")
    done = committed(checker, council, path)
    assert charges(council, account) == ["100.50", "200.50"]
    assert council.ledger.account(account).entries[-1].recorded_by == "alice"
    assert "From row 3 of import 1, which brought entry" in read(finance, f"/accounts/{account}/entries")
    words = read(checker, done)
    assert "Recording the rows was begun." in words
    assert "in the name of alice, let in by bert." in words
    assert "Every row is recorded." in words
    assert "See what became of the rows" in read(finance, path)
    assert "Imports that wait 0" in read(checker, "/today")
    assert ImportProposals(council).files.content(newest(council).proposal.file.digest) is None


def test_whoever_gave_a_file_cannot_have_its_rows_recorded_even_as_a_checker(
    site: Flask, finance: FlaskClient, council: Council, account: UUID
) -> None:
    path = given(finance, council, as_csv(CHARGES))
    assert finance.get(f"{path}/commit").status_code == 403
    alice = signed_in_client(site, council, "finance_approver")
    assert "Whoever gave a file cannot have its rows recorded." in read(alice, f"{path}/commit", 409)
    form = hidden(alice.get(f"{path}/rejection").get_data(as_text=True))
    assert alice.post(f"{path}/commit", data=form).status_code == 409
    assert charges(council, account) == []


def test_every_bad_row_is_told_with_how_to_mend_it_and_downloaded(
    finance: FlaskClient, checker: FlaskClient, council: Council, account: UUID
) -> None:
    path = given(finance, council, as_csv(BAD))
    words = read(finance, path)
    assert "Rows are wrong" in words
    assert "4 amount M... money Write the amount in pounds and pence" in words
    assert "Mabel" not in words
    assert "Right, but left since others are wrong 2" in words
    file = finance.get(f"{path}/rows.csv").get_data(as_text=True).splitlines()
    assert file[0] == "\ufeffrow,column,value,rule,fix"
    assert file[1].startswith("4,amount,M...,money,")
    assert "There is no row of this file to record." in read(checker, f"{path}/commit", 409)


def test_good_rows_are_recorded_where_that_was_asked_for(
    finance: FlaskClient, checker: FlaskClient, council: Council, account: UUID
) -> None:
    done = committed(checker, council, given(finance, council, as_csv(BAD), bad_rows="good"))
    words = read(finance, done)
    assert charges(council, account) == ["100.50", "200.50"]
    assert "The good rows are recorded, the others are not." in words
    assert "4 amount M... money" in words
    assert "4,amount,M...,money," in finance.get(f"{done}/rows.csv").get_data(as_text=True)


def test_the_same_file_again_changes_nothing_and_says_so(
    finance: FlaskClient, checker: FlaskClient, council: Council, account: UUID
) -> None:
    path = given(finance, council, as_csv(CHARGES))
    again = sent(finance, as_csv(CHARGES), name="other.csv")
    assert again.headers["Location"] == path
    assert "This very file waits here already. Giving it again changed nothing." in read(finance, path)
    committed(checker, council, path)
    until(lambda: not newest(council).checked or newest(council).decided, "the first is decided")
    later = sent(finance, as_csv(CHARGES)).headers["Location"]
    assert later != path
    until(lambda: newest(council).checked, "the file is checked again")
    words = read(finance, later)
    assert "Every row of this file was recorded before. It would change nothing." in words
    assert charges(council, account) == ["100.50", "200.50"]


def test_a_form_that_is_sent_twice_gives_one_file(finance: FlaskClient, council: Council) -> None:
    form = hidden(finance.get("/imports").get_data(as_text=True)) | {"kind": "charges", "bad_rows": "none"}
    where = {posted(finance, form, as_csv(CHARGES), "a.csv").headers["Location"] for _ in range(2)}
    assert len(where) == 1
    assert rows(council, "SELECT count(*) FROM {schema}.import_proposals") == [(1,)]
    until(lambda: newest(council).checked, "the file is checked")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "empty.csv", "Choose the file, which is not empty"),
        (b"%PDF-1.7 of a letter", "letter.pdf", "This is a PDF. Give the table itself"),
        (b"\xd0\xcf\x11\xe0", "old.xls", "This is a workbook of the old kind"),
        (b"PK\x03\x04 a letter", "letter.docx", "This workbook cannot be read."),
        (b"Name;Amount\r\nx;1\r\n", "charges.csv", "The columns are separated by semicolons"),
        ("Naïve,£".encode("cp1252"), "charges.csv", "The file is not in UTF-8"),
    ],
    ids=["empty", "pdf", "old workbook", "letter", "semicolons", "windows"],
)
def test_a_file_that_is_no_table_is_told_for_what_it_is(
    finance: FlaskClient, council: Council, content: bytes, name: str, said: str
) -> None:
    answer = sent(finance, content, name, bad_rows="good")
    assert (answer.status_code, said in words_of(answer)) == (422, True), words_of(answer)
    page = answer.get_data(as_text=True)
    assert 'value="good" checked' in page
    assert 'value="charges" checked' in page
    assert ImportProposals(council).rows.standings(9) == []


def test_a_form_without_its_answers_is_told_what_to_choose(finance: FlaskClient) -> None:
    words = words_of(sent(finance, as_csv(CHARGES), kind="needs", bad_rows="some"))
    assert "Choose what each row of the file is" in words  # needs are not finance's to record
    assert "Choose what happens if a row is wrong" in words


def test_the_most_a_file_may_hold_is_told_before_and_after(finance: FlaskClient) -> None:
    assert "of up to 25 MB and 100,000 rows" in read(finance, "/imports")
    answer = sent(finance, b"x" * imports.LARGEST_FORM)
    assert answer.status_code == 413
    assert "The file is too large Nothing was changed. A file may have 25 MB at most." in words_of(answer)


def test_a_file_larger_than_other_forms_is_taken(finance: FlaskClient, council: Council) -> None:
    path = given(finance, council, as_csv(CHARGES) + b"," * 2**20)
    assert "To record 2" in read(finance, path)


def test_a_file_is_turned_away_with_a_reason_and_is_not_kept(
    finance: FlaskClient, checker: FlaskClient, council: Council
) -> None:
    path = given(finance, council, as_csv(CHARGES))
    form = hidden(checker.get(f"{path}/rejection").get_data(as_text=True))
    without = checker.post(f"{path}/rejection", data=form)
    assert (without.status_code, "Choose why these rows are not to be recorded" in words_of(without)) == (422, True)
    assert checker.post(f"{path}/rejection", data=form | {"reason": "wrong-file"}).status_code == 303
    words = read(finance, path)
    assert "by bert. It is the wrong file. Nothing was recorded." in words
    assert "It was decided already whether the rows" in read(checker, f"{path}/commit", 409)
    assert ImportProposals(council).files.content(newest(council).proposal.file.digest) is None


def test_what_was_cut_off_is_gone_on_with(
    finance: FlaskClient, checker: FlaskClient, council: Council, account: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the server died after its answer: the work is handed to nobody."""
    with monkeypatch.context() as died:
        died.setattr("api.pages.importing.imports.afterwards", lambda name, work: None)
        path = sent(finance, as_csv(CHARGES)).headers["Location"]
    assert "We are finding out what this file would do. It has just begun." in read(finance, path)
    assert "still being found out" in read(checker, f"{path}/commit", 409)
    finance.post(f"{path}/work", data=hidden(finance.get(path).get_data(as_text=True)))
    until(lambda: newest(council).checked, "the file is checked")
    with monkeypatch.context() as died:
        died.setattr("api.pages.importing.given.afterwards", lambda name, work: None)
        form = hidden(checker.get(f"{path}/commit").get_data(as_text=True))
        done = checker.post(f"{path}/commit", data=form).headers["Location"]
    words = read(finance, done)
    assert "The rows are being recorded." in words
    assert charges(council, account) == []
    finance.post(f"{path}/work", data=hidden(finance.get(done).get_data(as_text=True)))
    until(lambda: runs(council)[0].ended_at, "the import has ended")
    assert charges(council, account) == ["100.50", "200.50"]


def test_how_far_it_has_come_is_seen(finance: FlaskClient, council: Council) -> None:
    path = given(finance, council, as_csv(CHARGES))
    proposals = ImportProposals(council).rows
    step = proposals.last_step(newest(council).proposal.proposal_id)
    assert step
    assert step.stage in ("Reading", "Weighing")
    assert path.endswith(str(newest(council).proposal.proposal_id))


def test_an_assessor_gives_budgets_and_each_has_a_file_to_fill_in(
    site: Flask, checker: FlaskClient, council: Council, account: UUID
) -> None:
    assessor = signed_in_client(site, council, "assessor", sub="ash")
    budget = RIGHT["budgets"] | {"weekly_cost": "1000.00", "effective_from": "2026-01-05"}
    path = given(assessor, council, as_csv([budget]), kind="budgets")
    assert "Budgets, a week £950.00 £1,000.00 £50.00" in read(checker, path)
    committed(checker, council, path)
    assert len(council.ledger.account(account).of(BudgetSet)) == 2
    heading = assessor.get("/imports/templates/budgets.csv").get_data(as_text=True).partition("\r\n")[0]
    assert heading.startswith("\ufeffaccount_reference,local_id,kind,setting,weekly_cost")
    assert assessor.get("/imports/templates/people.csv").status_code == 404


def test_an_import_of_a_program_is_listed_and_read_beside_them(finance: FlaskClient, council: Council) -> None:
    assert "No rows have been taken in from a file yet." in read(finance, "/imports")
    assert "There is no such import of this council." not in read(finance, "/imports/no-id", 404)
    assert read(finance, "/imports/given/no-id", 404)


@pytest.mark.parametrize("bad_rows", ["none", "good"])
def test_an_auditor_finds_the_row_an_entry_comes_from_but_not_what_the_file_was_called(
    site: Flask, finance: FlaskClient, checker: FlaskClient, council: Council, account: UUID, bad_rows: str
) -> None:
    committed(checker, council, given(finance, council, as_csv(CHARGES), name="Mabel.csv", bad_rows=bad_rows))
    auditor, last = signed_in_client(site, council, "auditor"), council.ledger.account(account).entries[-1].id
    words = read(auditor, f"/audit/accounts/{account}/entries/{last}")
    assert "Source Row 3 of import 1 (charges)" in words
    assert f"SHA-256 of the file {newest(council).proposal.file.digest.hex()}" in words
    assert "Mabel" not in words
