"""Does `careledger dossier` write what proves itself, with names for who may see them alone, and say who asked?"""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from ledger.council import Council
from ledger.evidence.checkpointing import Signing, origin_of
from ledger.evidence.copies import Copies
from ledger.evidence.note import Signer
from ledger.store.access_log import Wanted
from tests.conftest import NOON
from tests.letters.reading import said_on, squeezed
from tests.pages.office import FINANCE, Office, question

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def council(new_council: Callable[..., Council]) -> Council:
    return new_council()


@pytest.fixture(scope="module")
def account(council: Council) -> UUID:
    office = Office(council)
    found = office.mrs_a()
    needs = council.ledger.account(found).entries[1].id
    asked = question(NOON.date(), entry_id=str(needs))
    office.record(found, asked, NOON, FINANCE, {"text": "Nobody came to assess me."})
    office.statement(found, date(2024, 3, 31), NOON)
    return found


@pytest.fixture(scope="module")
def key(council: Council, account: UUID, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The public key of the log, which is signed with all of the account in it."""
    folder = tmp_path_factory.mktemp("signing")
    signer = Signer.of_file(origin_of(council.code), folder / "key")
    Signing(council, signer, Copies(folder / "copies")).sign(NOON)
    return str(signer.public())


@pytest.fixture
def run(home: Path, council: Council, account: UUID, key: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", (NOON + timedelta(hours=1)).isoformat())
    asked = ["dossier", "--council", council.code, "--by", "c.ombud", "--key", key, str(account)]
    return lambda *more: CliRunner().invoke(cli, [*asked, *map(str, more)])


def test_a_folder_holds_every_form_and_a_proof_that_needs_python_alone(run: Run, key: str, tmp_path: Path) -> None:
    to = tmp_path / "dossier"
    said = run("--to", to)
    assert (said.exit_code, said.stdout) == (0, f"The dossier is in {to}.\n"), said.output
    assert {path.name for path in to.iterdir()} == {
        "dossier.pdf",
        "dossier.html",
        "dossier.json",
        "proof",
        "statements",
    }
    (statement,) = (to / "statements").iterdir()
    assert squeezed("£19,500.00 of your care costs count") in said_on(statement.read_bytes())
    program = [sys.executable, "-I", "verify.py", ".", "--key", key]
    proved = subprocess.run(program, cwd=to / "proof", capture_output=True, text=True, timeout=60, check=False)
    assert (proved.returncode, proved.stdout.startswith("PASS: ")) == (0, True), proved
    found = json.loads((to / "dossier.json").read_text("utf-8"))
    signed = (to / "proof" / "checkpoints.txt").read_text("utf-8").splitlines()
    assert found["proved"]["note"] == json.loads(signed[-1])


def test_a_zip_holds_the_same(run: Run, tmp_path: Path) -> None:
    assert run("--to", tmp_path / "dossier.zip").exit_code == 0
    names = set(ZipFile(tmp_path / "dossier.zip").namelist())
    assert {"dossier.pdf", "dossier.html", "dossier.json", "proof/verify.py"} <= names


@pytest.mark.parametrize(("role", "shown"), [("auditor", False), ("finance", True), ("finance_approver", True)])
def test_names_and_words_are_for_who_is_shown_them(run: Run, tmp_path: Path, role: str, shown: bool) -> None:
    assert run("--to", tmp_path / "dossier.pdf", "--role", role).exit_code == 0
    said = said_on((tmp_path / "dossier.pdf").read_bytes())
    assert (squeezed("Ada Ames") in said, squeezed("Nobody came to assess me.") in said) == (shown, shown)


def test_who_took_it_is_written_down_and_read_by_the_person(
    run: Run, council: Council, account: UUID, tmp_path: Path
) -> None:
    assert run("--to", tmp_path / "dossier.html", "--role", "finance").exit_code == 0
    look = council.access_log.read(Wanted(account_id=account, limit=1))[0].look
    assert (look.who, look.role, look.purpose, look.how) == ("c.ombud", "finance", "make_dossier", "export")


def test_one_question_is_told_with_its_clock(run: Run, council: Council, account: UUID, tmp_path: Path) -> None:
    asked = council.ledger.account(account).entries[3].id
    assert run("--to", tmp_path / "dossier.html", "--dispute", asked, "--role", "finance").exit_code == 0
    said = (tmp_path / "dossier.html").read_text("utf-8")
    assert "What is in question" in said
    assert "Open for 0 days. It was due by 22 May 2027." in said


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--dispute", UUID(int=0)), "There is no such question of this account"),
        (("--role", "policy"), "'policy' is not one of 'finance', 'finance_approver', 'auditor'"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_written(
    run: Run, tmp_path: Path, more: tuple[str, ...], sentence: str
) -> None:
    said = run("--to", tmp_path / "dossier", *more)
    assert (said.exit_code != 0, sentence in said.output) == (True, True), said.output
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(run: Run, tmp_path: Path) -> None:
    said = run("--to", tmp_path)
    assert (said.exit_code, "is there already: name a new one" in said.output) == (1, True)
