"""How does the application act as the vault's keeper, for no longer than a few statements?"""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2.extensions import cursor

from ledger.store.names import CouncilNames


@contextmanager
def as_keeper(statements: cursor, names: CouncilNames) -> Iterator[None]:
    """Whatever is executed in the block runs as the keeper, within the transaction at hand."""
    statements.execute(f"SET LOCAL ROLE {names.keeper}")
    yield
    statements.execute("RESET ROLE")
