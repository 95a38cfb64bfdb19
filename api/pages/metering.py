"""What does each state of metering mean, in words for staff and for the person?"""

from typing import NamedTuple


class Metering(NamedTuple):
    """A state of metering: the tag staff see, its colour, and the sentence the person reads."""

    tag: str
    colour: str
    sentence: str


METERING = {
    "metering": Metering("Counting", "green", "Your care costs are being counted."),
    "paused": Metering(
        "Paused", "yellow", "We are not counting costs at the moment, because your care has stopped for a while."
    ),
    "not_eligible": Metering(
        "Not eligible", "grey", "We are not counting costs, because no decision says that you need care we must meet."
    ),
    "unassessed": Metering(
        "No financial assessment", "orange", "We cannot count costs yet, because we have not done your money check."
    ),
    "no_budget": Metering(
        "No budget", "orange", "We cannot count costs yet, because we have not agreed what your care should cost."
    ),
    "not_commenced": Metering("Not commenced", "grey", "The cap on care costs is not in force, so nothing is counted."),
    "capped": Metering("Cap reached", "blue", "You have reached the cap, so no more costs are counted."),
    "closed": Metering("Closed", "grey", "This account is closed, so no more costs are counted."),
}
