"""How does a code come to somebody by post?"""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from api.pages.face import CouncilFace
from api.signing_in.letter import CodeLetter, letters_out, written
from api.signing_in.recipients import recipient
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

    Raises NoSuchAccount, NoSuchRecipient, NoBirthDate. The code stands in the letter and nowhere else.
    """
    now: datetime = installation.settings.now()
    account = council.ledger.account(account_id)
    to = recipient(council, account, authority, day_in_london(now))
    code = installation.letter_codes.make(council, account_id, to.authority, form, now=now, by=by)
    if code is None:
        return None
    letter = CodeLetter(
        name=to.name,
        address=to.address,
        reference=account.opened.reference,
        code=code,
        site=site.rstrip("/"),
        good_until=day_in_london(now + GOOD_FOR - timedelta(days=1)),
        on=day_in_london(now),
    )
    face = CouncilFace(name=council.setup.name, **council.setup.face)
    return letters_out(installation.settings.home, council.code, letter.reference, written(letter, face))
