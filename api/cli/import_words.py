"""How is it said what became of a file's rows, what they would do, and what is wrong with them?"""

from collections.abc import Iterator, Sequence

import click

from api.importing.answers import AccountEffect, ImportEffects, ImportRead, ImportWeighed, RowCounts
from api.importing.table import Table
from domain.words import counted
from ledger.import_run import RowFault
from ledger.import_weighing import Position

MOST_PRINTED = 100
_WORDS = {
    "recorded": "Every row is recorded.",
    "recorded_in_part": "The good rows are recorded, the bad ones are not. Mend them and give the file again: rows"
    " that were recorded are known.",
    "nothing_new": "Every row of this file had been recorded before. Nothing was changed.",
    "refused": "Nothing was recorded. Mend the rows below and give the file again, or say --good-rows.",
    "running": "Nobody has ended this import yet.",
}
_AMOUNTS = {
    "weekly_cost": "budgets, a week",
    "weekly_contribution": "contributions, a week",
    "charged": "charges so far",
    "accrued_costs": "accrued costs",
}


def print_import(found: ImportRead, table: Table) -> None:
    """What became of the rows."""
    click.echo(f"Import {found.number}: {counted(found.rows, 'row')} of {found.kind}. {_WORDS[found.status]}")
    _print_counts(found, table, "recorded")
    _print_faults(found.errors, found.error_count)


def print_weighed(found: ImportWeighed, table: Table) -> None:
    """What the rows would do. Nothing was recorded."""
    click.echo(f"Nothing was recorded. {counted(found.rows, 'row')} of {found.kind} would come to this:")
    _print_counts(found, table, "to record")
    click.echo("\n".join(_effects(found.effects)))
    _print_faults(found.errors, found.error_count)


def _print_counts(found: RowCounts, table: Table, applied: str) -> None:
    rows = (
        (applied, found.applied),
        ("recorded before", found.known),
        ("bad", found.rejected),
        ("good, but left since others are bad", found.left),
        ("blank lines passed over", table.blank),
    )
    click.echo("\n".join(f"  {words:<36}{number:>12,}" for words, number in rows))


def _effects(effects: ImportEffects) -> Iterator[str]:
    yield ""
    yield f"Accounts opened: {effects.accounts_opened:,}. Accounts changed: {effects.accounts_changed:,}."
    if effects.not_worked_out:
        yield f"Of {counted(effects.not_worked_out, 'account')} the figures are not known, for want of law; left out."
    if not effects.accounts_changed:
        return
    yield ""
    yield f"All accounts that change, as they stand on {effects.on}, in pounds"
    yield f"  {'':<24}{'before':>18}{'after':>18}"
    for field, words in _AMOUNTS.items():
        yield f"  {words:<24}{getattr(effects.before, field):>18,}{getattr(effects.after, field):>18,}"
    yield ""
    yield "Those that change most"
    for account in effects.most_changed:
        yield f"  {account.reference}  {_change(account)}"


def _change(account: AccountEffect) -> str:
    """The amounts that change, each from what to what."""
    before, after = account.before or Position(), account.after or Position()
    changes = [
        f"{words} {getattr(before, field):,} to {getattr(after, field):,}"
        for field, words in _AMOUNTS.items()
        if getattr(before, field) != getattr(after, field)
    ]
    return "; ".join(changes) or "no amount of today changes"


def _print_faults(faults: Sequence[RowFault], count: int) -> None:
    for fault in faults[:MOST_PRINTED]:
        where = f", {fault.column}" if fault.column else ""
        value = f" ({fault.value})" if fault.value else ""
        click.echo(f"row {fault.row}{where}{value}: {fault.fix}")
    if count > MOST_PRINTED:
        more = "--json prints the first 1,000" if len(faults) > MOST_PRINTED else ""
        click.echo(f"and {count - MOST_PRINTED:,} more. {more}".strip())
