"""Does the command see what does not hold in a council, in accounts and in the list of them, and say it?"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from ledger.council import Council
from ledger.store.database import StoreUnavailable
from projections import invariants
from projections.follow import catch_up
from projections.invariants import CAN_BE_WORKED_OUT, LIST_SAYS, Checked, CouncilCheck
from tests.conftest import NOON
from tests.integration.conftest import Admin
from tests.integration.test_replay import live, strange
from tests.integration.years import Years, a_seed

Run = Callable[..., Result]


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in this session's installation, its clock standing."""
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", NOON.isoformat())
    return lambda *words: CliRunner().invoke(cli, ["invariants", *words])


@pytest.fixture
def mrs_a(council: Council) -> UUID:
    """Mrs A, and another beside her."""
    live(council, "500.00")
    return live(council, "950.00")


def reference_of(council: Council, account_id: UUID) -> str:
    return council.ledger.account(account_id).opened.reference


def test_everything_holds_of_a_council_to_which_everything_happens(council: Council, run: Run) -> None:
    seed = a_seed()
    list(Years(seed).pass_over(council, accounts=6, facts=15))
    said = run("--council", council.code)
    assert (said.exit_code, said.stdout.endswith("everything holds.\n")) == (0, True), f"seed {seed}: {said.output}"
    assert said.stdout.startswith("Looked at 6 accounts at ")
    assert "Checking: 6 of 6" in said.stderr


def test_one_account_is_named_by_its_reference_or_its_id(council: Council, mrs_a: UUID, run: Run) -> None:
    for name in (str(mrs_a), reference_of(council, mrs_a), reference_of(council, mrs_a).lower()):
        said = run("--council", council.code, "--account", name)
        assert said.stdout == "Looked at 1 account at 3 versions: everything holds.\n"
    newest = run("--council", council.code, "--account", str(mrs_a), "--newest")
    assert newest.stdout == "Looked at 1 account at 1 version: everything holds.\n"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("CA-0000-0001", "This is no account reference"),
        ("CA-0000-0000", "The council keeps no such account."),
        ("00000000-0000-4000-8000-000000000000", "The council keeps no such account."),
    ],
)
def test_an_account_there_is_not_is_told(council: Council, run: Run, name: str, sentence: str) -> None:
    said = run("--council", council.code, "--account", name)
    assert said.exit_code in (1, 2)
    assert sentence in said.stderr


def test_a_row_of_the_list_that_says_something_else_is_named(
    council: Council, mrs_a: UUID, run: Run, admin: Admin
) -> None:
    catch_up(council)
    with admin() as statements:
        statements.execute(
            f"UPDATE {council.names.schema}.progress_spans SET metered_before = metered_before + denominator"
            " WHERE account_id = %s AND metering = 'metering'",
            (str(mrs_a),),
        )
    said = run("--council", council.code)
    assert said.exit_code == 1
    told = said.stdout.splitlines()
    named = f"Account {reference_of(council, mrs_a)} ({mrs_a}) at version 3 on 2023-10-02: "
    assert f"{named}the row of the day says other figures than the account. {LIST_SAYS}" in told
    assert all(str(mrs_a) in line for line in told[:-1])
    assert told[-1].startswith("Looked at 2 accounts at 6 versions: ")
    assert told[-1].endswith(" things do not hold.")


def test_a_list_that_shows_other_figures_today_is_named(council: Council, mrs_a: UUID, run: Run, admin: Admin) -> None:
    catch_up(council)
    with admin() as statements:
        statements.execute(
            f"UPDATE {council.names.schema}.progress_spans SET cap_reached_on = '2025-12-13'"
            " WHERE account_id = %s AND known_to = 'infinity' AND metering = 'capped'",
            (str(mrs_a),),
        )
    said = run("--council", council.code, "--newest")
    assert said.exit_code == 1
    assert f"at version 3 on 2026-11-22: the list shows other figures than the account. {LIST_SAYS}" in said.stdout


