"""What does a notice say: how near the cap is, that it was reached, or what is missing?"""

from collections.abc import Mapping
from typing import NamedTuple

from api.letters.document import Words
from api.letters.plain import PlainLetter
from api.letters.words import FORMATS, WRONG, help_of
from api.pages.face import CouncilFace
from api.pages.law import ILLUSTRATION
from api.pages.paper import post_to
from api.pages.words import day, day_of, instant, pounds
from domain.account.facts import Missing, NoticeGiven
from domain.account.state import CareAccount, Entry
from domain.law.disputes import ANSWER_WITHIN_MONTHS
from domain.schemes import Scheme
from ledger.vault.person import Person


class Said(NamedTuple):
    """What one notice says: its title, a sentence that leads to what stands out, and what happens next."""

    title: str
    opening: str
    shown: str
    steps: tuple[str, ...]


MISSING: Mapping[Missing, tuple[str, str]] = {
    "needs_assessment": ("We need to look at your care needs", "A talk about the care you need"),
    "budget": ("We need to agree what your care should cost", "A talk about what your care should cost"),
    "financial_assessment": ("We need to do your money check", "Your money check"),
}
"""The title where something is missing, and what is to be done."""

IF_THIS_IS_WRONG = (
    f"If you think this is wrong, tell us as soon as you can. We have to answer within {ANSWER_WITHIN_MONTHS} months.",
    *WRONG[1:],
)


def notice_letter(
    council: CouncilFace, account: CareAccount, entry: Entry, scheme: Scheme, person: Person | None
) -> PlainLetter:
    """A notice ready to be set on paper: the same whatever was recorded since. `scheme` is the one it rests on."""
    notice = entry.fact
    assert isinstance(notice, NoticeGiven)  # nothing else is put in as a notice
    said = what_it_says(notice)
    law = () if notice.figures.cap is None or scheme.provisions_in_force else (ILLUSTRATION,)
    return PlainLetter(
        to=(*((person.name,) if person and person.name else ()), *post_to(person)),
        sender=council.sender,
        phone=f"Phone {council.phone}" if council.phone else None,
        dated=day_of(notice.known_at),
        reference=f"Reference {account.opened.reference}",
        title=said.title,
        opening=said.opening,
        shown=said.shown,
        steps=said.steps,
        closing=(*law, *_help(council), *IF_THIS_IS_WRONG),
        proof=f"As known on {instant(notice.known_at)}, entry {entry.version} of the account.",
        known_at=notice.known_at,
    )


def what_it_says(notice: NoticeGiven) -> Said:
    """The words of a notice, from the figures that it rests on and nothing else."""
    if notice.kind == "something_missing":
        return _missing(notice)
    if notice.kind == "cap_reached":
        return _reached(notice)
    return _near(notice) if notice.kind == "within_18_months" else _most(notice)


def _missing(notice: NoticeGiven) -> Said:
    assert notice.missing is not None  # or nothing would be missing
    title, shown = MISSING[notice.missing]
    return Said(
        title,
        f"On {day(notice.figures.on)} we could not count the costs of your care. This has to be done first:",
        shown,
        (
            "Phone us or write to us.",
            "We agree a day with you. Someone you trust can be there too.",
            "Then we look again at the days that we could not count.",
        ),
    )


def _near(notice: NoticeGiven) -> Said:
    assert notice.figures.expected_to_reach_cap_on is not None  # or it would not be near
    return Said(
        "You may reach the cap on care costs soon",
        "If nothing changes, you may reach the cap on care costs on:",
        day(notice.figures.expected_to_reach_cap_on),
        (
            f"Up to {day(notice.figures.on)}, {pounds(notice.figures.accrued_costs)} of your care costs counted.",
            _left(notice),
            "The day will be another one if your care, its cost or the law changes. Tell us what changes for you.",
            "We write to you again on the day you reach the cap.",
        ),
    )


def _most(notice: NoticeGiven) -> Said:
    expected = notice.figures.expected_to_reach_cap_on
    return Said(
        "You have reached 80% of the cap on care costs",
        f"This much of your care costs counted towards the cap up to {day(notice.figures.on)}:",
        pounds(notice.figures.accrued_costs),
        (
            _left(notice),
            *((f"If nothing changes, you may reach the cap on {day(expected)}.",) if expected else ()),
            "We write to you again on the day you reach the cap.",
        ),
    )


def _left(notice: NoticeGiven) -> str:
    figures = notice.figures
    assert figures.cap is not None  # no cap, no notice of it
    assert figures.remaining is not None
    return f"The cap is {pounds(figures.cap)}. You have {pounds(figures.remaining)} left to reach it."


def _reached(notice: NoticeGiven) -> Said:
    figures = notice.figures
    assert figures.cap is not None  # no cap, no notice of it
    assert figures.cap_reached_on is not None
    return Said(
        "You have reached the cap on care costs",
        f"You reached the cap of {pounds(figures.cap)} on:",
        day(figures.cap_reached_on),
        (
            "No more of your care costs count after that day.",
            "From then on we cannot charge you for care that meets your needs.",
            "You still pay living costs such as food, heating and rent, and extra you choose to pay.",
            "Phone us about how your care is paid for from now on.",
        ),
    )


def _help(council: CouncilFace) -> tuple[str, ...]:
    """Where help comes from, and other ways to read the letter."""
    parts = (*help_of(council).parts, *FORMATS.parts)
    return tuple(part.text for part in parts if isinstance(part, Words))
