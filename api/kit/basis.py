"""Which rules a figure rests on, and whether they are law in force: said with every figure about the cap."""

from domain.schemes import Scheme
from domain.terms import Terms


class Basis(Terms):
    """Which rules a figure rests on, and whether they are law in force."""

    scheme: str
    in_force: bool


def basis(scheme: Scheme) -> Basis:
    """What every answer with a cap figure says of its rules."""
    return Basis(scheme=scheme.name, in_force=scheme.provisions_in_force)
