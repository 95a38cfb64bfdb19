"""`careledger replay`: what would a whole council come to under another scheme?"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from api.cli.asked import known, known_at_option, on_option
from api.cli.csv_file import csv_file
from api.cli.progress import progress
from api.cli.shared import its_council, its_council_option, running
from api.wiring import Installation
from domain.dates import day_in_london, instant_text
from projections.replay import Replay
from projections.replay_report import Replayed, Report, Year

COLUMNS = (
    "reference",
    "accrued_costs_under_own",
    "accrued_costs",
    "cap_reached_on_under_own",
    "cap_reached_on",
    "relief_under_own",
    "relief",
    "difference",
    "own_scheme",
    "scheme",
    "on",
    "known_at",
)


@click.command("replay")
@its_council_option
@click.option("--scheme", "name", required=True, metavar="NAME", help="The scheme to work everything out under.")
@on_option
@known_at_option
@click.option("--to", "file", type=click.Path(path_type=Path, dir_okay=False), help="A CSV file with a row a person.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(
    code: str | None, name: str, on: date | None, known_at: datetime | None, file: Path | None, as_json: bool
) -> None:
    """Work out a council's whole history under another scheme, beside its own: who gains, who loses, what it costs.

    Reads only: nothing that was recorded or posted changes. May be interrupted; FILE is then left as it was. The exit
    status is 1 when an account could not be worked out.
    """
    with running() as installation:
        replay = _replay(installation, code, name, on, known_at)
        _run(replay, file)
    report = replay.report()
    click.echo(report.model_dump_json(indent=2) if as_json else "\n".join(_in_words(report)))
    if report.not_worked_out:
        raise SystemExit(1)


def _replay(
    installation: Installation, code: str | None, name: str, on: date | None, known_at: datetime | None
) -> Replay:
    council, now = its_council(installation, code), installation.settings.now()
    moment = known(known_at, council.ledger.recorder.latest(now))
    schemes = council.schemes.known_at(moment)
    return Replay(council, schemes.adopted, schemes.named(name), on or day_in_london(now), moment)


def _run(replay: Replay, file: Path | None) -> None:
    try:
        with progress("Working out") as shown, csv_file(file) as table:
            _write(table, replay, replay.run(shown))
    except KeyboardInterrupt:
        raise click.ClickException("Interrupted. Nothing was changed, and no file was written.") from None


def _write(table: Any, replay: Replay, found: Iterator[Replayed]) -> None:
    """A row for each person, and one that adds them up."""
    rests_on = (replay.own.name, replay.other.name, replay.on, instant_text(replay.known_at))
    if table:
        table.writerow(COLUMNS)
    for each in found:
        if table:
            table.writerow((*_row(each), *rests_on))
    if table:
        table.writerow((*_total(replay.report()), *rests_on))


def _row(each: Replayed) -> tuple[object, ...]:
    own, other = each.own, each.other
    reached = (own.cap_reached_on or "", other.cap_reached_on or "")
    accrued = (own.accrued_costs, other.accrued_costs)
    return each.reference, *accrued, *reached, own.relief, other.relief, each.difference


def _total(report: Report) -> tuple[object, ...]:
    own, other = report.own, report.other
    return "total", own.accrued_costs, other.accrued_costs, "", "", own.relief, other.relief, report.cost


def _in_words(report: Report) -> Iterator[str]:
    own, other = report.own, report.other
    yield f"Figures for the close of {report.on}, as known at {instant_text(report.known_at)}."
    yield ""
    yield from _lines(
        ("accounts", report.accounts),
        (f"  gain under {other.scheme}", report.gaining),
        (f"  lose under {other.scheme}", report.losing),
        ("  neither", report.unchanged),
        ("  could not be worked out", len(report.not_worked_out)),
    )
    yield ""
    yield _columns("", own.scheme, other.scheme)
    yield _columns("people who reached the cap", own.reaching_the_cap, other.reaching_the_cap)
    yield _columns("accrued costs, in pounds", own.accrued_costs, other.accrued_costs)
    yield _columns("costs past the cap, in pounds", own.relief, other.relief)
    yield from _years(report)
    if report.not_worked_out:
        yield ""
    for exception in report.not_worked_out:
        yield f"{exception.reference}  NOT WORKED OUT: {exception.detail}"


def _years(report: Report) -> Iterator[str]:
    """What it costs the council, year by year; the lines add up to the total above."""
    yield ""
    yield "By financial year (April to March): people who reached the cap, and costs past the cap, in pounds"
    yield _columns("", report.own.scheme, report.other.scheme, "cost to the council")
    for year in report.years:
        yield from _year(year)
    yield _columns("in all   people", report.own.reaching_the_cap, report.other.reaching_the_cap)
    yield _columns("in all   pounds", report.own.relief, report.other.relief, report.cost)


def _year(year: Year) -> Iterator[str]:
    yield _columns(f"{year.financial_year}  people", year.reaching_the_cap_under_own, year.reaching_the_cap)
    yield _columns(f"{year.financial_year}  pounds", year.relief_under_own, year.relief, year.cost)


def _lines(*rows: tuple[str, int]) -> Iterator[str]:
    for words, figure in rows:
        yield f"  {words:<40}{figure:>12,}"


def _columns(words: str, *cells: object) -> str:
    return f"  {words:<30}" + "".join(f"{_cell(cell):>28}" for cell in cells).rstrip()


def _cell(cell: object) -> str:
    return f"{cell:,}" if isinstance(cell, int | Decimal) else str(cell)
