"""`careledger test`: every check and test."""

import click

from api.cli.check import run


@click.command("test", context_settings={"ignore_unknown_options": True})
@click.option("--long", "longer", is_flag=True, help="Also the slow proofs: thousands of kills, long fuzzing.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[PYTEST ARGUMENTS]")
def command(longer: bool, arguments: tuple[str, ...]) -> None:
    """Check the code's own rules, then run the tests; further arguments are pytest's."""
    raise SystemExit(run([*arguments, *(["--long"] if longer else [])]))
