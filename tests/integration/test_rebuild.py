"""Is what is ready to read made again beside what is read, swapped at once, and the same byte for byte?"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from ledger.council import Council
from projections import rebuild as rebuilding
from projections.cap_progress import Wanted, progress_list
from projections.follow import catch_up
from projections.reached import standing
from projections.rebuild import RebuiltElsewhere, check, rebuild
from projections.tables import COLUMNS, REVIEWS, SPANS
from tests.conftest import NOON
from tests.integration.conftest import Admin
from tests.integration.recording import rows, set_budget
from tests.integration.test_progress_list import digest
from tests.integration.test_replay import live
from tests.integration.test_under_review import poison

ON = date(2025, 1, 1)
Run = Callable[..., Result]


@pytest.fixture
def three(council: Council, monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """Three people in the list, whom a rebuild takes one at a time."""
    found = [live(council, f"{pounds}.00") for pounds in (500, 750, 950)]
    catch_up(council)
    monkeypatch.setattr(rebuilding, "ACCOUNTS", 1)
    return found


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, council: Council) -> Run:
    """The command on this council, its clock standing."""
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", NOON.isoformat())
    return lambda *words: CliRunner().invoke(cli, ["rebuild", "--council", council.code, *words])


def generation(council: Council) -> int:
    with council.projector.transaction() as statements:
        return standing(statements, council).generation


def generations(council: Council) -> set[int]:
    """Which generations there are rows of."""
    return {number for (number,) in rows(council, "SELECT DISTINCT generation FROM {schema}.progress_spans")}


def wanted(council: Council) -> Wanted:
    return Wanted(ON, council.ledger.recorder.latest(NOON), limit=None)


def spoil(council: Council, admin: Admin, account_id: UUID) -> None:
    """Make the list say another total of an account."""
    with admin() as statements:
        statements.execute(
            f"UPDATE {council.names.schema}.progress_spans SET metered_before = metered_before + denominator"
            " WHERE account_id = %s AND known_to = 'infinity'",
            (str(account_id),),
        )


def test_every_table_that_is_ready_to_read_is_compared(council: Council) -> None:
    found = rows(
        council,
        "SELECT table_name FROM information_schema.columns WHERE table_schema = '{schema}' AND column_name ="
        " 'generation' AND table_name NOT IN ('positions', 'progress_spans_0', 'progress_spans_1')",
    )
    assert {table for (table,) in found} == set(COLUMNS) == {SPANS, REVIEWS}


def test_a_rebuild_swaps_the_generations_and_leaves_nothing_of_the_other(council: Council, three: list[UUID]) -> None:
    was, made = generation(council), digest(council)
    for _ in range(2):
        rebuild(council)
        assert digest(council) == made
        assert generations(council) == {generation(council)} != {was}
        was = generation(council)


def test_several_processes_make_the_same(council: Council, three: list[UUID]) -> None:
    told: list[tuple[int, int]] = []
    found = check(council, lambda done, accounts: told.append((done, accounts)), processes=2)
    assert found.same
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert generations(council) == {generation(council)}


def test_until_the_swap_nothing_has_changed_for_anybody(council: Council, three: list[UUID]) -> None:
    was, made, items = generation(council), digest(council), progress_list(council, wanted(council))

    def cut(done: int, accounts: int) -> None:
        if done == 2:
            assert generations(council) == {0, 1}
            assert progress_list(council, wanted(council)) == items
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(council, cut)
    assert (generation(council), digest(council)) == (was, made)
    assert progress_list(council, wanted(council)) == items
    rebuild(council)
    assert (digest(council), generations(council)) == (made, {1 - was})


def test_what_is_recorded_meanwhile_is_in_it(council: Council, three: list[UUID]) -> None:
    def record(done: int, accounts: int) -> None:
        set_budget(council, three[done - 1], 600)
        live(council, "800.00")
        catch_up(council)

    assert rebuild(council, record) == council.ledger.recorder.max_notification_id() == 21
    assert len(progress_list(council, wanted(council)).items) == 6
    assert check(council).same


def test_two_do_not_make_it_again_at_once(council: Council, three: list[UUID]) -> None:
    def another(done: int, accounts: int) -> None:
        with pytest.raises(RebuiltElsewhere, match="Wait until that has ended"):
            rebuild(council)

    rebuild(council, another)
    assert check(council).same


def test_whoever_reads_meanwhile_sees_the_whole_list_each_time(council: Council, three: list[UUID]) -> None:
    asked, ended = wanted(council), Event()
    expected = progress_list(council, asked)

    def keep_reading() -> int:
        times = 0
        while not ended.is_set():
            assert progress_list(council, asked) == expected
            times += 1
        return times

    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(keep_reading)
        try:
            for _ in range(5):
                rebuild(council)
        finally:
            ended.set()
        assert reading.result() > 5


def test_rows_that_say_something_else_are_found_and_put_right(
    council: Council, three: list[UUID], admin: Admin, run: Run
) -> None:
    as_it_was = digest(council)
    said = run("--check")
    assert (said.exit_code, "The same at position 9. Nothing was changed." in said.output) == (0, True), said.output
    spoil(council, admin, three[1])
    spoilt, was = digest(council), generation(council)
    said = run("--check")
    reference = council.ledger.references.of(three)[three[1]]
    assert (said.exit_code, generation(council), digest(council)) == (1, was, spoilt)
    assert "NOT THE SAME at position 9" in said.output
    assert [line.strip() for line in said.output.splitlines() if line.strip().startswith("CA-")] == [reference]
    assert all(found in said.output for found in (*as_it_was, *spoilt))
    said = run()
    assert said.output.endswith("Rebuilt to position 9.\n")
    assert digest(council) == as_it_was


def test_a_list_that_its_follower_cannot_write_is_mended_by_making_it_again(
    council: Council, three: list[UUID], admin: Admin
) -> None:
    """Nothing of what is read is needed to make it again."""
    made = digest(council)
    with admin() as statements:
        statements.execute(f"DELETE FROM {council.names.schema}.progress_spans")
        statements.execute(f"UPDATE {council.names.schema}.positions SET position = 4")
    rebuild(council)
    assert digest(council) == made


def test_the_command_names_the_accounts_that_stay_under_review(
    council: Council, three: list[UUID], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison(council, three[0])
    said = run()
    reference = council.ledger.references.of(three)[three[0]]
    assert f"{reference}  UNDER REVIEW since 2026-11-22 12:00" in said.output
    assert said.output.endswith("Rebuilt to position 10.\n")
    monkeypatch.setattr("api.cli.rebuild.rebuild", interrupted)
    said = run()
    assert said.exit_code == 1
    assert "Interrupted. What is read is whole." in said.output


def interrupted(*_: object) -> Iterator[None]:
    raise KeyboardInterrupt
