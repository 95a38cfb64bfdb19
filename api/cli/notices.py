"""`careledger notices`: tell people what has come about."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import click

from api.cli.asked import read_day
from api.cli.progress import progress
from api.cli.shared import its_council, its_council_option, running
from api.wiring import Installation
from domain.account.refusals import NoticeOfDaysToCome
from ledger.council import Council
from ledger.notice_runs import NoticeRuns
from ledger.outcomes import Caller


@click.command("notices")
@its_council_option
@click.option("--to", required=True, metavar="DAY", callback=read_day, help="The day to look at, as 2026-03-31.")
@click.option("--dry-run", is_flag=True, help="Say how many would be told, and tell nobody.")
@click.option("--sub", default="operator", show_default=True, metavar="WHO", help="Who tells, as history names them.")
def command(code: str | None, to: date, dry_run: bool, sub: str) -> None:
    """Tell everybody of a council what has come about by the close of DAY and was not told yet.

    That the cap may be reached within 18 months, that 80% of it has accrued, that it was reached, or what is missing
    for want of which days do not count. Nothing about the cap while it is not law in force. Each goes out as a letter.
    May be interrupted: the same command goes on with the run. Repeating it tells nothing twice. The exit status is 1
    when an account could not be worked out.
    """
    with running() as installation:
        council = its_council(installation, code)
        try:
            found = _weighed(installation, council, to) if dry_run else _told(installation, council, to, sub)
        except NoticeOfDaysToCome as to_come:
            raise click.BadParameter(str(to_come), param_hint="'--to'") from None
    click.echo("\n".join(_in_words(found, to, dry_run=dry_run)))
    if found["not_worked_out"]:
        raise SystemExit(1)


def _told(installation: Installation, council: Council, to: date, sub: str) -> Counter[str]:
    """Begin the run, or go on with it, and work to its end."""
    runs, clock = NoticeRuns(council), installation.settings.now
    try:
        run = runs.begin(to, by=Caller(sub, "machine"), now=clock())
        with progress("Looking at accounts") as shown:
            runs.work(run, clock, shown)
    except KeyboardInterrupt:
        raise click.ClickException("Interrupted. What was told stays; the same command goes on from there.") from None
    return runs.rows.standing(run.run_id).counts


def _weighed(installation: Installation, council: Council, to: date) -> Counter[str]:
    found = Counter[str]()
    for came in NoticeRuns(council).weigh(to, installation.settings.now()):
        found.update({came.outcome: 1, "notices": len(came.facts)})
    return found


def _in_words(found: Counter[str], to: date, *, dry_run: bool) -> Iterator[str]:
    yield f"What notices to {to} would come to. Nobody was told anything." if dry_run else f"Notices to {to}."
    yield ""
    for words, number in (
        ("accounts", sum(found.values()) - found["notices"]),
        ("  would be told" if dry_run else "  told", found["told"]),
        ("  nothing to tell", found["nothing_to_tell"]),
        ("  not worked out", found["not_worked_out"]),
        ("notices", found["notices"]),
    ):
        yield f"  {words:<30}{number:>12,}"
