"""`careledger dossier`: everything that happened to one account, with its proof, for whoever looks into a complaint."""

import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import click

from api.auth import Identity
from api.cli.progress import Shown, progress
from api.cli.shared import by_option, its_council, its_council_option, named_account, running
from api.dossier.document import Dossier
from api.dossier.forms import FORMS
from api.dossier.gathered import gathered
from api.dossier.made import dossier
from api.letters.printed import printed
from api.pages.face import CouncilFace
from api.pages.paper import face_of
from api.policy import GRANTS, Role
from domain.account.refusals import NoSuchEntry
from ledger.council import Council
from ledger.evidence.checkpointing import origin_of
from ledger.evidence.export import NothingSigned, export
from ledger.evidence.note import PublicKey, Signer
from ledger.store.access_log import Look
from ledger.store.evidence_log import NoHashYet

OPENED = "careledger dossier {account_id}"
"""What stands in the list of who looked."""
_ROLES = [role for role, verbs in GRANTS.items() if "make_dossier" in verbs]
_ENDINGS = {f".{form.ending}": form for form in FORMS}


@click.command("dossier")
@its_council_option
@click.argument("named", metavar="ACCOUNT")
@click.option(
    "--to", required=True, type=click.Path(path_type=Path), help="A new folder, or a file: .pdf, .html, .json or .zip."
)
@click.option("--dispute", type=click.UUID, metavar="ID", help="For one question, by the id of its entry.")
@click.option("--role", type=click.Choice(_ROLES), default="auditor", show_default=True, help="As whom you ask.")
@by_option
@click.option(
    "--key", "given", metavar="KEY", help="The public key of the log, where this machine does not keep its own."
)
def command(
    code: str | None, named: str, to: Path, dispute: UUID | None, role: Role, by: str, given: str | None
) -> None:
    """Put together everything that happened to ACCOUNT, by its reference or its id.

    What was recorded and when, letters, charges, how the figures were worked out, questions and their clocks, and who
    recorded, approved and looked.

    A folder, or a .zip, holds it in every form, each statement as it was printed, and in `proof` what was signed of the
    account, with verify.py. An auditor is shown no names. It is written down that you looked, and the person reads it.
    """
    if to.exists():
        raise click.ClickException(f"{to} is there already: name a new one.")
    with running() as installation, progress("Writing") as shown:
        council, now = its_council(installation, code), installation.settings.now()
        account_id, identity = named_account(council, named), Identity(by, council.code, role)
        made = _made(council, identity, account_id, dispute, council.ledger.recorder.latest(now))
        council.access_log.add([account_id], Look(now, by, role, None, "make_dossier", OPENED, "export"))
        face = face_of(council)
        if to.suffix in _ENDINGS:
            to.write_bytes(_ENDINGS[to.suffix].made(face, made))
        else:
            key = PublicKey.read(given) if given else _own_key(installation.settings.home, council.code)
            with TemporaryDirectory(dir=to.parent) as folder:
                _fill(Path(folder), face, made)
                _print(Path(folder), council, account_id)
                _prove(council, key, account_id, Path(folder) / "proof", shown)
                _put(Path(folder), to)
    click.echo(f"The dossier is in {to}.")


def _made(council: Council, identity: Identity, account_id: UUID, dispute: UUID | None, known_at: datetime) -> Dossier:
    try:
        return dossier(gathered(council, identity, council.ledger.account(account_id), known_at, dispute))
    except NoSuchEntry:
        raise click.ClickException(
            "There is no such question of this account: the entries show the id of each."
        ) from None


def _own_key(home: Path, code: str) -> PublicKey:
    """The public key of the council's log, where this machine signs it; raises ClickException elsewhere."""
    path = home / "evidence" / f"{code}.key"
    if not path.exists():
        raise click.ClickException("This machine keeps no key of the log: name the public one with --key.")
    return Signer.of_file(origin_of(code), path).public()


def _fill(folder: Path, face: CouncilFace, made: Dossier) -> None:
    for form in FORMS:
        (folder / f"dossier.{form.ending}").write_bytes(form.made(face, made))


def _print(folder: Path, council: Council, account_id: UUID) -> None:
    (folder / "statements").mkdir()
    for name, paper in printed(council, council.ledger.account(account_id)):
        (folder / name).write_bytes(paper)


def _prove(council: Council, key: PublicKey, account_id: UUID, folder: Path, shown: Shown) -> None:
    try:
        export(council, key, folder, account_id, shown)
    except (NothingSigned, NoHashYet) as refusal:
        raise click.ClickException(f"{refusal} A single file, such as --to dossier.pdf, can be had before.") from None


def _put(folder: Path, to: Path) -> None:
    """What is complete comes to its place at once."""
    if to.suffix == ".zip":
        shutil.make_archive(str(to.with_suffix("")), "zip", folder)
    else:
        shutil.copytree(folder, to)
