"""May an assessment that a reassessment recorded be taken back, so that the one before it holds again?"""

from typing import Literal

from domain.account.commands import Correct
from domain.account.facts import FINANCIAL_ASSESSMENTS, FinancialAssessed, FinancialAssessmentImported
from domain.account.state import CareAccount, Entry
from domain.dates import FOREVER
from domain.words import day as day_in_words

WhyLeft = Literal["corrected", "superseded"]
REASON = "reassessment-reversed"
"""The reason code of the correction that takes one back."""


class CannotBeTakenBack(Exception):
    """Somebody has decided otherwise since. `reason` is the stable name of how."""

    def __init__(self, reason: WhyLeft, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def taking_back(account: CareAccount, version: int) -> Correct:
    """The request that voids the assessment of a version and leaves it to be seen; raises CannotBeTakenBack.

    One that was corrected, or that a later assessment stands on or in front of, is left as it is.
    """
    entry = account.entries[version - 1]
    if correction := account.voided_by.get(version):
        raise CannotBeTakenBack("corrected", f"It was corrected since, by entry {correction.version}.")
    if later := _later(account, entry):
        since = day_in_words(later.fact.effective_from)
        raise CannotBeTakenBack(
            "superseded", f"Another assessment, from {since}, was recorded since as entry {later.version}."
        )
    return Correct(entry_id=str(entry.id), reason_code=REASON)


def _later(account: CareAccount, entry: Entry) -> Entry | None:
    """The first assessment recorded after an entry that is for some of the same days."""
    assessed = entry.fact
    assert isinstance(assessed, FinancialAssessed)  # what a reassessment records
    for later in account.entries[entry.version :]:
        if isinstance(later.fact, FINANCIAL_ASSESSMENTS) and later.version not in account.voided_by:
            fact: FinancialAssessed | FinancialAssessmentImported = later.fact
            begins = max(assessed.effective_from, fact.effective_from)
            if begins < min(assessed.ending_before or FOREVER, fact.ending_before or FOREVER):
                return later
    return None
