"""`careledger bench`: how fast the ledger is beside PostgreSQL driven as fast as it goes."""

import os
import signal
from collections.abc import Sequence
from contextlib import nullcontext
from typing import IO

import click

from api.bench.figures import Figure, NotMeasured, machine
from api.bench.place import place
from api.bench.sizes import SIZES
from api.bench.workloads import WORKLOADS, figures
from api.cli.progress import progress
from api.cli.shared import plainly
from api.cli.table import print_table

COLUMNS = ("", "what", "ours", "floor", "unit", "ratio", "asked for", "")


def _workloads(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Sequence[str]:
    if value is None:
        return list(WORKLOADS)
    wanted = [name.strip().upper() for name in value.split(",")]
    if unknown := [name for name in wanted if name not in WORKLOADS]:
        raise click.BadParameter(f"There is no {', '.join(unknown)}: choose from {', '.join(WORKLOADS)}.")
    return wanted


@click.command("bench")
@click.option("--only", "wanted", metavar="W1,W3", callback=_workloads, help="These workloads; else all of them.")
@click.option("--size", type=click.Choice(list(SIZES)), default="normal", show_default=True, help="How much of each.")
@click.option("--accounts", type=click.IntRange(1, 1_000_000), help="Other than the size says, for W2, W4 and W9.")
@click.option("--entries", type=click.IntRange(4, 10_000), help="Of an account, other than the size says: W3 and W9.")
@click.option("--pairs", type=click.IntRange(1, 100), default=5, show_default=True, help="Turns of ours and the floor.")
@click.option("--json", "file", type=click.File("w", encoding="utf-8"), metavar="FILE", help="Also JSON, a line each.")
@click.option("--url", help="A PostgreSQL to measure on, as CARELEDGER_DATABASE_URL; else an embedded one of its own.")
def command(
    wanted: Sequence[str],
    size: str,
    accounts: int | None,
    entries: int | None,
    pairs: int,
    file: IO[str] | None,
    url: str | None,
) -> None:
    """Measure workloads against their floors on the same server, turn by turn.

    No council's records are touched. What is made is dropped at the end, also after Ctrl-C: on a server that --url
    names, councils of its own (E99000001 to E99000008) and the schema careledger_benchmark.
    """
    url = url or os.environ.get("CARELEDGER_DATABASE_URL")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it so leaves nothing behind either
    with plainly(), place(url) as where, file or nullcontext() as out:
        on, found = (machine(), where.postgres), list[Figure]()
        click.echo(f"{on[0]}; PostgreSQL {on[1]}; size {size}; {pairs} pairs", err=True)
        try:
            for figure in figures(wanted, where, SIZES[size].of(accounts, entries), pairs, progress):
                found.append(figure)
                if out:
                    click.echo(figure.as_json(*on), file=out)
        except KeyboardInterrupt:
            click.echo("Interrupted: what was made for it is dropped.", err=True)
            raise click.exceptions.Exit(130) from None
        finally:
            print_table(f"Measured on {on[0]}, PostgreSQL {on[1]}", COLUMNS, [_row(each) for each in found])
    if url:
        click.echo("What was made for it on the server is dropped again.", err=True)


def _row(figure: Figure) -> Sequence[str]:
    asked = figure.asked
    goal = str(asked.goal) if asked.goal else ""
    if isinstance(asked, NotMeasured):
        return asked.workload, asked.what, "", "", asked.unit, "", goal, asked.reason
    said = {True: "met", False: "NOT MET", None: ""}[figure.met]
    ours, floor, ratio = (_written(each) for each in (figure.ours, figure.floor, figure.ratio))
    return asked.workload, asked.what, ours, floor, asked.unit, ratio, goal, said


def _written(figure: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"
