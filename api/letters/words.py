"""Which sentences do a statement, a money check and the page of an account share?"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Protocol

from api.letters.document import Points, Section, Words
from api.pages.face import CouncilFace
from api.pages.words import day, pounds
from domain.law.disputes import ANSWER_WITHIN_MONTHS

OMBUDSMAN = "Local Government and Social Care Ombudsman"
OMBUDSMAN_PHONE = "0300 061 0614"
OMBUDSMAN_SITE = "www.lgo.org.uk"


class Progress(Protocol):
    """How far an account has come."""

    @property
    def cap(self) -> Decimal | None: ...
    @property
    def accrued_costs(self) -> Decimal: ...
    @property
    def remaining(self) -> Decimal | None: ...
    @property
    def cap_reached_on(self) -> date | None: ...


def answer(progress: Progress) -> str:
    """The answer in one or two sentences, before anything else."""
    if progress.cap is None or progress.remaining is None:
        return "There is no cap on care costs in force. So we do not count your care costs towards one."
    if progress.cap_reached_on:
        reached = f"You reached the cap of {pounds(progress.cap)} on {day(progress.cap_reached_on)}."
        return f"{reached} No more of your care costs count after that day."
    counted = f"{pounds(progress.accrued_costs)} of your care costs count towards the cap so far."
    return f"{counted} You have {pounds(progress.remaining)} left to reach it."


WITHOUT_A_CAP = (
    "A law says there can be a most that a person pays for care. This is called a cap. That part of the law has not "
    "been started. So the cap does not lower what you pay.",
    "What you pay is decided by your money check. We still keep this account and the facts in it.",
)
"""What it means that no cap is in force."""


def what_counts(kinds: Collection[str]) -> tuple[Points, Points]:
    """What counts towards the cap and what does not; `kinds` says who met the needs."""
    ours, theirs = "personal" in kinds, "independent" in kinds
    counts = (
        *(("what we charged you for your care" + (", when we arranged it" if theirs else ""),) if ours else ()),
        *((_own(ours),) if theirs else ()),
        *(() if kinds else ("nothing yet, because we have not agreed what your care should cost",)),
    )
    return Points(heading="What counts", items=counts), Points(heading="What does not count", items=_DOES_NOT_COUNT)


def _own(ours: bool) -> str:
    when = "when you arranged it" if ours else "because you arranged it"
    return f"what your care would have cost us, {when} yourself. This can be more or less than you really pay"


_DOES_NOT_COUNT = (
    "living costs such as food, heating and rent",
    "extra you choose to pay, such as for a larger room",
    "fees, and services you were not assessed as needing",
)

WRONG = (
    "Tell us as soon as you can. Phone or write, and say which line looks wrong. We will look at it and answer you. "
    f"We have to answer within {ANSWER_WITHIN_MONTHS} months.",
    "If our answer does not settle it, use our complaints process. It is free.",
    f"After that, you can ask the {OMBUDSMAN} to look at it. Ask within 12 months of the day you first knew about the "
    "problem.",
    f"You can phone the Ombudsman on {OMBUDSMAN_PHONE}. Their website is {OMBUDSMAN_SITE}.",
)
"""What to do about a figure that looks wrong: how, by when, and who decides in the end."""

FORMATS = Section(
    heading="Other ways to read this",
    parts=(
        Words(text="We can send you this in large print. We can also help you with Easy Read, braille or audio."),
        Words(text="Tell us if another language is easier for you, or British Sign Language."),
    ),
)


def help_of(council: CouncilFace) -> Section:
    """Where help comes from. What a council has not told us is not said."""
    ways = [
        f"Phone {council.phone}" + (f", {council.hours}" if council.hours else "") if council.phone else "",
        f"If you cannot hear or speak on the phone, dial 18001 then {council.phone}." if council.phone else "",
        f"Write or visit: {', '.join(council.post_to)}" if council.post_to else "",
        "" if council.phone or council.post_to else "Contact your council.",
        "Someone you trust can call or write for you.",
    ]
    return Section(heading="Get help", parts=tuple(Words(text=way) for way in ways if way))
