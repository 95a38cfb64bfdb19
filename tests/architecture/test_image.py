"""Would the container image hold what it runs, and run it without rights?"""

import json
from pathlib import Path

import pytest
from click import Context

from api.cli import cli

PROJECT = Path(__file__).parents[2]
TEXT = (PROJECT / "Dockerfile").read_text().replace("\\\n", " ")
LINES = [line for line in TEXT.splitlines() if line and not line.startswith("#")]
STEPS = [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in LINES)]
LAST_STAGE = max(number for number, (word, _) in enumerate(STEPS) if word == "FROM")
COPIED = [source for word, rest in STEPS if word == "COPY" and "--from" not in rest for source in rest.split()[:-1]]


@pytest.mark.parametrize("source", COPIED)
def test_what_is_copied_exists_and_reaches_the_builder(source: str) -> None:
    assert (PROJECT / source).exists()
    assert f"!{source}" in (PROJECT / ".dockerignore").read_text().splitlines()


def test_every_package_is_copied() -> None:
    assert {"domain", "ledger", "projections", "api"} < set(COPIED)


def test_nothing_but_what_is_copied_reaches_the_builder() -> None:
    let_in = {line[1:] for line in (PROJECT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert let_in == set(COPIED)


def test_the_image_runs_as_a_user_it_made_that_is_not_root() -> None:
    (user,) = [rest for word, rest in STEPS[LAST_STAGE:] if word == "USER"]
    (made,) = [rest for word, rest in STEPS[LAST_STAGE:] if word == "RUN" and "useradd" in rest]
    assert made.split("--shell")[1].split()[1] == user
    assert user not in ("root", "0")


def test_the_image_runs_the_same_commands_as_any_machine() -> None:
    last = dict(STEPS[LAST_STAGE:])
    assert json.loads(last["ENTRYPOINT"]) == ["/app/careledger"]
    name, *options = json.loads(last["CMD"])
    command = cli.get_command(Context(cli), name)
    assert command
    assert command.make_context(name, options).params["host"] == "0.0.0.0"
    assert "CARELEDGER_HOME=/data" in last["ENV"]
    assert last["VOLUME"] == "/data"


def test_the_tools_of_the_tests_are_not_in_the_image() -> None:
    assert not any("careledger test" in rest or "--group dev" in rest for _, rest in STEPS)
