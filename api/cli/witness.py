"""`careledger witness`: see that another council's evidence log only grows, and sign that."""

from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

from api.cli.shared import plainly
from ledger.evidence.checkpoint import Inconsistent
from ledger.evidence.copies import Copies
from ledger.evidence.note import COSIGNATURE, NotSigned, PublicKey, Signer
from ledger.evidence.witnessing import Asked, witness

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("witness")
@click.argument("request", type=click.File(encoding="utf-8"), default="-")
@click.option("--of", "theirs", required=True, metavar="KEY", help="The council's public key, as its people gave it.")
@click.option("--name", required=True, help="Your own name as a witness, such as witness.example.gov.uk.")
@click.option("--key", type=_FILE, required=True, help="Your private key, made if absent.")
@click.option("--seen", type=_FILE, required=True, help="Where you keep what you have seen of this council.")
def command(request: IO[str], theirs: str, name: str, key: Path, seen: Path) -> None:
    """Read a REQUEST that `careledger checkpoint --since` made; print your public key, and the line that you sign.

    No account is seen, only hashes. Nothing is signed that does not follow from what was seen before: then ask that
    council, and its auditor, what was changed. The exit status is 1.
    """
    with plainly():
        signer, of = Signer.of_file(name, key), PublicKey.read(theirs)
        try:
            line = witness(Asked.read(request.read()), of, Copies(seen), signer, datetime.now(UTC))
        except (Inconsistent, NotSigned) as refusal:
            raise click.ClickException(f"Nothing was signed. {refusal}") from None
        click.echo(str(signer.public(COSIGNATURE)), err=True)
        click.echo(line, nl=False)
