"""`careledger checkpoint`: sign how a council's evidence log stands."""

import time
from pathlib import Path
from typing import IO

import click

from api.cli.shared import its_council, its_council_option, running
from api.verifying import evidence_folder
from api.wiring import Installation
from ledger.council import Council
from ledger.evidence.checkpoint import Checkpoint, Inconsistent
from ledger.evidence.checkpointing import Signing, origin_of
from ledger.evidence.copies import Copies
from ledger.evidence.note import NotSigned, PublicKey, Signer
from ledger.evidence.tree import consistency_proof
from ledger.evidence.witnessing import Asked, keep_witnessed
from ledger.store.evidence_log import EvidenceLog, NoHashYet, NotThere

_FILE = click.Path(dir_okay=False, path_type=Path)
FOUND_WRONG = (Inconsistent, NoHashYet, NotSigned, NotThere)


@click.command("checkpoint")
@its_council_option
@click.option("--key", type=_FILE, help="The private key, made if absent. Else one in the installation's folder.")
@click.option("--copies", type=_FILE, help="Where checkpoints are kept outside the database; keep it elsewhere too.")
@click.option("--every", type=click.IntRange(1, 60), metavar="SECONDS", help="Go on until interrupted.")
@click.option("--thorough", is_flag=True, help="Hash every entry again first, not only the new ones.")
@click.option("--public-key", is_flag=True, help="Print the key by which anybody checks what is signed, and end.")
@click.option("--since", type=click.IntRange(0), metavar="SIZE", help="Print the request to a witness that saw SIZE.")
@click.option("--witnessed", type=click.File(encoding="utf-8"), help="Keep the line that a witness answered.")
@click.option("--by", "witness", metavar="KEY", help="With --witnessed: that witness's public key.")
def command(
    code: str | None,
    key: Path | None,
    copies: Path | None,
    every: int | None,
    thorough: bool,
    public_key: bool,
    since: int | None,
    witnessed: IO[str] | None,
    witness: str | None,
) -> None:
    """Sign how many entries the council's evidence log has and the root of their tree, if anything was recorded since.

    Give this process a key of its own, that no server reads. It refuses to sign a log that does not follow from what it
    signed before: then something was changed or taken away. The exit status is 1.
    """
    with running() as installation:
        signing = signing_of(installation, its_council(installation, code), key, copies)
        try:
            if public_key:
                click.echo(str(signing.signer.public()))
            elif witnessed:
                _keep(signing.council, witnessed.read(), witness)
            elif since is not None:
                click.echo(str(_asked(signing, since)), nl=False)
            else:
                _go_on(installation, signing, every, thorough)
        except FOUND_WRONG as refusal:
            raise click.ClickException(f"Nothing was signed. {refusal}") from None


def signing_of(
    installation: Installation, council: Council, key: Path | None = None, copies: Path | None = None
) -> Signing:
    """Whoever signs a council's log: with the key that was named, or else the installation's own."""
    folder = evidence_folder(installation.settings.home)
    signer = Signer.of_file(origin_of(council.code), key or folder / f"{council.code}.key")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / f"{council.code}.public").write_text(f"{signer.public()}\n", "ascii")  # for whoever only checks
    return Signing(council, signer, Copies(copies or folder / f"{council.code}.checkpoints"))


def _go_on(installation: Installation, signing: Signing, every: int | None, thorough: bool) -> None:
    while True:
        _say(signing.sign(installation.settings.now(), thorough=thorough))
        if not every:
            return
        try:
            time.sleep(every)
        except KeyboardInterrupt:
            return
        thorough = False


def _say(signed: Checkpoint | None) -> None:
    if signed:
        click.echo(f"Signed: {signed.size:,} entries, root {signed.root.hex()}.")
    else:
        click.echo("Nothing was recorded since the last checkpoint. It stands.")


def _keep(council: Council, line: str, witness: str | None) -> None:
    if not witness:
        raise click.UsageError("Name the witness's public key with --by.")
    kept = keep_witnessed(council, line, PublicKey.read(witness))
    click.echo(f"Kept: what the witness said of {kept.size:,} entries.")


def _asked(signing: Signing, since: int) -> Asked:
    """The request for the newest checkpoint; raises NotSigned, ClickException."""
    *_, note = ["", *signing.copies.notes()]
    if not note:
        raise NotSigned("There is no checkpoint yet to be witnessed.")
    size = Checkpoint.read(note, signing.signer.public()).size
    if since > size:
        raise click.BadParameter(f"The last checkpoint has {size:,} entries.", param_hint="'--since'")
    with signing.council.verifier.transaction() as statements:
        log = EvidenceLog.at_one_moment(statements, signing.council.names.schema)
        return Asked(since, consistency_proof(since, size, log.whole), note)
