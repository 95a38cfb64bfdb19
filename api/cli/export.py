"""`careledger export`: a council, or one account, as a bundle of files that prove themselves."""

from pathlib import Path

import click

from api.bundles.readable import readable
from api.cli.checkpoint import FOUND_WRONG, signing_of
from api.cli.progress import progress
from api.cli.shared import its_council, its_council_option, named_account, running
from api.wiring import Installation
from domain.dates import day_in_london
from ledger.bundle.daily import of_day
from ledger.bundle.manifest import Manifest
from ledger.bundle.places import made, manifest_beside, manifest_of
from ledger.bundle.writing import Asked, Writing
from ledger.council import Council
from ledger.evidence.checkpointing import Signing

_FILE = click.Path(path_type=Path)


@click.command("export")
@its_council_option
@click.option("--to", "path", type=_FILE, required=True, metavar="PATH", help="A new folder, or .zip.")
@click.option("--account", "named", metavar="ACCOUNT", help="One account, by its reference or its id. Left out: all.")
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="AGE1...",
    help="Encrypt it for this key of age; may be repeated.",
)
@click.option("--since", type=_FILE, metavar="BUNDLE", help="Only what came after this earlier one.")
@click.option("--daily", is_flag=True, help="PATH is a folder in which each day's stands.")
@click.option("--key", type=_FILE, help="The log's private key. Else the one in the installation's folder.")
@click.option("--copies", type=_FILE, help="Where checkpoints are kept outside the database.")
def command(
    code: str | None,
    path: Path,
    named: str | None,
    recipients: tuple[str, ...],
    since: Path | None,
    daily: bool,
    key: Path | None,
    copies: Path | None,
) -> None:
    """Write every entry, the checkpoints, the statements, a page and a table to read, and verify.py, which checks them.

    The log is signed first. For a recipient it is one encrypted file that holds who the people are, and from which the
    council can be had again: careledger restore. Without one there are no names in it. With --since it holds what came
    after an earlier bundle; keep both. Beside an encrypted one stands its manifest, which --since reads.

    Have it given --daily by whoever keeps the log's key, as from cron. Each bundle then goes on from the newest of its
    month, and a month's first is whole. Given again on the same day it writes nothing.
    """
    _require_of_one_kind(named, recipients, since, daily)
    with running() as installation:
        council = its_council(installation, code)
        if daily:
            path, since = of_day(path, council.code, day_in_london(installation.settings.now()))
            if path.exists():
                return click.echo(f"{path} is there already. Nothing was written.")
        account_id = named_account(council, named) if named else None
        asked = Asked(account_id, bool(recipients), manifest_of(since) if since else None)
        signing = signing_of(installation, council, _kept(installation, council, key), copies)
        manifest = _write(installation, signing, asked, path, recipients)
    _say(path, manifest, recipients, str(signing.signer.public()))


def _require_of_one_kind(named: str | None, recipients: tuple[str, ...], since: Path | None, daily: bool) -> None:
    if named and (since or daily):
        raise click.UsageError("An account is exported whole: leave out --account, or --since and --daily.")
    if daily and (since or not recipients):
        raise click.UsageError("What is written daily is for a --recipient, and goes on from what is there by itself.")


def _write(
    installation: Installation, signing: Signing, asked: Asked, path: Path, recipients: tuple[str, ...]
) -> Manifest:
    """The manifest stands beside a bundle before the bundle does, so that none is without."""
    council, now = signing.council, installation.settings.now()
    people_read = readable(council, asked.account_id, asked.with_people, day_in_london(now))
    try:
        with progress("Exporting") as shown, installation.administering() as admin, made(path, recipients) as files:
            manifest = Writing(council, admin, signing).write(files, asked, people_read, now, shown)
            if recipients:
                manifest_beside(path).write_text(manifest.signed(signing.signer), "utf-8")
    except FileExistsError:
        raise click.ClickException(f"{path} is there already: name a new one.") from None
    except FOUND_WRONG as refusal:
        raise click.ClickException(f"Nothing was exported. {refusal}") from None
    return manifest


def _kept(installation: Installation, council: Council, key: Path | None) -> Path:
    """The file with the log's key: one is not made here, where nothing was signed by it."""
    path = key or installation.settings.home / "evidence" / f"{council.code}.key"
    if not path.exists():
        raise click.ClickException(
            "This machine keeps no key of the log. Name its file with --key; if nothing was signed yet, first give:"
            " careledger checkpoint."
        )
    return path


def _say(path: Path, manifest: Manifest, recipients: tuple[str, ...], key: str) -> None:
    first, size = manifest.first, manifest.checkpoint.size
    click.echo(f"{path} is of the log as it stands at {size:,} entries. To check it:")
    if first:
        click.echo(f"Give it after those that it goes on from: it holds what came after {first:,} entries.")
    if recipients:
        click.echo("Decrypt it with the recipient's key into a .zip, take verify.py out of that, and give:")
    program, bundle = ("verify.py", "BUNDLE.zip") if recipients or path.suffix == ".zip" else (path / "verify.py", path)
    click.echo(f'python3 {program} {bundle} --key "{key}"')
