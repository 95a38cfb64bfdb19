"""`careledger statements`: make the statements that are due."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

import click

from api.cli.asked import read_day
from api.cli.progress import progress
from api.cli.shared import its_council, its_council_option, running
from api.letters.issuing import with_paper
from api.statement_runs import StatementRunFigures, StatementRunListed, listed, weighed
from api.wiring import Installation
from domain.account.refusals import StatementOfDaysToCome
from domain.account.statement_due import RunKind
from ledger.council import Council
from ledger.outcomes import Caller
from ledger.statement_run import StatementsWanted
from ledger.statement_runs import StatementRuns


@click.command("statements")
@its_council_option
@click.option("--to", required=True, metavar="DAY", callback=read_day, help="The last day they cover, as 2026-03-31.")
@click.option(
    "--kind", type=click.Choice(get_args(RunKind)), default="annual", show_default=True, help="Which are due."
)
@click.option("--dry-run", is_flag=True, help="Say what would be made and held, and make nothing.")
@click.option(
    "--sub", default="operator", show_default=True, metavar="WHO", help="Who makes them, as history names them."
)
@click.option("--json", "as_json", is_flag=True, help="Print the run as JSON.")
def command(code: str | None, to: date, kind: RunKind, dry_run: bool, sub: str, as_json: bool) -> None:
    """Make a statement for every account of a council whose statement is due by DAY.

    A yearly one is due in the month in which an account has its anniversary; a closing one when it was closed. May be
    interrupted: the same command goes on with the run. Repeating it makes nothing twice. Nothing goes out before a
    second person has looked at a sample and released it, at /statement-runs.
    """
    wanted = StatementsWanted(to, kind)
    with running() as installation:
        council = its_council(installation, code)
        try:
            if dry_run:
                came = StatementRuns(council).weigh(wanted, installation.settings.now())
                found: StatementRunFigures = weighed(wanted, council.scheme, came)
            else:
                found = _made(installation, council, wanted, Caller(sub, "machine"))
        except StatementOfDaysToCome as to_come:
            raise click.BadParameter(str(to_come), param_hint="'--to'") from None
    click.echo(found.model_dump_json(indent=2) if as_json else "\n".join(_in_words(found, wanted)))


def _made(installation: Installation, council: Council, wanted: StatementsWanted, by: Caller) -> StatementRunListed:
    """Begin the run, or go on with it, and work to its end."""
    runs, clock = StatementRuns(council, with_paper), installation.settings.now
    try:
        run, _ = runs.begin(wanted, by=by, now=clock())
        with progress("Making statements") as shown:
            runs.work(run, clock, shown)
    except KeyboardInterrupt:
        raise click.ClickException("Interrupted. What was made stays; the same command goes on from there.") from None
    return listed(council.schemes, runs.rows.standing(run.run_id))


def _in_words(found: StatementRunFigures, wanted: StatementsWanted) -> Iterator[str]:
    counts, would = found.counts, "" if isinstance(found, StatementRunListed) else "would be "
    if isinstance(found, StatementRunListed):
        yield f"Run {found.number}: {wanted.kind} statements to {wanted.to} under the scheme {found.scheme}."
    else:
        yield f"What {wanted.kind} statements to {wanted.to} would come to. Nothing was made."
    yield ""
    for words, number in (
        ("accounts", counts.accounts),
        (f"  {would}made", counts.made),
        (f"  {would}held", counts.held),
        ("  not due", counts.not_due),
        ("accrued costs stated, in pounds", found.accrued_costs),
    ):
        yield f"  {words:<34}{number:>18,}"
    for each in found.held:
        yield ""
        yield f"{each.why_held.replace('_', ' ')}: {each.accounts} {would}held"
        yield f"  {each.what_to_do}"
    if isinstance(found, StatementRunListed) and found.status == "to_release":
        yield ""
        yield "Nothing has gone out. A second person looks at the sample and releases the run at /statement-runs."
