"""`careledger invariants`: does everything hold of every account that must always hold?"""

from collections.abc import Iterator

import click

from api.cli.progress import progress
from api.cli.shared import its_council, its_council_option, named_account, running
from api.wiring import Installation
from domain.account.invariants import Violation
from domain.dates import day_in_london
from ledger.council import Council
from projections.accounts import Kept
from projections.invariants import Checked, CouncilCheck


@click.command("invariants")
@its_council_option
@click.option("--account", "named", metavar="ACCOUNT", help="One account, by its reference or its id. Left out: all.")
@click.option("--newest", is_flag=True, help="Only as each account stands now, not at each of its versions.")
def command(code: str | None, named: str | None, newest: bool) -> None:
    """Check what must hold of every account at each of its versions, and that the list says what the accounts say.

    Prints what does not hold, each in a sentence with its rule; the exit status is 1 when there is any. Reads only.
    May be interrupted.
    """
    checked, broken = Checked(), 0
    with running() as installation, progress("Checking") as shown:
        check = _check(installation, its_council(installation, code), newest)
        found = check.one(_named(check.council, named), checked) if named else check.run(checked, shown)
        for violation in _until_interrupted(found, checked):
            broken += 1
            click.echo(str(violation))
    click.echo(f"{_looked_at(checked)}: {_outcome(broken)}.")
    if broken:
        raise SystemExit(1)


def _check(installation: Installation, council: Council, newest: bool) -> CouncilCheck:
    now = installation.settings.now()
    return CouncilCheck(council, council.schemes, day_in_london(now), council.ledger.recorder.latest(now), newest)


def _named(council: Council, text: str) -> Kept:
    """The account that a reference or an id names."""
    account_id = named_account(council, text)
    return Kept(council.ledger.references.of([account_id])[account_id], account_id)


def _until_interrupted(found: Iterator[Violation], checked: Checked) -> Iterator[Violation]:
    try:
        yield from found
    except KeyboardInterrupt:
        raise click.ClickException(f"Interrupted. {_looked_at(checked)} so far.") from None


def _outcome(broken: int) -> str:
    if not broken:
        return "everything holds"
    return f"{broken:,} things do not hold" if broken > 1 else "1 thing does not hold"


def _looked_at(checked: Checked) -> str:
    """How much was looked at, in words."""
    accounts = f"{checked.accounts:,} account{'' if checked.accounts == 1 else 's'}"
    return f"Looked at {accounts} at {checked.versions:,} version{'' if checked.versions == 1 else 's'}"
