"""Which amount of law is in force on a day, by what authority, and how sure we are of it."""

from domain.parameters.parameter import NotInForce, Parameter, load, names

__all__ = ["NotInForce", "Parameter", "load", "names"]