def test_days_that_no_row_of_the_list_covers_are_named(council: Council, mrs_a: UUID, run: Run, admin: Admin) -> None:
    catch_up(council)
    with admin() as statements:
        statements.execute(
            f"UPDATE {council.names.schema}.progress_spans SET valid_to = valid_to - 1"
            " WHERE account_id = %s AND known_to = 'infinity' AND metering = 'metering'",
            (str(mrs_a),),
        )
    said = run("--council", council.code, "--account", str(mrs_a), "--newest")
    assert "on 2025-12-12: its rows do not follow each other: one ends before 2025-12-11." in said.stdout
    assert "on 2025-12-11: the row of the day says other figures than the account." in said.stdout


def test_an_account_that_is_missing_from_the_list_is_named(
    council: Council, mrs_a: UUID, run: Run, admin: Admin
) -> None:
    catch_up(council)
    with admin() as statements:
        statements.execute(f"DELETE FROM {council.names.schema}.progress_spans WHERE account_id = %s", (str(mrs_a),))
    said = run("--council", council.code, "--newest")
    assert said.exit_code == 1
    assert f"at version 3 on 2026-11-22: the list shows other figures than the account. {LIST_SAYS}" in said.stdout


def test_an_account_that_cannot_be_read_is_told_and_the_rest_goes_on(
    council: Council, mrs_a: UUID, run: Run, admin: Admin
) -> None:
    catch_up(council)
    with admin() as statements:
        strange(statements, council, mrs_a)
    said = run("--council", council.code)
    assert said.exit_code == 1
    assert f"({mrs_a}): its record could not be read or worked out; the log names the fault." in said.stdout
    assert CAN_BE_WORKED_OUT in said.stdout
    assert "Looked at 2 accounts at 3 versions: 1 thing does not hold." in said.stdout


def test_an_account_whose_law_is_not_known_is_told_with_the_day(
    council: Council, mrs_a: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = council.scheme.cap
    assert rules
    from_2024 = rules.amount.values[0].model_copy(update={"from_": date(2024, 1, 1)})
    amount = rules.amount.model_copy(update={"values": (from_2024,)})
    late = council.scheme.model_copy(update={"cap": rules.model_copy(update={"amount": amount})})
    monkeypatch.setattr(CouncilCheck, "_scheme_at", lambda *_: late)
    check = CouncilCheck(council, council.schemes, date(2026, 11, 22), NOON + timedelta(days=1))
    found = list(check.run(Checked()))
    assert len(found) == 2
    assert {violation.rule for violation in found} == {CAN_BE_WORKED_OUT}
    assert all("2023-10-02" in violation.what for violation in found)


def test_what_is_opened_after_the_moment_of_the_check_is_left_for_the_next(council: Council, mrs_a: UUID) -> None:
    known_at = council.ledger.recorder.latest(NOON)
    live(council, "700.00", now=known_at + timedelta(days=1))
    check, checked = CouncilCheck(council, council.schemes, date(2026, 11, 22), known_at), Checked()
    assert list(check.run(checked)) == []
    assert checked.versions == 6


def test_interrupted_it_says_how_far_it_came(
    council: Council, mrs_a: UUID, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: CouncilCheck, checked: Checked, progress: Any = None) -> Iterator[Any]:
        checked.accounts = 1
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(CouncilCheck, "run", interrupted)
    said = run("--council", council.code)
    assert (said.exit_code, "Interrupted. Looked at 1 account at 0 versions so far." in said.stderr) == (1, True)


def test_a_store_that_is_away_is_no_violation(council: Council, mrs_a: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise StoreUnavailable("away")

    monkeypatch.setattr(invariants, "_rows", away)
    check = CouncilCheck(council, council.schemes, date(2026, 11, 22), NOON)
    with pytest.raises(StoreUnavailable):
        list(check.run(Checked()))
