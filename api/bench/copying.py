"""How many rows a second does PostgreSQL take by COPY, into a table that holds and indexes what a council's does?"""

import time
from collections.abc import Sequence
from io import StringIO
from itertools import count
from uuid import UUID

from api.bench.filling import EVENT, as_stored, row
from api.bench.lives import lives
from api.bench.place import Place
from domain.account.facts import Fact
from ledger.council import Council


class Copied:
    """The floor of everything that adds an entry to each of many accounts."""

    def __init__(
        self, place: Place, council: Council, accounts: Sequence[UUID], entries: int, kind: type[Fact]
    ) -> None:
        self._place, self._accounts = place, accounts
        self._table = place.floor_like(council, "events")
        with place.administering() as statements:
            statements.execute(f"INSERT INTO {self._table} SELECT * FROM {council.names.schema}.events")
        place.settle(self._table)
        found = [lived for lived in lives(entries, council.scheme)[0] if isinstance(lived.fact, kind)]
        self._fact, self._at = as_stored(found[-1].fact), found[-1].at
        self._versions = count(entries + 1)

    def rows_a_second(self) -> float:
        """One more row for each account, in one COPY that is committed."""
        version = next(self._versions)
        first = (version - 1) * len(self._accounts) + 1
        rows = StringIO(
            "".join(row(first + n, account, version, self._fact, self._at) for n, account in enumerate(self._accounts))
        )
        with self._place.administering() as statements:
            began = time.monotonic()
            statements.copy_expert(f"COPY {self._table} ({EVENT}) FROM STDIN", rows)
            return len(self._accounts) / (time.monotonic() - began)
