"""Twelve ways in which a superuser of the database attacks what was recorded, each on whatever chance picks."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.evidence.missing import fill_in
from tests.attacks.council import CHANGES, LATER, Attacked
from tests.integration.recording import set_budget


class Struck(NamedTuple):
    """Where an attack struck: entries by account and version, positions, or else words that have to be said of it."""

    versions: frozenset[tuple[str, int]] = frozenset()
    positions: frozenset[int] = frozenset()
    words: str = ""


Attack = Callable[[Attacked, Random], Struck]
Entry = tuple[str, int, int]
"""Account, version, position."""


def _entries(statements: cursor, schema: str) -> list[Entry]:
    statements.execute(f"SELECT account_id, version, position FROM {schema}.events ORDER BY position")
    return statements.fetchall()


def _struck(*entries: Entry) -> Struck:
    of = frozenset((account, version) for account, version, _ in entries)
    return Struck(of, frozenset(position for *_, position in entries))


def update(of: Attacked, chance: Random) -> Struck:
    """Another amount, or whatever else one byte says."""
    with of.as_superuser() as statements:
        hit = chance.choice(_entries(statements, of.schema))
        at = chance.randrange(1000)
        statements.execute(
            f"UPDATE {of.schema}.events SET state = set_byte(state, mod(%s, length(state)),"
            " get_byte(state, mod(%s, length(state))) # 1) WHERE position = %s",
            (at, at, hit[2]),
        )
    return _struck(hit)


def delete(of: Attacked, chance: Random) -> Struck:
    with of.as_superuser() as statements:
        hit = chance.choice(_entries(statements, of.schema))
        statements.execute(f"DELETE FROM {of.schema}.events WHERE position = %s", (hit[2],))
    return _struck(hit)


def insert(of: Attacked, chance: Random) -> Struck:
    """A copy of an entry as the last of its account, in a place of its own."""
    with of.as_superuser() as statements:
        entries = _entries(statements, of.schema)
        account, _, position = chance.choice(entries)
        version, place = 1 + max(v for a, v, _ in entries if a == account), len(entries) + 1
        statements.execute(
            f"INSERT INTO {of.schema}.events SELECT account_id, %s, %s, topic, state, recorded_at, recorded_by, role,"
            f" leaf FROM {of.schema}.events WHERE position = %s",
            (version, place, position),
        )
        if chance.random() < 0.5:
            statements.execute(f"UPDATE {of.schema}.head SET position = %s", (place,))
    return _struck((account, version, place))


def swap(of: Attacked, chance: Random) -> Struck:
    """Two entries that change places."""
    with of.as_superuser() as statements:
        one, other = chance.sample(_entries(statements, of.schema), 2)
        statements.execute(f"UPDATE {of.schema}.events SET position = -1 WHERE position = %s", (one[2],))
        statements.execute(f"UPDATE {of.schema}.events SET position = %s WHERE position = %s", (one[2], other[2]))
        statements.execute(f"UPDATE {of.schema}.events SET position = %s WHERE position = -1", (other[2],))
    return _struck(one, other)


def renumber(of: Attacked, chance: Random) -> Struck:
    """A version that is said to be another."""
    with of.as_superuser() as statements:
        account, version, position = hit = chance.choice(_entries(statements, of.schema))
        statements.execute(f"UPDATE {of.schema}.events SET version = version + 1000 WHERE position = %s", (position,))
    return Struck(frozenset({(account, version), (account, version + 1000)}), frozenset({hit[2]}))


def change_time(of: Attacked, chance: Random) -> Struck:
    with of.as_superuser() as statements:
        hit = chance.choice(_entries(statements, of.schema))
        statements.execute(
            f"UPDATE {of.schema}.events SET recorded_at = recorded_at + %s * interval '1 microsecond'"
            " WHERE position = %s",
            (chance.choice((-1, 1)) * chance.randrange(1, 10**9), hit[2]),
        )
    return _struck(hit)


def truncate_the_tail(of: Attacked, chance: Random) -> Struck:
    """The last entries, and the head put back so that nothing seems to be missing."""
    with of.as_superuser() as statements:
        entries = _entries(statements, of.schema)
        gone = entries[-chance.randrange(1, len(entries) - 1) :]
        statements.execute(f"DELETE FROM {of.schema}.events WHERE position >= %s", (gone[0][2],))
        statements.execute(f"UPDATE {of.schema}.head SET position = %s", (gone[0][2] - 1,))
        if chance.random() < 0.5:
            statements.execute(f"DELETE FROM {of.schema}.receipts")
    return Struck(words=f"Entries {gone[0][2] + CHANGES - 1} to {entries[-1][2] + CHANGES - 1} were signed")


def restore_yesterday(of: Attacked, chance: Random) -> Struck:
    """All of it as it was the day before; perhaps as many entries recorded since."""
    of.put_back(f"{of.schema}_yesterday")
    with of.as_superuser() as statements:
        account, _, position = _entries(statements, of.schema)[-1]
    if chance.random() < 0.5:
        return Struck(positions=frozenset({position + 1}), words="were signed on")
    for _ in range(20):
        set_budget(of.council, UUID(account), chance.randrange(500, 900))
    return Struck(words="The log was changed among entries")


def rewrite_all(of: Attacked, chance: Random) -> Struck:
    """One entry, every hash after it, and the roots that are kept: by somebody who has read how all of it is made."""
    with of.as_superuser() as statements:
        account, version, position = chance.choice(_entries(statements, of.schema))
        statements.execute(f"UPDATE {of.schema}.events SET recorded_by = 'mallory' WHERE position = %s", (position,))
        statements.execute(
            f"UPDATE {of.schema}.events SET leaf = NULL WHERE account_id = %s AND version >= %s", (account, version)
        )
        statements.execute(f"DELETE FROM {of.schema}.tree_nodes")
        if chance.random() < 0.5:
            statements.execute(f"DELETE FROM {of.schema}.cosignatures")
            statements.execute(f"DELETE FROM {of.schema}.checkpoints")
    with of.installation.administering() as admin:
        fill_in(admin, of.council.names)
    return Struck(positions=frozenset({position}))


def edit_checkpoints(of: Attacked, chance: Random) -> Struck:
    """One taken out, or said to be of another moment, of another tree or of another size."""
    how = chance.choice(("DELETE FROM {0}.checkpoints", *_EDITS))
    with of.as_superuser() as statements:
        statements.execute(f"SELECT size FROM {of.schema}.checkpoints ORDER BY size")
        (size,) = chance.choice(statements.fetchall())
        statements.execute(f"DELETE FROM {of.schema}.cosignatures")
        statements.execute(f"{how.format(of.schema)} WHERE size = {size}")
    said = f"The checkpoint of {size:,} entries, as the copy says" if how.startswith("DELETE") else "in the database: "
    return Struck(words=said)


_EDITS = (
    "UPDATE {0}.checkpoints SET note = replace(note, '12:0', '13:0')",
    "UPDATE {0}.checkpoints SET note = overlay(note placing 'AAAA' from 50 for 4)",
    "UPDATE {0}.checkpoints SET note = regexp_replace(note, '\\n([0-9]+)\\n', E'\\n1\\\\1\\n')",
)


def two_heads(of: Attacked, chance: Random) -> Struck:
    """The council itself signs another history with its own key, and keeps no copy of the first: the witness does."""
    rewrite_all(of, chance)
    with of.as_superuser() as statements:
        statements.execute(f"DELETE FROM {of.schema}.cosignatures")
        statements.execute(f"DELETE FROM {of.schema}.checkpoints")
    kept = of.signing.copies.path.read_bytes()
    of.signing.copies.path.unlink()
    try:
        of.signing.sign(LATER)
        assert all("the witness" in each.what for each in of.found() if "was changed among" in each.what)
    finally:
        of.signing.copies.path.write_bytes(kept)
    return Struck(words="as the witness says")


def edit_a_projection(of: Attacked, chance: Random) -> Struck:
    """Another total in the list, a span that is not there, or one too many."""
    how = chance.choice(
        (
            "UPDATE {0}.progress_spans SET metered_before = metered_before + 1",
            "UPDATE {0}.progress_spans SET cap = 1",
            "DELETE FROM {0}.progress_spans",
        )
    )
    with of.as_superuser() as statements:
        statements.execute(
            f"SELECT DISTINCT account_id::text, valid_from, known_from FROM {of.schema}.progress_spans ORDER BY 1, 2, 3"
        )
        hit = chance.choice(statements.fetchall())
        statements.execute(f"{how.format(of.schema)} WHERE (account_id::text, valid_from, known_from) = %s", (hit,))
    return Struck(words=f"What is read of account {hit[0]} is not what comes out of the ledger.")


KINDS: tuple[Attack, ...] = (
    update,
    delete,
    insert,
    swap,
    renumber,
    change_time,
    truncate_the_tail,
    restore_yesterday,
    rewrite_all,
    edit_checkpoints,
    two_heads,
    edit_a_projection,
)
