"""What several reads take and answer: the two times, the scheme, the law they rest on, and pages."""

import base64
import binascii
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from api.kit.endpoint import Call
from api.kit.problems import invalid_field
from domain import schemes
from domain.account.state import CareAccount
from domain.dates import Day, Instant, day_in_london
from domain.schemes import Scheme
from domain.terms import Terms

Limit = Annotated[int, Field(ge=1, le=1000)]


class Basis(Terms):
    """Which rules a figure rests on, and whether they are law in force."""

    scheme: str
    in_force: bool


def basis(scheme: Scheme) -> Basis:
    """What every answer with a cap figure says of its rules."""
    return Basis(scheme=scheme.name, in_force=scheme.provisions_in_force)


class AsKnown(Terms):
    """The moment of knowledge asked for; now when it is left out."""

    known_at: Instant | None = None


class AsOf(AsKnown):
    """Both times asked for: today and now when they are left out."""

    on: Day | None = None
    scheme: Annotated[str, Field(max_length=64)] | None = None


class Paged(Terms):
    """Which page of a list is wanted."""

    limit: Limit = 100
    cursor: Annotated[str, Field(max_length=200)] | None = None


def known_at(call: Call[Any, Any]) -> datetime:
    """The moment of knowledge; raises ApiError 422 for one to come, of which nobody knows anything yet."""
    asked: datetime | None = call.query.known_at
    if asked and asked > call.latest:
        raise invalid_field("/known_at", "Nobody knows yet what will be known then: give a moment that has passed.")
    return asked or call.latest


def account_known(call: Call[Any, Any]) -> CareAccount:
    """The account as it was known at the moment asked for; raises NoSuchAccount."""
    return call.council.ledger.account(call.account_id, known_at(call))


def on_day(call: Call[Any, Any]) -> date:
    """The day asked for; today in London when it is left out."""
    asked: date | None = call.query.on
    return asked or day_in_london(call.now)


def scheme_of(call: Call[Any, Any]) -> Scheme:
    """The scheme asked for, or the one the council has adopted; raises UnknownScheme."""
    return schemes.load(call.query.scheme) if call.query.scheme else call.council.scheme


class Place(Terms):
    """Where a page begins, and the moment of knowledge of the first page where the list depends on it."""

    offset: Annotated[int, Field(ge=0, lt=2**31)] = 0
    known_at: Instant | None = None


def cursor(place: Place) -> str:
    """Where the next page begins, in a form that callers hand back without reading it."""
    return base64.urlsafe_b64encode(place.model_dump_json(exclude_none=True).encode()).decode().rstrip("=")


def place_of(call: Call[Any, Any]) -> Place:
    """What a cursor handed out before says; the beginning when there is none."""
    text: str | None = call.query.cursor
    if text is None:
        return Place()
    try:
        return Place.model_validate_json(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        raise invalid_field("/cursor", "Hand back the cursor exactly as `next` gave it.") from None
