"""Who helps the person or acts for them: by which authority, with which permissions, from when to when."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from domain.account.facts.fact import Fact
from domain.dates import Day
from domain.law.representation import Authority, Permission
from domain.terms import Code, EntryId, Terms, ends_after


def _some_and_each_once(permissions: tuple[Permission, ...]) -> tuple[Permission, ...]:
    if not permissions or len(set(permissions)) < len(permissions):
        raise PydanticCustomError("permissions", "Give at least one permission, and each no more than once.")
    return permissions


class Representation(Terms):
    """What somebody may see or do for the person. `evidence` is where the paper, or the person's wish, is kept.

    Mental Capacity Act 2005 ss 9, 16 and 19; SI 1987/1968 reg 33; SI 2013/380 reg 57; Care Act 2014 s 67.
    """

    authority: Authority
    permissions: Annotated[tuple[Permission, ...], AfterValidator(_some_and_each_once)]
    effective_from: Day
    ending_before: Annotated[Day | None, AfterValidator(ends_after("effective_from"))] = None
    evidence: Code


class RepresentativeNamed(Representation, Fact):
    """Somebody was named who may see the account or act for the person. Who it is stands in the vault."""

    TOPIC = "representative-named.1"


class RepresentationEnding(Terms):
    """The first day on which a representative may no longer see or do anything, and why."""

    ending_before: Day
    reason_code: Code


class RepresentativeEnded(RepresentationEnding, Fact):
    """A representative's authority came to its end before the day that had been written down, or there was none."""

    TOPIC = "representative-ended.1"
    representative: EntryId

    @property
    def effective_from(self) -> date:
        return self.ending_before
