"""Which amounts and switches apply: a scheme is a file, not code."""

from domain.schemes.scheme import CapRules, Scheme, UnknownScheme, load, names

__all__ = ["CapRules", "Scheme", "UnknownScheme", "load", "names"]
