"""What about the posting of an account should somebody look at, and what can they do about it?"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from domain.account.accrual import Accrual
from domain.account.onward import Unproven
from domain.dates import ONE_DAY
from domain.parameters import NotInForce
from ledger.outcomes import TooManyAtOnce

log = logging.getLogger(__name__)

ExceptionType = Literal["not_in_force", "unreadable", "kept_changing", "unassessed", "no_budget", "opening_unproven"]

_AGAIN = "Then post to the same day again: the account is tried once more."
_LATER = "The next posting brings what it changes as an adjustment."
WHAT_TO_DO: dict[ExceptionType, str] = {
    "not_in_force": f"Enter the amount, with the day from which it is in force. {_AGAIN}",
    "unreadable": f"Tell whoever looks after the system; the log names the fault. {_AGAIN}",
    "kept_changing": "Post to the same day again: the account is tried once more.",
    "unassessed": f"Record the financial assessment, or the charge, for these days. {_LATER}",
    "no_budget": f"Set the personal budget for these days, or record that the needs ended. {_LATER}",
    "opening_unproven": "Record the evidence for the balance, or correct the balance. The posting itself stands.",
}
"""What somebody should do about each type of exception. After the first three nothing of the account was posted."""

_NOT_COUNTED: dict[str, tuple[ExceptionType, str]] = {
    "unassessed": ("unassessed", "no financial assessment and no charge says what the person pays"),
    "no_budget": ("no_budget", "needs were eligible, but no personal budget was in force"),
}


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """One thing that somebody should look at, in a sentence."""

    type: ExceptionType
    detail: str


def why_not_posted(account_id: UUID, fault: Exception) -> ToLookAt:
    """What kept an account from being posted. Anything unforeseen is a fault of ours, logged once and loud."""
    if isinstance(fault, NotInForce):
        return ToLookAt("not_in_force", str(fault))
    if isinstance(fault, TooManyAtOnce):
        return ToLookAt("kept_changing", "Others kept recording on the account while it was being posted.")
    log.error("account %s could not be posted", account_id, exc_info=fault)
    return ToLookAt("unreadable", "Its record could not be read, or its figures could not be worked out.")


def to_look_at(accrual: Accrual, first: date, through: date, unproven: Iterable[Unproven]) -> tuple[ToLookAt, ...]:
    """What there is to look at though the days from first to `through` can be posted."""
    return (*_days_not_counted(accrual, first, through), *_unproven(unproven, through))


def _days_not_counted(accrual: Accrual, first: date, through: date) -> Iterator[ToLookAt]:
    """The days on which costs might have been met, had somebody recorded what they rest on."""
    days: dict[str, list[tuple[date, date]]] = {}
    for counted in accrual.counted:
        begins, ending_before = max(first, counted.first), min(counted.ending_before, through + ONE_DAY)
        if begins < ending_before:
            days.setdefault(counted.metering, []).append((begins, ending_before))
    for metering, (type, why) in _NOT_COUNTED.items():
        if metering in days:
            yield ToLookAt(type, f"{_which(days[metering])} nothing was counted: {why}.")


def _which(spans: list[tuple[date, date]]) -> str:
    """The days in words, such as: On 31 days from 2024-01-01 to 2024-01-31."""
    number = sum((ending_before - first).days for first, ending_before in spans)
    first, last = spans[0][0], spans[-1][1] - ONE_DAY
    if first == last:
        return f"On {first}"
    return f"On {number} {'of the ' if number <= (last - first).days else ''}days from {first} to {last}"


def _unproven(unproven: Iterable[Unproven], through: date) -> Iterator[ToLookAt]:
    """Each carried-in balance that counts by now and that no evidence was recorded for."""
    for opening in unproven:
        if opening.on <= through:
            yield ToLookAt(
                "opening_unproven",
                f"A balance of {opening.accrued_costs:.2f} was carried in on {opening.on}, and no evidence for it was"
                " recorded.",
            )
