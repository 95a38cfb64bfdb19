"""What is the person told of without waiting for the year's statement?"""

from datetime import date
from typing import Literal

from domain.account.facts.fact import Fact
from domain.account.figures import CapProgress
from domain.dates import Instant
from domain.terms import Code

NoticeKind = Literal["within_18_months", "at_80_percent", "cap_reached", "something_missing"]
Missing = Literal["needs_assessment", "budget", "financial_assessment"]


class NoticeGiven(Fact):
    """The person was told how near the cap is, that it was reached, or what is missing (Care Act 2014 s 29(3)).

    `figures` are those of the day it rests on, as known at `known_at`; `missing` is what keeps days from counting.
    """

    TOPIC = "notice-given.1"
    kind: NoticeKind
    missing: Missing | None
    known_at: Instant
    scheme: Code
    edition: Code
    figures: CapProgress

    @property
    def effective_from(self) -> date:
        return self.figures.on
