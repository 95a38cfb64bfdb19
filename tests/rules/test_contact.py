"""How somebody wants to be reached, and what they can read (Care Act 2014 s 4(4); Accessible Information Standard)."""

from typing import Any

from domain.account.commands import ChooseContact
from domain.account.contact import contact_choice
from tests.rules.asking import asked, correct
from tests.rules.build import accrued, closed, day, self_funder


def choose(**chosen: Any) -> ChooseContact:
    return ChooseContact(**{"channel": "letter", "print_size": 14, "formats": (), **chosen})


def test_whoever_has_chosen_nothing_gets_letters_in_standard_print() -> None:
    """14 point, by post."""
    found = contact_choice(self_funder())
    assert (found.channel, found.print_size, found.formats, found.language) == ("letter", 14, (), None)


def test_the_last_choice_counts() -> None:
    """Large print, and then very large."""
    large, larger = (choose(on=day("2026-01-05"), print_size=size) for size in (18, 22))
    assert contact_choice(asked(self_funder(), large, larger)).print_size == 22


def test_a_choice_that_was_taken_down_by_mistake_is_taken_back() -> None:
    """It was somebody else who asked for large print."""
    chosen = asked(self_funder(), choose(on=day("2026-01-05"), print_size=18))
    assert contact_choice(asked(chosen, correct(4))).print_size == 14


def test_a_closed_account_may_still_be_written_to_otherwise() -> None:
    """The last statement goes to somebody who needs large print."""
    ended = self_funder("950.00", "2023-10-02", closed("2025-01-01"))
    assert contact_choice(asked(ended, choose(on=day("2025-02-01"), print_size=18))).print_size == 18


def test_a_choice_moves_no_figure() -> None:
    """What counts is the same, whatever is chosen."""
    before = self_funder()
    chosen = asked(before, choose(on=day("2023-10-02"), formats=("audio",), language="cy"))
    assert accrued(chosen, "2024-03-31") == accrued(before, "2024-03-31")
