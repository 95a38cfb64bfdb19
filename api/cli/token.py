"""`careledger token`: a bearer token of the development issuer."""

from datetime import timedelta

import click

from api.cli.shared import authority_option, council_option, ids_given, plainly, role_option, settings, sub_option
from api.issuer import API, Issuer


@click.command("token")
@council_option
@role_option
@sub_option
@click.option("--account", metavar="ID", help="The one account that a citizen or a representative may read.")
@authority_option
@click.option("--hours", type=click.IntRange(1, 24 * 365), default=24, show_default=True, help="How long it is good.")
def command(code: str, role: str, sub: str, account: str | None, authority: str | None, hours: int) -> None:
    """Print a bearer token, alone, for one council and one role. Development only."""
    ids = ids_given(account=account, authority=authority)
    with plainly():
        click.echo(
            Issuer(settings()).token(
                audience=API, sub=sub, council=code, role=role, lasts=timedelta(hours=hours), **ids
            )
        )
