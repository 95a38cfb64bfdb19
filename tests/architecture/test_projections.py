"""Does what is ready to read follow from what was recorded, and from nothing else?"""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
HANDLERS = ("spans", "tables", "thoughts", "turns", "working")
"""The modules of `projections` through which an event becomes rows."""
CHANGING = {
    "random",
    "secrets",
    "time",
    "now",
    "today",
    "utcnow",
    "uuid1",
    "uuid4",
    "environ",
    "id",
    "set",
    "frozenset",
}
"""Chance, a clock, the environment; and sets, which stand in another order in each process."""

ROWS = """
from hashlib import sha256
from uuid import UUID

from domain import schemes
from ledger.entry import EntryMapper
from ledger.store.recorder import Placed
from projections.tables import new_rows, values_of
from projections.turns import Turn, Turns
from projections.working import made
from tests.performance.life import long_life, told_late

first, second = schemes.load("reform-2023"), schemes.load("care-act-2014-unamended")
account = told_late(long_life(UUID(int=7), first, 1, 2), 2)
events = [Placed(entry.version, EntryMapper().to_stored_event(entry)) for entry in account.entries]
turn = Turn(30, events[29].entry.recorded_at, second)
working = made(events, Turns(first, (turn,)))
lines = [str(values_of(row)) for row in new_rows(account.id, working.thoughts)]
print(len(lines), sha256("\\n".join(lines).encode()).hexdigest())
"""


def rows_where_strings_hash_by(seed: str) -> str:
    """How many rows a life comes to, and their SHA-256 in the order in which they would be written."""
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", ROWS]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


def test_processes_that_keep_sets_in_different_orders_write_the_same_rows_in_the_same_order() -> None:
    one, another = (rows_where_strings_hash_by(seed) for seed in ("1", "2"))
    assert int(one.split()[0]) > 50
    assert one == another


@pytest.mark.parametrize("name", HANDLERS)
def test_a_handler_asks_neither_a_clock_nor_chance_nor_a_set(name: str) -> None:
    nodes = list(ast.walk(ast.parse((PROJECT / "projections" / f"{name}.py").read_text("utf-8"))))
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    named |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    named |= {alias.name for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names}
    assert named & CHANGING == set()
    assert [ast.unparse(node) for node in nodes if isinstance(node, ast.Set | ast.SetComp)] == []
