"""`careledger sign-in-link`: an address that signs a browser in."""

from datetime import timedelta

import click

from api.cli.shared import authority_option, council_option, ids_given, plainly, role_option, settings, sub_option
from api.issuer import SIGN_IN, Issuer
from api.policy import OWN_ACCOUNT_ONLY


@click.command("sign-in-link")
@council_option
@role_option
@sub_option
@click.option("--account", metavar="ID", help="The account of a citizen or a representative, who sees no other.")
@authority_option
@click.option("--port", type=int, default=8000, show_default=True, help="Where `careledger serve` listens.")
@click.option("--hours", type=click.IntRange(1, 24 * 30), default=12, show_default=True, help="How long it is good.")
def command(code: str, role: str, sub: str, account: str | None, authority: str | None, port: int, hours: int) -> None:
    """Print an address that signs a browser in with one role. Development only."""
    if role in OWN_ACCOUNT_ONLY and not account:
        raise click.UsageError(f"The link of a {role} needs --account: the one account that they see.")
    if role == "representative" and not authority:
        raise click.UsageError("The link of a representative needs --authority: the entry that names them.")
    with plainly():
        click.echo(sign_in_link(Issuer(settings()), code, role, sub, account, authority, port=port, hours=hours))


def sign_in_link(
    issuer: Issuer,
    code: str,
    role: str,
    sub: str,
    account: str | None,
    authority: str | None = None,
    *,
    port: int,
    hours: int = 12,
) -> str:
    """The address that signs a browser in with one role."""
    ids = ids_given(account=account, authority=authority)
    token = issuer.token(audience=SIGN_IN, sub=sub, council=code, role=role, lasts=timedelta(hours=hours), **ids)
    return f"http://127.0.0.1:{port}/sign-in?token={token}"
