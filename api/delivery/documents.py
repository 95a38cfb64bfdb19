"""Which paper does a letter consist of? It is made of the entry it tells of, the same bytes whenever it is made."""

from api.delivery.carrier import NotTaken, Outgoing
from api.letters.statement import statement_document
from api.letters.typesetting import pdf
from api.pages.face import CouncilFace
from domain.account.facts import StatementIssued
from ledger.council import Council
from ledger.letters import Letter


def paper_of(council: Council, letter: Letter) -> Outgoing:
    """The letter as a PDF; raises NotTaken where nobody knows where to write to."""
    account_id, version = letter.told.account_id, letter.told.version
    account, person = council.ledger.account(account_id), council.people.of([account_id]).get(account_id)
    if person is None or not person.contact.address:
        raise NotTaken("no-address")
    issued = account.entries[version - 1].fact
    assert isinstance(issued, StatementIssued)  # no other letter is put in
    face = CouncilFace(name=council.setup.name, **council.setup.face)
    document = statement_document(face, account, issued, council.scheme_at(issued.known_at), person)
    return Outgoing(letter, account.opened.reference, pdf(document))
