"""How many rows a second does PostgreSQL take by COPY, into a table that holds and indexes what a council's does?"""

import time
from collections.abc import Sequence
from io import StringIO
from itertools import count
from uuid import UUID

from api.bench.filling import stored
from api.bench.lives import lives
from api.bench.place import Place
from domain.account.facts import Fact
from ledger.council import Council

A_HASH = "5e" * 32
"""What stands where an entry's hash would, so that a row is as large as one of ours."""


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
        self._event = stored(UUID(int=0), 0, found[-1])
        self._versions = count(entries + 1)

    def rows_a_second(self) -> float:
        """One more row for each account, in one COPY that is committed."""
        rows = StringIO("".join(self._rows(next(self._versions))))
        with self._place.administering() as statements:
            began = time.monotonic()
            statements.copy_expert(
                f"COPY {self._table} (account_id, version, position, topic, state, recorded_at, recorded_by, role,"
                " leaf)"
                " FROM STDIN",
                rows,
                1 << 20,
            )
            return len(self._accounts) / (time.monotonic() - began)

    def _rows(self, version: int) -> list[str]:
        """The rows as COPY reads them, each as large as one of ours."""
        event, first = self._event, (version - 1) * len(self._accounts) + 1
        by = f"{event.recorded_at.isoformat()}\t{event.recorded_by}\t{event.role}\t\\\\x{A_HASH}"
        rest = f"{event.topic}\t\\\\x{event.state.hex()}\t{by}\n"
        return [f"{account}\t{version}\t{first + n}\t{rest}" for n, account in enumerate(self._accounts)]
