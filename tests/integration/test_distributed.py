"""Do a council's schemas hold anything that a distributed engine refuses, and are the program's statements heard?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from psycopg2.extensions import cursor

from ledger.council import Council
from projections.follow import catch_up
from tests.distributed import HEARING, PROJECT
from tests.integration.conftest import Admin
from tests.integration.recording import open_account

TABLES = "pg_class AS t JOIN pg_namespace AS its ON its.oid = t.relnamespace"
OURS = "its.nspname = ANY(%(schemas)s)"
REFUSED = {
    "a trigger": (
        f"SELECT tgname FROM {TABLES} JOIN pg_trigger ON tgrelid = t.oid WHERE {OURS} AND NOT tgisinternal",
        "CREATE FUNCTION public.planted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
        " CREATE TRIGGER planted AFTER INSERT ON {schema}.events EXECUTE FUNCTION public.planted()",
    ),
    "a rule": (
        f"SELECT rulename FROM {TABLES} JOIN pg_rewrite ON ev_class = t.oid WHERE {OURS} AND rulename <> '_RETURN'",
        "CREATE RULE planted AS ON DELETE TO {schema}.events DO INSTEAD NOTHING",
    ),
    "a foreign key between two schemas": (
        f"SELECT conname FROM {TABLES} JOIN pg_constraint ON t.oid IN (conrelid, confrelid)"
        " JOIN pg_class AS one ON one.oid = conrelid JOIN pg_class AS other ON other.oid = confrelid"
        f" WHERE {OURS} AND contype = 'f' AND one.relnamespace <> other.relnamespace",
        "ALTER TABLE {vault}.local_ids ADD CONSTRAINT planted"
        " FOREIGN KEY (account_id) REFERENCES {schema}.account_references (account_id)",
    ),
    "a table that inherits": (
        f"SELECT t.relname FROM {TABLES} JOIN pg_inherits ON inhrelid = t.oid"
        f" WHERE {OURS} AND t.relkind = 'r' AND NOT t.relispartition",
        "CREATE TABLE {schema}.planted () INHERITS ({schema}.head)",
    ),
    "a partition in another schema": (
        f"SELECT t.relname FROM {TABLES} JOIN pg_inherits ON inhrelid = t.oid"
        f" JOIN pg_class AS whole ON whole.oid = inhparent WHERE {OURS} AND whole.relnamespace <> t.relnamespace",
        "CREATE TABLE {schema}.planted (n integer) PARTITION BY LIST (n);"
        " CREATE TABLE {vault}.planted PARTITION OF {schema}.planted DEFAULT",
    ),
    "a partition of a partition": (
        f"SELECT t.relname FROM {TABLES} WHERE {OURS} AND t.relkind = 'p' AND t.relispartition",
        "CREATE TABLE {schema}.planted (n integer) PARTITION BY LIST (n);"
        " CREATE TABLE {schema}.again PARTITION OF {schema}.planted DEFAULT PARTITION BY LIST (n)",
    ),
    "a foreign table": (
        f"SELECT t.relname FROM {TABLES} WHERE {OURS} AND t.relkind = 'f'",
        "CREATE FOREIGN DATA WRAPPER planted; CREATE SERVER planted FOREIGN DATA WRAPPER planted;"
        " CREATE FOREIGN TABLE {schema}.planted () SERVER planted",
    ),
    "a view whose rows are kept": (
        f"SELECT t.relname FROM {TABLES} WHERE {OURS} AND t.relkind = 'm'",
        "CREATE MATERIALIZED VIEW {schema}.planted AS SELECT 1 AS one",
    ),
    "a view of another schema": (
        f"SELECT t.relname FROM {TABLES} JOIN pg_rewrite ON ev_class = t.oid"
        " JOIN pg_depend ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid"
        " JOIN pg_class AS other ON refclassid = 'pg_class'::regclass AND other.oid = refobjid"
        f" WHERE {OURS} AND other.relnamespace NOT IN (t.relnamespace, 'pg_catalog'::regnamespace)",
        "CREATE VIEW {vault}.planted AS SELECT * FROM {schema}.head",
    ),
    "a default that rests on another schema": (
        f"SELECT t.relname FROM {TABLES} JOIN pg_attrdef ON adrelid = t.oid"
        " JOIN pg_depend ON classid = 'pg_attrdef'::regclass AND objid = pg_attrdef.oid"
        " JOIN pg_class AS other ON refclassid = 'pg_class'::regclass AND other.oid = refobjid"
        f" WHERE {OURS} AND other.relnamespace <> t.relnamespace",
        "CREATE SEQUENCE {schema}.planted; CREATE TABLE {vault}.planted (n bigint DEFAULT nextval('{schema}.planted'))",
    ),
    "a number smaller than bigint": (
        f"SELECT t.relname FROM {TABLES} JOIN pg_sequence ON seqrelid = t.oid"
        f" WHERE {OURS} AND seqtypid <> 'bigint'::regtype",
        "CREATE TABLE {schema}.planted (n integer GENERATED ALWAYS AS IDENTITY)",
    ),
    "a policy that looks something up": (
        f"SELECT polname FROM {TABLES} JOIN pg_policy ON polrelid = t.oid"
        f" WHERE {OURS} AND concat(polqual, polwithcheck) LIKE '%%SUBLINK%%'",
        "CREATE POLICY planted ON {schema}.events"
        " USING (account_id IN (SELECT account_id FROM {schema}.account_references))",
    ),
    "a function, whose statements nobody hears": (
        f"SELECT proname FROM pg_proc JOIN pg_namespace AS its ON its.oid = pronamespace WHERE {OURS}",
        "CREATE FUNCTION {schema}.planted() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    ),
    "an extension": (
        f"SELECT extname FROM pg_extension JOIN pg_namespace AS its ON its.oid = extnamespace WHERE {OURS}",
        "CREATE EXTENSION btree_gist SCHEMA {schema}",
    ),
    "a table of somebody else's": (
        f"SELECT t.relname FROM {TABLES} WHERE {OURS} AND t.relkind IN ('r', 'p') AND relowner <> %(owner)s::regrole",
        "CREATE TABLE {schema}.planted ()",
    ),
}
"""What Citus does not let stand in a schema that it distributes: how it is found, and how it would come there."""


def found_in(statements: cursor, council: Council) -> dict[str, list[str]]:
    """What of the refused there is in a council's two schemas."""
    names = council.names
    asked = {"schemas": [names.schema, names.vault], "owner": names.owner}
    found = {}
    for what, (query, _) in REFUSED.items():
        statements.execute(query, asked)
        if rows := statements.fetchall():
            found[what] = [str(name) for (name,) in rows]
    return found


