"""On which days does another amount hold?"""

from domain.dates import EARLIEST, FOREVER, Stretch, laid_together
from domain.parameters.parameter import DatedFigure, Measure, Parameter

Both = tuple[DatedFigure | None, DatedFigure | None]
"""What holds before and after; None where nobody has seen an amount."""


def differences(before: Parameter | Measure, after: Parameter | Measure) -> list[Stretch[Both]]:
    """The days for which one and the other say something else: another amount, or the same by another authority."""
    together = laid_together([before.stretches(), after.stretches()], EARLIEST, FOREVER)
    pairs = [Stretch(first, ends, (one, other)) for first, ends, (one, other) in together]
    return [pair for pair in pairs if _said(pair.value[0]) != _said(pair.value[1])]


def _said(figure: DatedFigure | None) -> object:
    return figure and (figure.amount, figure.authority, figure.certainty)
