"""`careledger export`: what was signed of a council, or of one account, as files that prove themselves."""

from pathlib import Path

import click

from api.cli.progress import progress
from api.cli.shared import its_council, its_council_option, named_account, running
from ledger.evidence.checkpointing import origin_of
from ledger.evidence.export import NothingSigned, export
from ledger.evidence.note import PublicKey, Signer
from ledger.store.evidence_log import NoHashYet


@click.command("export")
@its_council_option
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--account", "named", metavar="ACCOUNT", help="One account, by its reference or its id. Left out: all.")
@click.option(
    "--key", "given", metavar="KEY", help="The public key of the log, where this machine does not keep its own."
)
def command(code: str | None, folder: Path, named: str | None, given: str | None) -> None:
    """Write into a new FOLDER every entry that was signed, the checkpoints, and verify.py, which checks them.

    There are no names in it: entries hold opaque ids, amounts, days and codes. What was recorded since the last
    checkpoint is left out. Anybody may check it: python3 FOLDER/verify.py FOLDER --key KEY.
    """
    with running() as installation, progress("Exporting") as shown:
        council = its_council(installation, code)
        account_id = named_account(council, named) if named else None
        key = PublicKey.read(given) if given else _own(installation.settings.home, council.code)
        try:
            found = export(council, key, folder, account_id, shown)
        except (FileExistsError, NothingSigned, NoHashYet) as refusal:
            said = f"{folder} is there already: name a new one." if isinstance(refusal, FileExistsError) else refusal
            raise click.ClickException(str(said)) from None
    click.echo(f"{found.entries:,} of {found.size:,} entries are in {folder}. To check them:")
    click.echo(f'python3 {folder}/verify.py {folder} --key "{key}"')


def _own(home: Path, code: str) -> PublicKey:
    path = home / "evidence" / f"{code}.key"
    if not path.exists():
        raise click.ClickException("This machine keeps no key of the log: name the public one with --key.")
    return Signer.of_file(origin_of(code), path).public()
