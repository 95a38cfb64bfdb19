"""Which paper does a letter consist of? It is made of what the letter tells of, just before it is handed over."""

from api.delivery.carrier import NotTaken, Outgoing
from api.letters.notice import notice_letter
from api.letters.statement import statement_document
from api.letters.typesetting import Document, pdf
from api.pages.paper import face_of
from api.signing_in.letter_codes import NoBirthDate
from api.signing_in.posting import letter_with_a_code
from api.signing_in.recipients import NoSuchRecipient
from api.wiring import Installation
from domain.account.contact import contact_choice
from domain.account.facts import NoticeGiven, StatementIssued
from ledger.council import Council
from ledger.letters import Letter


def paper_of(installation: Installation, council: Council, letter: Letter) -> Outgoing:
    """The letter as a PDF; raises NotTaken where it cannot be made, with what is lacking."""
    document = _code(installation, council, letter) if letter.told.what == "sign_in_code" else _told(council, letter)
    size = contact_choice(council.ledger.account(letter.told.account_id)).print_size
    addressed = len(document.to) >= LEAST_LINES
    return Outgoing(letter, document.reference.removeprefix("Reference "), pdf(document, size), addressed)


LEAST_LINES = 3
"""A name or the first line of an address, and two more: fewer are no address."""


def _told(council: Council, letter: Letter) -> Document:
    account_id, version = letter.told.account_id, letter.told.version
    account, person = council.ledger.account(account_id), council.people.of([account_id]).get(account_id)
    if person is None or not person.contact.address:
        raise NotTaken("no-address")
    entry, face = account.entries[version - 1], face_of(council)
    if isinstance(entry.fact, NoticeGiven):
        return notice_letter(face, account, entry, council.schemes.named(entry.fact.scheme), person)
    assert isinstance(entry.fact, StatementIssued)  # nothing else is put in as a statement
    return statement_document(face, account, entry.fact, council.scheme_at(entry.fact.known_at), person)


def _code(installation: Installation, council: Council, letter: Letter) -> Document:
    try:
        return letter_with_a_code(installation, council, letter)
    except NoSuchRecipient:
        raise NotTaken("nobody-to-write-to") from None
    except NoBirthDate:
        raise NotTaken("no-birth-date") from None
