"""How is it handed out what is wrong with the rows of a file, so that somebody can mend them in a spreadsheet?"""

from collections.abc import Sequence

from flask import Response

from api.csv import csv_response
from ledger.import_run import RowFault

_HEADING = ("row", "column", "value", "rule", "fix")


def faults_file(faults: Sequence[RowFault], filename: str) -> Response:
    """Each fault in a line, in the order of the rows."""
    return csv_response(_HEADING, ([getattr(fault, name) for name in _HEADING] for fault in faults), filename)
