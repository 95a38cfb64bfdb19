"""Whether the store may be trusted with statutory records: asked at every start, before anything is served."""

from psycopg2.extensions import cursor

from ledger.store.database import Database
from ledger.store.names import CouncilNames

_MUST_BE_ON = {
    "fsync": "a crash of the machine could lose or tear what was acknowledged",
    "full_page_writes": "a crash could leave half-written pages that nobody notices",
}
_TOO_MUCH = {
    "events": ("UPDATE", "DELETE", "TRUNCATE"),
    "receipts": ("UPDATE", "DELETE", "TRUNCATE"),
    "account_references": ("UPDATE", "DELETE", "TRUNCATE"),
    "head": ("DELETE", "TRUNCATE"),
}
_OLDEST, _NEWEST = 15, 18


class UnsafeStore(Exception):
    """The store is not safe to keep care accounts in."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("The database is not safe to keep care accounts in:\n" + "\n".join(f"- {r}" for r in reasons))
        self.reasons = reasons


def require_safe(database: Database, names: CouncilNames) -> None:
    """Raises UnsafeStore with every reason not to start, each with what to do about it."""
    with database.transaction() as statements:
        reasons = [*_of_the_server(statements), *_of_the_role(statements), *_of_the_grants(statements, names)]
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


def _of_the_role(statements: cursor) -> list[str]:
    statements.execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
        " WHERE rolname IN (session_user, current_user)"
    )
    return [
        f"the application signs in as {name}, which is {what}. Take that away: ALTER ROLE {name} NO{word}."
        for name, *powers in statements.fetchall()
        for has, what, word in zip(
            powers,
            ("a superuser and could change history", "let past row security", "able to make roles"),
            ("SUPERUSER", "BYPASSRLS", "CREATEROLE"),
            strict=True,
        )
        if has
    ]


def _of_the_grants(statements: cursor, names: CouncilNames) -> list[str]:
    reasons = []
    for table, powers in _TOO_MUCH.items():
        for power in powers:
            statements.execute("SELECT has_table_privilege(%s, %s)", (f"{names.schema}.{table}", power))
            if _first(statements):
                reasons.append(
                    f"{names.app} may {power} {names.schema}.{table}, which is append-only."
                    f" REVOKE {power} ON {names.schema}.{table} FROM {names.app}."
                )
    return reasons


def _show(statements: cursor, setting: str) -> str:
    statements.execute("SELECT current_setting(%s)", (setting,))
    return str(_first(statements))


def _first(statements: cursor) -> object:
    row = statements.fetchone()
    return row[0] if row else None
