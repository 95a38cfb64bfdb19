"""`careledger transfer`: an account moves from one council to another."""

from contextlib import ExitStack
from datetime import date
from pathlib import Path

import click

from api.bundles.readable import readable
from api.cli.asked import read_day
from api.cli.checkpoint import FOUND_WRONG, signing_of
from api.cli.progress import progress
from api.cli.shared import by_option, its_council, its_council_option, named_account, running
from ledger.bundle.places import CannotOpen, made, opened
from ledger.bundle.writing import Asked, Writing
from ledger.evidence.note import PublicKey
from ledger.outcomes import AccountExists, Caller
from ledger.store.names import CouncilNames
from ledger.transfers.acknowledging import Acknowledgement
from ledger.transfers.checking import NotAsOffered, checked
from ledger.transfers.ending import Ending, NotAcknowledged
from ledger.transfers.offering import Offering
from ledger.transfers.receiving import ForAnotherCouncil, Receiving
from ledger.vault.person import Person

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_BUNDLE_HELP = "The .zip that the account is offered in."
_ROLE = "finance"
_REFUSED = (AccountExists, CannotOpen, ForAnotherCouncil, NotAcknowledged, NotAsOffered, *FOUND_WRONG)


@click.group("transfer")
def command() -> None:
    """Move an account to another council: offer it, accept it there, and close it once that is acknowledged.

    Each step leaves a signed file for the other council, and may be repeated. Exchange public keys beforehand, by a way
    that both trust: careledger checkpoint --public-key.
    """


@command.command("offer")
@its_council_option
@click.option("--account", "named", required=True, metavar="ACCOUNT", help="By its reference or its id.")
@click.option("--to-council", required=True, metavar="CODE", help="The GSS code of the council that takes it over.")
@click.option("--on", required=True, metavar="DAY", callback=read_day, help="The last day that counts here.")
@click.option("--to", "path", type=click.Path(path_type=Path), required=True, metavar="FILE.zip", help="A new file.")
def offer(code: str | None, named: str, to_council: str, on: date, path: Path) -> None:
    """Write the account's whole history, what had accrued, and the proof, into one signed file. Nothing is recorded."""
    if path.suffix != ".zip":
        raise click.BadParameter("Name a file that ends in .zip.", param_hint="'--to'")
    with running() as installation, progress("Writing") as shown, ExitStack() as ends:
        council = its_council(installation, code)
        account_id, now = named_account(council, named), installation.settings.now()
        offering = Offering(council, account_id, CouncilNames(to_council).code, on)
        writing = Writing(council, ends.enter_context(installation.administering()), signing_of(installation, council))
        files_read = offering.beside(readable(council, account_id, with_names=False, on=on))
        try:
            with made(path, ()) as files:
                writing.write(files, Asked(account_id), files_read, now, shown)
        except FileExistsError:
            raise click.ClickException(f"{path} is there already: name a new one.") from None
        except FOUND_WRONG as refusal:
            raise click.ClickException(f"Nothing was offered. {refusal}") from None
        click.echo(
            f"{path} offers {offering.offer().accrued_costs} pounds, accrued by the close of {on}, to {to_council}."
        )


@command.command("accept")
@its_council_option
@click.option("--from", "path", type=_FILE, required=True, metavar="FILE.zip", help=_BUNDLE_HELP)
@click.option("--key", required=True, help="The public key of the first council's log, as that council gave it.")
@click.option("--local-id", required=True, metavar="ID", help="What this council knows the person by.")
@click.option(
    "--acknowledge", "to", type=click.Path(path_type=Path), required=True, help="A new file for the first council."
)
@by_option
def accept(code: str | None, path: Path, key: str, local_id: str, to: Path, by: str) -> None:
    """Check an offered account as verify.py does, work it out again to the penny, and carry it in.

    An account is opened for the person from the day after. Its opening says where it came from, and what proves it; the
    file is kept with its whole history. Where anything does not hold, nothing is recorded, and each entry is named.
    """
    with running() as installation, opened(path) as bundle:
        council = its_council(installation, code)
        signer = signing_of(installation, council).signer
        try:
            receiving = Receiving(council, checked(bundle, PublicKey.read(key)), path.read_bytes())
            person, now = Person.model_validate({"local_id": local_id}), installation.settings.now()
            account_id = receiving.receive(person, Caller(by, _ROLE), now)
        except _REFUSED as refusal:
            raise click.ClickException(f"Nothing was carried in.\n{refusal}") from None
        to.write_text(receiving.acknowledgement(account_id, signer), "utf-8")
        offer = receiving.checked.offer
        click.echo(f"Verified: {offer.accrued_costs} pounds, accrued by the close of {offer.on}. Account {account_id}.")
        click.echo(f"Send {to} to {offer.from_council}.")


@command.command("end")
@its_council_option
@click.option("--offered", "path", type=_FILE, required=True, metavar="FILE.zip", help=_BUNDLE_HELP)
@click.option("--acknowledged", "note", type=_FILE, required=True, help="What the second council sent back.")
@click.option("--key", required=True, help="The public key of the second council's log, as that council gave it.")
@by_option
def end(code: str | None, path: Path, note: Path, key: str, by: str) -> None:
    """Close the account here, once the other council has acknowledged that it took it over to the penny."""
    with running() as installation, opened(path) as bundle:
        council = its_council(installation, code)
        try:
            own = checked(bundle, signing_of(installation, council).signer.public())
            said = Acknowledgement.read(note.read_text("utf-8"), PublicKey.read(key))
            Ending(council, own, said).end(Caller(by, _ROLE), installation.settings.now())
        except _REFUSED as refusal:
            raise click.ClickException(f"Nothing was closed.\n{refusal}") from None
        click.echo(f"Closed as moved on {own.offer.on}. {own.offer.to_council} keeps it as {said.reference}.")
