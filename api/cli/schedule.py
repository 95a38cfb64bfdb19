"""`careledger schedule`: when a council's runs are due."""

from datetime import date
from typing import get_args

import click

from api.cli.asked import read_day
from api.cli.shared import by_option, its_council, its_council_option, running
from domain.dates import day_in_london, instant_text
from domain.schedule import Every, Rhythm
from ledger.council import Council
from ledger.due_runs import KINDS, next_period
from ledger.schedule import RunKind, ScheduleChange

IN_WORDS: dict[Every, str] = {
    "four_weeks": "every four weeks",
    "month": "every calendar month",
    "never": "no more",
}
_CALLED: dict[RunKind, str] = {"posting": "posting", "statements": "run of statements", "notices": "run of notices"}


@click.group("schedule")
def command() -> None:
    """When runs are due: decide it, and see what was decided by whom. `careledger work` does what is due."""


@command.command("set")
@click.argument("run", type=click.Choice(sorted(KINDS)))
@its_council_option
@click.option("--every", required=True, type=click.Choice(get_args(Every)), help="How often; never: no more.")
@click.option(
    "--from", "first", required=True, metavar="DAY", callback=read_day, help="The first day of the first period."
)
@by_option
def decide(run: RunKind, code: str | None, every: Every, first: date, by: str) -> None:
    """Have RUN be done for every period from DAY on. Each is due from the day after its last.

    Four weeks are counted from DAY; a month ends with the calendar's. No day is done twice: what was done stays, and
    the next period begins where it ended. Periods that have passed since DAY are due at once.
    """
    with running() as installation:
        council = its_council(installation, code)
        change = council.schedule_changes.decide(run, Rhythm(every, first), by=by, now=installation.settings.now())
        click.echo(_decided(change) if change else "That was decided already. Nothing was changed.")
        click.echo(_what_is_next(council, run, day_in_london(installation.settings.now())))


@command.command("show")
@its_council_option
def show(code: str | None) -> None:
    """Every decision in the order it was recorded, and which days are done next."""
    with running() as installation:
        council = its_council(installation, code)
        for change in council.schedule.changes:
            click.echo(_decided(change))
        for run in KINDS:
            click.echo(_what_is_next(council, run, day_in_london(installation.settings.now())))


def _decided(change: ScheduleChange) -> str:
    return (
        f"{change.run} {IN_WORDS[change.every]} from {change.rhythm.effective_from} on,"
        f" decided {instant_text(change.recorded_at)} by {change.recorded_by}"
    )


def _what_is_next(council: Council, run: RunKind, today: date) -> str:
    period, called = next_period(council, run), _CALLED[run]
    if period is None:
        return f"By the schedule no {called} is due, now or later."
    when = "due now" if period.ending_before <= today else f"due on {period.ending_before}"
    return f"The next {called} is of the days {period.effective_from} to {period.last}, {when}."
