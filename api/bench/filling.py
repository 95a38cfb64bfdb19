"""How does a council come to many accounts in little time, as if they had been recorded one by one over the years?"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID, uuid4

from psycopg2.extensions import cursor

from api.bench.figures import Shown
from api.bench.lives import BY, Life, Lived, lives, opening
from domain.account.facts import Fact
from ledger.council import Council
from ledger.entry import EntryMapper, LedgerEntry, StoredEntry

CHUNK = 20_000

_MAPPER = EntryMapper()


def fill(council: Council, accounts: int, entries: int, shown: Shown) -> list[UUID]:
    """Accounts of so many entries each: the first entry of all of them, then the second, as time would have it."""
    lived, made = lives(entries, council.scheme), [uuid4() for _ in range(accounts)]
    for start in range(0, accounts, CHUNK):
        _open(council, made[start : start + CHUNK])
    for version in range(2, entries + 1):
        shown((version - 1) * accounts, entries * accounts)
        for start in range(0, accounts, CHUNK):
            council.ledger.recorder.append(_next(lived, made[start : start + CHUNK], version))
    shown(entries * accounts, entries * accounts)
    return made


def stored(account_id: UUID, version: int, lived: Lived[Fact]) -> StoredEntry:
    """What was lived through as an account's entry is stored."""
    return _MAPPER.to_stored_event(LedgerEntry(account_id, version, lived.fact, lived.at, BY.sub, BY.role))


def _open(council: Council, accounts: Sequence[UUID]) -> None:
    """The openings of accounts, each under a reference of its own."""
    openings = {account_id: opening() for account_id in accounts}
    references = [(account_id, lived.fact.reference) for account_id, lived in openings.items()]
    events = [stored(account_id, 1, lived) for account_id, lived in openings.items()]
    council.ledger.recorder.append(events, partial(_name, council, references))


def _name(council: Council, references: Sequence[tuple[UUID, str]], statements: cursor) -> None:
    council.ledger.references.name_many(statements, references)


def _next(lived: Sequence[Life], accounts: Sequence[UUID], version: int) -> list[StoredEntry]:
    """The entry of one version of each account, whichever of the lives it lives."""
    different = [stored(accounts[0], version, life[version - 1]) for life in lived]
    return [replace(different[n % len(different)], originator_id=each) for n, each in enumerate(accounts)]
