"""Are tables brought forward once, in order, without standing in anybody's way, and do old and new programs tell?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import psycopg2
import pytest
from click.testing import CliRunner
from psycopg2.errors import DivisionByZero, LockNotAvailable

from api.cli import cli
from api.wiring import Installation
from ledger.council import Council
from ledger.store import forward
from ledger.store.forward import (
    Migration,
    MigrationChanged,
    MigrationOutOfOrder,
    Patience,
    TablesInUse,
    bring_up_to_date,
    patiently,
)
from ledger.store.migrate import Setup
from ledger.store.safety import UnsafeStore, require_safe
from tests.conftest import FACE
from tests.integration.conftest import Admin
from tests.integration.recording import open_account, rows

SHIPPED = forward.migrations()
WIDER = Migration("9001_wider.sql", "ALTER TABLE {schema}.events ADD COLUMN wider text;")
TABLE = Migration("9003_table.sql", "CREATE TABLE {schema}.of_a_later_version (n integer PRIMARY KEY);")
CONTRACT = Migration("9004_contract_wider.sql", "ALTER TABLE {schema}.events DROP COLUMN IF EXISTS wider;")
QUICKLY = Patience("50ms", 2, 0.0)

Ship = Callable[..., None]


@pytest.fixture
def ship(monkeypatch: pytest.MonkeyPatch) -> Ship:
    """Makes this the program that brings these migrations beside those it brings, or in their place."""

    def ship(*more: Migration, instead: list[Migration] = SHIPPED) -> None:
        monkeypatch.setattr(forward, "migrations", lambda: sorted([*instead, *more]))

    return ship


def applied(council: Council) -> list[str]:
    return [name for (name,) in rows(council, "SELECT name FROM {schema}.migrations ORDER BY name")]


def columns_of_events(council: Council) -> set[str]:
    with council.app.transaction() as statements:
        statements.execute(f"SELECT * FROM {council.names.schema}.events LIMIT 0")
        return {column.name for column in statements.description or ()}


def test_a_new_council_has_every_migration_with_its_hash(council: Council) -> None:
    found = rows(council, "SELECT name, sha256 FROM {schema}.migrations ORDER BY name")
    assert found == [(migration.name, migration.digest) for migration in SHIPPED]


def test_what_is_pending_is_applied_in_order_once_whatever_numbers_were_left_out(
    installation: Installation, council: Council, ship: Ship
) -> None:
    ship(TABLE, WIDER)
    told: list[tuple[str, int, int]] = []
    assert installation.pending(council.code) == [WIDER.name, TABLE.name]
    assert installation.migrate(council.code, lambda *how_far: told.append(how_far)) == [WIDER.name, TABLE.name]
    assert told == [(WIDER.name, 0, 2), (TABLE.name, 1, 2)]
    assert installation.migrate(council.code) == installation.pending(council.code) == []
    assert applied(council) == [migration.name for migration in (*SHIPPED, WIDER, TABLE)]


def test_a_migration_that_reads_differently_since_it_was_applied_is_refused(
    installation: Installation, council: Council, ship: Ship
) -> None:
    *others, last = SHIPPED
    ship(TABLE, instead=[*others, last._replace(text=last.text + "-- an afterthought\n")])
    with pytest.raises(MigrationChanged, match=rf"^{last.name}: .*Put the file back"):
        installation.migrate(council.code)
    assert TABLE.name not in applied(council)


def test_a_migration_that_comes_after_a_later_one_was_applied_is_refused(
    installation: Installation, council: Council, ship: Ship
) -> None:
    ship(TABLE)
    installation.migrate(council.code)
    ship(TABLE, WIDER)
    with pytest.raises(MigrationOutOfOrder, match=rf"^{WIDER.name}: .*Give it the next free number"):
        installation.migrate(council.code)
    assert "wider" not in columns_of_events(council)


def test_a_migration_that_fails_leaves_nothing_of_itself_and_all_that_came_before(
    installation: Installation, council: Council, ship: Ship
) -> None:
    ship(WIDER, TABLE._replace(text=TABLE.text + "SELECT 1 / 0;"))
    with pytest.raises(DivisionByZero):
        installation.migrate(council.code)
    assert applied(council)[-1] == WIDER.name
    ship(WIDER, TABLE)
    assert installation.migrate(council.code) == [TABLE.name]  # so its table was not there


def test_a_migration_that_others_keep_waiting_gives_up_and_is_done_once_they_are(
    installation: Installation, council: Council, admin: Admin, ship: Ship
) -> None:
    ship(TABLE, WIDER)
    with closing(psycopg2.connect(installation._admin_url())) as connection:
        with admin() as reader:
            reader.execute(f"SELECT count(*) FROM {council.names.schema}.events")
            with pytest.raises(TablesInUse, match=rf"^{WIDER.name}: .*nothing of it was done.*same command again"):
                bring_up_to_date(connection, council.names, patience=QUICKLY)
            open_account(council)  # nobody waits behind it
        assert applied(council)[-1] == SHIPPED[-1].name
        assert bring_up_to_date(connection, council.names, patience=QUICKLY) == [WIDER.name, TABLE.name]


@pytest.mark.parametrize("refusals", [0, 1, 2, 3])
def test_what_a_lock_kept_waiting_is_tried_again_but_not_for_ever(refusals: int) -> None:
    left = [LockNotAvailable()] * refusals

    def work() -> str:
        if left:
            raise left.pop()
        return "done"

    patience = Patience(attempts=3, longest_pause=0.0)
    if refusals < patience.attempts:
        assert patiently(work, "9001_wider.sql", patience) == "done"
    else:
        with pytest.raises(TablesInUse):
            patiently(work, "9001_wider.sql", patience)
    assert left == []


def test_set_ups_at_once_make_one_council_and_apply_each_migration_once(installation: Installation, ship: Ship) -> None:
    code, together = "E92000002", Barrier(3)

    def at_once(work: Callable[[], object]) -> None:
        def begin(_: int) -> None:
            together.wait(timeout=30)
            work()

        with ThreadPoolExecutor(together.parties) as threads:
            list(threads.map(begin, range(together.parties)))

    at_once(lambda: installation.init(code, Setup("Example Council", "reform-2023", FACE)))
    council = installation.council(code)
    assert applied(council) == [migration.name for migration in SHIPPED]
    ship(WIDER, TABLE)  # neither of which could be applied twice
    at_once(lambda: installation.migrate(code))
    assert applied(council) == [migration.name for migration in (*SHIPPED, WIDER, TABLE)]
    council.close()


def test_a_program_that_is_ahead_of_the_tables_says_what_they_lack(council: Council, ship: Ship) -> None:
    ship(WIDER, TABLE)
    with pytest.raises(UnsafeStore) as refused:
        require_safe(council.app, council.names)
    assert refused.value.reasons == [
        f"{council.names.schema} is of an older version and lacks 9001_wider.sql, 9003_table.sql."
        f" Bring its tables up to date: careledger migrate --council {council.code}."
    ]


def test_tables_that_do_not_say_which_migrations_they_have_are_older(council: Council, admin: Admin) -> None:
    with admin() as statements:
        statements.execute(f"REVOKE SELECT ON {council.names.schema}.migrations FROM {council.names.app}")
    with pytest.raises(UnsafeStore, match=r"lacks 0001_ledger.sql, .*careledger migrate"):
        require_safe(council.app, council.names)


def test_an_older_program_goes_on_with_newer_tables(installation: Installation, council: Council, ship: Ship) -> None:
    ship(WIDER, TABLE)
    installation.migrate(council.code)
    ship()
    require_safe(council.app, council.names)
    assert installation.pending(council.code) == []
    assert open_account(council).account.version == 1


def test_an_older_program_stops_where_something_it_rests_on_was_taken_away(
    installation: Installation, council: Council, ship: Ship
) -> None:
    ship(WIDER, CONTRACT)
    installation.migrate(council.code)
    ship(WIDER)
    with pytest.raises(UnsafeStore) as refused:
        require_safe(council.app, council.names)
    assert refused.value.reasons == [
        f"{council.names.schema} is of a newer version: 9004_contract_wider.sql took away what this program rests on."
        " Use the version that brought it, or a later one."
    ]


def test_the_command_says_what_is_lacking_then_applies_it_and_shows_each(
    home: object, council: Council, ship: Ship, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    ship(WIDER, TABLE)
    command = ["migrate", "--council", council.code]
    dry, real, again = (CliRunner().invoke(cli, [*command, *more]) for more in (["--dry-run"], [], ["--dry-run"]))
    assert (dry.exit_code, dry.output) == (1, f"{council.code}: lacks {WIDER.name}, {TABLE.name}.\n")
    assert (real.exit_code, real.stdout) == (0, f"{council.code}: now has {WIDER.name}, {TABLE.name}.\n")
    assert real.stderr == f"{council.code}: {WIDER.name} (1 of 2)\n{council.code}: {TABLE.name} (2 of 2)\n"
    assert (again.exit_code, again.output) == (0, f"{council.code}: its tables are up to date.\n")
