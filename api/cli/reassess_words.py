"""What does `careledger reassess` print and write to a file?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import click

from api.cli.csv_file import csv_file
from api.cli.table import print_table
from api.reassessment import ReassessmentFigures, listed
from domain.dates import instant_text
from ledger.reassessment_run import ReassessmentRun, RunItem, Standing

COLUMNS = ("reference", "outcome", "before", "after", "change", "why_not", "why")


def write_csv(file: Path | None, items: Iterable[RunItem]) -> None:
    """Every account in a row, in one order; nothing where no file was asked for."""
    with csv_file(file) as table:
        if table:
            table.writerow(COLUMNS)
            table.writerows(csv_row(item) for item in items)


def csv_row(item: RunItem) -> tuple[object, ...]:
    """What came of one account, cell by cell."""
    figures = ("" if amount is None else f"{amount:.2f}" for amount in (item.before, item.after, item.change))
    return item.reference, item.outcome, *figures, item.why_not or "", "; ".join(item.details)


def print_what_came(
    items: Sequence[RunItem], found: ReassessmentFigures, dry_run: bool, run: ReassessmentRun | None
) -> None:
    """Everybody for whom something changes, everybody for whom nothing could be done, and the totals."""
    print_table(
        "Another amount to pay, in pounds a week",
        ("reference", "before", "after", "change", "why"),
        [(*_figures(item), "; ".join(item.details)) for item in items if item.change],
    )
    print_table(
        "Not done",
        ("reference", "reason", "why"),
        [(item.reference, item.why_not.replace("_", " "), "; ".join(item.details)) for item in items if item.why_not],
    )
    click.echo("\n".join(_totals(found)))
    click.echo(_said_last(dry_run, run))


def _figures(item: RunItem) -> tuple[str, ...]:
    assert item.before is not None  # of an account whose amount changes
    assert item.after is not None
    assert item.change is not None
    return item.reference, f"{item.before:,.2f}", f"{item.after:,.2f}", f"{item.change:+,.2f}"


def _totals(found: ReassessmentFigures) -> Iterator[str]:
    totals = found.totals
    yield _line("accounts", found.counts.accounts)
    yield _line("  pay more", totals.paying_more, totals.more)
    yield _line("  pay less", totals.paying_less, -totals.less)
    yield _line("  pay the same", totals.paying_the_same)
    for reason in found.reasons:
        yield _line(f"  not done: {reason.why_not.replace('_', ' ')}", reason.accounts)
    yield ""
    yield f"  All of them together, in pounds a week: {totals.before:,} before, {totals.after:,} after."
    for reason in found.reasons:
        yield f"  {reason.why_not.replace('_', ' ').capitalize()}: {reason.what_to_do}"
    yield ""


def _line(words: str, number: int, pounds: Decimal | None = None) -> str:
    return f"  {words:<40}{number:>12,}" + (f"{pounds:>18,}" if pounds is not None else "")


def _said_last(dry_run: bool, run: ReassessmentRun | None) -> str:
    if dry_run or run is None:
        return "Nothing was recorded: this was a dry run."
    if run.reverses:
        return f"Run {run.number} took the reassessment back. Both stay to be seen in each history."
    return f"Run {run.number} is done. To take it back: careledger reassess --undo {run.number}"


def print_runs(standings: Sequence[Standing]) -> None:
    """The runs there were, the newest first."""
    numbers = {standing.run.run_id: standing.run.number for standing in standings}
    print_table(
        "Reassessments",
        (
            "number",
            "from",
            "begun",
            "by",
            "status",
            "recorded",
            "pay more",
            "pay less",
            "not done",
            "takes back",
            "taken back by",
        ),
        [_run(standing, numbers) for standing in standings],
    )


def _run(standing: Standing, numbers: Mapping[UUID, int]) -> tuple[str, ...]:
    run, found = standing.run, listed(standing)
    counts, totals = found.counts, found.totals
    begun = (str(run.number), str(run.wanted.on), instant_text(run.started_at), run.by.sub, found.status)
    came = (counts.reassessed + counts.reversed, totals.paying_more, totals.paying_less)
    not_done = counts.not_reassessed + counts.left
    reverses, reversed_by = (
        str(numbers.get(other, "")) if other else "" for other in (run.reverses, found.reversed_by)
    )
    return (*begun, *map(str, came), str(not_done), reverses, reversed_by)
