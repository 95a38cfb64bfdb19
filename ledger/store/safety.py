"""Whether the store may be trusted with statutory records: asked at every start, before anything is served."""

from psycopg2.extensions import cursor

from ledger.store import forward
from ledger.store.database import Database
from ledger.store.names import CouncilNames

_MUST_BE_ON = {
    "fsync": "a crash of the machine could lose or tear what was acknowledged",
    "full_page_writes": "a crash could leave half-written pages that nobody notices",
}
_CHANGES = ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
_TOO_MUCH = {
    "access_log": _CHANGES,
    "events": _CHANGES,
    "receipts": _CHANGES,
    "account_references": _CHANGES,
    "import_checks": _CHANGES,
    "import_decisions": _CHANGES,
    "import_ends": _CHANGES,
    "import_faults": _CHANGES,
    "import_proposals": _CHANGES,
    "import_sources": _CHANGES,
    "import_steps": _CHANGES,
    "imports": _CHANGES,
    "policy_changes": _CHANGES,
    "policy_entries": _CHANGES,
    "posting_runs": _CHANGES,
    "posting_run_accounts": _CHANGES,
    "posting_run_exceptions": _CHANGES,
    "reassessment_runs": _CHANGES,
    "reassessment_run_accounts": _CHANGES,
    "run_claims": _CHANGES,
    "sample_accounts": _CHANGES,
    "sample_checks": _CHANGES,
    "samples": _CHANGES,
    "schedule_changes": _CHANGES,
    "scheme_changes": _CHANGES,
    "statement_runs": _CHANGES,
    "statement_run_accounts": _CHANGES,
    "statement_run_decisions": _CHANGES,
    "notice_runs": _CHANGES,
    "notice_run_accounts": _CHANGES,
    "letter_events": _CHANGES,
    "letters": ("DELETE", "TRUNCATE", "TRIGGER"),
    "sending_paces": ("DELETE", "TRUNCATE", "TRIGGER"),
    "head": ("DELETE", "TRUNCATE", "TRIGGER"),
    "onwards": ("TRUNCATE", "TRIGGER"),
}
_SIGNED = {
    "checkpoints": _CHANGES,
    "cosignatures": _CHANGES,
    "tree_nodes": _CHANGES,
    "verification_findings": _CHANGES,
    "verification_steps": _CHANGES,
    "verifications": _CHANGES,
}
"""What was said and found of the evidence log, which the verifier alone adds to."""
_READY_TO_READ = ("progress_spans", "progress_spans_0", "progress_spans_1", "accounts_under_review")
"""Made from the ledger by the projector alone."""
_IN_THE_VAULT = (
    "people",
    "texts",
    "received_estimates",
    "received_decisions",
    "reveals",
    "sessions",
    "attempts",
    "issuer_subjects",
    "letter_codes",
    "import_files",
    "received_accounts",
    "saved_views",
    "attachments",
    "attachments_given",
)
_OLDEST, _NEWEST = 15, 18


class UnsafeStore(Exception):
    """The store is not safe to keep care accounts in."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("The database is not safe to keep care accounts in:\n" + "\n".join(f"- {r}" for r in reasons))
        self.reasons = reasons


def require_safe(database: Database, names: CouncilNames) -> None:
    """Raises UnsafeStore with every reason not to start, each with what to do about it."""
    with database.transaction() as statements:
        reasons = [
            *_of_the_server(statements),
            *_of_the_roles(statements, names),
            *_of_the_memberships(statements, names),
            *(
                _of_the_tables(statements, names)
                or _of_the_migrations(statements, names)
                or _of_the_grants(statements, names)
            ),
        ]
    if reasons:
        raise UnsafeStore(reasons)


def _of_the_server(statements: cursor) -> list[str]:
    reasons = [
        f"{setting} is off: {why}. Set {setting} = on."
        for setting, why in _MUST_BE_ON.items()
        if _show(statements, setting) != "on"
    ]
    if _show(statements, "synchronous_commit") == "off":
        reasons.append(
            "synchronous_commit is off: a crash could lose what was acknowledged. Set synchronous_commit = on."
        )
    version = int(_show(statements, "server_version_num")) // 10_000
    if not _OLDEST <= version <= _NEWEST:
        reasons.append(f"it is PostgreSQL {version}; use {_OLDEST} to {_NEWEST}.")
    if _show(statements, "server_encoding") != "UTF8":
        reasons.append("its encoding is not UTF8: names would be lost. Make the database with ENCODING UTF8.")
    return reasons


def _of_the_roles(statements: cursor, names: CouncilNames) -> list[str]:
    statements.execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
        " WHERE rolname IN (session_user, current_user, %s, %s, %s) ORDER BY rolname",
        (names.keeper, names.projector, names.verifier),
    )
    return [
        f"the application works as {name}, which is {what}. Take that away: ALTER ROLE {name} NO{word}."
        for name, *powers in statements.fetchall()
        for has, what, word in zip(
            powers,
            ("a superuser and could change history", "let past row security", "able to make roles"),
            ("SUPERUSER", "BYPASSRLS", "CREATEROLE"),
            strict=True,
        )
        if has
    ]


def _of_the_memberships(statements: cursor, names: CouncilNames) -> list[str]:
    """A role that may become another has its powers too. The application may become the vault's keeper, nobody else."""
    statements.execute(
        "SELECT role.rolname, other.rolname FROM pg_auth_members"
        " JOIN pg_roles AS role ON role.oid = member JOIN pg_roles AS other ON other.oid = roleid"
        " WHERE role.rolname IN %s AND (role.rolname, other.rolname) <> (%s, %s) ORDER BY 1, 2",
        ((names.app, names.keeper, names.projector, names.verifier), names.app, names.keeper),
    )
    return [f"{role} may become {other}. REVOKE {other} FROM {role}." for role, other in statements.fetchall()]


