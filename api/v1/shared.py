"""What several reads take and answer: the two times, the scheme, and the facts as they were recorded."""

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from api.care_words import as_shown
from api.kit.call import Call
from api.kit.problems import ApiError, FieldProblem, invalid_field
from api.v1.paging import place_of
from domain.account.facts import BY_TOPIC, Fact
from domain.account.refusals import NoSuchEntry
from domain.account.state import CareAccount
from domain.dates import Day, Instant, day_in_london
from domain.schemes import Scheme, UnknownScheme
from domain.terms import Code, EntryId, Terms

ACCOUNT = "/v1/care-accounts/{account_id}"

_ENTRY_ID: TypeAdapter[str] = TypeAdapter(EntryId)
_CODE: TypeAdapter[str] = TypeAdapter(Code)

if TYPE_CHECKING:
    AnyFact = Fact
else:
    AnyFact = reduce(or_, BY_TOPIC.values())
"""Every fact an answer can show, so that the description of the API names their fields."""


class AsKnown(Terms):
    """The moment of knowledge asked for; now when it is left out."""

    known_at: Instant | None = None


class OnDay(AsKnown):
    """Both times asked for: today and now when they are left out."""

    on: Day | None = None


class AsOf(OnDay):
    """Both times, and the scheme: the council's own when it is left out."""

    scheme: Annotated[str, Field(max_length=64)] | None = None


def known_at(call: Call[Any, Any]) -> datetime:
    """The moment of knowledge: the one asked for, that of the first page, or now.

    Raises ApiError 422 for one to come, of which nobody knows anything yet.
    """
    first_page: datetime | None = place_of(call).known_at
    asked: datetime | None = call.query.known_at or first_page
    if first_page and asked != first_page:
        raise invalid_field("/cursor", "This cursor belongs to another known_at: give the same one with every page.")
    if asked and asked > call.latest:
        raise invalid_field("/known_at", "Nobody knows yet what will be known then: give a moment that has passed.")
    return asked or call.latest


def account_known(call: Call[Any, Any]) -> CareAccount:
    """The account as it was known at the moment asked for; raises NoSuchAccount."""
    return as_shown(call.standing.account_known_at(known_at(call)), call.identity)


def on_day(call: Call[Any, Any]) -> date:
    """The day asked for, that of the first page, or today in London."""
    asked: date | None = call.query.on
    return asked or place_of(call).on or day_in_london(call.now)


def scheme_of(call: Call[Any, Any]) -> Scheme:
    """The scheme asked for, or the one the council has adopted, either as known at the moment asked for.

    Raises ApiError 422 where none of the name was known then.
    """
    known = call.schemes.known_at(known_at(call))
    if call.query.scheme is None:
        return known.adopted
    try:
        return known.named(call.query.scheme)
    except UnknownScheme as fault:
        raise ApiError(
            422, "unknown-scheme", str(fault), [FieldProblem(pointer="/scheme", detail=str(fault))]
        ) from None


def entry_id_in(call: Call[Any, Any], name: str) -> str:
    """The id of an entry in the address; raises NoSuchEntry for what is no id."""
    return _in_address(call.ids[name], _ENTRY_ID)


def reference_in(call: Call[Any, Any]) -> str:
    """The reference in the address; raises NoSuchEntry for what can be none."""
    return _in_address(call.ids["reference"], _CODE)


def _in_address(text: str, kind: TypeAdapter[str]) -> str:
    try:
        return kind.validate_python(text)
    except ValidationError:
        raise NoSuchEntry from None
