"""Which paper does a letter consist of? It is made of what the letter tells of, just before it is handed over."""

from collections.abc import Iterator
from datetime import date

from api.delivery.carrier import NotTaken, Outgoing
from api.letters.copies import copy_of
from api.letters.headed import issued_document
from api.letters.notice import notice_letter
from api.letters.plain import PlainLetter
from api.letters.typesetting import Document, pdf
from api.pages.paper import face_of
from api.signing_in.letter_codes import NoBirthDate
from api.signing_in.posting import letter_with_a_code
from api.signing_in.recipients import NoSuchRecipient, recipient
from api.wiring import Installation
from domain.account.contact import NOT_CHOSEN, contact_choice
from domain.account.facts import NoticeGiven, StatementIssued
from domain.account.represented import copied_to, representative
from domain.account.state import CareAccount
from domain.dates import day_in_london
from ledger.council import Council
from ledger.letters import Letter, Told, first_letter


def paper_of(installation: Installation, council: Council, letter: Letter) -> Outgoing:
    """The letter as a PDF; raises NotTaken where it cannot be made, with what is lacking."""
    told, today = letter.told, day_in_london(installation.settings.now())
    account = council.ledger.account(told.account_id)
    document = _document(installation, council, account, letter, today)
    size = NOT_CHOSEN.print_size if told.copy_for else contact_choice(account).print_size
    addressed, copies = len(document.to) >= LEAST_LINES, tuple(_copies(account, letter, today))
    return Outgoing(letter, document.reference.removeprefix("Reference "), pdf(document, size), addressed, copies)


LEAST_LINES = 3
"""A name or the first line of an address, and two more: fewer are no address."""


def _document(
    installation: Installation, council: Council, account: CareAccount, letter: Letter, today: date
) -> Document:
    if letter.told.what == "sign_in_code":
        return _code(installation, council, letter)
    return _copy(council, account, letter.told, today) if letter.told.copy_for else _told(council, account, letter.told)


def _told(council: Council, account: CareAccount, told: Told) -> Document:
    person = council.people.of([account.id]).get(account.id)
    if person is None or not person.contact.address:
        raise NotTaken("no-address")
    entry, face = account.entries[told.version - 1], face_of(council)
    if isinstance(entry.fact, NoticeGiven):
        return notice_letter(face, account, entry, council.schemes.named(entry.fact.scheme), person)
    assert isinstance(entry.fact, StatementIssued)  # nothing else is put in as a statement
    return issued_document(council, account, entry.fact, council.scheme_at(entry.fact.known_at), person)


def _copies(account: CareAccount, letter: Letter, today: date) -> Iterator[Told]:
    """Who is sent a copy: of the first letter about something, not of one that somebody asked for or that came back."""
    told = letter.told
    if letter.letter_id == first_letter(told) and told.what != "sign_in_code" and told.copy_for is None:
        yield from (told._replace(copy_for=each.entry.version) for each in copied_to(account, today))


def _copy(council: Council, account: CareAccount, told: Told, today: date) -> Document:
    """The letter to whoever an entry names, as that stands now."""
    assert told.copy_for  # the caller asked
    stands = representative(account, str(account.entries[told.copy_for - 1].id))
    if stands is None or not stands.gets_copies(today):
        raise NotTaken("nobody-to-write-to")
    to = recipient(council, account, stands.entry.id, today)
    if not to.address:
        raise NotTaken("no-address-for-copies")
    return copy_of(_told(council, account, told), (*((to.name,) if to.name else ()), *to.address))


def _code(installation: Installation, council: Council, letter: Letter) -> PlainLetter:
    try:
        return letter_with_a_code(installation, council, letter)
    except NoSuchRecipient:
        raise NotTaken("nobody-to-write-to") from None
    except NoBirthDate:
        raise NotTaken("no-birth-date") from None
