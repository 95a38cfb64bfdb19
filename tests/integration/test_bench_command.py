"""Does `careledger bench` measure what it says, leave nothing behind, and touch nothing that is not its own?"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from api.bench.figures import Figure, Goal, NotMeasured, Pair, Trial, measured
from api.bench.place import FLOORS, code, place
from api.bench.workloads import WORKLOADS
from api.cli import cli
from api.wiring import Installation
from ledger.council import Council
from ledger.embedded import EmbeddedPostgres
from ledger.store.migrate import Setup
from tests.conftest import FACE
from tests.integration.conftest import Admin

LINE = {"workload", "ours", "floor", "ratio", "unit", "runs", "machine", "postgres", "goal", "met"}
LONG = bool(os.environ.get("CARELEDGER_LONG"))


@pytest.fixture
def url(installation: Installation) -> str:
    """This session's server, as whoever set it up reaches it."""
    return EmbeddedPostgres(installation.settings.home).superuser_url()


def bench(file: Path, *asked: str) -> Result:
    return CliRunner().invoke(cli, ["bench", "--size", "small", "--pairs", "1", "--json", str(file), *asked])


def lines(file: Path) -> dict[str, dict[str, Any]]:
    return {line["workload"]: line for line in map(json.loads, file.read_text("utf-8").splitlines())}


def left(admin: Admin) -> list[str]:
    """What a benchmark has on the server: its councils' schemas and roles, and the floors' tables."""
    ours = f"(council|vault)_e990000|{FLOORS}"
    with admin() as statements:
        statements.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname ~ %s UNION SELECT rolname FROM pg_roles WHERE rolname ~ %s",
            (ours, ours),
        )
        return [name for (name,) in statements.fetchall()]


@pytest.fixture
def own(installation: Installation, admin: Admin) -> Iterator[str]:
    """A council of somebody's under a code that the benchmark uses."""
    council = installation.init(code(0), Setup("A council that exists", "national", FACE))
    yield council.code
    installation.forget(council.code)
    names = council.names
    with admin() as statements:
        statements.execute(f"DROP SCHEMA {names.schema}, {names.vault} CASCADE")
        statements.execute(f"DROP ROLE {names.app}, {names.projector}, {names.verifier}, {names.keeper}, {names.owner}")


def test_what_was_measured_is_told_and_what_could_not_be_says_why(
    tmp_path: Path, url: str, council: Council, admin: Admin
) -> None:
    said = bench(tmp_path / "figures", "--url", url, "--only", "W3,W7,W8")
    assert said.exit_code == 0, said.output
    found = lines(tmp_path / "figures")
    assert [*found] == ["W3", "W7", "W8", "W8-p99"]
    assert found["W3"].keys() == LINE
    ((ours, floor),) = found["W3"]["runs"]
    assert (found["W3"]["ours"], found["W3"]["floor"]) == (ours, floor)
    assert found["W3"]["ratio"] == pytest.approx(ours / floor, rel=0.001)
    assert found["W7"].keys() == LINE
    assert council.code in found["W8"]["reason"]
    assert "W3" in said.stdout
    assert left(admin) == []


def test_nothing_is_left_behind_by_one_that_is_interrupted(url: str, admin: Admin) -> None:
    with pytest.raises(KeyboardInterrupt), place(url) as where:  # noqa: PT012
        where.floor_like(where.council(1), "events")
        assert len(left(admin)) == 8
        raise KeyboardInterrupt
    assert left(admin) == []


def test_a_council_of_somebody_under_one_of_its_codes_is_left_alone(
    tmp_path: Path, url: str, own: str, installation: Installation
) -> None:
    said = bench(tmp_path / "figures", "--url", url, "--only", "W3")
    assert said.exit_code == 1
    assert f"{own}: The server keeps something under a name" in said.output
    assert installation.council(own).setup.name == "A council that exists"


def test_a_workload_that_does_not_exist_is_told() -> None:
    said = CliRunner().invoke(cli, ["bench", "--only", "W3,W12"])
    assert said.exit_code == 2
    assert "There is no W12" in said.output


def test_the_ratio_is_the_median_of_neighbours_so_that_a_slow_minute_moves_it_little() -> None:
    figure = Figure(_trial(Goal(">=", 0.5)), [Pair(60, 100), Pair(6, 10), Pair(50, 100), Pair(70, 100), Pair(7, 10)])
    assert (figure.ours, figure.floor, figure.ratio, figure.met) == (50, 100, 0.6, True)


def test_where_there_is_no_floor_the_figure_itself_is_held_against_the_goal() -> None:
    figure = Figure(_trial(Goal("<=", 500)), [Pair(510, None), Pair(490, None), Pair(505, None)])
    assert (figure.ours, figure.floor, figure.ratio, figure.met) == (505, None, None, False)


def test_ours_and_the_floor_take_turns() -> None:
    turns: list[str] = []

    def turn(whose: str) -> float:
        turns.append(whose)
        return float(len(turns))

    figure = measured(_trial(None, lambda: turn("ours"), lambda: turn("floor")), 2, lambda done, all_: None)
    assert turns == ["ours", "floor", "ours", "floor"]
    assert [*figure.runs] == [(1, 2), (3, 4)]


def test_every_workload_of_the_specification_has_a_place() -> None:
    assert [*WORKLOADS] == [f"W{number}" for number in range(1, 10)]


def test_every_workload_is_measured_on_a_server_of_its_own(tmp_path: Path) -> None:
    """All of them take minutes, so always on are only two."""
    said = bench(tmp_path / "figures", *(() if LONG else ("--only", "W5,W6")))
    assert said.exit_code == 0, said.output
    found = lines(tmp_path / "figures")
    assert len(found) >= (15 if LONG else 3)
    assert {name for name, line in found.items() if line["ours"] is None} <= {"W4-duckdb"}


def _trial(goal: Goal | None, ours: Any = lambda: 1.0, floor: Any = None) -> Trial:
    return Trial("W0", "something", "a second", goal, ours, floor)


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    assert Figure(NotMeasured("W0", "something", "a second", Goal(">=", 1), "no reason")).met is None
