"""`careledger parameters`: the amounts of law, and which of them a person has to look at."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal

import click

from api.cli import own_amounts
from api.cli.asked import on_option
from api.cli.shared import its_council, running, settings
from api.cli.table import last_day, print_table
from domain import parameters
from domain.dates import day_in_london
from domain.parameters import AmountsOfLaw, Measure, NotInForce, Parameter
from domain.parameters.parameter import DatedFigure, Undated
from domain.parameters.quantity import quantity_text

Known = Parameter | Measure
NOT_KNOWN, NO_DAY = "not known", "no day"


@click.group("parameters")
def command() -> None:
    """The amounts of law: see them with their authority, and which of them a person has to look at.

    A council enters its own, or those nobody here has seen, by propose; they count once a second person approves them.
    """


for each in (own_amounts.propose, own_amounts.proposals, own_amounts.approve, own_amounts.reverse):
    command.add_command(each)

own_too_option = click.option(
    "--council", "code", metavar="CODE", help="Whose own amounts count too: a GSS code, such as E10000012."
)


@command.command("check")
@own_too_option
@on_option
def check(code: str | None, on: date | None) -> None:
    """List gaps, amounts below official certainty, amounts not compared for a year, and files that cannot be read.

    --on says which day is taken for today. A gap is a stretch of days that is refused, since nobody has seen an amount
    for it; what only a council sets is none where it sets nothing. A council's own amount counts as compared on the day
    it was approved. Two amounts never hold on one day: a file that says so cannot be read. The exit status is 1 when a
    file cannot be read.
    """
    read, faults = _read(_amounts(code))
    today = on or _today()
    gaps = [row for each in read for row in _gaps(each)]
    uncertain = [row for each in read for row in _uncertain(each)]
    stale = [row for each in read for row in _stale(each, today)]
    print_table("Gaps, for which nobody has seen an amount", ("parameter", "from", "to"), gaps)
    print_table("Uncertain, below official", ("parameter", "from", "amount", "certainty", "authority"), uncertain)
    print_table(f"Not compared for a year by {today}", ("parameter", "last compared on"), stale)
    print_table("Files that cannot be read, overlaps among them", ("parameter", "fault"), faults)
    if faults:
        raise SystemExit(1)


@command.command("show")
@click.argument("name", required=False)
@own_too_option
@on_option
def show(name: str | None, code: str | None, on: date | None) -> None:
    """Print every amount of the parameter NAME with its authority; without NAME, what is in force on a day."""
    if name is None:
        _print_in_force(_amounts(code), on or _today())
    elif name in parameters.names():
        _print_whole(_readable(_amounts(code), name))
    else:
        raise click.ClickException(f'There is no parameter "{name}". To list them: careledger parameters show.')


def _today() -> date:
    return day_in_london(settings().now())


def _amounts(code: str | None) -> AmountsOfLaw:
    """National law alone, or with a council's own amounts laid over it."""
    if code is None:
        return parameters.load
    with running() as installation:
        return its_council(installation, code).amounts_now


def _read(amounts: AmountsOfLaw) -> tuple[list[Known], list[tuple[str, str]]]:
    """The parameters that can be read, and what is wrong with the files of the others."""
    read, faults = [], []
    for name in parameters.names():
        try:
            read.append(amounts(name))
        except ValueError as fault:
            faults.append((name, str(fault)))
    return read, faults


def _readable(amounts: AmountsOfLaw, name: str) -> Known:
    try:
        return amounts(name)
    except ValueError as fault:
        raise click.ClickException(f"The file of {name} cannot be read: {fault}") from fault


def _gaps(parameter: Known) -> list[tuple[str, str, str]]:
    if not parameter.values:
        return [] if parameter.name in parameters.names("local") else [(parameter.name, NO_DAY, "")]
    return [(parameter.name, gap.first.isoformat(), last_day(gap.ending_before)) for gap in parameter.gaps()]


def _stale(parameter: Known, today: date) -> list[tuple[str, str]]:
    """The days of comparison that are a year ago: the file's, and the approval of the own amount in force."""
    compared = [(parameter.name, parameter.checked_on)]
    with suppress(NotInForce):
        if own := parameter.dated(today).approved_on:
            compared.append((f"{parameter.name}, the council's own", own))
    return [(name, day.isoformat()) for name, day in compared if _a_year_after(day) <= today]


def _entries(parameter: Known) -> Iterator[tuple[str, DatedFigure | Undated]]:
    """Every entry, behind the day it holds from."""
    for value in parameter.values:
        yield value.from_.isoformat(), value
    for undated in parameter.undated:
        yield NO_DAY, undated


def _uncertain(parameter: Known) -> list[tuple[str, str, str, str, str]]:
    return [
        (parameter.name, first, quantity_text(each.amount), each.certainty, each.authority)
        for first, each in _entries(parameter)
        if each.amount is not None and each.certainty != "official"
    ]


def _a_year_after(day: date) -> date:
    """The same day a year later; the 29th of February comes back on the 1st of March."""
    return date(day.year + 1, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def _print_in_force(amounts: AmountsOfLaw, day: date) -> None:
    rows = [_in_force(_readable(amounts, name), day) for name in parameters.names()]
    print_table(f"Amounts on {day}", ("parameter", "amount", "unit", "status", "authority"), rows)


def _in_force(parameter: Known, day: date) -> tuple[str, ...]:
    try:
        value = parameter.dated(day)
    except NotInForce:
        return (parameter.name, NOT_KNOWN, parameter.unit, "", "")
    return (parameter.name, _amount(value.amount), parameter.unit, _status(value), value.authority)


def _status(entry: DatedFigure | Undated) -> str:
    own = isinstance(entry, DatedFigure) and entry.approved_on
    return f"{entry.status}, the council's own" if own else entry.status


def _print_whole(parameter: Known) -> None:
    click.echo(f"{parameter.name}: {parameter.description}.")
    click.echo(f"In {parameter.unit}; last compared on {parameter.checked_on}.\n")
    rows = [
        (first, _amount(each.amount), each.certainty, _status(each), each.authority, each.note or "")
        for first, each in _entries(parameter)
    ]
    print_table("Entries", ("from", "amount", "certainty", "status", "authority", "note"), rows)


def _amount(amount: Decimal | None) -> str:
    return NOT_KNOWN if amount is None else quantity_text(amount)
