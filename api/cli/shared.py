"""What commands share: the installation, and a plain sentence for what goes wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
import psycopg2
from pydantic import ValidationError

from api.issuer import NoDevelopmentIssuer
from api.policy import ROLES
from api.settings import Settings
from api.wiring import Installation
from domain.schemes import UnknownScheme
from ledger.council import NoSuchCouncil
from ledger.embedded import CannotStart
from ledger.secret import UnusableSecret
from ledger.store.database import StoreUnavailable
from ledger.store.migrate import MigrationChanged
from ledger.store.safety import UnsafeStore

council_option = click.option("--council", "code", required=True, metavar="CODE", help="GSS code, such as E10000012.")
role_option = click.option("--role", required=True, type=click.Choice(ROLES), help="The one role it grants.")
sub_option = click.option("--sub", required=True, metavar="WHO", help="Who it is for, as history will name them.")

_SAID = (
    CannotStart,
    MigrationChanged,
    NoDevelopmentIssuer,
    NoSuchCouncil,
    StoreUnavailable,
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
        said = [f"CARELEDGER_{str(e['loc'][0]).upper()}: {e['msg']}" if e["loc"] else e["msg"] for e in fault.errors()]
        raise click.ClickException("\n".join(said)) from fault


@contextmanager
def plainly() -> Iterator[None]:
    """What can be foreseen to go wrong ends the command with its sentence."""
    try:
        yield
    except ValidationError as fault:
        said = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in fault.errors()]
        raise click.ClickException("\n".join(said)) from fault
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
