"""How a command is told a day and a moment of knowledge."""

from datetime import date, datetime
from typing import TypeVar

import click
from pydantic import TypeAdapter, ValidationError

from domain.dates import Day, Instant

T = TypeVar("T")

_DAY: TypeAdapter[date] = TypeAdapter(Day)
_INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant)


def read_day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """The day that a text names; one that cannot be read is told with how to mend it."""
    return None if value is None else _read(_DAY, value)


def read_instant(ctx: click.Context, parameter: click.Parameter, value: str | None) -> datetime | None:
    """The instant that a text names; one that cannot be read is told with how to mend it."""
    return None if value is None else _read(_INSTANT, value)


def _read(kind: TypeAdapter[T], value: str) -> T:
    try:
        return kind.validate_python(value)
    except ValidationError as fault:
        raise click.BadParameter(fault.errors()[0]["msg"]) from fault


on_option = click.option("--on", metavar="DAY", callback=read_day, help="The day, as 2026-03-31. Left out: today.")
known_at_option = click.option(
    "--known-at",
    metavar="INSTANT",
    callback=read_instant,
    help="What is known, as 2026-04-01T09:00:00Z. Left out: now.",
)


def known(asked: datetime | None, latest: datetime) -> datetime:
    """The moment asked for, the latest there is where none was; one to come is refused."""
    if asked and asked > latest:
        raise click.BadParameter("Nobody knows yet what will be known then.", param_hint="'--known-at'")
    return asked or latest
