"""Which financial assessments does an account hold, and which of them came before another?"""

from domain.account.facts import FINANCIAL_ASSESSMENTS, FinancialAssessment
from domain.account.in_force import stretches
from domain.account.state import CareAccount, Entry

Assessed = tuple[Entry, FinancialAssessment]


def assessments(account: CareAccount) -> list[Assessed]:
    """Every assessment that was recorded, in order, also what was corrected and counts as nothing."""
    return [(entry, entry.fact) for entry in account.entries if isinstance(entry.fact, FINANCIAL_ASSESSMENTS)]


def before(account: CareAccount, entry: Entry) -> Entry | None:
    """The assessment that was in force last before the day on which this one takes effect, if there was any."""
    earlier = [s.value for s in stretches(account, FINANCIAL_ASSESSMENTS) if s.first < entry.fact.effective_from]
    return earlier[-1] if earlier else None
