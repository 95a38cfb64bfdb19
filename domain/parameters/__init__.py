"""Which amount of law is in force on a day, by what authority, and how sure we are of it."""

from domain.parameters.own import ApprovedAmount, OwnAmount
from domain.parameters.parameter import AmountsOfLaw, Measure, NotInForce, Parameter
from domain.parameters.rooms import load, names, read, rooms, text_of

__all__ = [
    "AmountsOfLaw",
    "ApprovedAmount",
    "Measure",
    "NotInForce",
    "OwnAmount",
    "Parameter",
    "load",
    "names",
    "read",
    "rooms",
    "text_of",
]
