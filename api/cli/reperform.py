"""`careledger reperform`: do statements come out the same when they are made again from the facts?"""

from collections.abc import Iterator
from uuid import UUID

import click

from api.cli.progress import Shown, progress
from api.cli.shared import its_council, its_council_option, named_account, running
from api.letters.reperforming import NOT_KEPT, Reperformed, reperformed
from domain.account.facts import StatementIssued
from ledger.council import Council
from projections.accounts import chunks, how_many


@click.command("reperform")
@its_council_option
@click.option("--account", "named", metavar="ACCOUNT", help="One account's, by its reference or its id.")
@click.option("--statement", metavar="ID", type=click.UUID, help="One statement, by its id.")
@click.option("--all", "everything", is_flag=True, help="Every statement of the council.")
def command(code: str | None, named: str | None, statement: UUID | None, everything: bool) -> None:
    """Make statements again from the facts, as they were known then, and compare: each figure, and each byte of paper.

    Says of each whether it is the same, of all of a council only of those that differ and of what differs; the exit
    status is 1 when one differs. Reads only. May be interrupted.
    """
    if [named is not None, statement is not None, everything].count(True) != 1:
        raise click.UsageError("Say which statements: --account, --statement or --all, one of them.")
    made = differing = 0
    with running() as installation, progress("Making again") as shown:
        council = its_council(installation, code)
        for found in _until_interrupted(_found(council, named, statement, shown)):
            made, differing = made + 1, differing + (not found.same)
            if not everything or not found.same:
                click.echo("\n".join(_said(found)))
    if statement and not made:
        raise click.ClickException("There is no such statement of this council.")
    click.echo(f"Made {made:,} statement{'' if made == 1 else 's'} again: {_outcome(differing)}.")
    if differing:
        raise SystemExit(1)


def _found(council: Council, named: str | None, statement: UUID | None, shown: Shown) -> Iterator[Reperformed]:
    accounts = [[named_account(council, named)]] if named else _every_account(council, shown)
    for some in accounts:
        for read in council.ledger.read(some).values():
            account = read.fold()
            for entry, _ in account.of(StatementIssued):
                if statement in (None, entry.id):
                    yield reperformed(council, account, entry)


def _every_account(council: Council, shown: Shown) -> Iterator[list[UUID]]:
    done, total = 0, how_many(council)
    for chunk in chunks(council):
        yield [kept.account_id for kept in chunk]
        done += len(chunk)
        shown(done, total)


def _until_interrupted(found: Iterator[Reperformed]) -> Iterator[Reperformed]:
    try:
        yield from found
    except KeyboardInterrupt:
        raise click.ClickException("Interrupted. Nothing was changed; the same command begins anew.") from None


def _said(found: Reperformed) -> Iterator[str]:
    papers = "" if found.paper else f" ({NOT_KEPT})"
    yield f"{found.reference}, statement to {found.to}, {found.entry.id}: {'same' if found.same else 'DIFFERS'}{papers}"
    for each in (*found.compared, *found.figures):
        if not each.same:
            yield f"  {each.what}"
            yield f"    then  {each.then}"
            yield f"    now   {each.now}"


def _outcome(differing: int) -> str:
    if not differing:
        return "all the same"
    return f"{differing:,} differ" if differing > 1 else "1 differs"
