"""What does somebody suppose would change, and by how much, as far as they have said?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from api.pages.asked import Asked
from domain.account.facts import FINANCIAL_ASSESSMENTS, FinancialAssessed
from domain.account.in_force import entry_on
from domain.account.state import CareAccount
from domain.law.financial_assessment import RefusedAssessment
from domain.law.financial_assessment.asked import IncomeKind
from domain.law.financial_assessment.weekly import DOWN, weekly

What = Literal["cost", "home", "income"]
WHATS: Mapping[What, str] = {
    "cost": "My care costs another amount",
    "home": "I move into a care home",
    "income": "My income goes up",
}
MOST = Decimal("100000.00")
"""Pounds a week: what is more was typed by mistake."""


@dataclass(frozen=True)
class Supposed:
    """What was said so far. The next question is `ask`; None where everything is said."""

    what: What | None
    kind: IncomeKind | None
    amount: Decimal | None

    @property
    def ask(self) -> Literal["what", "kind", "amount"] | None:
        """What is to be asked next."""
        if self.what is None:
            return "what"
        if self.what == "income" and self.kind is None:
            return "kind"
        return "amount" if self.amount is None else None


def supposed_by(asked: Asked, incomes: Mapping[IncomeKind, Decimal]) -> Supposed:
    """What the address says. Only the question that was on the page is told to be unanswered."""
    what, kind = asked.one_of("what", tuple(WHATS), ""), asked.one_of("kind", tuple(incomes), "")
    found = Supposed(cast(What | None, what or None), cast(IncomeKind | None, kind or None), _amount(asked))
    if found.ask and asked.text("asked") == found.ask:
        asked.errors.setdefault(found.ask, _UNANSWERED[found.ask])
    return found


_UNANSWERED = {
    "what": "Choose what might change",
    "kind": "Choose which income might go up",
    "amount": "Enter an amount in pounds, such as 312.50",
}


def _amount(asked: Asked) -> Decimal | None:
    found = asked.pounds("amount")
    if found is not None and not 0 < found <= MOST:
        asked.errors["amount"] = "Enter an amount from £0.01 to £100,000.00"
        return None
    return found


def incomes_of(account: CareAccount, on: date) -> dict[IncomeKind, Decimal]:
    """What somebody has a week, by kind, as the money check in force says; nothing where none was worked out here."""
    entry = entry_on(account, FINANCIAL_ASSESSMENTS, on)
    if entry is None or not isinstance(entry.fact, FinancialAssessed):
        return {}
    asked = entry.fact.asked
    return {} if isinstance(asked, RefusedAssessment) else {each.kind: weekly(each, DOWN) for each in asked.income}
