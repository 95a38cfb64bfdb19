"""How does a run go through a council's accounts, each once, wherever it was cut off and whoever goes on with it?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID, uuid4

import psycopg2
from psycopg2.extensions import cursor

from ledger.application import ATTEMPTS, step_aside
from ledger.council import Council
from ledger.outcomes import TooManyAtOnce
from ledger.receipts import Receipt, Receipts, Request
from ledger.store.database import OutcomeUnknown
from ledger.store.run_claims import Claim
from ledger.store.run_rows import Run, RunRows
from ledger.together import READ

FEWEST, MOST = 16, 1024
"""So many accounts at a time: few at first, so that the first of them are soon done and seen, then more and more."""
Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]
"""Called with how many accounts are done and how many there are."""

BEFORE_ALL = UUID(int=0)

R = TypeVar("R", bound=Run)


class Begun(Protocol):
    """Whatever is begun once, and is known by an id from then on."""

    @property
    def run_id(self) -> UUID: ...


B = TypeVar("B", bound=Begun)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What begins a run once, whoever else begins one at the same moment: a request's, or a period's."""

    council: Council
    request: Request | None = None
    claim: Claim | None = None

    def of(self, joined_or_new: Callable[[cursor], B], begun: Callable[[UUID], B]) -> tuple[B, bool]:
        """What this request, or for this period, was begun before, else what is joined or made; and which it was.

        Raises KeyUsedForAnotherRequest, TooManyAtOnce.
        """
        receipts = Receipts(self.council.app, self.council.names)
        for losses in range(ATTEMPTS):
            step_aside(losses)
            if self.request and (receipt := receipts.find(self.request)):
                return begun(receipt.account_id), True
            if self.claim and (run_id := self.claim.taken_by()):
                return begun(run_id), True
            try:
                with self.council.app.transaction() as statements:
                    run = joined_or_new(statements)
                    if self.request:  # where others' receipts name an account it names the run, and no versions
                        receipts.write(statements, self.request, Receipt(run.run_id, 0, 0))
                    if self.claim:
                        self.claim.take(statements, run.run_id)
                return run, False
            except (psycopg2.errors.UniqueViolation, OutcomeUnknown):
                continue  # another began one meanwhile, or this request or period came first: it is found now
        raise TooManyAtOnce(TooManyAtOnce.__doc__)


def chunks_to_do(rows: RunRows[R], run: R, progress: Progress | None) -> Iterator[list[UUID]]:
    """Accounts to do, each worker beginning somewhere else, until a look at all of them finds none."""
    after, looks_at_all, at_a_time = uuid4(), False, FEWEST
    while True:
        if progress:
            progress(rows.done(run), run.accounts)
        chunk = rows.remaining(run, after, at_a_time)
        if chunk:
            yield chunk
        elif looks_at_all:
            return
        at_a_time = min(2 * at_a_time, MOST)
        after, looks_at_all = (chunk[-1], False) if chunk else (BEFORE_ALL, True)


def every_account(rows: RunRows[R]) -> Iterator[list[UUID]]:
    """Every account of the council, some at a time."""
    after = BEFORE_ALL
    while found := rows.accounts(after, READ):
        yield found
        after = found[-1]
