"""How does a copy of a letter differ from the letter: to whom it goes, and that it says so?"""

from collections.abc import Sequence

from api.letters.plain import PlainLetter
from api.letters.typesetting import Document

FOR_A_HELPER = (
    "This is a copy. You have it because you help with this account.",
    'In it "you" and "your" mean the person whose account this is.',
)


def copy_of(letter: Document, to: Sequence[str]) -> Document:
    """The same letter to somebody else, line by line; what it says does not change, nor does its check code."""
    if isinstance(letter, PlainLetter):
        opening = " ".join((*FOR_A_HELPER, letter.opening))
        return letter.model_copy(update={"to": tuple(to), "opening": opening})
    return letter.model_copy(update={"to": tuple(to), "opening": (*FOR_A_HELPER, *letter.opening)})
