"""Who has somebody to help with the account, by what right, and who no longer has?"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from api.demo.life import FINANCE, Life
from api.demo.recording import NO_ENTRY, Recording
from domain.account.commands import EndRepresentative, NameRepresentative


def her_daughter_acts_for_her(life: Life) -> None:
    """By a lasting power of attorney for money, which has no end day."""
    since = life.days_ago(410)
    asked = NameRepresentative(
        authority="lpa_property",
        permissions=("view_finance", "act", "correspond"),
        effective_from=since,
        evidence="lpa-31877",
    )
    _names(
        life,
        asked,
        f"Nadia {life.person.family_name}",
        "01632 960 107",
        address="4 Weir Cottages\nNorth Stour\nEM4 6TD",
    )


def a_neighbour_helped(life: Life) -> None:
    """As long as she lived next door."""
    asked = NameRepresentative(
        authority="informal", permissions=("view_finance",), effective_from=life.days_ago(260), evidence="letter-2204"
    )
    named = _names(life, asked, "Joan Petty", "01632 960 131")
    moved = life.days_ago(95)
    ended = EndRepresentative(representative=NO_ENTRY, ending_before=moved, reason_code="person-asked")
    life.note(ended, moved, FINANCE[0], about=named)


HELPING: Mapping[int, Callable[[Life], None]] = {1: her_daughter_acts_for_her, 2: a_neighbour_helped}
"""By their number, people of whom every fictitious council has at least these."""


def _names(life: Life, asked: NameRepresentative, name: str, phone: str, **more: str) -> Recording:
    """The paper, or the wish, is seen two days later."""
    noted = asked.effective_from + timedelta(days=2)
    return life.note(asked, noted, FINANCE[0], texts={"name": name, "contact": phone, **more})
