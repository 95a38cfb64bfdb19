"""Does start-up refuse a store that could lose or change what was recorded, and do the grants hold?"""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege

from api.settings import Settings
from api.wiring import Installation
from ledger.council import Council
from ledger.store.database import Database
from ledger.store.migrate import Setup
from ledger.store.safety import UnsafeStore, require_safe
from tests.conftest import FACE
from tests.integration.conftest import Admin
from tests.integration.recording import open_account, rows

CODE = "E90000001"
APPEND_ONLY = ("events", "receipts", "account_references")
RUNS = ("posting_runs", "posting_run_accounts", "posting_run_exceptions")
REASSESSMENTS = ("reassessment_runs", "reassessment_run_accounts")
SCHEDULE = ("schedule_changes", "run_claims")
PROPOSED = ("import_proposals", "import_checks", "import_decisions", "import_sources", "import_steps")
IMPORTS = ("imports", "import_ends", "import_faults", *PROPOSED)
STATEMENTS = ("statement_runs", "statement_run_accounts", "statement_run_decisions", "letter_events")
NOTICES = ("notice_runs", "notice_run_accounts")
OF_RUNS = (*RUNS, *REASSESSMENTS, *STATEMENTS, *NOTICES)
SAMPLES = ("samples", "sample_accounts", "sample_checks")
OTHERS = ("access_log", "policy_changes", "policy_entries", "scheme_changes")
SIGNED = (
    "checkpoints",
    "cosignatures",
    "tree_nodes",
    "verification_findings",
    "verification_steps",
    "verifications",
)
GUARDED = (*APPEND_ONLY, *OTHERS, *OF_RUNS, *SCHEDULE, *IMPORTS, *SAMPLES)


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation whose server's settings may be spoilt without harm to other tests."""
    installation = Installation(Settings(home=tmp_path_factory.mktemp("apart") / "home", database_url=None))
    installation.start()
    installation.init(CODE, Setup("Example Council", "reform-2023", FACE))
    yield installation
    installation.stop()


@pytest.fixture
def spoilt(apart: Installation) -> Iterator[Callable[[str], Installation]]:
    """Spoils a setting of the server, or of a role, and starts anew on it; all is well again afterwards."""

    def restarted() -> Installation:
        apart.stop()
        apart.start()
        return Installation(apart.settings)

    def spoil(statement: str) -> Installation:
        _alone(apart, statement)
        return restarted()

    yield spoil
    app = f"council_{CODE.lower()}_app"
    for mended in ("ALTER SYSTEM RESET ALL", f"ALTER ROLE {app} RESET ALL"):
        _alone(apart, mended)
    restarted().council(CODE)


def _alone(installation: Installation, statement: str) -> None:
    """Outside a transaction, as ALTER SYSTEM asks for."""
    with closing(psycopg2.connect(installation._admin_url())) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (
            "ALTER SYSTEM SET fsync = off",
            "fsync is off: a crash of the machine could lose or tear what was acknowledged. Set fsync = on.",
        ),
        (
            "ALTER SYSTEM SET full_page_writes = off",
            "full_page_writes is off: a crash could leave half-written pages that nobody notices."
            " Set full_page_writes = on.",
        ),
        (
            "ALTER SYSTEM SET synchronous_commit = off",
            "synchronous_commit is off: a crash could lose what was acknowledged. Set synchronous_commit = on.",
        ),
        (
            f"ALTER ROLE council_{CODE.lower()}_app SET synchronous_commit = off",
            "synchronous_commit is off: a crash could lose what was acknowledged. Set synchronous_commit = on.",
        ),
    ],
)
def test_a_server_that_could_lose_what_it_acknowledged_is_refused(
    spoilt: Callable[[str], Installation], statement: str, reason: str
) -> None:
    with pytest.raises(UnsafeStore) as refused:
        spoilt(statement).council(CODE)
    assert refused.value.reasons == [reason]


