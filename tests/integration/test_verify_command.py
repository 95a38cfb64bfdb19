"""Does the command find what was changed and say where, and does a worker do the same by itself, bit by bit?"""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api import verifying as module
from api.cli import cli
from api.settings import Settings
from api.verifying import REST, Evidence, Verifying
from api.wiring import Installation
from api.worker import Worker
from ledger.council import Council
from ledger.evidence import verifying as entries
from projections import recheck as lists
from projections.follow import catch_up
from tests.conftest import NOON
from tests.integration.conftest import Admin
from tests.integration.posting import self_funder
from tests.integration.recording import open_account, rows, set_budget

Run = Callable[..., Result]
CHANGES = 4


@pytest.fixture
def run(home: Path, council: Council, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", NOON.isoformat())
    monkeypatch.setattr(Installation, "codes", lambda _: [council.code])
    yield lambda *asked: CliRunner().invoke(cli, [str(each) for each in asked])
    for kept in (home / "evidence").glob("*"):
        kept.unlink()


def change(council: Council, admin: Admin, statement: str) -> None:
    with admin() as statements:
        statements.execute(statement.format(schema=council.names.schema))


def test_what_nobody_changed_is_whole_and_what_was_is_named_by_the_command(
    run: Run, council: Council, admin: Admin
) -> None:
    account_id = self_funder(council)
    assert run("checkpoint").exit_code == 0
    catch_up(council)
    whole = run("verify", "--by", "ann")
    assert (whole.exit_code, f"WHOLE: {CHANGES + 3} entries, 1 account." in whole.stdout) == (0, True), whole.output
    assert "No public key" not in whole.stdout
    change(council, admin, "UPDATE {schema}.events SET recorded_by = 'mallory' WHERE position = 2")
    found = run("verify", "--by", "ann")
    assert found.exit_code == 1
    assert f"at position 2: version 2 of account {account_id} is not what was recorded." in found.stdout
    assert "NOT WHOLE: 1 thing does not hold" in found.stdout
    assert [each.asked_by for each in council.verifications.last(9)] == ["ann", "ann"]


def test_what_is_kept_elsewhere_is_held_against_the_log_too(
    run: Run, council: Council, admin: Admin, tmp_path: Path
) -> None:
    """A witness's file, and a copy that the machine does not keep itself; the key as the council published it."""
    open_account(council)
    run("checkpoint", "--copies", tmp_path / "copies")
    key = run("checkpoint", "--public-key").stdout.strip()
    request = tmp_path / "request"
    request.write_text(run("checkpoint", "--copies", tmp_path / "copies", "--since", 0).stdout, "utf-8")
    theirs = ("--name", "b.example", "--key", tmp_path / "b.key", "--seen", tmp_path / "seen")
    answer = run("witness", request, "--of", key, *theirs)
    line, witness = tmp_path / "line", answer.stderr.strip()
    line.write_text(answer.stdout, "utf-8")
    assert run("checkpoint", "--witnessed", line).exit_code == 2
    kept = run("checkpoint", "--witnessed", line, "--by", witness)
    assert kept.stdout == f"Kept: what the witness said of {CHANGES + 1} entries.\n", kept.output
    elsewhere = ("--key", key, "--copies", tmp_path / "copies", "--witness", tmp_path / "seen")
    assert run("verify", *elsewhere).exit_code == 0
    change(council, admin, "DELETE FROM {schema}.cosignatures; DELETE FROM {schema}.checkpoints")
    change(council, admin, "UPDATE {schema}.events SET leaf = NULL, recorded_by = 'mallory'")
    run("migrate")  # every hash worked out anew
    found = run("verify", *elsewhere).stdout
    for where in ("the copy in copies", "the witness's seen"):
        assert f"among entries 0 to {CHANGES}: it does not come to the root that was signed" in found
        assert f"as {where} says" in found


def test_without_the_key_it_is_said_that_nobody_s_signature_was_checked(run: Run, council: Council) -> None:
    open_account(council)
    assert "No public key is known here" in run("verify").stdout


def test_a_witnesss_line_that_is_of_no_checkpoint_is_not_kept(run: Run, council: Council, tmp_path: Path) -> None:
    open_account(council)
    run("checkpoint")
    (tmp_path / "line").write_text("— b.example AAAA\n", "utf-8")
    key = run("checkpoint", "--public-key").stdout.strip()
    refused = run("checkpoint", "--witnessed", tmp_path / "line", "--by", key)
    assert (refused.exit_code, "signed no checkpoint that is kept here" in refused.output) == (1, True)


def test_entries_are_gone_through_in_portions_and_each_is_held_against_the_tree(
    council: Council, admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was changed in one portion is named, and nothing of the others."""
    account_id = open_account(council).account.id
    for pounds in range(600, 612):
        set_budget(council, account_id, pounds)
    for part in (entries, module):
        monkeypatch.setattr(part, "PORTION", 4)
    verifying = Verifying(council, Evidence(None, ()))
    assert gone_through(verifying) == []
    change(council, admin, "DELETE FROM {schema}.events WHERE position IN (6, 7)")
    found = gone_through(verifying)
    assert f"Entries {CHANGES + 5} to {CHANGES + 6} of the log, from position 6 on, are not there any more." in found
    assert any(f"version 8 of account {account_id}" in each for each in found)
    assert not any(f"version {version} of account" in each for each in found for version in (5, 9, 10))


def test_entries_that_changed_places_are_both_named(council: Council, admin: Admin) -> None:
    account_id = open_account(council).account.id
    set_budget(council, account_id, 600)
    for one, other in ((1, -1), (2, 1), (-1, 2)):
        change(council, admin, f"UPDATE {{schema}}.events SET position = {other} WHERE position = {one}")
    found = gone_through(Verifying(council, Evidence(None, ())))
    for version, position in ((1, 2), (2, 1)):
        named = (
            f"Version {version} of account {account_id}, at position {position}, does not stand where it was recorded"
        )
        assert any(named in each for each in found)


def gone_through(verifying: Verifying) -> list[str]:
    done = verifying.go_on(verifying.begin(by="ann", now=NOON), lambda: NOON)
    return [each.what for each in verifying.council.verifications.findings(done, 100)]


def test_two_who_take_the_same_step_keep_it_once(council: Council) -> None:
    open_account(council)
    verifying = Verifying(council, Evidence(None, ()))
    begun = verifying.begin(by="ann", now=NOON)
    first, second = verifying.step(begun, NOON), verifying.step(begun, NOON)
    assert first == second
    assert rows(council, "SELECT count(*) FROM {schema}.verification_steps") == [(1,)]


def test_a_worker_goes_through_everything_bit_by_bit_and_begins_again_after_a_rest(
    home: Path, council: Council, admin: Admin, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    self_funder(council)
    catch_up(council)
    monkeypatch.setattr(lists, "ACCOUNTS", 1)
    monkeypatch.setattr(Installation, "codes", lambda _: [council.code])

    def worker(now: timedelta = timedelta()) -> Worker:
        return Worker(Installation(Settings(home=home, clock=NOON + now, database_url=None)))

    standing = [(worker().verify(), council.verifications.last()[0].reached.ended)[1] for _ in range(3)]
    assert standing == [False, False, True]  # the entries, the one account, and that there is no other
    worker().verify()
    assert len(council.verifications.last(9)) == 1
    change(council, admin, "UPDATE {schema}.progress_spans SET metered_before = metered_before + 1")
    with caplog.at_level(logging.ERROR):
        later = worker(REST)
        assert all(later.verify() for _ in range(3))
    assert "What is read of account" in caplog.text
    ended = council.verifications.last_ended()
    assert ended
    assert (ended.number, ended.findings, ended.asked_by) == (2, 1, "careledger work")
