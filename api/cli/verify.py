"""`careledger verify`: is everything as it was recorded and signed, and is what is read what comes out of it?"""

from collections.abc import Iterator
from pathlib import Path

import click

from api.cli.progress import progress
from api.cli.shared import by_option, its_council, its_council_option, running
from api.verifying import Evidence, Verifying, evidence_here
from domain.words import counted
from ledger.evidence.copies import Copies
from ledger.evidence.note import PublicKey
from ledger.evidence.said import Kept
from ledger.store.verifications import Verification

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MOST = 1_000


@click.command("verify")
@its_council_option
@by_option
@click.option("--key", metavar="KEY", help="The log's public key, as it was published; else the one that is kept here.")
@click.option("--copies", type=_FILE, multiple=True, help="A file of checkpoints kept outside the database.")
@click.option("--witness", type=_FILE, multiple=True, help="What a witness keeps: its file given to --seen.")
def command(code: str | None, by: str, key: str | None, copies: tuple[Path, ...], witness: tuple[Path, ...]) -> None:
    """Hash every entry again, make the tree again, and hold it against every checkpoint: those in the database, in the
    copies outside of it, and those that witnesses keep. Then work every account out again, and compare it with the
    lists that are read.

    Each thing that does not hold is named, with its position, account and version; the exit status is then 1. What was
    found is kept, and auditors see it. May be interrupted: `careledger work` goes on from there.
    """
    with running() as installation:
        council = its_council(installation, code)
        here = evidence_here(installation.settings.home, council.code)
        elsewhere = [_kept(path, "the copy in") for path in copies] + [_kept(path, "the witness's") for path in witness]
        evidence = Evidence(PublicKey.read(key) if key else here.key, [*here.kept, *elsewhere])
        verifying, now = Verifying(council, evidence), installation.settings.now
        try:
            with progress("Verifying") as shown:
                done = verifying.go_on(verifying.begin(by=by, now=now()), now, shown)
        except KeyboardInterrupt:
            raise click.ClickException("Interrupted. Nothing was changed; the same command begins anew.") from None
        click.echo("\n".join(_in_words(verifying, done)))
    if done.findings:
        raise SystemExit(1)


def _kept(path: Path, of_whom: str) -> Kept:
    return Kept(f"{of_whom} {path.name}", list(Copies(path).notes()))


def _in_words(verifying: Verifying, done: Verification) -> Iterator[str]:
    yield from (each.what for each in verifying.council.verifications.findings(done, MOST))
    if verifying.evidence.key is None:
        yield "No public key is known here: what was signed was compared, and who signed it was not. Give --key."
    looked = f"{counted(done.size, 'entry', 'entries')}, {counted(done.reached.accounts, 'account')}"
    if done.findings:
        things = "1 thing does" if done.findings == 1 else f"{done.findings:,} things do"
        yield f"NOT WHOLE: {things} not hold ({looked}). Change nothing, keep this list, and tell the auditor."
    else:
        yield f"WHOLE: {looked}. Nothing was changed."
