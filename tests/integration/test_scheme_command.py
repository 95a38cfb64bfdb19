"""Whether a council's rules are kept, adopted, listed and shown from the command line, every mistake in a sentence."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from api.cli import cli
from domain import schemes
from ledger.council import Council
from tests.integration.recording import open_account, rows
from tests.integration.test_scheme_changes import OWN, recorded


class Runner:
    """Runs `careledger scheme` for one council, in a folder of its own."""

    def __init__(self, council: Council, folder: Path) -> None:
        self.council, self.folder = council, folder

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, "utf-8")
        return str(self.folder / name)

    def __call__(self, *arguments: str) -> Result:
        asked = ["scheme", *arguments, "--council", self.council.code]
        if arguments[0] in ("add", "adopt"):
            asked += ["--by", "b.ode"]
        return CliRunner().invoke(cli, asked)


@pytest.fixture
def scheme(council: Council, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    return Runner(council, tmp_path)


def ours(cap: str = "10000.00") -> str:
    return OWN.replace("CAP", cap)


def test_a_scheme_is_kept_under_the_name_of_its_file_and_then_adopted(scheme: Runner) -> None:
    open_account(scheme.council)
    file = scheme.file("our-own.yaml", ours())
    edition = schemes.read("our-own", ours()).edition
    kept = scheme("add", file)
    assert (kept.exit_code, kept.stdout) == (
        0,
        f"our-own is kept for {scheme.council.code}, as edition {edition}.\n",
    )
    adopted = scheme("adopt", "our-own")
    assert adopted.exit_code == 0
    assert f"The figures of {scheme.council.code} rest on our-own as known from 20" in adopted.stdout
    assert scheme.council.scheme.edition == edition
    reached = "SELECT position, scheme_change FROM {schema}.positions"
    assert rows(scheme.council, reached) == [(1, scheme.council.schemes.last)]  # ready to read
    assert [change.recorded_by for change in recorded(scheme.council)] == ["b.ode", "b.ode"]


def test_another_file_under_an_adopted_name_moves_the_figures_at_once(scheme: Runner) -> None:
    for arguments in (("add", scheme.file("our-own.yaml", ours())), ("adopt", "our-own")):
        assert scheme(*arguments).exit_code == 0
    again = scheme("add", scheme.file("other.yaml", ours("20000.00")), "--name", "our-own")
    assert f"The figures of {scheme.council.code} rest on our-own as known from" in again.stdout
    assert scheme.council.scheme == schemes.read("our-own", ours("20000.00"))


def test_what_is_done_already_is_said_and_not_done_again(scheme: Runner) -> None:
    file = scheme.file("our-own.yaml", ours())
    scheme("add", file)
    assert scheme("add", file).stdout == "our-own is kept already as this file says it. Nothing was changed.\n"
    assert scheme("adopt", "reform-2023").stdout == "reform-2023 is adopted already. Nothing was changed.\n"


def test_the_list_shows_every_edition_and_every_adoption_with_its_moment(scheme: Runner) -> None:
    scheme("add", scheme.file("our-own.yaml", ours()))
    scheme("adopt", "our-own")
    scheme("add", scheme.file("our-own.yaml", ours("20000.00")))
    shown = [line.split() for line in scheme("list").stdout.splitlines()]
    kept, adopted, again = ([f"{c.recorded_at:%Y}", *c.edition.split()] for c in recorded(scheme.council))
    ours_shown = [line for line in shown if line[:1] == ["our-own"]]
    assert [line[1] for line in ours_shown[:2]] == [kept[1], again[1]]
    assert ours_shown[2][1] == "since"
    assert adopted[0] in ours_shown[2][2]
    assert ["national", schemes.load("national").edition, "comes", "with", "the", "program"] in shown
    assert ["reform-2023", "when", "the", "council", "was", "set", "up"] in shown


def test_a_scheme_is_shown_as_its_file_was_written_so_that_it_can_be_the_beginning_of_another(scheme: Runner) -> None:
    shipped = CliRunner().invoke(cli, ["scheme", "show", "reform-2023"])
    assert (shipped.exit_code, schemes.read("ours", shipped.stdout).cap) == (0, schemes.load("reform-2023").cap)
    assert scheme("show", "reform-2023").stdout == shipped.stdout
    for cap in ("10000.00", "20000.00"):
        scheme("add", scheme.file("our-own.yaml", ours(cap)))
    assert scheme("show", "our-own").stdout == ours("20000.00")
    first = recorded(scheme.council)[0].edition
    assert scheme("show", "our-own", "--edition", first).stdout == ours()


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["add", "national.yaml"], 1, "national comes with the program: give the council's own another name"),
        (["add", "our_own.yaml"], 1, "small letters and digits, its words joined by hyphens"),
        (["add", "wrong.yaml"], 1, "cap.reached_when: Input should be 'at_or_above' or 'above'"),
        (["add", "latin.yaml"], 1, "latin.yaml is not a text in UTF-8."),
        (["add", "nowhere.yaml"], 2, "does not exist"),
        (["adopt", "our-own"], 1, 'There is no scheme "our-own". Use one of: care-act-2014-unamended, national'),
        (["show", "our-own"], 1, 'There is no scheme "our-own"'),
        (["show", "national", "--edition", "0"], 1, "No edition 0 of national is known"),
        (["remove", "national"], 2, "No such command 'remove'"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_what_is_wrong_is_said_in_a_sentence(scheme: Runner, arguments: list[str], status: int, sentence: str) -> None:
    wrong = yaml.safe_load(ours())
    wrong["cap"]["reached_when"] = "at"
    for name in ("national.yaml", "our_own.yaml"):
        scheme.file(name, ours())
    scheme.file("wrong.yaml", yaml.safe_dump(wrong).replace("2023-10-01", "'2023-10-01'"))
    (scheme.folder / "latin.yaml").write_bytes("title: Caf\u00e9".encode("latin-1"))
    in_folder = [str(scheme.folder / part) if part.endswith(".yaml") else part for part in arguments]
    said = scheme(*in_folder)
    assert (said.exit_code, " ".join(sentence.split()) in " ".join(said.output.split())) == (status, True), said.output
    assert "Traceback" not in said.output
    assert recorded(scheme.council) == []


@pytest.mark.parametrize("name", ["", "add", "adopt", "list", "show"])
def test_every_part_of_it_has_help(name: str) -> None:
    shown = CliRunner().invoke(cli, ["scheme", *name.split(), "--help"])
    assert (shown.exit_code, "Usage:" in shown.output) == (0, True)
