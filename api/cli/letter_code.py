"""`careledger letter-code`: a letter with a code to sign in once."""

from uuid import UUID, uuid4

import click

from api.cli.shared import by_option, its_council, its_council_option, running
from api.signing_in.posting import send_a_code
from ledger.council import Council
from ledger.outcomes import NoSuchAccount
from ledger.reference import read_reference


@click.command("letter-code")
@its_council_option
@click.option("--account", type=click.UUID, metavar="ID", help="The account, by its id.")
@click.option("--reference", metavar="CA-...", help="The account, as letters name it.")
@click.option("--authority", type=click.UUID, metavar="ENTRY", help="For the representative whom this entry lets act.")
@click.option("--site", default="http://127.0.0.1:8000", show_default=True, help="Where the pages are, for the letter.")
@by_option
def command(
    code: str | None, account: UUID | None, reference: str | None, authority: UUID | None, site: str, by: str
) -> None:
    """Have a letter go out with a code by which somebody signs in once. The code is made when the letter leaves.

    The code is good for four weeks, and asked for together with the date of birth. It ends earlier codes of the same
    person.
    """
    if (account is None) == (reference is None):
        raise click.UsageError("Say whose account it is: --account ID or --reference CA-..., one of them.")
    with running() as installation:
        council = its_council(installation, code)
        found = account or _of_reference(council, reference or "")
        try:
            send_a_code(installation, council, found, authority, uuid4().hex, site=site, by=by)
        except NoSuchAccount:
            raise click.ClickException("There is no such account in this council.") from None
    click.echo("The letter was put in. It goes out by itself: careledger letters, or careledger work, hands it over.")


def _of_reference(council: Council, reference: str) -> UUID:
    found = council.ledger.references.account(read_reference(reference))
    if found is None:
        raise click.ClickException("No account has this reference: compare it with the letter.")
    return found
