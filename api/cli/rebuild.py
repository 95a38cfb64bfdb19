"""`careledger rebuild`: make what is ready to read again from the ledger."""

from collections.abc import Iterator

import click

from api.cli.progress import progress
from api.cli.shared import its_council, its_council_option, running
from api.wiring import Installation
from ledger.council import Council
from projections.digest import Compared
from projections.rebuild import check, rebuild
from projections.under_review import AccountUnderReview, under_review


@click.command("rebuild")
@its_council_option
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="How many work at once.")
@click.option("--check", "only_check", is_flag=True, help="Swap nothing: compare what is read with what comes out.")
def command(code: str | None, processes: int, only_check: bool) -> None:
    """Make what is ready to read again from the ledger, beside what is being read, and swap the two at the end.

    Nobody who reads waits. May be interrupted: until the swap nothing has changed. With --check nothing is swapped:
    every table is compared by its SHA-256, and the exit status is 1 where one differs.
    """
    with running() as installation:
        council = its_council(installation, code)
        try:
            if only_check:
                _check(council, processes)
            else:
                _rebuild(installation, council, processes)
        except KeyboardInterrupt:
            raise click.ClickException(
                "Interrupted. What is read is whole. The same command begins anew; it leaves nothing half done."
            ) from None


def _rebuild(installation: Installation, council: Council, processes: int) -> None:
    with progress("Rebuilding") as shown:
        position = rebuild(council, shown, processes)
    with council.app.transaction() as statements:
        known_at = council.ledger.recorder.latest(installation.settings.now())
        for each in under_review(statements, council.names.schema, known_at):
            click.echo(_in_words(each))
    click.echo(f"Rebuilt to position {position}.")


def _in_words(each: AccountUnderReview) -> str:
    return f"{each.reference}  UNDER REVIEW since {each.since:%Y-%m-%d %H:%M}\n  {each.detail}\n  {each.what_to_do}"


def _check(council: Council, processes: int) -> None:
    with progress("Rebuilding beside") as shown:
        compared = check(council, shown, processes)
    click.echo("\n".join(_compared(compared)))
    if not compared.same:
        raise SystemExit(1)


def _compared(compared: Compared) -> Iterator[str]:
    for table, live, made_again in compared.digests:
        yield f"{table}, SHA-256"
        yield f"  as it is read      {live}"
        yield f"  as it comes out    {made_again}"
    if compared.same:
        yield f"The same at position {compared.position}. Nothing was changed."
        return
    yield f"NOT THE SAME at position {compared.position}. Nothing was changed. Some accounts that differ:"
    yield from (f"  {reference}" for reference in compared.differing)
    yield "Put it right with: careledger rebuild. Keep the list above, and tell whoever looks after the system."
