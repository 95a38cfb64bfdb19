"""Whose council is it, for somebody who has not signed in?"""

from api.wiring import Installation
from domain import parameters
from domain.parameters import AmountsOfLaw
from ledger.council import Council


def council_named(installation: Installation, code: str | None) -> Council | None:
    """The council of this code, or the only one there is where none is named; None where nobody can tell.

    Raises NoSuchCouncil.
    """
    codes = [code] if code else installation.codes()
    return installation.council(codes[0]) if len(codes) == 1 else None


def amounts_of_whom(installation: Installation, code: str | None) -> AmountsOfLaw:
    """The amounts that council goes by, its own among them; where nobody can tell whose, those of national law."""
    council = council_named(installation, code)
    return council.amounts_now if council else parameters.load
