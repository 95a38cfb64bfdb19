"""`careledger import`: take in a file of accounts, needs, budgets, assessments or charges."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from api.cli.import_words import print_import, print_weighed
from api.cli.progress import progress
from api.cli.shared import its_council, its_council_option, running
from api.importing.answers import ImportRead, ImportWeighed, read, weighed
from api.importing.columns import KINDS, Kind
from api.importing.faults import NotATable
from api.importing.table import Table, read_table
from api.importing.template import template
from api.importing.working import file_given, try_out, work
from api.kit.reading import LARGEST_FILE
from api.wiring import Installation
from domain.dates import day_in_london
from ledger.council import Council
from ledger.imports import Imports
from ledger.outcomes import Caller, TooManyAtOnce


@click.command("import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@its_council_option
@click.option("--kind", "kind_name", required=True, type=click.Choice(list(KINDS)), help="What each row of FILE is.")
@click.option("--template", "as_template", is_flag=True, help="Print the heading and an example line, and do nothing.")
@click.option("--dry-run", is_flag=True, help="Say what the file would do, in money, and record nothing.")
@click.option("--good-rows", is_flag=True, help="Record the good rows though others are bad. Else all rows or none.")
@click.option("--sub", default="operator", show_default=True, metavar="WHO", help="Who imports, as history names them.")
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as JSON.")
def command(
    file: Path | None,
    code: str | None,
    kind_name: str,
    as_template: bool,
    dry_run: bool,
    good_rows: bool,
    sub: str,
    as_json: bool,
) -> None:
    """Record each row of FILE, CSV in UTF-8 or an Excel workbook: all of them, or none where one is bad.

    Every bad row is told with how to mend it. A row that was recorded before is not recorded again, so the same file
    changes nothing, and a longer one adds its new rows. May be interrupted: the same command goes on. The exit status
    is 1 when a row is bad.
    """
    kind = KINDS[kind_name]
    if as_template:
        return click.echo(template(kind), nl=False)
    if file is None:
        raise click.UsageError("Give the FILE to import, or --template to see what one looks like.")
    table = _table(file, kind)
    with running() as installation:
        importing = _Importing(installation, its_council(installation, code), table, Caller(sub, "machine"), good_rows)
        found: ImportRead | ImportWeighed = importing.tried() if dry_run else importing.done()
    if as_json:
        click.echo(found.model_dump_json(indent=2))
    elif isinstance(found, ImportWeighed):
        print_weighed(found, table)
    else:
        print_import(found, table)
    if found.rejected:
        raise SystemExit(1)


def _table(file: Path, kind: Kind) -> Table:
    try:
        with file.open("rb") as reading:
            return read_table(reading.read(LARGEST_FILE + 1), kind)
    except NotATable as fault:
        raise click.ClickException(f"{file} cannot be imported, and nothing was recorded.\n{fault}") from None


class _Importing:
    """The work of one command."""

    def __init__(self, installation: Installation, council: Council, table: Table, by: Caller, good_rows: bool) -> None:
        self._council, self._table, self._by, self._good_rows = council, table, by, good_rows
        self._clock = installation.settings.now

    def tried(self) -> ImportWeighed:
        """What the file would do."""
        now = self._clock()
        with _interruptible("Nothing was recorded."):
            tried = try_out(self._table, self._council, partial=self._good_rows, by=self._by, now=now, stages=progress)
        return weighed(self._table, self._good_rows, tried, self._council, day_in_london(now))

    def done(self) -> ImportRead:
        """What became of the file."""
        imports = Imports(self._council)
        run, _ = imports.begin(file_given(self._table, self._good_rows), by=self._by, now=self._clock())
        with _interruptible(_KEPT_IN_PART if self._good_rows else _KEPT_OR_NOT):
            work(self._table, self._council, run, self._clock, progress)
        return read(imports.rows.standing(run.run_id), imports.rows.faults(run))


_KEPT_IN_PART = "What was recorded stays; the same command goes on from there."
_KEPT_OR_NOT = "Either every row was recorded or none; the same command says which, and goes on."


@contextmanager
def _interruptible(what_stands: str) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise click.ClickException(f"Interrupted. {what_stands}") from None
    except TooManyAtOnce as fault:
        raise click.ClickException(str(fault)) from None
