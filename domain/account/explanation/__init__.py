"""What makes up a figure: a tree from the figure to its arithmetic, the entries, the provision and the dated amount."""

from domain.account.explanation.explain import FIGURES, explain
from domain.account.explanation.node import DatedLaw, Explained, Figure, last_parts

__all__ = ["FIGURES", "DatedLaw", "Explained", "Figure", "explain", "last_parts"]
