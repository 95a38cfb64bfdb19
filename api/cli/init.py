"""`careledger init`: set a council up."""

import click

from api.cli.migrate import telling
from api.cli.shared import council_option, plainly, running
from api.pages.face import CouncilFace
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
    face = {field: value for field, value in given.items() if value}
    with plainly():
        CouncilFace.model_validate({"name": name, **face})  # a face that no page could show is told now
    asked = Setup(name, scheme, face)
    with running() as installation:
        council = installation.init(code, asked, telling(code))
        adopted, scheme = council.setup, council.scheme.name
    if adopted != asked:
        raise click.ClickException(
            f"{code} was set up before, as {adopted.name} under the scheme {adopted.scheme}. Its tables are up to date;"
            " name, scheme and the rest were left as they were."
        )
    click.echo(f"{code} {adopted.name}: ready, under the scheme {scheme}.")
