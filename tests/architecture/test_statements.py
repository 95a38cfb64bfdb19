"""Is all SQL in the sources such as a distributed engine takes, whether or not a test sends it?"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.store import forward
from ledger.store.names import CouncilNames
from tests.architecture.test_house import PROJECT, modules
from tests.distributed import refusals, statements_of

NAMES = CouncilNames("E90000001")
SOURCES = [path for path in modules() if "demo" not in path.parts]
MAKES_BOTH = {
    "ledger/store/names.py",
    "ledger/store/migrate.py",
    "ledger/store/safety.py",
    "ledger/bundle/tables.py",
    "api/bench/place.py",
}
"""They name both schemas: to make them, and to look them up in the catalogue."""


def texts(path: Path) -> Iterator[str]:
    """Every text of a module, with a name in place of what is filled in when it runs."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "filled_in" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def named(path: Path) -> set[str]:
    """Which of a council's schemas a module names."""
    found = ast.walk(ast.parse(path.read_text("utf-8")))
    return {node.attr for node in found if isinstance(node, ast.Attribute) and node.attr in ("schema", "vault")}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_module_has_no_statement_that_a_distributed_engine_refuses(path: Path) -> None:
    """Prose may say TRIGGER and DELETE FROM, so only texts that begin as statements do are looked at."""
    begins = ("ALTER", "COPY", "CREATE", "DELETE", "INSERT", "LISTEN", "LOCK", "SELECT", "SET", "UPDATE", "WITH")
    found = [each for text in texts(path) for each in statements_of(text) if each.startswith(begins)]
    assert [(each, refusals(each)) for each in found if refusals(each)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_module_reads_the_ledger_or_the_vault_and_so_never_joins_the_two(path: Path) -> None:
    """They are two schemas, which may lie on two machines."""
    where = path.relative_to(PROJECT).as_posix()
    if where in MAKES_BOTH:
        assert named(path) == {"schema", "vault"}
    else:
        assert len(named(path)) < 2
        assert ("vault" in named(path)) <= where.startswith("ledger/vault/")


@pytest.mark.parametrize("migration", forward.migrations(), ids=lambda migration: migration.name)
def test_a_migration_has_no_statement_that_a_distributed_engine_refuses(migration: forward.Migration) -> None:
    found = statements_of(migration.text.format(**NAMES.identifiers()))
    assert found
    assert [(each, refusals(each)) for each in found if refusals(each)] == []


@pytest.mark.parametrize(
    ("planted", "why"),
    [
        (
            "SELECT FROM council_e90000001.events JOIN vault_e90000001.people USING (account_id)",
            "it reaches into council_e90000001 and vault_e90000001 at once",
        ),
        (
            "INSERT INTO council_e90000002.events SELECT * FROM council_e90000001.events",
            "it reaches into council_e90000001 and council_e90000002 at once",
        ),
        (
            "ALTER TABLE vault_e90000001.texts ADD FOREIGN KEY (account_id, version)"
            " REFERENCES council_e90000001.events (account_id, version)",
            "it reaches into council_e90000001 and vault_e90000001 at once",
        ),
        ("CREATE TRIGGER t AFTER INSERT ON council_e90000001.events EXECUTE FUNCTION f()", "a trigger"),
        ("CREATE OR REPLACE RULE r AS ON DELETE TO council_e90000001.events DO INSTEAD NOTHING", "a rule"),
        ("CREATE TABLE council_e90000001.more () INHERITS (council_e90000001.events)", "a table that inherits"),
        ("CREATE FOREIGN TABLE council_e90000001.far () SERVER other", "a foreign table"),
        ("CREATE SCHEMA s CREATE TABLE t ()", "a schema made together with its tables"),
        ("DELETE FROM council_e90000001.events WHERE CURRENT OF c", "a change of the row a cursor is at"),
        ("SET search_path = council_e90000001", "names without their schema"),
        (
            "INSERT INTO council_e90000001.positions VALUES (left('p', 1), (SELECT 1))",
            "a query among the values of an insert",
        ),
        (
            "UPDATE council_e90000001.head SET recorded_at = recorded_at + interval '1 microsecond'",
            "interval in a change of rows, which is not known to be IMMUTABLE",
        ),
        (
            "DELETE FROM council_e90000001.progress_spans WHERE known_to < now()",
            "now in a change of rows, which is not known to be IMMUTABLE",
        ),
        (
            "INSERT INTO council_e90000001.positions AS held VALUES ('p', 1)"
            " ON CONFLICT (projection) DO UPDATE SET position = random()",
            "random in a change of rows, which is not known to be IMMUTABLE",
        ),
    ],
)
def test_each_kind_of_statement_that_is_refused_is_known(planted: str, why: str) -> None:
    (statement,) = statements_of(planted)
    assert refusals(statement) == (why,)


def test_words_and_comments_are_no_statement_and_a_role_is_no_schema() -> None:
    text = "-- a council's, in vault_e90000001\nSELECT 'CREATE TRIGGER; vault_e90000001' FROM council_e90000001.events;"
    assert statements_of(text) == ["SELECT '' FROM council_e90000001.events"]
    assert refusals("GRANT SELECT ON council_e90000001.events TO vault_e90000001_keeper") == ()
