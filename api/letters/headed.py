"""On which entry does a statement rest, and does its template say so?"""

from api.letters.document import Head, StatementDocument
from api.letters.statement import FIRST_TEMPLATE, NEWEST_TEMPLATE, statement_document
from api.pages.paper import face_of
from domain.account.facts import StatementIssued
from domain.account.state import CareAccount
from domain.schemes import Scheme
from ledger.council import Council
from ledger.vault.person import Person


def issued_document(
    council: Council, account: CareAccount, issued: StatementIssued, scheme: Scheme, person: Person | None
) -> StatementDocument:
    """A statement that was made, by the template that made it."""
    template = issued.paper.template if issued.paper else FIRST_TEMPLATE
    return made_by(council, account, issued, scheme, person, template)


def template_of_today(council: Council, account: CareAccount, issued: StatementIssued) -> str:
    """The newest, if the entry that a statement rests on has its hash: without it the paper would change later."""
    return NEWEST_TEMPLATE if head_of(council, account, issued.figures.version) else FIRST_TEMPLATE


def made_by(
    council: Council,
    account: CareAccount,
    issued: StatementIssued,
    scheme: Scheme,
    person: Person | None,
    template: str,
) -> StatementDocument:
    """The statement as a template sets it: the first said nothing of entries."""
    head = None if template == FIRST_TEMPLATE else head_of(council, account, issued.figures.version)
    said = statement_document(face_of(council), account, issued, scheme, person, head)
    return said.model_copy(update={"template": template})


def head_of(council: Council, account: CareAccount, version: int) -> Head | None:
    """The entry of a version, as it stands in the log; None where an older program left it without a hash."""
    found = council.ledger.recorder.receipted(account.id, version)
    return Head(version=version, position=found.position, hash=found.leaf) if found and found.leaf else None