@contextmanager
def undone(admin: Admin) -> Iterator[cursor]:
    """The administrator's statements, none of which lasts."""
    with admin() as statements:
        yield statements
        statements.connection.rollback()


def test_a_councils_schemas_hold_nothing_that_a_distributed_engine_refuses(council: Council, admin: Admin) -> None:
    with admin() as statements:
        assert found_in(statements, council) == {}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_would_be_found(council: Council, admin: Admin, what: str) -> None:
    with undone(admin) as statements:
        statements.execute(REFUSED[what][1].format(**council.names.identifiers()))
        assert what in found_in(statements, council)


def test_names_without_their_schema_find_nothing_of_a_council(council: Council) -> None:
    """So each statement has to say where it reaches, and is heard to."""
    for database in (council.app, council.projector):
        with database.transaction() as statements:
            statements.execute("SELECT to_regclass('events'), to_regclass('people'), to_regclass('head')")
            assert statements.fetchone() == (None, None, None)


def test_the_statements_of_the_program_are_heard(council: Council) -> None:
    HEARING.from_files.clear()
    open_account(council)
    catch_up(council)
    assert HEARING.from_files >= {
        "ledger/store/recorder.py",
        "ledger/receipts.py",
        "ledger/vault/keeper.py",
        "projections/follow.py",
        "projections/reached.py",
    }


def test_a_statement_that_reaches_into_two_councils_is_heard(
    council: Council, new_council: Callable[..., Council]
) -> None:
    """As though the program sent it: only the name of the file says that it does."""
    other, planted = new_council(), str(PROJECT / "ledger" / "planted.py")
    statement = f"SELECT has_schema_privilege(current_user, oid, 'USAGE') FROM pg_namespace -- {other.names.schema}"
    joined = f"SELECT count(*) FROM {council.names.schema}.head CROSS JOIN {other.names.schema}.head AS theirs"
    send = compile("for each in statements: to.execute(each)", planted, "exec")
    with pytest.raises(Exception, match="permission denied"), council.app.transaction() as to:
        exec(send, {"to": to, "statements": [statement, joined]})
    (heard,) = HEARING.taken()
    assert heard.startswith("ledger/planted.py:1: it reaches into council_e")
