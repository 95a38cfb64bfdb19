"""What tests of the store record, as briefly as they want to read it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from domain.account.commands import OpenAccount, SetBudget
from ledger.council import Council
from ledger.outcomes import Caller, Outcome
from ledger.receipts import Request
from ledger.reference import new_reference
from ledger.vault.person import Person
from tests.conftest import NOON

ALICE = Caller("alice", "finance")
FIRST_DAY = date(2023, 10, 2)


def asking(what: object = "", *, key: str | None = None, caller: str = ALICE.sub) -> Request:
    """A request under a new key, unless one is given."""
    return Request(caller, key or uuid4().hex, sha256(repr(what).encode()).digest())


def budget(pounds: int = 950, effective_from: date = FIRST_DAY) -> SetBudget:
    """A self-funder's care home at a weekly cost."""
    return SetBudget(
        kind="independent", setting="care_home", weekly_cost=Decimal(pounds), effective_from=effective_from
    )


def open_account(
    council: Council, *, request: Request | None = None, now: datetime = NOON, reference: str = "", **person: Any
) -> Outcome:
    """Open an account for somebody new, unless their `local_id` is given."""
    kept_for = Person(**{"local_id": f"P-{uuid4().hex}"} | person)
    command = OpenAccount(reference=reference or new_reference(), opened_on=FIRST_DAY)
    return council.ledger.open(kept_for, command, by=ALICE, now=now, request=request or asking())


def set_budget(
    council: Council,
    account_id: UUID,
    pounds: int = 950,
    *,
    request: Request | None = None,
    now: datetime = NOON,
    texts: Mapping[str, str] | None = None,
) -> Outcome:
    """Record a budget of so many pounds a week."""
    return council.ledger.handle(
        account_id, budget(pounds), by=ALICE, now=now, request=request or asking(pounds), texts=(texts or {},)
    )


def rows(council: Council, statement: str) -> list[tuple[Any, ...]]:
    """What a statement of the application's role answers; {schema} is the council's."""
    with council.app.transaction() as statements:
        statements.execute(statement.format(schema=council.names.schema))
        return statements.fetchall()