def test_serve_ends_with_the_reasons_before_anything_listens(
    spoilt: Callable[[str], Installation], apart: Installation
) -> None:
    spoilt("ALTER SYSTEM SET fsync = off")
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:  # so that it would end in any case, but otherwise
        command = [sys.executable, "-m", "api.cli", "serve", "--port", str(taken.getsockname()[1])]
        done = subprocess.run(
            command,
            cwd=Path(__file__).parents[2],
            env={"CARELEDGER_HOME": str(apart.settings.home)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert "not safe to keep care accounts in:\n- fsync is off" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            "ALTER ROLE {app} SUPERUSER",
            "the application works as {app}, which is a superuser and could change history."
            " Take that away: ALTER ROLE {app} NOSUPERUSER.",
        ),
        (
            "ALTER ROLE {app} BYPASSRLS",
            "the application works as {app}, which is let past row security."
            " Take that away: ALTER ROLE {app} NOBYPASSRLS.",
        ),
        (
            "ALTER ROLE {app} CREATEROLE",
            "the application works as {app}, which is able to make roles."
            " Take that away: ALTER ROLE {app} NOCREATEROLE.",
        ),
        (
            "ALTER ROLE {keeper} SUPERUSER",
            "the application works as {keeper}, which is a superuser and could change history."
            " Take that away: ALTER ROLE {keeper} NOSUPERUSER.",
        ),
        ("GRANT {owner} TO {app}", "{app} may become {owner}. REVOKE {owner} FROM {app}."),
        ("GRANT {keeper} TO {projector}", "{projector} may become {keeper}. REVOKE {keeper} FROM {projector}."),
    ],
)
def test_a_role_that_may_too_much_is_refused_with_what_to_do(
    council: Council, admin: Admin, given: str, reason: str
) -> None:
    names = council.names.identifiers()
    with admin() as statements:
        statements.execute(given.format(**names))
    with pytest.raises(UnsafeStore) as refused:
        require_safe(council.app, council.names)
    assert refused.value.reasons == [reason.format(**names)]
    _do_as_told(refused.value, admin)
    require_safe(council.app, council.names)


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("power", ["UPDATE", "DELETE", "TRUNCATE", "TRIGGER"])
@pytest.mark.parametrize("to", ["app", "projector", "verifier", "keeper"])
def test_a_grant_that_lets_history_be_changed_is_refused(
    safe: Council, admin: Admin, table: str, power: str, to: str
) -> None:
    _granted_and_refused(safe, admin, to, power, table)


@pytest.mark.parametrize("power", ["UPDATE (state)", "UPDATE (recorded_at)"])
def test_a_grant_on_a_single_column_is_refused_too(safe: Council, admin: Admin, power: str) -> None:
    _granted_and_refused(safe, admin, "app", power, "events")


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("to", ["projector", "verifier"])
def test_who_only_reads_and_could_make_history_up_is_refused(safe: Council, admin: Admin, table: str, to: str) -> None:
    _granted_and_refused(safe, admin, to, "INSERT", table)


@pytest.mark.parametrize("table", SIGNED)
@pytest.mark.parametrize(("to", "power"), [("app", "INSERT"), ("projector", "INSERT"), ("verifier", "UPDATE")])
def test_a_grant_that_lets_what_was_signed_be_made_up_is_refused(
    safe: Council, admin: Admin, table: str, to: str, power: str
) -> None:
    _granted_and_refused(safe, admin, to, power, table)


def test_what_everybody_was_granted_is_refused(safe: Council, admin: Admin) -> None:
    with admin() as statements:
        statements.execute(f"GRANT DELETE ON {safe.names.schema}.events TO PUBLIC")
    with pytest.raises(UnsafeStore) as refused:
        require_safe(safe.app, safe.names)
    assert len(refused.value.reasons) == 4  # each of the council's roles is somebody
    _do_as_told(refused.value, admin)
    require_safe(safe.app, safe.names)


def _granted_and_refused(council: Council, admin: Admin, to: str, power: str, table: str) -> None:
    role, place, word = council.names.identifiers()[to], f"{council.names.schema}.{table}", power.split()[0]
    with admin() as statements:
        statements.execute(f"GRANT {power} ON {place} TO {role}")
    with pytest.raises(UnsafeStore) as refused:
        require_safe(council.app, council.names)
    assert refused.value.reasons == [
        f"{role} may {word} {place}: what was recorded could be changed or made up."
        f" REVOKE {word} ON {place} FROM {role}, PUBLIC."
    ]
    _do_as_told(refused.value, admin)
    require_safe(council.app, council.names)


def _do_as_told(refusal: UnsafeStore, admin: Admin) -> None:
    """A reason ends with the statement that mends it."""
    with admin() as statements:
        for reason in refusal.reasons:
            statements.execute(reason[max(reason.rfind("REVOKE "), reason.rfind("ALTER ROLE ")) :].rstrip("."))


@pytest.fixture(scope="module")
def safe(new_council: Callable[..., Council]) -> Council:
    """A council whose grants each test leaves as they were."""
    council = new_council()
    open_account(council)
    return council


@pytest.fixture(scope="module")
def another(new_council: Callable[..., Council]) -> Council:
    council = new_council()
    open_account(council)
    return council


def _refused(database: Database, *statements: str) -> None:
    """The last of the statements is refused, and the others are not."""
    with database.transaction() as transaction:
        for statement in statements[:-1]:
            transaction.execute(statement)
        transaction.execute("SAVEPOINT before")
        with pytest.raises(InsufficientPrivilege):
            transaction.execute(statements[-1])
        transaction.execute("ROLLBACK TO before")


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET account_id = account_id", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"]
)
def test_the_application_cannot_change_what_was_recorded(safe: Council, table: str, statement: str) -> None:
    _refused(safe.app, statement.format(f"{safe.names.schema}.{table}"))


@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET name = name", "UPDATE {} SET rules = rules", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"],
)
def test_the_application_cannot_change_which_scheme_was_adopted_when(safe: Council, statement: str) -> None:
    _refused(safe.app, statement.format(f"{safe.names.schema}.scheme_changes"))


