"""Which accounts does an auditor look at, chosen so that anybody can choose the same again?"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import chain, zip_longest
from typing import Literal, NamedTuple, get_args
from uuid import UUID

Method = Literal["random", "by_risk", "by_list"]
Risk = Literal["corrected", "adjusted", "late", "none"]
Found = Literal["agrees", "question"]

RISKS: tuple[Risk, ...] = get_args(Risk)
"""In this order: an account of which several are true is looked at for the first."""
LARGE = Decimal("500.00")
"""Pounds, either way, from which an adjustment makes an account one of risk."""
LATE_AFTER = 28
"""Days from when a fact is true to when it was recorded, after which it is late."""
MOST = 200
"""Accounts in one sample: more is no longer looked at one by one."""


class NoSuchSample(Exception):
    """There is no such sample, or the account is not in it."""


class Candidate(NamedTuple):
    """An account that can be chosen, and why it may need looking at."""

    account_id: UUID
    risk: Risk


class Population(NamedTuple):
    """Every account there was at the last entry recorded, and the moment of that entry."""

    known_at: datetime
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample as it was drawn, and how far it has been looked at."""

    sample_id: UUID
    number: int
    method: Method
    seed: str
    known_at: datetime
    population: int
    drawn_at: datetime
    drawn_by: str
    size: int
    looked_at: int
    questions: int


@dataclass(frozen=True, slots=True)
class SampledAccount:
    """An account of a sample, and what was found of it last, by whom and when, if anybody has looked."""

    sample_id: UUID
    number: int
    account_id: UUID
    reference: str
    risk: Risk
    found: Found | None
    checked_at: datetime | None
    checked_by: str | None


def choose(
    candidates: Iterable[Candidate], method: Literal["random", "by_risk"], seed: str, size: int
) -> list[Candidate]:
    """So many of the candidates, in the order in which they are chosen: the same for the same seed, on any machine.

    Chance is the SHA-256 of the seed, a colon and the account's id: accounts are taken in the order of its hex. By
    risk, the kinds of risk take turns, each with its accounts in that order, until there are enough.
    """
    by_chance = sorted(candidates, key=lambda each: _rank(seed, each.account_id))
    return (by_chance if method == "random" else list(_in_turn(by_chance)))[:size]


def _rank(seed: str, account_id: UUID) -> str:
    return hashlib.sha256(f"{seed}:{account_id}".encode()).hexdigest()


def _in_turn(by_chance: Sequence[Candidate]) -> Iterator[Candidate]:
    kinds = ([each for each in by_chance if each.risk == risk] for risk in RISKS)
    return (each for each in chain.from_iterable(zip_longest(*kinds)) if each)
