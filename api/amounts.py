"""Which amounts of law does a council go by?"""

from datetime import datetime

from domain import parameters
from domain.parameters import AmountsOfLaw
from ledger.council import Council


def amounts_of(council: Council, known_at: datetime) -> AmountsOfLaw:
    """The national ones, whichever the council and the moment, for as long as a council keeps none of its own."""
    return parameters.load
