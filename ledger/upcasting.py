"""How does a fact that was stored in an older shape read as one of today's?

An upcaster takes the JSON of one topic, as `budget-set.1`, and gives that of the next, as `budget-set.2`. It knows no
clock, no store and no other entry, so what it reads today is read the same for good. What is stored is never changed.
"""

import json
from collections.abc import Callable, Container, Mapping
from typing import Any, NamedTuple

from domain.account.statement import canonical

Json = Mapping[str, Any]
Upcast = Callable[[Json], Json]

UPCASTS: Mapping[str, Upcast] = {}
"""By the topic that each reads. None so far: every fact still has the shape that it was first stored in."""


class Form(NamedTuple):
    """A fact as it is stored: its topic and its canonical JSON."""

    topic: str
    state: bytes


def todays(stored: Form, known: Container[str], upcasts: Mapping[str, Upcast] = UPCASTS) -> Form:
    """The form that a fact has today, one version after the other, or as far as there is a way."""
    topic, told = stored.topic, json.loads(stored.state)
    while topic not in known and topic in upcasts:
        topic, told = following(topic), upcasts[topic](told)
    return Form(topic, canonical(told))


def following(topic: str) -> str:
    """The next version of a topic: `budget-set.2` after `budget-set.1`."""
    name, _, version = topic.rpartition(".")
    return f"{name}.{int(version) + 1}"
