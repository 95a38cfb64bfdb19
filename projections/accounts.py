"""Which accounts does a council keep, in the order of their references, however many there are?"""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from ledger.council import Council

CHUNK = 200


class Kept(NamedTuple):
    """One account, as it is named to people and in the store."""

    reference: str
    account_id: UUID


def chunks(council: Council) -> Iterator[list[Kept]]:
    """All accounts, some at a time, so that a council of any size fits in memory."""
    after = ""
    while found := _after(council, after):
        yield found
        after = found[-1].reference


def how_many(council: Council) -> int:
    with council.app.transaction() as statements:
        statements.execute(f"SELECT count(*) FROM {council.names.schema}.account_references")
        (number,) = statements.fetchone() or (0,)
    return int(number)


def _after(council: Council, reference: str) -> list[Kept]:
    with council.app.transaction() as statements:
        statements.execute(
            f"SELECT reference, account_id FROM {council.names.schema}.account_references"
            " WHERE reference > %s ORDER BY reference LIMIT %s",
            (reference, CHUNK),
        )
        return [Kept(reference, UUID(account_id)) for reference, account_id in statements]
