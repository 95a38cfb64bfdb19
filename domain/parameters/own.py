"""What do amounts of law come to where a council has entered its own, or what nobody else has seen?"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from domain.dates import Day
from domain.parameters.dated import D
from domain.parameters.leaving_more import least_of
from domain.parameters.parameter import AmountsOfLaw, DatedAmount, DatedFigure, Measure, Parameter
from domain.parameters.quantity import Quantity
from domain.terms import Terms
from domain.text import Text


class OwnAmount(Terms):
    """What a council says an amount is from a day on, counted in the unit of the law, and where that is written."""

    parameter: str
    from_: Day = Field(alias="from")
    amount: Quantity
    unit: str
    authority: Text
    certainty: Literal["official", "secondary", "recalled"]
    note: Text | None = None


class ApprovedAmount(OwnAmount):
    """An amount that a second person approved, and the day of that: it counts."""

    approved_on: Day


def with_own(national: AmountsOfLaw, own: Sequence[ApprovedAmount]) -> AmountsOfLaw:
    """The national amounts with a council's own laid over them; `own` is in the order of approval."""

    def amounts(name: str) -> Parameter | Measure:
        least = least_of(name)
        floor = amounts(least) if least not in (None, name) else None
        return laid_over(national(name), [each for each in own if each.parameter == name], floor)

    return amounts


def laid_over(
    national: Parameter | Measure, own: Sequence[ApprovedAmount], floor: Parameter | Measure | None = None
) -> Parameter | Measure:
    """The national parameter with a council's own amounts; of two from one day the one approved last counts.

    Each holds from its day to the day of the next entry, national or own. Where the law's own amount is known it gives
    way only to one that leaves people more. `floor` is another parameter that is the least this one may be. What was
    entered in another unit than the law counts in now says nothing, so its days stay unknown.
    """
    kind = DatedAmount if isinstance(national, Parameter) else DatedFigure
    mine = {each.from_: _figure(each, kind) for each in own if each.unit == national.unit}
    if not mine:
        return national
    layers = _Layers(national, sorted(mine.values(), key=lambda value: value.from_), floor)
    return national.model_copy(update={"values": tuple(layers.values())})


def _figure(own: ApprovedAmount, kind: type[DatedFigure]) -> DatedFigure:
    return kind.model_validate({**own.model_dump(by_alias=True, exclude={"parameter", "unit"}), "status": "in force"})


class _Layers:
    """The entries of national law, a council's own, and those of what is the least it may be."""

    def __init__(
        self, national: Parameter | Measure, own: Sequence[DatedFigure], floor: Parameter | Measure | None
    ) -> None:
        self._law: Sequence[DatedFigure] = national.values
        self._own = own
        self._floor: Sequence[DatedFigure] = floor.values if floor else ()
        self._may_leave_more = least_of(national.name) is not None

    def values(self) -> Iterable[DatedFigure]:
        """What holds from each day on which another entry does."""
        before = None
        for day in sorted({value.from_ for layer in (self._law, self._own, self._floor) for value in layer}):
            value = self._holding(day)
            if value is not None and value is not before:
                yield value if value.from_ == day else value.model_copy(update={"from_": day})
            before = value

    def _holding(self, day: date) -> DatedFigure | None:
        law, mine = _latest(self._law, day), _latest(self._own, day)
        if mine is None or (law and law.from_ > mine.from_):
            return law
        least = law if law and law.amount is not None else _latest(self._floor, day)
        if least is None or least.amount is None:
            return mine
        return mine if self._may_leave_more and _more(mine, least) else least


def _more(mine: DatedFigure, least: DatedFigure) -> bool:
    assert mine.amount is not None  # an own amount is never null
    assert least.amount is not None  # asked only of one that is known
    return mine.amount > least.amount


def _latest(values: Sequence[D], day: date) -> D | None:
    """The entry from the day, or from the last one before it."""
    place = bisect_right(values, day, key=lambda value: value.from_)
    return values[place - 1] if place else None
