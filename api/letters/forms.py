"""In which forms is a statement handed out besides JSON: a page by itself, paper, and lines for a spreadsheet?"""

from decimal import Decimal
from typing import Literal

from flask import Response

from api.csv import csv_response
from api.letters.document import StatementDocument, Sum
from api.letters.typesetting import PRINT_SIZES, pdf
from api.pages.face import CouncilFace
from api.pages.paper import on_paper
from domain.account.figures import PrintSize

Form = Literal["html", "pdf", "csv"]
HEADING = ("from", "to", "what", "why", "amount")


def handed_out(form: Form, council: CouncilFace, document: StatementDocument, size: PrintSize = 14) -> Response:
    """A statement in a form. Its name as a file says the day it covers, and nothing of the person."""
    name = f"statement-{document.figures.to}"
    if form == "csv":
        return csv_response(HEADING, rows_of(document), f"{name}.csv")
    if form == "html":
        return Response(page_of(council, document), mimetype="text/html")
    paper = Response(pdf(document, size), mimetype="application/pdf")
    print_size = f"-{size}-point" if size != 14 else ""
    paper.headers["Content-Disposition"] = f'inline; filename="{name}{print_size}.pdf"'
    return paper


def print_size(asked: str) -> PrintSize:
    """The size that was asked for in points; the standard one where none of ours was."""
    return next((size for size in PRINT_SIZES if asked == str(size)), PRINT_SIZES[0])


def page_of(council: CouncilFace, document: StatementDocument) -> str:
    """A statement as a page that stands by itself."""
    return on_paper("statement.html", council, statement=document)


def rows_of(document: StatementDocument) -> list[tuple[object, ...]]:
    """A row for each line that the statement adds up; all but the last make the last. Without a cap there is none."""
    sums = (part for section in document.sections for part in section.parts if isinstance(part, Sum))
    return [(line.from_, line.to, line.days, line.why, _plain(line.amount)) for each in sums for line in each.lines]


def _plain(amount: str) -> Decimal:
    """An amount as a spreadsheet reads it: £1,234.50 is 1234.50."""
    return Decimal(amount.replace("£", "").replace(",", ""))
