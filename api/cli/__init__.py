"""The command line: one module for each command, loaded only when it is asked for."""

from importlib import import_module
from keyword import iskeyword

import click

COMMANDS = {
    "bench": "Measure the ledger against the speed of PostgreSQL.",
    "checkpoint": "Sign how a council's evidence log stands.",
    "demo": "Fill a fictitious council and serve it.",
    "dossier": "Put together everything that happened to one account.",
    "export": "Write a council, or one account, as files that prove themselves.",
    "import": "Take in a file of accounts, needs, budgets, assessments or charges.",
    "init": "Set a council up, or bring its tables up to date.",
    "invariants": "Check what must always hold of every account.",
    "letter-code": "Make a letter with a code to sign in once.",
    "letters": "Hand over the letters that wait.",
    "migrate": "Bring every council's tables up to date, or say what they lack.",
    "notices": "Tell people what has come about.",
    "parameters": "See, check and enter amounts of law.",
    "post": "Post a period for every account of a council.",
    "reassess": "Assess everybody anew when amounts change.",
    "rebuild": "Make what is ready to read again from the ledger.",
    "reperform": "Make statements again and compare every figure and byte.",
    "replay": "Work out a whole council under another scheme.",
    "restore": "Have a council again from its bundles alone.",
    "schedule": "Decide when a council's runs are due.",
    "scheme": "Keep and adopt the rules that figures rest on.",
    "serve": "Serve the pages and the API.",
    "sign-in-link": "Print an address that signs a browser in.",
    "statements": "Make the statements that are due.",
    "test": "Run every check and test.",
    "token": "Print a bearer token.",
    "transfer": "Move an account to or from another council.",
    "verify": "Check that nothing recorded was changed, and that lists are what comes of it.",
    "witness": "See that another council's evidence log only grows, and sign that.",
    "work": "Do the runs that are due.",
}


class Commands(click.Group):
    """Loads a command's module when it is asked for, so that --help costs nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"api.cli.{_module_of(cmd_name)}")
        command = module.command
        assert isinstance(command, click.Command)  # each module's one promise
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _module_of(command: str) -> str:
    """A command's module: as it is called, save that a module cannot be called by a word of Python's own."""
    name = command.replace("-", "_")
    return f"{name}_" if iskeyword(name) else name


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Settings are environment variables: CARELEDGER_HOME (default ./.careledger), CARELEDGER_DATABASE_URL,"
    " CARELEDGER_MODE, CARELEDGER_CLOCK, CARELEDGER_ISSUER, CARELEDGER_ISSUER_KEYS, CARELEDGER_SIGN_IN,"
    " CARELEDGER_NOTIFY, CARELEDGER_PROXIES.",
)
def cli() -> None:
    """Care accounts under the Care Act 2014: any figure, for any day, as known at any moment, with its reason."""


def main() -> None:
    """Run the command line; what goes wrong is said in a sentence, with exit status 1."""
    cli(prog_name="careledger")
