"""W3: how long does it take to read and fold one account?"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from uuid import UUID

import psycopg2
from psycopg2.extensions import connection

from api.bench.figures import Goal, Shown, Trial
from api.bench.filling import fill
from api.bench.place import Place
from api.bench.sizes import Size
from ledger.council import Council


def trials(place: Place, size: Size, shown: Shown) -> Iterator[Trial]:
    """Accounts drawn from some hundreds, and beside that their rows alone."""
    council = place.new_council()
    accounts = fill(council, size.accounts_read, size.entries_of_one, shown)
    place.settle(f"{council.names.schema}.events")
    with closing(psycopg2.connect(place.admin_url)) as floor:
        floor.autocommit = True  # so that the select is all that is sent
        yield Trial(
            "W3",
            f"read and fold an account of {size.entries_of_one:,} entries",
            "ms an account",
            Goal("<=", 1.6),
            lambda: _each(accounts, size.seconds, council.ledger.account),
            lambda: _each(accounts, size.seconds, lambda account_id: _rows(floor, council, account_id)),
        )


def _each(accounts: list[UUID], seconds: int, read: Callable[[UUID], object]) -> float:
    """Milliseconds that one takes, of as many as there is time for."""
    done, began = 0, time.monotonic()
    while time.monotonic() < began + seconds:
        read(random.choice(accounts))
        done += 1
    return 1000 * (time.monotonic() - began) / done


def _rows(floor: connection, council: Council, account_id: UUID) -> object:
    with floor.cursor() as statements:
        statements.execute(
            "SELECT account_id, version, topic, state, recorded_at, recorded_by, role"
            f" FROM {council.names.schema}.events WHERE account_id = %s ORDER BY version",
            (str(account_id),),
        )
        return statements.fetchall()
