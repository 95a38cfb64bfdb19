"""/imports/<id>: what became of the rows that were let in?"""

from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from api.importing.answers import listed
from api.pages.importing.faults import faults_file
from api.pages.importing.imports import PATH, shown
from api.pages.importing.words import STATUSES
from api.pages.page import Visit, page
from api.policy import may
from ledger.import_proposals import ImportProposals
from ledger.import_run import NoSuchImport, Standing
from ledger.imports import Imports

IMPORT = f"{PATH}/{{import_id}}"


@page(IMPORT, "read_council", people=True)
def import_done(visit: Visit) -> ResponseReturnValue:
    """The rows counted, and what is wrong with each that is bad."""
    standing, proposals = _standing(visit), ImportProposals(visit.council)
    run = standing.run
    return shown(
        "importing/import.html",
        f"Import {run.number}",
        run=listed(standing),
        name=proposals.files.name(run.file.digest),
        decided=proposals.rows.decided_of(run.run_id),
        step=proposals.rows.last_step(run.run_id),
        faults=Imports(visit.council).rows.faults(run),
        statuses=STATUSES,
        may_give=may(visit.identity.role, "import_rows"),
    )


@page(f"{IMPORT}/rows.csv", "read_council", people=True)
def bad_rows_of_import(visit: Visit) -> Response:
    """What is wrong with the rows, as a file."""
    run = _standing(visit).run
    return faults_file(Imports(visit.council).rows.faults(run), f"bad-rows-of-import-{run.number}.csv")


def _standing(visit: Visit) -> Standing:
    """The import in the address; what is no id names no import either."""
    try:
        import_id = UUID(visit.ids["import_id"])
    except ValueError:
        raise NoSuchImport(NoSuchImport.__doc__) from None
    return Imports(visit.council).rows.standing(import_id)
