"""The journey of an auditor."""

import re

from tests.pages.conftest import Kept
from tests.pages.journeys.conftest import Walk


def test_drawing_a_sample_and_following_one_account_through_what_was_known(walk: Walk, kept: Kept) -> None:
    reference = kept.council.ledger.account(kept.mr_b).opened.reference
    olive = walk(kept.council, "auditor", "Audit")
    olive.press("Draw a sample", "Draw a sample")
    olive.choose("By a list of references")
    olive.write("Or the references, one on each line", reference)
    olive.press("Check the sample", "Check before drawing the sample")
    olive.press("Draw and keep the sample", re.compile("Sample [0-9]+"))
    olive.follow(reference, re.compile(f"{reference} in sample [0-9]+"))
    olive.follow("See every entry it rests on", "What was known, and when")
    olive.follow("Previous entry", "What was known, and when")
    olive.read("You are looking at the past")
    olive.follow("Compare with another moment", "What was known, and what changed")
    olive.write_day("other_known_at", 18, 2, 2026)
    olive.press("Show", "What was known, and what changed")
    olive.read("Figures that differ", "Why")
