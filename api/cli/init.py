"""`careledger init`: set a council up."""

import click

from api.cli.shared import council_option, running
from ledger.store.migrate import Setup


@click.command("init")
@council_option
@click.option("--name", required=True, help="What the council is called on its pages and letters.")
@click.option("--scheme", default="national", show_default=True, help="The rules it has adopted.")
@click.option("--phone", help="The number people ring for help.")
@click.option("--address", multiple=True, metavar="LINE", help="A line of the postal address; repeat for each.")
@click.option("--colour", metavar="#RRGGBB", help="The council's brand colour, dark enough for white words on it.")
def command(code: str, name: str, scheme: str, phone: str | None, address: tuple[str, ...], colour: str | None) -> None:
    """Set a council up: roles, schemas, tables. Repeating it brings the tables up to date and changes nothing else."""
    given = {"phone": phone, "address": list(address) or None, "brand_colour": colour}
    with running() as installation:
        council = installation.init(code, Setup(name, scheme, {k: v for k, v in given.items() if v}))
        adopted = council.setup
    click.echo(f"{council.code} {adopted.name}: ready, under the scheme {adopted.scheme}.")