@pytest.mark.parametrize("table", ["progress_spans", "progress_spans_0", "progress_spans_1", "accounts_under_review"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET known_to = known_to", "DELETE FROM {}", "TRUNCATE {}", "INSERT INTO {} DEFAULT VALUES"]
)
def test_the_application_makes_no_figure_that_is_ready_to_read(safe: Council, table: str, statement: str) -> None:
    _refused(safe.app, statement.format(f"{safe.names.schema}.{table}"))


@pytest.mark.parametrize("statement", ["UPDATE {} SET known_to = known_to", "TRUNCATE {}", "DROP TABLE {}"])
@pytest.mark.parametrize("table", ["progress_spans", "accounts_under_review"])
def test_the_projector_adds_and_removes_rows_and_does_nothing_else_to_a_table(
    safe: Council, table: str, statement: str
) -> None:
    _refused(safe.projector, statement.format(f"{safe.names.schema}.{table}"))


def test_the_application_appends_and_reads_events(safe: Council) -> None:
    outcome = open_account(safe)
    assert [entry.fact for entry in safe.ledger.entries(outcome.account.id)] == [outcome.account.opened]


@pytest.mark.parametrize("table", ["people", "local_ids", "texts", "received_estimates", "received_decisions"])
def test_the_application_reads_the_vault_only_as_its_keeper(safe: Council, table: str) -> None:
    place = f"{safe.names.vault}.{table}"
    _refused(safe.app, f"SELECT FROM {place}")
    with safe.app.transaction() as statements:
        statements.execute(f"SET LOCAL ROLE {safe.names.keeper}")
        statements.execute(f"SELECT FROM {place}")
    _refused(safe.app, f"SELECT FROM {place}")  # the next transaction on that connection is itself again


@pytest.mark.parametrize("statement", ["UPDATE {} SET account_id = account_id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["people", "local_ids", "texts"])
def test_not_even_the_keeper_changes_what_the_vault_holds(safe: Council, table: str, statement: str) -> None:
    keeper = f"SET LOCAL ROLE {safe.names.keeper}"
    _refused(safe.app, keeper, statement.format(f"{safe.names.vault}.{table}"))


@pytest.mark.parametrize("statement", ["UPDATE {} SET reference = reference", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("table", ["received_estimates", "received_decisions"])
def test_what_was_received_and_decided_about_it_stays_as_it_was(safe: Council, table: str, statement: str) -> None:
    keeper = f"SET LOCAL ROLE {safe.names.keeper}"
    _refused(safe.app, keeper, statement.format(f"{safe.names.vault}.{table}"))


def test_the_keeper_cannot_read_the_ledger(safe: Council) -> None:
    _refused(safe.app, f"SET LOCAL ROLE {safe.names.keeper}", f"SELECT FROM {safe.names.schema}.events")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO {schema}.events SELECT * FROM {schema}.events",
        "UPDATE {schema}.events SET state = state",
        "DELETE FROM {schema}.events",
        "UPDATE {schema}.head SET position = 0",
        "INSERT INTO {schema}.scheme_changes DEFAULT VALUES",
        "INSERT INTO {schema}.receipts SELECT * FROM {schema}.receipts",
        "SELECT FROM {schema}.receipts",
        "SELECT FROM {vault}.people",
        "SET ROLE {keeper}",
        "SET ROLE {app}",
    ],
)
def test_the_projector_reads_events_and_writes_none(safe: Council, statement: str) -> None:
    _refused(safe.projector, statement.format(**safe.names.identifiers()))


@pytest.mark.parametrize("statement", ["SET ROLE {owner}", "SET ROLE {projector}", "CREATE TABLE {schema}.own ()"])
def test_the_application_becomes_nobody_else_and_makes_nothing(safe: Council, statement: str) -> None:
    _refused(safe.app, statement.format(**safe.names.identifiers()))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT FROM {schema}.events",
        "SELECT FROM {schema}.council",
        "SELECT FROM {schema}.receipts",
        "SELECT FROM {schema}.progress_spans",
        "SELECT FROM {schema}.scheme_changes",
        "INSERT INTO {schema}.receipts DEFAULT VALUES",
        "SELECT FROM {vault}.people",
        "SET ROLE {keeper}",
        "SET ROLE {app}",
    ],
)
def test_one_councils_roles_reach_nothing_of_another(safe: Council, another: Council, statement: str) -> None:
    theirs = statement.format(**another.names.identifiers())
    _refused(safe.app, theirs)
    _refused(safe.projector, theirs)


def test_a_safe_store_is_not_refused(council: Council) -> None:
    require_safe(council.app, council.names)
    assert rows(council, "SELECT position FROM {schema}.head") == [(0,)]


def test_a_start_that_looks_at_every_council_keeps_no_connection_of_any(council: Council, home: Path) -> None:
    """An installation may keep more councils than the server has connections."""
    council.close()
    another = Installation(Settings(home=home, database_url=None))
    another.start()
    try:
        looked_at = another.council(council.code)
        with council.projector.transaction() as statements:
            statements.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND pid <> pg_backend_pid()",
                (looked_at.names.app,),
            )
            assert statements.fetchone() == (0,)
    finally:
        another.stop()
