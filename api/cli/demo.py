"""`careledger demo`: a fictitious council, filled and served."""

from uuid import UUID

import click

from api.cli.progress import progress
from api.cli.serve import serve
from api.cli.shared import running
from api.cli.sign_in_link import sign_in_link
from api.demo.council import CODE, NAME, fictitious_council
from api.demo.desk import lay_out
from api.demo.filling import account_of, fill
from api.demo.people import local_id
from api.wiring import Installation
from domain.account.progress import cap_progress
from domain.account.represented import representatives
from domain.dates import day_in_london
from ledger.council import Council
from projections.follow import catch_up

STAFF = {
    "finance": "r.patel",
    "finance_approver": "h.lindqvist",
    "assessor": "a.okafor",
    "policy": "j.marsh",
    "auditor": "t.osei",
    "information_governance": "s.byrne",
}
CITIZENS = (local_id(2), local_id(1), local_id(0))
"""Somebody far from the cap, somebody near it and somebody past it."""
REPRESENTED = CITIZENS[1]
"""Whose daughter acts for her."""


@click.command("demo")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--people", type=click.IntRange(3, 5000), default=200, show_default=True, help="At the first start.")
def command(port: int, people: int) -> None:
    """Fill a fictitious council with believable people and serve it until interrupted. A later start fills nothing."""
    with running() as installation:
        if installation.settings.mode == "production":
            raise click.ClickException("An installation in production keeps no invented people: use another one.")
        council = fictitious_council(installation)
        _fill(installation, council, people)
        welcome = _welcome(installation, council, port)
        serve(installation, port=port, when_ready=lambda: click.echo(welcome))


def _fill(installation: Installation, council: Council, people: int) -> None:
    try:
        with progress("Filling the council") as shown:
            fill(council, installation.settings.now(), people, shown)
        lay_out(installation, council)
        with progress("Making its figures ready to read") as shown:
            catch_up(council, shown)
    except KeyboardInterrupt:
        raise click.ClickException("Interrupted. What was recorded stays; the next start goes on from there.") from None


def _welcome(installation: Installation, council: Council, port: int) -> str:
    """Where everything is, with a link for each role that has pages of people or money."""
    address = f"http://127.0.0.1:{port}"
    citizens = [(who, account) for who in CITIZENS if (account := account_of(council, who))]
    return f"""
{NAME} is open. Nobody in it is real. Ctrl-C ends it.

  Start page  {address}/
  Sign in     {address}/sign-in (you choose who you are; nobody is asked for a password)
  Estimate    {address}/estimate (no sign-in)
  API         {address}/v1 (described at {address}/openapi.json)

Sign in with one of these addresses; each is good for 12 hours.

{"".join(_citizen(installation, council, who, account, port) for who, account in citizens)}\
{_representative(installation, council, port)}\
{"".join(_link(installation, role, role, sub, None, port) for role, sub in STAFF.items())}
Print a bearer token for the API:

  ./careledger token --council {CODE} --role finance --sub {STAFF["finance"]}
"""


def _citizen(installation: Installation, council: Council, who: str, account_id: UUID, port: int) -> str:
    """A link for the person an account is kept for, saying how far it has come today."""
    person = council.people.of([account_id])[account_id]
    account, today = council.ledger.account(account_id), day_in_london(installation.settings.now())
    far = cap_progress(account, council.scheme, today).percent
    label = f"citizen: {person.name}, who has come {far}% of the way to the cap"
    return _link(installation, label, "citizen", who.lower(), str(account_id), port)


def _representative(installation: Installation, council: Council, port: int) -> str:
    """A link for whoever acts for one of the people."""
    account_id = account_of(council, REPRESENTED)
    named = representatives(council.ledger.account(account_id)) if account_id else ()
    return "".join(
        _link(
            installation,
            "representative: her daughter, who acts for her by a power of attorney",
            "representative",
            "nadia",
            str(account_id),
            port,
            str(each.entry.id),
        )
        for each in named
    )


def _link(
    installation: Installation,
    label: str,
    role: str,
    sub: str,
    account: str | None,
    port: int,
    authority: str | None = None,
) -> str:
    return f"  {label}\n  {sign_in_link(installation.issuer, CODE, role, sub, account, authority, port=port)}\n\n"
