"""`careledger parameters propose` and its fellows: a council's own amounts of law, decided by two people."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import click

from api.amounts_file import NotAmounts, read_amounts
from api.cli.shared import by_option, its_council, its_council_option, running
from api.cli.table import last_day, print_table
from domain.dates import instant_text
from domain.parameters.parameter import DatedFigure
from domain.parameters.quantity import quantity_words
from domain.words import counted
from ledger.amounts import NoSuchPolicyChange, PolicyChange
from ledger.changed_amounts import changed_amounts
from ledger.council import Council
from ledger.policy import Decide, NotAllowedByLaw, Policy, PolicyRefused, approval, reversal

WAITING = ("proposed", "reversal_proposed")


@click.command("propose")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@its_council_option
@by_option
def propose(file: Path, code: str | None, by: str) -> None:
    """Propose the amounts of FILE, all or none of them. They count once a second person has approved them.

    FILE is a list in YAML:

    \b
      amounts:
        - parameter: personal_expenses_allowance
          from: 2027-04-06
          amount: 33.10
          unit: pounds a week
          authority: where the amount is written
          certainty: official
          note: may be left out

    or a table in CSV, its name ending in .csv, whose first line names the columns as the fields above. `certainty` is
    official (the published text was read), secondary (another source) or recalled. Units, and the names there are:
    careledger parameters show.
    """
    try:
        entries = read_amounts(file)
    except NotAmounts as fault:
        raise click.ClickException(f"Nothing of {file} was proposed:\n{fault}") from fault
    with running() as installation:
        council = its_council(installation, code)
        now = installation.settings.now()
        change = Policy(council).propose(entries, by=by, now=now).change
        _print_changed(council, change, now)
    click.echo(
        f"Change {change.number} proposes {counted(len(entries), 'amount')} for {council.code}. Nothing counts until a"
        f" second person approves it: careledger parameters approve {change.number} --by WHO"
    )


@click.command("proposals")
@its_council_option
@click.option("--all", "everything", is_flag=True, help="Also the changes that wait for nobody.")
def proposals(code: str | None, everything: bool) -> None:
    """List the changes that wait for a second person, with every amount and its source."""
    with running() as installation:
        changes = its_council(installation, code).amounts.changes
    shown = [change for change in changes if everything or change.status in WAITING]
    title = "Changes" if everything else "Changes that wait for a second person"
    print_table(title, ("change", "status", "by", "recorded at"), _steps(shown))
    for change in shown:
        rows = [
            (e.parameter, e.from_.isoformat(), quantity_words(e.amount, e.unit), e.certainty, e.authority, e.note or "")
            for e in change.entries
        ]
        columns = ("parameter", "from", "amount", "certainty", "authority", "note")
        print_table(f"Amounts of change {change.number}", columns, rows)


@click.command("approve")
@click.argument("numbers", metavar="NUMBER...", type=int, nargs=-1, required=True)
@its_council_option
@by_option
def approve(numbers: tuple[int, ...], code: str | None, by: str) -> None:
    """Approve the changes of these numbers, each as a second person. From then on their amounts count."""
    with running() as installation:
        council = its_council(installation, code)
        for number in numbers:
            _decide(council, number, approval, by, installation.settings.now)


@click.command("reverse")
@click.argument("number", type=int)
@its_council_option
@by_option
def reverse(number: int, code: str | None, by: str) -> None:
    """Undo the change of this number. What nobody approved is withdrawn; what counts takes two people to undo.

    The first to say so proposes the reversal, a second person who says the same decides it.
    """
    with running() as installation:
        _decide(its_council(installation, code), number, reversal, by, installation.settings.now)


_CAME_TO = {
    "approved": "Change {number} is approved: its amounts count from {at} on. What was known before stays as it was.",
    "withdrawn": "Change {number} is withdrawn. Its amounts never counted.",
    "reversal_proposed": "It is proposed to reverse change {number}. Its amounts count until a second person says the"
    " same: careledger parameters reverse {number} --by WHO",
    "reversed": "Change {number} is reversed: its amounts no longer count from {at} on.",
}


def _decide(council: Council, number: int, how: Decide, by: str, clock: Callable[[], datetime]) -> None:
    """Take the next step of a change, and say what it came to."""
    try:
        change = council.amounts.numbered(number)
        step = Policy(council).decide(change.change_id, how, by=by, now=clock()).step
    except (NoSuchPolicyChange, PolicyRefused) as refused:
        raise click.ClickException(f"Change {number}: {refused}") from None
    except NotAllowedByLaw as fault:
        raise click.ClickException("\n".join([f"Change {number}: {fault.__doc__}", *fault.lines])) from None
    click.echo(_CAME_TO[step.kind].format(number=number, at=instant_text(step.recorded_at)))


def _steps(changes: Iterable[PolicyChange]) -> list[tuple[str, ...]]:
    return [
        (str(change.number), step.kind.replace("_", " "), step.recorded_by, instant_text(step.recorded_at))
        for change in changes
        for step in change.steps
    ]


def _print_changed(council: Council, change: PolicyChange, now: datetime) -> None:
    """On which days which amounts would be others, were the change approved now."""
    rows = [
        (name, first.isoformat(), last_day(ending_before), _said(without, unit), _said(with_it, unit))
        for name, unit, first, ending_before, without, with_it in changed_amounts(council.amounts, change, now)
    ]
    print_table("Days on which another amount would hold", ("parameter", "from", "to", "before", "after"), rows)


def _said(figure: DatedFigure | None, unit: str) -> str:
    return quantity_words(figure.amount, unit) if figure and figure.amount is not None else "not known"
