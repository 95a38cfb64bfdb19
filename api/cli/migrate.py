"""`careledger migrate`: bring every council's tables up to date, or say what they lack."""

import click

from api.cli.shared import its_council_option, running
from ledger.store.forward import Told


@click.command("migrate")
@its_council_option
@click.option("--dry-run", is_flag=True, help="Only say what is lacking; exit status 1 where anything is.")
def command(code: str | None, dry_run: bool) -> None:
    """Bring the tables of every council up to date, or of one.

    Servers of the version before may go on meanwhile. May be interrupted, and repeated: each migration is applied once,
    or nothing of it is.
    """
    with running() as installation:
        codes = [code] if code else installation.codes()
        lacking = {each: installation.pending(each) for each in codes}
        if not dry_run:
            for each in codes:
                installation.migrate(each, telling(each))
    for each, names in lacking.items():
        click.echo(f"{each}: {_said(names, dry_run)}")
    if dry_run and any(lacking.values()):
        raise SystemExit(1)


def telling(code: str) -> Told:
    """Says each migration as it begins, so that one which waits can be told from one which hangs."""
    return lambda name, done, to_do: click.echo(f"{code}: {name} ({done + 1} of {to_do})", err=True)


def _said(names: list[str], dry_run: bool) -> str:
    if not names:
        return "its tables are up to date."
    return f"{'lacks' if dry_run else 'now has'} {', '.join(names)}."
