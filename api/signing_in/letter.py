"""What does the letter say that brings a code?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from api.letters.plain import PlainLetter
from api.pages.face import CouncilFace
from api.pages.words import day
from domain.dates import day_in_london
from ledger.vault.signing_in.letter_codes import GOOD_FOR


class CodeLetter(NamedTuple):
    """A letter with a code: to whom, about which account, and where it is used."""

    name: str | None
    address: Sequence[str]
    reference: str
    code: str
    site: str
    made_at: datetime


def written(letter: CodeLetter, council: CouncilFace) -> PlainLetter:
    """The letter, ready to be set on paper."""
    good_until = day(day_in_london(letter.made_at + GOOD_FOR - timedelta(days=1)))
    help_by_phone = (f"If you need help, or another code, phone us on {council.phone}.",) if council.phone else ()
    return PlainLetter(
        to=(*((letter.name,) if letter.name else ()), *letter.address),
        sender=council.sender,
        phone=f"Phone {council.phone}" if council.phone else None,
        dated=day(day_in_london(letter.made_at)),
        reference=f"Reference {letter.reference}",
        title="Your code to see your care account",
        opening="You can use this code to sign in once:",
        shown=letter.code,
        steps=(
            f"Go to {letter.site}/sign-in",
            "Choose: a code from our letter.",
            "Type the code, and the date of birth of the person whose account it is.",
        ),
        closing=(
            f"The code works once, until the end of {good_until}. After five wrong tries it stops working.",
            *help_by_phone,
        ),
        proof="We never phone you to ask for this code. If you did not ask for it, you do not have to do anything.",
        known_at=letter.made_at,
    )
