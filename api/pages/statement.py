"""What does the statement of an entry say, to whom it may be shown?"""

from api.letters.document import StatementDocument
from api.letters.headed import issued_document
from domain.account.facts import StatementIssued
from domain.account.state import CareAccount, Entry
from ledger.council import Council
from ledger.vault.person import Person


def statement_of(council: Council, account: CareAccount, entry: Entry, person: Person | None) -> StatementDocument:
    """What the statement of an entry says; without a person, under the reference alone."""
    issued = issued_by(entry)
    return issued_document(council, account, issued, council.scheme_at(issued.known_at), person)


def issued_by(entry: Entry) -> StatementIssued:
    """The statement that an entry recorded."""
    assert isinstance(entry.fact, StatementIssued)  # the caller found the entry among the statements
    return entry.fact
