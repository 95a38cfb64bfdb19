"""What is wrong with amounts that a council would enter: each mistake with how to mend it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from domain.dates import FOREVER
from domain.money import Money
from domain.parameters.leaving_more import least_of
from domain.parameters.own import OwnAmount
from domain.parameters.parameter import AmountsOfLaw, Measure, NotInForce, Parameter
from domain.parameters.quantity import quantity_text, quantity_words
from domain.parameters.rooms import names
from domain.words import day

_MONEY: TypeAdapter[Money] = TypeAdapter(Money)


class Mistake(NamedTuple):
    """What is wrong with one of the amounts: its place among them, the field, and how to mend it."""

    place: int
    field: str
    sentence: str


def mistakes(proposed: Sequence[OwnAmount], national: AmountsOfLaw) -> list[Mistake]:
    """Everything that is wrong with the amounts, those of one proposal, beside the national law."""
    found = []
    for place, own in enumerate(proposed):
        sentences = _unusable(own) or [*_twice(own, proposed[:place]), *_of_the_amount(own, proposed, national)]
        found += [Mistake(place, field, sentence) for field, sentence in sentences]
    return found


Sentences = Iterator[tuple[str, str]]


def _unusable(own: OwnAmount) -> list[tuple[str, str]]:
    """Why no amount can be entered under this name."""
    if own.parameter not in names():
        return [("parameter", "There is no parameter of this name: use one that the list of amounts shows.")]
    if own.parameter in names("cap"):
        return [("parameter", "Amounts of the cap belong to a scheme: keep a scheme of your own that names this one.")]
    return []


def _twice(own: OwnAmount, before: Sequence[OwnAmount]) -> Sentences:
    if any((each.parameter, each.from_) == (own.parameter, own.from_) for each in before):
        yield "from", "There is another amount of this parameter from this day: give one of them."


def _of_the_amount(own: OwnAmount, proposed: Sequence[OwnAmount], national: AmountsOfLaw) -> Sentences:
    law = national(own.parameter)
    if own.unit != law.unit:
        yield "unit", f"This is counted in {law.unit}: write that, and check that the amount is counted so."
    elif isinstance(law, Parameter) and not _is_money(own):
        yield "amount", 'Write pounds and pence as text with two decimals, for example "750.00".'
    else:
        yield from _beside_the_law(own, law, national, _ends(own, law, proposed))


def _is_money(own: OwnAmount) -> bool:
    try:
        _MONEY.validate_python(quantity_text(own.amount))
    except ValidationError:
        return False
    return True


def _ends(own: OwnAmount, law: Parameter | Measure, proposed: Sequence[OwnAmount]) -> date:
    """The day on which another entry, of the law or of the same proposal, takes the place of this one."""
    others = [value.from_ for value in law.values]
    others += [each.from_ for each in proposed if each.parameter == own.parameter]
    return min((other for other in others if other > own.from_), default=FOREVER)


def _beside_the_law(own: OwnAmount, law: Parameter | Measure, national: AmountsOfLaw, ends: date) -> Sentences:
    """What national law says of the days on which the amount would stand (SI 2014/2672 regs 6, 7, 12 and 25)."""
    least = least_of(own.parameter)
    if least is None:
        yield from _in_place_of_the_law(own, law)
        return
    whose = "" if least == law.name else f" ({least})"
    for stretch in national(least).stretches():
        first, last = max(stretch.first, own.from_), min(stretch.ending_before, ends)
        if first < last and own.amount < (amount := national(least).on(first)):
            yield (
                "amount",
                (
                    f"On {day(first)} national law leaves people {quantity_words(amount, law.unit)}{whose}."
                    " A council may leave them more, never less: give that amount or more."
                ),
            )


def _in_place_of_the_law(own: OwnAmount, law: Parameter | Measure) -> Sentences:
    try:
        known = law.on(own.from_)
    except NotInForce:
        return
    yield (
        "from",
        (
            f"On {day(own.from_)} national law says {quantity_words(known, law.unit)}."
            " A council cannot put another amount in its place."
        ),
    )
