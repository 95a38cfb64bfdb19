"""What does a file of a kind look like: its heading and an example line?"""

import csv
import io

from api.importing.columns import Kind


def template(kind: Kind) -> str:
    """The heading with every column, and one line that could be recorded, as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.name for column in kind.columns)
    writer.writerow(column.example for column in kind.columns)
    return out.getvalue()
