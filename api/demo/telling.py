"""What of a life was recorded before the day of the story, once it is known how the account ended?"""

from collections.abc import Sequence
from datetime import date

from api.demo.recording import Recording
from domain.account.commands import CloseAccount, Correct, EndDeferredPayment, ReopenAccount, RepayDeferredPayment
from domain.dates import day_in_london


def told_before(day: date, recorded: Sequence[Recording]) -> list[Recording]:
    """Everything that was recorded before the day, in order, and nothing that an account's end made pointless."""
    told = sorted((r for r in recorded if day_in_london(r.at) < day), key=lambda r: r.at)
    closure = closure_that_stands(told)
    if closure is None:
        return [r for r in told if not r.is_closing_statement]
    return [r for r in told if _still_happened(r, closure)]


def closure_that_stands(recorded: Sequence[Recording]) -> Recording | None:
    """The closure that nobody took back, if any: neither corrected nor followed by a reopening."""
    mistaken = [recording.about for recording in recorded if isinstance(recording.asked, Correct)]
    reopened = max((r.at for r in recorded if isinstance(r.asked, ReopenAccount)), default=None)
    closures = [r for r in recorded if isinstance(r.asked, CloseAccount) and r not in mistaken]
    return next((closure for closure in closures if reopened is None or closure.at > reopened), None)


def _still_happened(recording: Recording, closure: Recording) -> bool:
    """Once an account is closed it is only stated, and what is owed is settled; nobody reviews the care of somebody
    who has died or left."""
    assert isinstance(closure.asked, CloseAccount)  # the caller looked for it
    last, begins = closure.asked.on, getattr(recording.asked, "effective_from", None)
    too_late = begins is not None and begins > last and day_in_london(recording.at) > last
    settles = isinstance(recording.asked, EndDeferredPayment | RepayDeferredPayment)
    return recording.is_closing_statement or settles or (recording.at <= closure.at and not too_late)
