"""Which accounts do the references lead to that somebody typed, one on each line?"""

from uuid import UUID

from api.pages.asked import Asked
from api.pages.page import Visit
from ledger.outcomes import NoSuchAccount
from ledger.reference import read_reference


def accounts_named(visit: Visit, asked: Asked, name: str) -> list[UUID]:
    """The accounts in the order they were named, each once; what leads to none is kept as a mistake."""
    named = dict.fromkeys(asked.read(name, lambda text: _account(visit, text), line) for line in asked.lines(name))
    found = [account_id for account_id in named if account_id]
    if not found:
        asked.errors.setdefault(name, "Enter a reference on each line, such as CA-7K3M-92QX")
    return found


def _account(visit: Visit, text: str) -> UUID:
    """The account of a reference; raises ValueError for one that leads to none, or is none."""
    try:
        return visit.council.ledger.account_of_reference(read_reference(text))
    except NoSuchAccount:
        raise ValueError(f"There is no account with the reference {text}") from None
