"""`careledger rebuild`: make what is ready to read again from the ledger."""

import click

from api.cli.progress import progress
from api.cli.shared import its_council, its_council_option, running
from projections.follow import rebuild


@click.command("rebuild")
@its_council_option
def command(code: str | None) -> None:
    """Drop what is ready to read and make it again from the ledger. May be interrupted: reading carries on with it."""
    with running() as installation, progress("Rebuilding") as shown:
        position = rebuild(its_council(installation, code), shown)
    click.echo(f"Rebuilt to position {position}.")
