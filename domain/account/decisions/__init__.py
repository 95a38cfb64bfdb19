"""What follows from a request: the account, the request and the rules go in, facts come out."""

from domain.account.decisions import (
    adjusting,
    contacting,
    correcting,
    deferring,
    keeping,
    recording,
    representing,
    telling,
)
from domain.account.decisions.correcting import REPLACED_BY
from domain.account.decisions.decide import Facts, decide
from domain.account.decisions.keeping import open_account
from domain.account.decisions.resting import rests_on

__all__ = [
    "REPLACED_BY",
    "Facts",
    "adjusting",
    "contacting",
    "correcting",
    "decide",
    "deferring",
    "keeping",
    "open_account",
    "recording",
    "representing",
    "rests_on",
    "telling",
]
