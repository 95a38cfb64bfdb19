"""By which percentage are the cap and what has been counted changed from a day on, as people write it?"""

from datetime import date

from domain.money import percentage_text
from domain.schemes import Scheme


def percentage_on(scheme: Scheme, day: date) -> str | None:
    """The percentage with its sign, +3% or -1.5%; None where the scheme has none from that day."""
    for made in scheme.cap.annual_adjustments if scheme.cap else ():
        if made.from_ == day:
            return f"{'+' if made.percentage > 0 else ''}{percentage_text(made.percentage)}%"
    return None
