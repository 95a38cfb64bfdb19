"""The journeys of a person, and of somebody who helps them."""

from tests.pages.conftest import Kept
from tests.pages.journeys.conftest import Walk


def test_reading_your_account_and_what_makes_up_a_figure(walk: Walk, kept: Kept) -> None:
    bert = walk(kept.council, "citizen", "Your care account", kept.mr_b)
    bert.read("£81,775.00 of your care costs count towards the cap so far.")
    bert.follow("See what makes up this figure", "How we worked this out")
    bert.read("£81,775.00")
    bert.follow("Statements", "Your statements")
    bert.follow("31 March 2026", "Your care account statement")
    bert.press("Sign out", "Care accounts")
