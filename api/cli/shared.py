"""What commands share: the installation, and a plain sentence for what goes wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from getpass import getuser
from uuid import UUID

import click
import psycopg2
from pydantic import ValidationError

from api.issuer import NoDevelopmentIssuer
from api.policy import ROLES
from api.settings import Settings
from api.wiring import Installation
from domain.schemes import UnknownScheme
from ledger.council import Council, NoSuchCouncil
from ledger.embedded import CannotStart
from ledger.outcomes import NoSuchAccount
from ledger.reference import NoReference, read_reference
from ledger.secret import UnusableSecret
from ledger.store.database import StoreUnavailable
from ledger.store.forward import MigrationChanged, MigrationOutOfOrder, TablesInUse
from ledger.store.names import CouncilNames
from ledger.store.safety import UnsafeStore


def _gss_code(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    try:
        return None if value is None else CouncilNames(value).code
    except ValueError as fault:
        raise click.BadParameter(str(fault)) from fault


council_option = click.option(
    "--council", "code", required=True, metavar="CODE", callback=_gss_code, help="GSS code, such as E10000012."
)
its_council_option = click.option(
    "--council",
    "code",
    metavar="CODE",
    callback=_gss_code,
    help="GSS code, such as E10000012. May be left out where there is only one council.",
)
role_option = click.option("--role", required=True, type=click.Choice(ROLES), help="The one role it grants.")
by_option = click.option(
    "--by", default=getuser, metavar="WHO", help="Who decides it, as history will name them; else your login name."
)
sub_option = click.option("--sub", required=True, metavar="WHO", help="Who it is for, as history will name them.")

authority_option = click.option(
    "--authority", metavar="ENTRY", help="The entry that names a representative, as the account's history shows it."
)


def ids_given(**ids: str | None) -> dict[str, str]:
    """Of the ids that a token may name, those that were given."""
    return {name: value for name, value in ids.items() if value}


_SAID = (
    CannotStart,
    MigrationChanged,
    MigrationOutOfOrder,
    NoDevelopmentIssuer,
    NoSuchCouncil,
    StoreUnavailable,
    TablesInUse,
    UnknownScheme,
    UnsafeStore,
    UnusableSecret,
    ValueError,
    psycopg2.Error,
)


def settings() -> Settings:
    """The settings; what is wrong with them is said, one line a setting."""
    try:
        return Settings()
    except ValidationError as fault:
        raise click.ClickException(_said_of(fault, lambda name: f"CARELEDGER_{name.upper()}: ")) from fault


def _said_of(fault: ValidationError, named: Callable[[str], str]) -> str:
    """A line for each value that is wrong, under the name its reader knows."""
    return "\n".join(
        (named(str(error["loc"][0])) if error["loc"] else "") + error["msg"].removeprefix("Value error, ")
        for error in fault.errors()
    )


@contextmanager
def plainly() -> Iterator[None]:
    """What can be foreseen to go wrong ends the command with its sentence."""
    try:
        yield
    except ValidationError as fault:
        raise click.ClickException(_said_of(fault, lambda name: f"{name}: ")) from fault
    except _SAID as fault:
        raise click.ClickException(str(fault).strip()) from fault


@contextmanager
def running() -> Iterator[Installation]:
    """The installation with its PostgreSQL running; stopped afterwards unless somebody else uses it."""
    with plainly():
        installation = Installation(settings())
        installation.start()
        try:
            yield installation
        finally:
            installation.stop()


def its_council(installation: Installation, code: str | None) -> Council:
    """The council that was named, or the only one there is; raises NoSuchCouncil."""
    codes = [code] if code else installation.codes()
    if len(codes) > 1:
        raise NoSuchCouncil(f"There are several councils here: say which one with --council {' or '.join(codes)}.")
    if not codes:
        raise NoSuchCouncil(NoSuchCouncil.__doc__)
    return installation.council(codes[0])


def named_account(council: Council, text: str) -> UUID:
    """The account that a reference or an id names; raises ClickException, BadParameter."""
    try:
        account_id = UUID(text)
    except ValueError:
        account_id = _of_reference(council, text)
    if account_id not in council.ledger.references.of([account_id]):
        raise click.ClickException(NoSuchAccount.__doc__ or "")
    return account_id


def _of_reference(council: Council, text: str) -> UUID:
    try:
        return council.ledger.account_of_reference(read_reference(text))
    except NoReference as fault:
        raise click.BadParameter(str(fault), param_hint="'--account'") from None
    except NoSuchAccount as absent:
        raise click.ClickException(NoSuchAccount.__doc__ or "") from absent
