"""Which amount did somebody type into the form, and how is it mended where it cannot be entered?"""

import re
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from api.kit.problems import invalid
from api.pages.asked import Asked
from domain import parameters
from domain.dates import Day
from domain.parameters import OwnAmount
from domain.parameters.dated import Certainty
from domain.parameters.proposed import mistakes

ENTERABLE = tuple(name for name in parameters.names() if name not in parameters.names("cap"))
CERTAINTIES: tuple[Certainty, ...] = ("official", "secondary", "recalled")
_AMOUNT = re.compile(r"£? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)([.][0-9]+)?", re.ASCII)
_MISSING = {
    "parameter": "Choose an amount of law",
    "from": "Enter the first day on which the amount holds",
    "amount": "Enter the amount",
    "authority": "Enter where the amount is written",
    "certainty": "Choose how sure you are of the amount",
}


def entered(asked: Asked, *, in_boxes: bool) -> OwnAmount | None:
    """The amount a form holds; None where it cannot be entered, and then the mistakes are kept by field."""
    name = asked.one_of("parameter", ENTERABLE, "")
    unit = parameters.load(name).unit if name else ""
    first: Day | None = asked.day_in_boxes("from") if in_boxes else asked.day("from")
    given: dict[str, Any] = {
        "parameter": name,
        "from": first,
        "amount": asked.read("amount", lambda text: _read_amount(text, unit), asked.text("amount")),
        "authority": asked.text("authority"),
        "certainty": asked.one_of("certainty", CERTAINTIES, ""),
    }
    for field in (field for field, value in given.items() if value in (None, "")):
        asked.errors.setdefault(field, _MISSING[field])
    return None if asked.errors else _allowed(asked, given | {"unit": unit, "note": asked.text("note") or None})


def _allowed(asked: Asked, given: dict[str, Any]) -> OwnAmount | None:
    """The amount, unless it is none or national law leaves no room for it."""
    try:
        own = OwnAmount.model_validate(given)
    except ValidationError as fault:
        asked.errors |= {problem.pointer.removeprefix("/"): problem.detail for problem in invalid(fault).errors}
        return None
    asked.errors |= {mistake.field: mistake.sentence for mistake in mistakes([own], parameters.load)}
    return None if asked.errors else own


def _read_amount(text: str, unit: str) -> Decimal:
    """The amount as people type it; whole pounds may be typed without pence. Raises ValueError."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise ValueError("Enter the amount in figures, such as 31.80")
    pence = found[2] or (".00" if unit.startswith("pounds") else "")
    return Decimal(found[1].replace(",", "") + pence)
