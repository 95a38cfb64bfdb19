"""By how much the accrued costs of everybody are adjusted in a year, and from which day (Care Act 2014 s 16)."""

from pydantic import Field

from domain.dates import Day
from domain.money import Percentage
from domain.parameters.dated import Certainty, Status
from domain.terms import Terms


class AnnualAdjustment(Terms):
    """Accrued costs are adjusted by a percentage at the start of the day, as average earnings rose or fell."""

    from_: Day = Field(alias="from")
    percentage: Percentage
    authority: str
    certainty: Certainty
    status: Status
    note: str | None = None
