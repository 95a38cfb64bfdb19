"""By which authority may somebody see a person's account, or act for them, and where does that stand?"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal

from domain.dates import ONE_DAY

Authority = Literal["lpa_property", "deputy", "appointee", "advocate", "informal"]
Permission = Literal["view_finance", "view_care", "act", "correspond"]

PROVISIONS: Mapping[Authority, str] = {
    "lpa_property": "Mental Capacity Act 2005 s 9",
    "deputy": "Mental Capacity Act 2005 ss 16 and 19",
    "appointee": "SI 1987/1968 reg 33; SI 2013/380 reg 57",
    "advocate": "Care Act 2014 s 67",
    "informal": "the person's own consent",
}
"""Where each authority stands. Recalled, and not read again in the texts: a lasting power of attorney for property and
affairs; a deputy whom the Court of Protection appoints; whom the Secretary of State lets claim and receive benefits for
somebody; an independent advocate whom the council arranges; and whoever the person asks to help."""

NAMED_BY_THE_PERSON: frozenset[Authority] = frozenset({"advocate", "informal"})
"""Whom a person may name by themselves: the other authorities come from a paper, which somebody has to have seen."""

GIVEN_BY_THE_PERSON: frozenset[Permission] = frozenset({"view_finance", "correspond"})
"""What a person may give by themselves on a page: to see figures, and to be sent copies of letters."""


def named_by_the_person(authority: Authority, permissions: Collection[Permission]) -> bool:
    """Whether a person may name somebody so by themselves, with nobody at the council having seen a paper."""
    return authority in NAMED_BY_THE_PERSON and set(permissions) <= GIVEN_BY_THE_PERSON


def ended_by_death(effective_from: date, died_on: date | None) -> date | None:
    """The first day on which an authority no longer holds because the person died the day before; None for none.

    What somebody lets another do for them ends with their life; a deputy decides for a living person who lacks capacity
    (Mental Capacity Act 2005 s 16), an appointee acts for one who is unable to (SI 1987/1968 reg 33). Recalled, and not
    read again in the texts. What begins after the death is another matter: whoever deals with what the person left.
    """
    return died_on + ONE_DAY if died_on and effective_from <= died_on else None
