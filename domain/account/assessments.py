"""Which financial assessments does an account hold, on which days is each in force, and which came before another?"""

from datetime import date

from domain.account.facts import FINANCIAL_ASSESSMENTS, FinancialAssessment
from domain.account.in_force import stretches
from domain.account.state import CareAccount, Entry
from domain.dates import FOREVER, ONE_DAY

Assessed = tuple[Entry, FinancialAssessment]


def assessments(account: CareAccount) -> list[Assessed]:
    """Every assessment that was recorded, in order, also what was corrected and counts as nothing."""
    return [(entry, entry.fact) for entry in account.entries if isinstance(entry.fact, FINANCIAL_ASSESSMENTS)]


def before(account: CareAccount, entry: Entry) -> Entry | None:
    """The assessment that was in force last before the day on which this one takes effect, if there was any."""
    earlier = [s.value for s in stretches(account, FINANCIAL_ASSESSMENTS) if s.first < entry.fact.effective_from]
    return earlier[-1] if earlier else None


def in_force_to(account: CareAccount, entry: Entry) -> date | None:
    """The last day on which an assessment is in force; None where no end is in sight, or where it never is."""
    ends = [s.ending_before for s in stretches(account, FINANCIAL_ASSESSMENTS) if s.value is entry]
    return ends[-1] - ONE_DAY if ends and ends[-1] < FOREVER else None
