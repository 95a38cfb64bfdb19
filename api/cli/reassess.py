"""`careledger reassess`: assess everybody anew for a day, see first what would change, and take it back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from getpass import getuser
from pathlib import Path
from uuid import UUID

import click

from api.cli.asked import read_day
from api.cli.progress import progress
from api.cli.reassess_words import print_runs, print_what_came, write_csv
from api.cli.shared import its_council, its_council_option, running
from api.reassessment import figures, tally_of
from api.uprating_file import NotAnUprating, read_rises
from api.wiring import Installation
from domain.account.uprating import Rise
from ledger.council import Council
from ledger.outcomes import Caller
from ledger.reassessment_run import (
    NoSuchReassessment,
    NotFinishedYet,
    ReassessmentRun,
    RunItem,
    TakesBackItself,
    Wanted,
)
from ledger.reassessment_weighing import weigh, weigh_reversal
from ledger.reassessments import Reassessments


def _rises(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> tuple[Rise, ...]:
    try:
        return read_rises(value) if value else ()
    except NotAnUprating as fault:
        raise click.BadParameter(f"{value} does not say how incomes rise:\n{fault}") from None


@click.command("reassess")
@its_council_option
@click.option("--on", metavar="DAY", callback=read_day, help="The day from which everybody is assessed anew.")
@click.option("--undo", metavar="RUN", help="Take a reassessment back instead, by its number or id.")
@click.option("--list", "as_list", is_flag=True, help="List the reassessments there were, and do nothing.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and record nothing.")
@click.option("--all", "every", is_flag=True, help="Also record assessments by which nobody pays another amount.")
@click.option(
    "--uprate",
    "rises",
    metavar="FILE",
    callback=_rises,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="By how much incomes rise, with the source: YAML, or CSV with kind, percent, weekly, was, source.",
)
@click.option("--csv", "file", type=click.Path(path_type=Path, dir_okay=False), help="A CSV file with a row a person.")
@click.option("--by", default=getuser, metavar="WHO", help="Who asks, as history will name them; else your login name.")
def command(
    code: str | None,
    on: date | None,
    undo: str | None,
    as_list: bool,
    dry_run: bool,
    every: bool,
    rises: tuple[Rise, ...],
    file: Path | None,
    by: str,
) -> None:
    """Assess everybody anew for DAY: what they said stays, the amounts of law and the ages are those of the day.

    Nobody's income is changed without --uprate. May be interrupted: the same command goes on with the run. Repeating it
    records nothing twice. The exit status is 1 when somebody has to act before an account can be reassessed.
    """
    _require_one_thing(on, undo, as_list, more={"--all": every, "--uprate": bool(rises)}, of_work=dry_run or bool(file))
    with running() as installation:
        doing = _Reassessing(installation, its_council(installation, code), Caller(by, "machine"), dry_run)
        if on:
            items = doing.anew(Wanted(on, every, rises))
        elif undo:
            items = doing.back(undo)
        else:
            return print_runs(doing.runs.rows.standings(2**31 - 1, 1000))
        found = figures(tally_of(items))
        write_csv(file, items)
    print_what_came(items, found, dry_run, doing.run)
    if found.needs_somebody:
        raise SystemExit(1)


def _require_one_thing(
    on: date | None, undo: str | None, as_list: bool, *, more: dict[str, bool], of_work: bool
) -> None:
    """What was asked for, and nothing beside it that means nothing there."""
    if [on is not None, undo is not None, as_list].count(True) != 1:
        raise click.UsageError("Give one of --on DAY, --undo RUN and --list.")
    for option, given in more.items():
        if given and not on:
            raise click.UsageError(f"{option} is said beside --on alone.")
    if as_list and of_work:
        raise click.UsageError("--dry-run and --csv are said beside --on or --undo.")


class _Reassessing:
    """The work of one command, tried or done. `run` is what was done."""

    def __init__(self, installation: Installation, council: Council, by: Caller, dry_run: bool) -> None:
        self.runs, self._council = Reassessments(council), council
        self.run: ReassessmentRun | None = None
        self._clock, self._by, self._dry_run = installation.settings.now, by, dry_run

    def anew(self, wanted: Wanted) -> list[RunItem]:
        """What comes of each account."""
        with _interruptible(self._dry_run), progress("Reassessing") as shown:
            if self._dry_run:
                return sorted(weigh(self._council, wanted, self._clock(), shown), key=lambda item: item.reference)
            run, _ = self.runs.begin(wanted, by=self._by, now=self._clock())
            self.runs.work(run, self._clock, shown)
        return self._items_of(run)

    def back(self, named: str) -> list[RunItem]:
        """What comes of each account of a run when it is taken back."""
        try:
            run_id = self._named(named)
            if self._dry_run:
                return sorted(weigh_reversal(self._council, run_id), key=lambda item: item.reference)
            run, _ = self.runs.begin_reversal(run_id, by=self._by, now=self._clock())
        except (NoSuchReassessment, NotFinishedYet, TakesBackItself) as refused:
            raise click.BadParameter(f"{refused} See: careledger reassess --list.", param_hint="'--undo'") from None
        with _interruptible(self._dry_run), progress("Taking back") as shown:
            self.runs.work(run, self._clock, shown)
        return self._items_of(run)

    def _items_of(self, run: ReassessmentRun) -> list[RunItem]:
        self.run = run
        return self.runs.rows.items(run)

    def _named(self, named: str) -> UUID:
        """The run of a number, as it is listed, or of an id."""
        if re.fullmatch(r"[0-9]{1,9}", named, re.ASCII):
            return self.runs.rows.numbered(int(named)).run.run_id
        try:
            return UUID(named)
        except ValueError:
            raise NoSuchReassessment(NoSuchReassessment.__doc__) from None


@contextmanager
def _interruptible(dry_run: bool) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        stays = "Nothing was recorded." if dry_run else "What was recorded stays; the same command goes on from there."
        raise click.ClickException(f"Interrupted. {stays}") from None
