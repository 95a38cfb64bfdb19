"""`careledger restore`: a council from its bundles alone."""

from contextlib import ExitStack
from pathlib import Path
from typing import IO

import click

from api.cli.progress import progress
from api.cli.shared import running
from ledger.bundle.places import Bundle, opened
from ledger.bundle.restoring import AlreadyThere, NotWhole, Restoring, notes_in
from ledger.evidence.copies import Copies
from ledger.evidence.export import PUBLIC_KEY
from ledger.evidence.note import PublicKey

_FILE = click.Path(exists=True, path_type=Path)
_SECRET = "AGE-SECRET-KEY-"


@click.command("restore")
@click.option(
    "--from",
    "paths",
    type=_FILE,
    multiple=True,
    required=True,
    metavar="BUNDLE",
    help="A bundle; repeat for each that goes on from it, in order.",
)
@click.option("--identity", type=click.File(encoding="utf-8"), help="The file with the key of age that opens them.")
@click.option("--key", "given", metavar="KEY", help="The log's public key, as the council published it.")
def command(paths: tuple[Path, ...], identity: IO[str] | None, given: str | None) -> None:
    """Make a council anew on a machine that does not have it, from its bundles and nothing else.

    It is checked first that nothing in them was changed or left out, as verify.py does; whether each total is right is
    for verify.py alone to say. Positions, hashes and instants are those that were. It may be interrupted and given
    again: until the end nothing is there. Before anything is signed again, put the log's private key back, from where
    you keep it: a bundle does not hold it.
    """
    identities = [line.strip() for line in identity or () if line.startswith(_SECRET)]
    with running() as installation, ExitStack() as ends:
        bundles = [ends.enter_context(opened(path, identities)) for path in paths]
        key = PublicKey.read(given or (bundles[0] / PUBLIC_KEY).read_text("utf-8"))
        admin = ends.enter_context(installation.administering())
        restoring = Restoring(admin, installation.secret, bundles, key)
        try:
            entries = _restore(restoring)
        except (AlreadyThere, NotWhole) as refusal:
            raise click.ClickException(f"Nothing was restored. {refusal}") from None
        code = restoring.names.code
        _keep_the_last(Copies(installation.settings.home / "evidence" / f"{code}.checkpoints"), bundles, key)
    if not given:
        click.echo(f"The key came with the bundle. Compare it with the one that the council published: {key}")
    click.echo(f"{code}: {entries:,} entries are as they were. To see it: careledger serve.")


def _restore(restoring: Restoring) -> int:
    restoring.require_absent()
    with progress("Checking") as shown:
        restoring.verify(shown)
    with progress("Restoring") as shown:
        return restoring.restore(shown)


def _keep_the_last(copies: Copies, bundles: list[Bundle], key: PublicKey) -> None:
    """Keep outside the database what was signed last, so that what is signed next has to follow from it."""
    *_, note = notes_in(bundles)
    if copies.last(key).size == 0:
        copies.add(note)
