"""Does a received estimate come to the same today as when it was sent, and if not, in which lines?"""

import json
from collections import Counter
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from api.v1.assessment_bodies import Asked, to_assess
from domain.law.financial_assessment import CannotBeAssessed, FiguresWorkedOut, Line, assess
from domain.parameters import AmountsOfLaw, NotInForce
from ledger.vault.received import Received


class Differs(NamedTuple):
    """A line that is not in both workings, with its amount in the one that has it."""

    label: str
    then: Decimal | None
    now: Decimal | None


class Since(NamedTuple):
    """What the sender was shown, what the same request comes to now or why it does not, and the lines that differ."""

    then: FiguresWorkedOut
    now: FiguresWorkedOut | None
    why_not: str
    differs: tuple[Differs, ...]


def since_then(received: Received, asked: Asked, amounts: AmountsOfLaw) -> Since:
    """Both workings, compared line by line."""
    then = FiguresWorkedOut.model_validate_json(json.dumps(received.figures))
    try:
        now = assess(to_assess(asked), amounts)
    except (NotInForce, CannotBeAssessed) as fault:
        return Since(then, None, str(fault), ())
    return Since(then, now, "", tuple(_differing(then.lines, now.lines)))


def _differing(then: tuple[Line, ...], now: tuple[Line, ...]) -> list[Differs]:
    before, after = (Counter((line.label, line.amount) for line in lines) for lines in (then, now))
    gone, come = list((before - after).elements()), list((after - before).elements())
    labels = dict.fromkeys(label for label, _ in [*gone, *come])
    return [each for label in labels for each in _of_label(label, gone, come)]


def _of_label(label: str, gone: list[tuple[str, Decimal]], come: list[tuple[str, Decimal]]) -> list[Differs]:
    """Lines of one label, set beside each other in their order."""
    then = [amount for name, amount in gone if name == label]
    now = [amount for name, amount in come if name == label]
    return [Differs(label, one, other) for one, other in zip_longest(then, now)]
