"""`careledger scheme`: the rules that a council's figures rest on, kept and adopted without a new program."""

from pathlib import Path

import click

from api.cli.progress import progress
from api.cli.shared import by_option, its_council, its_council_option, plainly, running
from domain import schemes
from domain.dates import instant_text
from domain.schemes import NotAScheme, Scheme, UnknownScheme
from ledger.council import Council
from ledger.schemes import THE_BEGINNING, KnownSchemes, SchemeChange
from projections.follow import catch_up


@click.group("scheme")
def command() -> None:
    """The rules that figures rest on: see them, keep rules of the council's own, adopt them.

    What is kept or adopted counts from that moment of knowledge on. A figure as known before it stays as it was.
    """


@command.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@its_council_option
@click.option("--name", help="What the scheme is called; else what the file is called.")
@by_option
def add(file: Path, code: str | None, name: str | None, by: str) -> None:
    """Keep a scheme of the council's own as FILE says it. The same name again with other rules is a new edition."""
    scheme, text = _read(file, name or file.stem)
    with running() as installation:
        council = its_council(installation, code)
        change = council.scheme_changes.keep(scheme, text, by=by, now=installation.settings.now())
        if change is None:
            click.echo(f"{scheme.name} is kept already as this file says it. Nothing was changed.")
            return
        click.echo(f"{scheme.name} is kept for {council.code}, as edition {change.edition}.")
        if council.scheme.name == scheme.name:
            _rest_on(council, change)


@command.command("adopt")
@click.argument("name")
@its_council_option
@by_option
def adopt(name: str, code: str | None, by: str) -> None:
    """Have the council's figures rest on the scheme NAME from now on."""
    with running() as installation:
        council = its_council(installation, code)
        change = council.scheme_changes.adopt(name, by=by, now=installation.settings.now())
        if change is None:
            click.echo(f"{name} is adopted already. Nothing was changed.")
            return
        _rest_on(council, change)


@command.command("list")
@its_council_option
def list_schemes(code: str | None) -> None:
    """Every scheme and edition that can be asked for, when it became known, and which one was adopted when."""
    with running() as installation:
        known = its_council(installation, code).schemes
    click.echo("Schemes:")
    for name in known.names:
        for edition, since in _editions(known, name):
            click.echo(f"  {name:<26}{edition:<18}{since}")
    click.echo("Adopted:")
    click.echo(f"  {known.set_up_with:<26}when the council was set up")
    for change in known.changes:
        if change.kind == "adopted":
            click.echo(f"  {change.name:<26}{_since(change)}")


@command.command("show")
@click.argument("name")
@click.option("--council", "code", metavar="CODE", help="The council whose own scheme it is: its GSS code.")
@click.option("--edition", help="An earlier edition of it.")
def show(name: str, code: str | None, edition: str | None) -> None:
    """Print the file of the scheme NAME, as it was written: a beginning for one of the council's own."""
    if code is None:
        with plainly():
            click.echo(schemes.text_of(name), nl=False)
        return
    with running() as installation:
        known = its_council(installation, code).schemes
    with plainly():
        click.echo(_text(known, name, edition), nl=False)


def _read(file: Path, name: str) -> tuple[Scheme, str]:
    """The scheme that a file describes, and its text; what is wrong with it is told line by line."""
    if name in schemes.names():
        raise click.ClickException(f"{name} comes with the program: give the council's own another name with --name.")
    try:
        text = file.read_text("utf-8")
        return schemes.read(name, text), text
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is not a text in UTF-8.") from None
    except NotAScheme as fault:
        raise click.ClickException(f"{file} is not a scheme:\n{fault}") from fault


def _rest_on(council: Council, change: SchemeChange) -> None:
    """Say from when on figures rest on the scheme, and make them ready to read. Readers would do it otherwise."""
    click.echo(
        f"The figures of {council.code} rest on {change.name} as known from {instant_text(change.recorded_at)} on;"
        " what was known before stays as it was."
    )
    try:
        with progress("Making the figures ready to read") as shown:
            catch_up(council, shown)
    except KeyboardInterrupt:
        raise click.ClickException(
            "Interrupted. The scheme counts; its figures are made ready as they are read."
        ) from None


def _editions(known: KnownSchemes, name: str) -> list[tuple[str, str]]:
    """Each edition of a scheme, with when it became known."""
    editions = known.editions(name)
    if not editions:
        return [(known.named(name).edition, "comes with the program")]
    return [(change.edition, _since(change)) for change in editions]


def _since(change: SchemeChange) -> str:
    if change.recorded_at == THE_BEGINNING:
        return "comes with the program"
    return f"since {instant_text(change.recorded_at)}, by {change.recorded_by}"


def _text(known: KnownSchemes, name: str, edition: str | None) -> str:
    """The text of a scheme, in its newest edition or the one asked for; raises UnknownScheme, ValueError."""
    editions = [change for change in known.editions(name) if edition in (None, change.edition)]
    if edition and not editions:
        raise ValueError(f"No edition {edition} of {name} is known. See: careledger scheme list.")
    if not editions:
        raise UnknownScheme(name, known.names)
    return editions[-1].text or ""
