"""/v1/care-accounts/{id}/comparison: by how much do the figures of two moments differ, and which entries make it?"""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.kit.problems import ApiError, FieldProblem
from api.v1.cap_progress import AccountCapProgress, progress_shown
from api.v1.shared import ACCOUNT, AsOf, account_known, known_at, on_day, scheme_of
from domain.account.causes import Cause
from domain.account.comparison import Differing, Moment, compare
from domain.account.figures import Figures
from domain.dates import Day, Instant


class ComparisonQuery(AsOf):
    """One moment, and the other: the same day and scheme as known now, where nothing else is said."""

    other_on: Day | None = None
    other_known_at: Instant | None = None
    other_scheme: Annotated[str, Field(max_length=64)] | None = None


class ComparisonOfMoments(Figures):
    """The figures of both moments, what the other has more than the one, and the causes.

    The amounts of the causes add up to the difference of accrued costs, and those of the daily living costs to theirs.
    """

    account_id: UUID
    version: int
    one: AccountCapProgress
    other: AccountCapProgress
    difference: Differing
    causes: tuple[Cause, ...]


@get(f"{ACCOUNT}/comparison", "read_account", ComparisonOfMoments, ComparisonQuery)
def read_comparison(call: Call[Any, ComparisonQuery]) -> Answer:
    """By how much two moments differ: first by what was learned of the earlier day, then by the days between."""
    one, one_known = _moment(call)
    other, other_known = _other_moment(call)
    found = compare(one, other)
    version = max(one.account.version, other.account.version)
    answer = ComparisonOfMoments(
        account_id=one.account.id,
        version=version,
        one=progress_shown(found.one, one.account, one.scheme, one_known),
        other=progress_shown(found.other, other.account, other.scheme, other_known),
        difference=found.difference,
        causes=found.causes,
    )
    return Answer(answer, version=version)


def _moment(call: Call[Any, Any]) -> tuple[Moment, datetime]:
    return Moment(account_known(call), scheme_of(call), on_day(call)), known_at(call)


def _other_moment(call: Call[Any, ComparisonQuery]) -> tuple[Moment, datetime]:
    """The other moment, asked for as the one is, what is wrong with it told of its own parameters."""
    asked = call.query
    other = asked.model_copy(
        update={
            "on": asked.other_on or asked.on,
            "known_at": asked.other_known_at,
            "scheme": asked.other_scheme or asked.scheme,
        }
    )
    try:
        return _moment(replace(call, query=other))
    except ApiError as fault:
        named = [FieldProblem(pointer=_other(each.pointer, asked), detail=each.detail) for each in fault.errors]
        raise ApiError(fault.status, fault.slug, fault.detail, named) from None


def _other(pointer: str, asked: ComparisonQuery) -> str:
    """The parameter that was wrong: the other's own where it was given, since it may stand for the one's."""
    name = f"other_{pointer.removeprefix('/')}"
    return f"/{name}" if getattr(asked, name) is not None else pointer
