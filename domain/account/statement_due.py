"""Which statement is due for an account by a day, and what stands in the way of making it?

The Act leaves to regulations how often a council sends a statement (Care Act 2014 s 29(4)); the specification says
every 12 months. The month of its opening is an account's own, so that not everybody's statement falls due at once.
"""

from collections.abc import Collection
from datetime import date
from typing import Literal

from domain.account.facts import DisputeAnswered, DisputeRaised, StatementIssued
from domain.account.figures import Metering, StatementFigures
from domain.account.state import CareAccount

RunKind = Literal["annual", "closing"]
"""What can be made for everybody at once; a statement on request is made for whoever asks."""

WhyHeld = Literal["died", "disputed", "no_budget", "unassessed"]

_NOT_SAID: dict[Metering, WhyHeld] = {"unassessed": "unassessed", "no_budget": "no_budget"}


def statement_due(account: CareAccount, to: date, kind: RunKind, withdrawn: Collection[int] = ()) -> bool:
    """Whether a statement to the close of a day is due (Care Act 2014 s 29(4)).

    A yearly one from the first day of each month in which the account has an anniversary, until one is made that covers
    days of it; a closing one once the account is closed. Versions in `withdrawn` are statements that never go out.
    """
    if kind == "closing":
        return account.closed is not None and account.closed.on <= to and not _closing_made(account, withdrawn)
    anniversary = last_anniversary(account.opened.opened_on, to)
    if account.closed or anniversary is None:
        return False
    return not any(statement.to >= anniversary for statement in _made(account, "annual", withdrawn))


def why_held(account: CareAccount, metering: Metering) -> WhyHeld | None:
    """What somebody has to settle before a statement is made; `metering` is how its last day is counted.

    An account whose days are not counted for want of an assessment or a budget says too little, and a figure that is in
    dispute is answered first. After a death somebody has to say who is to be written to.
    """
    if account.closed and account.closed.reason == "died":
        return "died"
    answered = {answer.dispute for _, answer in account.of(DisputeAnswered)}
    if any(str(entry.id) not in answered for entry, _ in account.of(DisputeRaised)):
        return "disputed"
    return _NOT_SAID.get(metering)


def last_anniversary(opened_on: date, to: date) -> date | None:
    """The first day of the last month by a day in which the account has an anniversary; None before the first."""
    year = to.year if to.month >= opened_on.month else to.year - 1
    return date(year, opened_on.month, 1) if year > opened_on.year else None


def _closing_made(account: CareAccount, withdrawn: Collection[int]) -> bool:
    assert account.closed is not None  # only what is closed has a closing statement
    return any(statement.to >= account.closed.on for statement in _made(account, "closing", withdrawn))


def _made(account: CareAccount, kind: RunKind, withdrawn: Collection[int]) -> list[StatementFigures]:
    return [
        statement.figures
        for entry, statement in account.of(StatementIssued)
        if statement.kind == kind and entry.version not in withdrawn
    ]
