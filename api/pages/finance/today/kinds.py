"""What is each kind of thing that waits called, and what is to be done about it?"""

from collections.abc import Mapping
from typing import NamedTuple

from projections.worklists.matter import Kind


class InWords(NamedTuple):
    """A kind of thing that waits: its name, and what somebody does about it."""

    name: str
    what_to_do: str


IN_WORDS: Mapping[Kind, InWords] = {
    "under_review": InWords("Accounts under review", "The list of accounts says why, and what to do about each."),
    "no_budget": InWords("Care without a budget", "Set the personal budget, or record that the needs ended."),
    "unassessed": InWords("No financial assessment", "Make the financial assessment, or record the charge."),
    "budget_without_needs": InWords(
        "Budget without eligible needs", "Record the needs assessment, or correct the budget."
    ),
    "needs_review_overdue": InWords("Review of needs overdue", "Ask for the review, and record the needs assessment."),
    "assessment_review_overdue": InWords(
        "Financial assessment over a year old", "Assess anew, also where nothing has changed."
    ),
    "recorded_after_death": InWords("Recorded for days after a death", "Correct the entry, or the day of the death."),
    "opening_unproven": InWords("Balance carried in, no evidence", "Record the evidence, or correct the balance."),
    "dispute_open": InWords("Questions to answer", "Answer by the day it is due."),
    "adjustment_waiting": InWords("Adjustments to approve", "A second person approves it, or sends it back."),
    "adjustment_returned": InWords(
        "Adjustments sent back", "Whoever proposed it corrects the entry: what it should say, or nothing."
    ),
}
