"""Whether each command explains itself, and says in a sentence what is wrong with what it was given."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import COMMANDS, cli
from api.issuer import API, SIGN_IN, Issuer
from api.settings import Settings
from api.wiring import Installation
from ledger.council import Council

CODE = "E91000001"


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Commands that find the installation of this session."""
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    return CliRunner()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run: CliRunner, name: str) -> None:
    shown = run.invoke(cli, [name, "--help"])
    assert (shown.exit_code, name in shown.output or "Usage:" in shown.output) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("nothing", "No such command 'nothing'"),
        ("token --council E10000012 --role king --sub a", "'king' is not one of"),
        ("token --council nope --role finance --sub a", '"nope" is no GSS code'),
        ("token --council E10000012 --role finance", "Missing option '--sub'"),
        ("sign-in-link --council E10000012 --role citizen --sub a", "needs --account"),
        ("sign-in-link --council E10000012 --role representative --sub a --account b", "needs --authority"),
        ("init --council E91000009 --name A --scheme reform", "Use one of: care-act-2014-unamended, national, reform"),
        ("init --council E91000009 --name A --colour #ffff00", "choose a darker brand colour"),
        ("rebuild --council E91000009", "Set it up with: careledger init"),
        ("serve --port 0", "is not in the range"),
    ],
)
def test_what_is_wrong_is_said(run: CliRunner, arguments: str, sentence: str) -> None:
    said = run.invoke(cli, arguments.split())
    assert said.exit_code in (1, 2)
    assert sentence in said.output
    assert "Traceback" not in said.output


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("CLOCK", "yesterday", "CARELEDGER_CLOCK: Write the instant with its offset"),
        ("MODE", "production", "Production needs CARELEDGER_ISSUER"),
        ("PROXIES", "-1", "CARELEDGER_PROXIES: "),
        ("SECRET_FILE", "/nowhere/secret", "should hold a secret in hexadecimal"),
        ("DATABASE_URL", "postgresql://a@127.0.0.1:1/b", "Connection refused"),
    ],
)
def test_a_setting_that_cannot_be_is_told_by_its_name(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(f"CARELEDGER_{name}", value)
    said = run.invoke(cli, ["init", "--council", "E91000009", "--name", "A"])
    assert (said.exit_code, sentence in said.output) == (1, True), said.output


def test_setting_up_twice_changes_nothing_and_setting_up_otherwise_says_so(
    run: CliRunner, installation: Installation
) -> None:
    def init(name: str) -> Result:
        return run.invoke(cli, ["init", "--council", CODE, "--name", name, "--scheme", "reform-2023"])

    assert [init("One").exit_code, init("One").exit_code] == [0, 0]
    other = init("Another")
    assert other.exit_code == 1
    assert "was set up before, as One under the scheme reform-2023" in other.output
    assert run.invoke(cli, ["rebuild", "--council", CODE]).output.endswith("Rebuilt to position 0.\n")
    assert installation.council(CODE).setup.name == "One"
    installation.council(CODE).close()


def test_a_command_need_not_name_the_only_council_there_is(
    run: CliRunner, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = run.invoke(cli, ["rebuild"])
    assert (several.exit_code, "say which one with --council" in several.output) == (1, True), several.output
    monkeypatch.setattr(Installation, "codes", lambda _: [council.code])
    assert run.invoke(cli, ["rebuild"]).output.endswith("Rebuilt to position 0.\n")
    monkeypatch.setattr(Installation, "codes", lambda _: [])
    none = run.invoke(cli, ["rebuild"])
    assert (none.exit_code, "Set it up with: careledger init" in none.output) == (1, True), none.output


def test_a_port_that_is_taken_is_said_at_once(run: CliRunner) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = run.invoke(cli, ["serve", "--port", str(taken.getsockname()[1])])
    assert said.exit_code == 1
    assert "Choose another with --port" in said.output


def test_a_token_is_printed_alone_and_says_what_it_was_asked_to(run: CliRunner, home: Path) -> None:
    issuer = Issuer(Settings(home=home))
    asked = ["--council", CODE, "--role", "auditor", "--sub", "t.osei"]
    token = run.invoke(cli, ["token", *asked]).output.strip()
    claims = issuer.claims(token, audience=API)
    assert (claims["sub"], claims["council"], claims["roles"]) == ("t.osei", CODE, ["auditor"])
    link = run.invoke(cli, ["sign-in-link", *asked, "--port", "8001"]).output.strip()
    address, _, token = link.partition("?token=")
    assert address == "http://127.0.0.1:8001/sign-in"
    assert issuer.claims(token, audience=SIGN_IN)["roles"] == ["auditor"]


def test_the_link_and_the_token_of_a_representative_name_the_account_and_the_entry(
    run: CliRunner, installation: Installation
) -> None:
    account, entry = "00000000-0000-4000-8000-00000000000a", "00000000-0000-5000-8000-00000000000b"
    asked = ["--council", CODE, "--role", "representative", "--sub", "gina", "--account", account, "--authority", entry]
    link = run.invoke(cli, ["sign-in-link", *asked]).output.strip().partition("?token=")[2]
    token = run.invoke(cli, ["token", *asked]).output.strip()
    for given, audience in ((link, SIGN_IN), (token, API)):
        claims = installation.issuer.claims(given, audience=audience)
        assert (claims["account"], claims["authority"]) == (account, entry)
