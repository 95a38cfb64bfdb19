"""`careledger rebuild`: make what is ready to read again from the ledger."""

import click

from api.cli.progress import progress
from api.cli.shared import council_option, running
from projections.follow import rebuild


@click.command("rebuild")
@council_option
def command(code: str) -> None:
    """Drop what is ready to read and make it again from the ledger. May be interrupted: reading carries on with it."""
    with running() as installation, progress("Rebuilding") as shown:
        position = rebuild(installation.council(code), shown)
    click.echo(f"Rebuilt to position {position}.")
