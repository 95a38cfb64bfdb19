"""By when a council answers somebody who questions what it recorded."""

from calendar import monthrange
from datetime import date

ANSWER_WITHIN_MONTHS = 6
"""SI 2009/309 reg 14(3) and (4): a complaint about adult social care is answered within six months of its receipt."""


def answer_due_on(raised_on: date) -> date:
    """The last day for the answer: the same day of the month, or the month's last where it has no such day."""
    month = raised_on.month - 1 + ANSWER_WITHIN_MONTHS
    year, month = raised_on.year + month // 12, month % 12 + 1
    return date(year, month, min(raised_on.day, monthrange(year, month)[1]))
