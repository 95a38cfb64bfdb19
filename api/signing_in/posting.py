"""How does a code come to somebody by post? A letter is put in; the code is made when that goes out, and not before.

So no code waits anywhere, and its weeks begin when its letter leaves.
"""

from uuid import UUID, uuid5

from api.letters.plain import PlainLetter
from api.pages.paper import face_of, post_to
from api.signing_in.letter import CodeLetter, written
from api.signing_in.letter_codes import NoBirthDate
from api.signing_in.recipients import recipient
from api.wiring import Installation
from domain.dates import day_in_london
from ledger.council import Council
from ledger.letters import Letter, Told
from ledger.store.letter_rows import Letters

FIRST_ENTRY = 1
"""By which the person themselves is meant: the entry of an authority always comes after it."""


def send_a_code(
    installation: Installation,
    council: Council,
    account_id: UUID,
    authority: UUID | None,
    form: str,
    *,
    site: str,
    by: str,
) -> UUID | None:
    """Put in the letter that will bring a code; its id, or None where this form did already.

    Raises NoSuchAccount, NoSuchRecipient, NoBirthDate.
    """
    now = installation.settings.now()
    account = council.ledger.account(account_id)
    to = recipient(council, account, authority, day_in_london(now))
    if council.people.of([account_id])[account_id].date_of_birth is None:
        raise NoBirthDate(NoBirthDate.__doc__)
    entry = account.entry(str(to.authority)) if to.authority else None
    told = Told(account_id, "sign_in_code", entry.version if entry else FIRST_ENTRY)
    letter_id = uuid5(account_id, f"sign in {form}")
    new = Letters(council.app, council.names).ask(letter_id, told, by=by, now=now, site=site.rstrip("/"))
    return letter_id if new else None


def letter_with_a_code(installation: Installation, council: Council, letter: Letter) -> PlainLetter:
    """Make the code and what brings it. It stands in the letter and nowhere else, so each try makes another.

    Raises NoSuchRecipient, NoBirthDate.
    """
    now, told = installation.settings.now(), letter.told
    account = council.ledger.account(told.account_id)
    authority = None if told.version == FIRST_ENTRY else account.entries[told.version - 1].id
    to = recipient(council, account, authority, day_in_london(now))
    form = f"{letter.letter_id} {letter.tries}"
    code = installation.letter_codes.make(council, told.account_id, to.authority, form, now=now, by=letter.asked_by)
    assert code is not None  # each try has a form of its own
    assert letter.site is not None  # whoever puts the letter in says where
    address = to.address if authority else post_to(council.people.of([told.account_id])[told.account_id])
    made = CodeLetter(to.name, address, account.opened.reference, code, letter.site, now)
    return written(made, face_of(council))
