"""`careledger letters`: hand over the letters that wait, and hear what became of those on their way."""

import click

from api.cli.shared import its_council, its_council_option, running
from api.delivery.sending import delivery_of, in_words
from ledger.letters import STATES


@click.command("letters")
@its_council_option
def command(code: str | None) -> None:
    """Hand over a council's letters that wait, and say where all of its letters stand.

    By GOV.UK Notify where CARELEDGER_NOTIFY names a key for the council; else they are written to the folder letters
    below CARELEDGER_HOME, to be printed from there. May be interrupted: no letter is handed over twice. `careledger
    work` does the same by itself.
    """
    with running() as installation:
        council = its_council(installation, code)
        delivery = delivery_of(installation, council, installation.settings.now)
        if not delivery.carrier.paced:
            place = installation.settings.home / "letters"
            click.echo(f"No key for GOV.UK Notify: letters are written to {place}.", err=True)
        try:
            came = delivery.work()
        except KeyboardInterrupt:
            raise click.ClickException("Interrupted. The same command goes on from there.") from None
        click.echo("\n".join(in_words(came, delivery.carrier)) or "No letter waits.")
        states = delivery.letters.states()
    for state in STATES:
        number = sum(count for (_, each), count in states.items() if each == state)
        click.echo(f"  {state:<12}{number:>12,}")
