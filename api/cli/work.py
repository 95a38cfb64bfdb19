"""`careledger work`: do what is due, for every council."""

import logging

import click

from api.cli.shared import running
from api.worker import Ended, Worker


@click.command("work")
@click.option("--once", is_flag=True, help="Do what is due now, and end. The exit status is 1 when something was left.")
def command(once: bool) -> None:
    """Follow the ledger and do the runs that are due by the councils' schedules, until interrupted.

    Any number may work at once, and each may be interrupted or killed: every period is done once, in order, those too
    that came while nobody worked. When runs are due: careledger schedule.
    """
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    with running() as installation:
        for code in installation.codes():
            installation.council(code)
        worker = Worker(installation)
        if not once:
            return worker.run()
        try:
            done = worker.once()
        except Ended:
            raise click.ClickException("Interrupted. What was done stays; the next start goes on from there.") from None
    if not done:
        raise SystemExit(1)
