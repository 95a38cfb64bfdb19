"""What is a statement run, how far has it come, and what has to happen before its statements go out?"""

import hashlib
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from domain.account.decisions import Facts
from domain.account.statement_due import RunKind
from domain.parameters import NotInForce
from ledger.outcomes import Caller, TooManyAtOnce

log = logging.getLogger(__name__)

SAMPLE = 5
Outcome = Literal["made", "held", "not_due"]
WhyHeld = Literal[
    "died", "disputed", "no_budget", "unassessed", "no_address", "not_in_force", "kept_changing", "unreadable"
]

_AGAIN = "The next run makes its statement."
WHAT_TO_DO: Mapping[WhyHeld, str] = {
    "died": "Find out who is to be written to, then make the last statement on the account's own page.",
    "disputed": f"Answer the question that was asked about the account. {_AGAIN}",
    "no_budget": f"Set the personal budget, or record that the needs ended. {_AGAIN}",
    "unassessed": f"Record the financial assessment, or the charge. {_AGAIN}",
    "no_address": f"Record where the person is to be written to. {_AGAIN}",
    "not_in_force": f"Enter the amount of law with the day from which it is in force. {_AGAIN}",
    "kept_changing": f"Others kept recording on the account meanwhile. {_AGAIN}",
    "unreadable": f"The account is under review: tell whoever looks after the system. {_AGAIN}",
}
"""What somebody should do about each account whose statement is held."""


class NoSuchStatementRun(Exception):
    """There is no such statement run of this council."""


class StatementRunRefused(Exception):
    """The statement run refuses this."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class ReleasedByItsMaker(StatementRunRefused):
    """Whoever began a statement run cannot let its statements go out. Ask a second person."""


class RunNotFinished(StatementRunRefused):
    """This statement run is still under way. Let it finish first."""


class RunDecidedAlready(StatementRunRefused):
    """It was decided already whether the statements of this run go out. Read the run to see by whom."""


class SampleNotSeen(StatementRunRefused):
    """Look at each statement of the sample first, and say which you saw: exactly those that the run names."""


class NothingToRelease(StatementRunRefused):
    """This run made no statement, so there is nothing to let out."""


@dataclass(frozen=True, slots=True)
class StatementsWanted:
    """The last day that statements are to cover, and which are made."""

    to: date
    kind: RunKind = "annual"


@dataclass(frozen=True, slots=True)
class StatementRun:
    """A run as it was begun."""

    run_id: UUID
    number: int
    wanted: StatementsWanted
    scheme: str
    seed: int
    position: int
    accounts: int
    started_at: datetime
    by: Caller


@dataclass(frozen=True, slots=True)
class Decided:
    """Whether the statements of a run go out, by whose decision; `reason_code` is why they do not."""

    run_id: UUID
    decision: Literal["released", "withdrawn"]
    reason_code: str | None
    at: datetime
    by: Caller


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run has come. `held` counts accounts by why; `accrued_costs` adds up what its statements say."""

    run: StatementRun
    made: int
    not_due: int
    held: Mapping[WhyHeld, int]
    accrued_costs: Decimal
    last_at: datetime
    decided: Decided | None

    @property
    def finished_at(self) -> datetime | None:
        """When the last of its accounts was done; None while there is one to do."""
        return self.last_at if self.made + self.not_due + sum(self.held.values()) == self.run.accounts else None


@dataclass(frozen=True, slots=True)
class RunItem:
    """What came of one account, under the reference that people know it by; `version` is its statement's."""

    account_id: UUID
    reference: str
    outcome: Outcome
    why_held: WhyHeld | None
    version: int | None
    accrued_costs: Decimal | None


@dataclass(frozen=True, slots=True)
class Came:
    """What comes of an account: a statement to record, or why there is none."""

    outcome: Outcome
    facts: Facts = ()
    why_held: WhyHeld | None = None
    accrued_costs: Decimal | None = None


NOT_DUE = Came("not_due")


def held(why: WhyHeld) -> Came:
    """What a run notes of an account whose statement waits for somebody."""
    return Came("held", why_held=why)


def stopped(account_id: UUID, fault: Exception) -> Came:
    """What a run notes of an account that a fault stopped. Anything unforeseen is ours, logged once and loud."""
    if isinstance(fault, NotInForce):
        return held("not_in_force")
    if isinstance(fault, TooManyAtOnce):
        return held("kept_changing")
    log.error("no statement could be made for account %s", account_id, exc_info=fault)
    return held("unreadable")


def drawn(run: StatementRun, made: Collection[UUID]) -> list[UUID]:
    """The accounts of a run's sample: few of those whose statement it made, the same whenever they are drawn."""

    def lot(account_id: UUID) -> bytes:
        return hashlib.sha256(f"{run.seed} {account_id}".encode()).digest()

    return sorted(made, key=lot)[:SAMPLE]
