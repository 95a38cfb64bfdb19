"""How long work shows how far it is: a bar on a terminal, a line now and then elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Shown = Callable[[int, int], None]


@contextmanager
def progress(what: str) -> Iterator[Shown]:
    """A function to call with what is done and what there is to do."""
    if not sys.stderr.isatty():
        yield _lines(what)
        return
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(what: str) -> Shown:
    """A line for each tenth of the way, so that a log stays short."""
    said = -1

    def show(done: int, total: int) -> None:
        nonlocal said
        tenth = 10 * done // total if total else 10
        if tenth > said:
            said = tenth
            click.echo(f"{what}: {done} of {total}", err=True)

    return show
