"""Does `careledger letters` hand over what waits, say by whom it is carried, and is a file of keys read strictly?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from api.delivery.keys import services_in
from api.wiring import Installation
from api.worker import Worker
from ledger.council import Council
from tests.integration.stating import letters_put_in

Run = Callable[..., Result]


@pytest.fixture
def letters(home: Path, council: Council, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, given to this session's installation for a council of this test's own."""
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", "2026-11-22T12:00:00Z")
    return lambda *more: CliRunner().invoke(cli, ["letters", "--council", council.code, *more])


def test_what_waits_is_written_to_the_folder_and_counted(letters: Run, council: Council, home: Path) -> None:
    (letter_id,) = letters_put_in(council)
    said = letters()
    assert said.exit_code == 0, said.output
    assert f"No key for GOV.UK Notify: letters are written to {home / 'letters'}." in said.stderr
    assert said.stdout.splitlines()[:2] == [
        "letters to a folder, where somebody prints and posts them: 1 sent",
        "  waiting                0",
    ]
    assert (home / "letters" / "2026-11-22" / council.code / f"{letter_id}.pdf").is_file()
    assert letters().stdout.splitlines()[0] == "No letter waits."


def test_a_worker_hands_letters_over_by_itself(
    installation: Installation, council: Council, caplog: pytest.LogCaptureFixture
) -> None:
    letters_put_in(council)
    with caplog.at_level("INFO", "api.worker"):
        Worker(installation)._deliver_in(council)
    assert f"{council.code}: letters to a folder, where somebody prints and posts them: 1 sent" in caplog.text


def test_a_file_of_keys_that_others_may_read_is_refused(tmp_path: Path) -> None:
    keys = tmp_path / "notify.json"
    keys.write_text("{}", "utf-8")
    keys.chmod(0o644)
    with pytest.raises(ValueError, match="which others may read"):
        services_in(keys)


@pytest.mark.parametrize("text", ["", "[]", '{"E10000012": {"key": "short", "callback_token": "s3cr3t"}}'])
def test_a_file_of_keys_that_is_wrong_is_told_without_what_it_holds(tmp_path: Path, text: str) -> None:
    keys = tmp_path / "notify.json"
    keys.write_text(text, "utf-8")
    keys.chmod(0o600)
    with pytest.raises(ValueError, match="which has to hold") as refused:
        services_in(keys)
    assert "s3cr3t" not in str(refused.value)


def test_a_file_of_keys_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="which cannot be read"):
        services_in(tmp_path / "nowhere.json")
    assert services_in(None) == {}
