"""What do staff read of an account's financial assessments: which there are, one line by line, and what changed?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from api.pages.asked import Asked
from api.pages.listed import corrected_because
from api.pages.money_check import fact_of
from api.pages.recorded import Words, for_staff
from api.pages.stored import Stored, as_stored
from api.v1.assessments import assessment_entry
from domain.account.assessment_difference import AssessmentDifference, difference
from domain.account.assessments import assessments, before, in_force_to
from domain.account.facts import FINANCIAL_ASSESSMENTS, FinancialAssessed, FinancialAssessment
from domain.account.in_force import entry_on
from domain.account.state import CareAccount, Entry
from domain.law.financial_assessment import Line


class ListedAssessment(NamedTuple):
    """An assessment in the list. `to` is the last day it holds, `corrected_because` why it counts as nothing."""

    entry: Entry
    fact: FinancialAssessment
    words: Words
    to: date | None
    in_force: bool
    corrected_because: str | None


@dataclass(frozen=True)
class ShownAssessment:
    """One assessment in full, and what leads to it from another, the one before it where no other was chosen."""

    listed: ListedAssessment
    others: tuple[ListedAssessment, ...]
    other: ListedAssessment | None
    difference: AssessmentDifference | None

    @property
    def lines(self) -> tuple[Line, ...]:
        fact = self.listed.fact
        return fact.lines if isinstance(fact, FinancialAssessed) else ()

    @property
    def warnings(self) -> tuple[str, ...]:
        fact = self.listed.fact
        return fact.warnings if isinstance(fact, FinancialAssessed) else ()

    @property
    def asked(self) -> list[Stored]:
        """What was said of the person's money; of an assessment made elsewhere where that was."""
        fact = self.listed.fact
        told = as_stored(fact.asked if isinstance(fact, FinancialAssessed) else fact.source)
        return [field for field in told if field.value != "none"]

    @property
    def unchanged(self) -> Decimal:
        """What both assessments have in common: the causes beside it lead from one contribution to the other."""
        assert self.difference is not None  # only told beside a difference
        return self.difference.before - sum((cause.before for cause in self.difference.causes), Decimal("0.00"))


def listed_assessments(account: CareAccount, on: date) -> list[ListedAssessment]:
    """Every assessment, the newest first, and which is in force on a day."""
    now = entry_on(account, FINANCIAL_ASSESSMENTS, on)
    return [
        ListedAssessment(
            entry=entry,
            fact=fact,
            words=for_staff(fact, account),
            to=in_force_to(account, entry),
            in_force=entry is now,
            corrected_because=corrected_because(account, entry.version),
        )
        for entry, fact in reversed(assessments(account))
    ]


def shown_assessment(account: CareAccount, entry_id: str, on: date, asked: Asked) -> ShownAssessment:
    """The assessment of an entry; raises ApiError 404. One to compare with that is none is a mistake to mend."""
    entry = assessment_entry(account, entry_id)
    of = {listed.entry.version: listed for listed in listed_assessments(account, on)}
    listed = of.pop(entry.version)
    other = _other(account, entry, tuple(of.values()), asked)
    return ShownAssessment(
        listed=listed,
        others=tuple(of.values()),
        other=other,
        difference=difference(other.fact, fact_of(entry)) if other else None,
    )


def _other(
    account: CareAccount, entry: Entry, others: tuple[ListedAssessment, ...], asked: Asked
) -> ListedAssessment | None:
    earlier, named = before(account, entry), asked.text("other")
    wanted = named or (str(earlier.id) if earlier else "")
    found = next((other for other in others if str(other.entry.id) == wanted), None)
    if named and found is None:
        asked.errors["other"] = "Choose one of the assessments in the list"
    return found
