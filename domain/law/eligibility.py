"""From which day an assessment of needs lets costs accrue."""

from datetime import date


def accrues_from(eligible_from: date, duty_arose_on: date | None) -> date:
    """The first day on which eligible needs can accrue costs (Care Act 2014 s 15(3)).

    Costs are backdated to the day the duty to assess arose, never to a day on which the needs were not yet eligible.
    """
    return max(eligible_from, duty_arose_on or eligible_from)
