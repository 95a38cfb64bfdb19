"""Which amounts and switches apply: a scheme is a file, not code."""

from domain.schemes.annual_adjustment import AnnualAdjustment
from domain.schemes.files import NotAScheme, UnknownScheme, load, names, read, text_of
from domain.schemes.scheme import CapRules, Scheme

__all__ = ["AnnualAdjustment", "CapRules", "NotAScheme", "Scheme", "UnknownScheme", "load", "names", "read", "text_of"]
