"""What is a run of notices, and how far has it come?"""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args
from uuid import UUID

from domain.account.decisions import Facts
from ledger.outcomes import Caller

log = logging.getLogger(__name__)

Outcome = Literal["told", "nothing_to_tell", "not_worked_out"]


class NoSuchNoticeRun(Exception):
    """There is no such run of notices of this council."""


@dataclass(frozen=True, slots=True)
class NoticeRun:
    """A run as it was begun: the day at whose close it looks, and the accounts there were up to a position."""

    run_id: UUID
    number: int
    through: date
    scheme: str
    position: int
    accounts: int
    started_at: datetime
    by: Caller


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run has come: how many accounts came to which outcome, and how many `notices` that makes."""

    run: NoticeRun
    counts: Counter[str]

    @property
    def finished(self) -> bool:
        """Whether each of its accounts is done."""
        return sum(self.counts[outcome] for outcome in get_args(Outcome)) == self.run.accounts


@dataclass(frozen=True, slots=True)
class Came:
    """What comes of an account: the notices to record, if any."""

    outcome: Outcome
    facts: Facts = ()


def came_of(facts: Facts) -> Came:
    """What comes of an account for which these notices are due."""
    return Came("told" if facts else "nothing_to_tell", facts)


def stopped(account_id: UUID, fault: Exception) -> Came:
    """What a run notes of an account that a fault stopped. The next run looks at it again."""
    log.error("no notice could be worked out for account %s", account_id, exc_info=fault)
    return Came("not_worked_out")