def _of_the_tables(statements: cursor, names: CouncilNames) -> list[str]:
    """A newer version of the program may ask for tables that an older one did not make."""
    asked = [(names.schema, table) for table in (*_TOO_MUCH, *_SIGNED, *_READY_TO_READ)]
    asked += [(names.vault, table) for table in _IN_THE_VAULT]
    statements.execute(
        "SELECT place, name FROM unnest(%s, %s) AS asked (place, name) WHERE NOT EXISTS"
        " (SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
        " WHERE nspname = place AND relname = name)",
        ([place for place, _ in asked], [table for _, table in asked]),
    )
    return [
        f"{place}.{table} is not there: the tables are those of an older version."
        f" Bring them up to date: careledger migrate --council {names.code}."
        for place, table in statements.fetchall()
    ]


def _of_the_migrations(statements: cursor, names: CouncilNames) -> list[str]:
    """An older program goes on with newer tables, unless something that it rests on was taken away from them."""
    known, applied = {migration.name for migration in forward.migrations()}, _applied(statements, names)
    reasons = []
    if behind := sorted(known - applied):
        reasons.append(
            f"{names.schema} is of an older version and lacks {', '.join(behind)}."
            f" Bring its tables up to date: careledger migrate --council {names.code}."
        )
    if ahead := sorted(filter(forward.stops_older_programs, applied - known)):
        reasons.append(
            f"{names.schema} is of a newer version: {', '.join(ahead)} took away what this program rests on."
            " Use the version that brought it, or a later one."
        )
    return reasons


def _applied(statements: cursor, names: CouncilNames) -> set[str]:
    """The names of the migrations applied; none where the tables are too old for the application to see them."""
    table = f"{names.schema}.migrations"
    statements.execute("SELECT has_table_privilege(%s, 'SELECT')", (table,))
    if statements.fetchone() != (True,):
        return set()
    statements.execute(f"SELECT name FROM {table}")
    return {name for (name,) in statements.fetchall()}


def _of_the_grants(statements: cursor, names: CouncilNames) -> list[str]:
    """UPDATE and INSERT may be granted on single columns too; of a superuser it was said already that it may all."""
    forbidden = [
        (role, table, power)
        for role in (names.app, names.keeper, names.projector, names.verifier)
        for table, powers in (_TOO_MUCH | _SIGNED).items()
        for power in powers
    ]
    others = (names.keeper, names.projector, names.verifier)
    forbidden += [(role, table, "INSERT") for role in others for table in _TOO_MUCH]
    forbidden += [(role, table, "INSERT") for role in (names.app, *others[:2]) for table in _SIGNED]
    forbidden += [
        (role, table, power)
        for role in (names.app, names.keeper, names.verifier)
        for table in _READY_TO_READ
        for power in ("INSERT", *_CHANGES)
    ]
    statements.execute(
        "SELECT role, place, power FROM unnest(%s, %s, %s) AS forbidden (role, place, power)"
        " WHERE NOT (SELECT rolsuper FROM pg_roles WHERE rolname = role)"
        " AND CASE WHEN power IN ('UPDATE', 'INSERT') THEN has_any_column_privilege(role, place, power)"
        " ELSE has_table_privilege(role, place, power) END",
        (
            [role for role, _, _ in forbidden],
            [f"{names.schema}.{table}" for _, table, _ in forbidden],
            [power for _, _, power in forbidden],
        ),
    )
    return [
        f"{role} may {power} {table}: what was recorded could be changed or made up."
        f" REVOKE {power} ON {table} FROM {role}, PUBLIC."
        for role, table, power in statements.fetchall()
    ]


def _show(statements: cursor, setting: str) -> str:
    statements.execute("SELECT current_setting(%s)", (setting,))
    row = statements.fetchone()
    return str(row[0]) if row else ""
