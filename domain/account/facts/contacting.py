"""How does the person want to be reached? Where they live, and under which number, stands in the vault."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from domain.account.facts.fact import Fact
from domain.account.figures import PrintSize
from domain.dates import Day
from domain.terms import Terms, written_as

Channel = Literal["letter", "phone", "email", "text"]
Format = Literal["easy_read", "braille", "audio", "bsl"]
"""What people make by hand, of the same words: Easy Read, braille, a recording, British Sign Language."""

if TYPE_CHECKING:
    Language = str
else:
    Language = written_as(
        r"[a-z]{2,3}", "Write a language as its code of two or three small letters, such as cy for Welsh."
    )


def _each_once(formats: tuple[Format, ...]) -> tuple[Format, ...]:
    if len(set(formats)) < len(formats):
        raise PydanticCustomError("formats", "Give each format no more than once.")
    return formats


class ContactChoice(Terms):
    """How somebody wants to be reached and what they can read: letters in a size of print, in points.

    Care Act 2014 s 4(4); Health and Social Care Act 2012 s 250 (the Accessible Information Standard, DAPB1605).
    """

    channel: Channel
    print_size: PrintSize
    formats: Annotated[tuple[Format, ...], AfterValidator(_each_once)]
    language: Language | None = None


class ContactChosen(ContactChoice, Fact):
    """The person, or somebody for them, chose how they want to be reached. The last choice counts."""

    TOPIC = "contact-chosen.1"
    on: Day

    @property
    def effective_from(self) -> date:
        return self.on
