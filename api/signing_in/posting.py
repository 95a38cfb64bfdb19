"""How does a code come to somebody by post?"""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from api.pages.face import CouncilFace
from api.signing_in.letter import CodeLetter, letters_out, written
from api.wiring import Installation
from domain.dates import day_in_london
from ledger.council import Council
from ledger.vault.signing_in.letter_codes import GOOD_FOR


def send_a_code(
    installation: Installation,
    council: Council,
    account_id: UUID,
    authority: UUID | None,
    form: str,
    *,
    site: str,
    by: str,
) -> Path | None:
    """Make a code and the letter that brings it; None where this form did already.

    Raises NoSuchAccount, NoBirthDate. The code stands in the letter and nowhere else.
    """
    now: datetime = installation.settings.now()
    account = council.ledger.account(account_id)
    code = installation.letter_codes.make(council, account_id, authority, form, now=now, by=by)
    if code is None:
        return None
    person = council.people.of([account_id])[account_id]
    letter = CodeLetter(
        name=person.name,
        address=person.contact.address,
        reference=account.opened.reference,
        code=code,
        site=site.rstrip("/"),
        good_until=day_in_london(now + GOOD_FOR - timedelta(days=1)),
        on=day_in_london(now),
    )
    face = CouncilFace(name=council.setup.name, **council.setup.face)
    return letters_out(installation.settings.home, council.code, letter.reference, written(letter, face))
