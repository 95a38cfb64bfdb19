"""Which statements were made of an account, each as it was printed: under the reference alone, byte for byte?"""

from collections.abc import Iterator

from api.letters.typesetting import pdf
from api.pages.statement import statement_of
from domain.account.facts import StatementIssued
from domain.account.state import CareAccount
from ledger.council import Council


def printed(council: Council, account: CareAccount) -> Iterator[tuple[str, bytes]]:
    """The name of a file for each statement, and its paper, of which the log has the digest."""
    for entry, issued in account.of(StatementIssued):
        name = f"statements/{account.opened.reference}-{issued.figures.to}-entry-{entry.version}.pdf"
        yield name, pdf(statement_of(council, account, entry, None))
