"""What was sent in to the fictitious council: an estimate of what somebody might pay, a file of prices, an amount?"""

from datetime import date
from typing import Any

from api.importing.columns import KINDS
from api.pages.anyone.estimate.asked import read
from api.pages.anyone.estimate.send import AGREED
from api.v1.assessment_bodies import to_assess
from domain.law.financial_assessment import FiguresWorkedOut, assess
from domain.parameters import AmountsOfLaw, OwnAmount
from ledger.vault.person import Contact
from ledger.vault.received import Sender

PRICES = KINDS["budgets"]
PRICES_NAME = "tollgate-manor-new-prices.csv"
SENDER = Sender(
    name="Hilda Makepeace",
    date_of_birth=date(1943, 8, 14),
    contact=Contact(phone="01632 960 412", address=("7 Orchard Close", "Much Example", "EM2 4AB")),
    agreed_to=AGREED,
)


def prices(first: date) -> bytes:
    """A home's new prices from a day on, as CSV; in the last row somebody wrote a word for an amount."""
    heading = "local_id,kind,setting,weekly_cost,effective_from,source.system,source.reference"
    rows = (("P-1002", "1264.00"), ("P-1004", "1372.00"), ("P-1005", "as before"))
    lines = (f"{who},independent,care_home,{cost},{first},careledger-demo,price-list-7" for who, cost in rows)
    return "\n".join([heading, *lines, ""]).encode()


def estimate(today: date, amounts: AmountsOfLaw) -> tuple[dict[str, Any], FiguresWorkedOut]:
    """What somebody answered who may need help at home, and what it comes to; raises NotInForce."""
    asked: dict[str, Any] = {
        "type": "full",
        "assessed_on": today.isoformat(),
        "effective_from": today.isoformat(),
        "setting": "own_home",
        "circumstances": {"date_of_birth": "1943-08-14", "household": "single", "premiums": [], "children": 0},
        "cost_of_care": "294.00",
        "income": [
            {"kind": "state_pension", "amount": "241.30", "frequency": "weekly"},
            {"kind": "attendance_allowance", "amount": "73.90", "frequency": "weekly"},
        ],
        "capital": [{"kind": "savings", "value": "16420.00"}],
        "outgoings": [],
        "disability_related_expenditure": [],
        "local_disregards": [],
    }
    return asked, assess(to_assess(read(asked)), amounts)


def own_amount() -> OwnAmount:
    """More left to people in care homes than the law says at least."""
    return OwnAmount.model_validate(
        {
            "parameter": "personal_expenses_allowance",
            "from": "2026-07-01",
            "amount": "36.00",
            "unit": "pounds a week",
            "authority": "Cabinet, 9 June 2026, minute 17",
            "certainty": "official",
        }
    )
