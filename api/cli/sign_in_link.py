"""`careledger sign-in-link`: an address that signs a browser in."""

from datetime import timedelta

import click

from api.cli.shared import council_option, plainly, role_option, settings, sub_option
from api.issuer import SIGN_IN, Issuer


@click.command("sign-in-link")
@council_option
@role_option
@sub_option
@click.option("--account", metavar="ID", help="The account of a citizen, who sees no other.")
@click.option("--port", type=int, default=8000, show_default=True, help="Where `careledger serve` listens.")
@click.option("--hours", type=click.IntRange(1, 24 * 30), default=12, show_default=True, help="How long it is good.")
def command(code: str, role: str, sub: str, account: str | None, port: int, hours: int) -> None:
    """Print an address that signs a browser in with one role. Development only."""
    if role == "citizen" and not account:
        raise click.UsageError("A citizen's link needs --account: the one account that is theirs.")
    with plainly():
        click.echo(sign_in_link(Issuer(settings()), code, role, sub, account, port=port, hours=hours))


def sign_in_link(
    issuer: Issuer, code: str, role: str, sub: str, account: str | None, *, port: int, hours: int = 12
) -> str:
    """The address that signs a browser in with one role."""
    own = {"account": account} if account else {}
    token = issuer.token(audience=SIGN_IN, sub=sub, council=code, role=role, lasts=timedelta(hours=hours), **own)
    return f"http://127.0.0.1:{port}/sign-in?token={token}"
