"""`careledger post`: post a period for every account of a council."""

from collections.abc import Iterator
from datetime import date

import click
from pydantic import TypeAdapter, ValidationError

from api.cli.progress import progress
from api.cli.shared import its_council, its_council_option, running
from api.posting import PostingException, PostingRunRead, read
from api.wiring import Installation
from domain.account.refusals import PostsDaysToCome
from domain.dates import Day
from ledger.council import Council
from ledger.outcomes import Caller
from ledger.runs import PostingRuns

_DAY: TypeAdapter[date] = TypeAdapter(Day)


def _day(ctx: click.Context, parameter: click.Parameter, value: str) -> date:
    try:
        return _DAY.validate_python(value)
    except ValidationError as fault:
        raise click.BadParameter(fault.errors()[0]["msg"]) from fault


@click.command("post")
@its_council_option
@click.option("--through", required=True, metavar="DAY", callback=_day, help="The last day to post, as 2026-03-31.")
@click.option("--sub", default="operator", show_default=True, metavar="WHO", help="Who posts, as history names them.")
@click.option("--json", "as_json", is_flag=True, help="Print the run as JSON.")
def command(code: str | None, through: date, sub: str, as_json: bool) -> None:
    """Post the days up to and with DAY for every account of a council.

    May be interrupted: the same command goes on with the run. Repeating it posts nothing twice. The exit status is 1
    when an account could not be posted.
    """
    with running() as installation:
        run = _posted(installation, its_council(installation, code), through, Caller(sub, "machine"))
    click.echo(run.model_dump_json(indent=2) if as_json else "\n".join(_in_words(run)))
    if run.counts.not_posted:
        raise SystemExit(1)


def _posted(installation: Installation, council: Council, through: date, by: Caller) -> PostingRunRead:
    """Begin the run, or go on with it, and work to its end."""
    runs, clock = PostingRuns(council), installation.settings.now
    try:
        run, _ = runs.begin(through, by=by, now=clock())
        with progress("Posting") as shown:
            runs.work(run, clock, shown)
    except PostsDaysToCome as to_come:
        raise click.BadParameter(str(to_come), param_hint="'--through'") from None
    except KeyboardInterrupt:
        raise click.ClickException("Interrupted. What was posted stays; the same command goes on from there.") from None
    return read(council.schemes, runs.rows.standing(run.run_id), runs.rows.exceptions(run))


def _in_words(run: PostingRunRead) -> Iterator[str]:
    counts, totals = run.counts, run.totals
    yield f"Run {run.number} posted the days through {run.through} under the scheme {run.scheme}."
    yield ""
    yield from _table(
        ("accounts", counts.accounts),
        ("  posted", counts.posted),
        ("  posted to that day before", counts.unchanged),
        ("  not posted", counts.not_posted),
    )
    yield ""
    yield "Accrued costs of the accounts posted, in pounds"
    yield from _table(
        ("before", totals.balance_before),
        ("  carried in", totals.opening),
        ("  accrued", totals.accrued),
        ("  annual adjustments", totals.annual_adjustments),
        ("  adjustments", totals.adjustments),
        ("after", totals.balance),
    )
    yield ""
    yield f"In {totals.lines} lines: {totals.base:,} of costs, {totals.daily_living_costs:,} of it daily living costs."
    for each in run.exceptions.items:
        yield from _exception(each)


def _table(*rows: tuple[str, object]) -> Iterator[str]:
    for words, figure in rows:
        yield f"  {words:<30}{figure:>18,}"


def _exception(each: PostingException) -> Iterator[str]:
    yield ""
    yield f"{each.reference}  {'posted, but look at it' if each.posted else 'NOT POSTED'}"
    yield f"  {each.detail}"
    yield f"  {each.what_to_do}"
