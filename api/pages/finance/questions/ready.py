"""Which words stand ready to answer a question, and what has still to be filled in?"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from api.v1.disputes import Outcome

_GAP = re.compile(r"\[[^\]]*\]")


class Ready(NamedTuple):
    """Words to begin an answer from: what they are called, what they find, and what stands in them."""

    name: str
    outcome: Outcome
    text: str


_NOT_SETTLED = (
    "If this does not settle it, use our complaints process. It is free. After that you can ask the Local Government "
    "and Social Care Ombudsman."
)
READY: Mapping[str, Ready] = {
    "put-right": Ready(
        "We were wrong, and have put it right",
        "upheld",
        "Thank you for asking. You were right. [Say what was wrong.] We put it right on [day]. Your next statement "
        "will show it.",
    ),
    "will-put-right": Ready(
        "We were wrong, and will put it right",
        "upheld",
        "Thank you for asking. You were right. [Say what was wrong.] We will put it right by [day]. Your next "
        "statement will show it.",
    ),
    "in-part": Ready(
        "We were wrong in part",
        "partly_upheld",
        f"Thank you for asking. You were right about one part. [Say which.] We have put this right. The rest is as it "
        f"should be. [Say why.] {_NOT_SETTLED}",
    ),
    "as-it-was": Ready(
        "It is right as it is",
        "not_upheld",
        f"Thank you for asking. We looked at this again. We think it is right. [Say why, with the paper that shows "
        f"it.] {_NOT_SETTLED}",
    ),
    "taken-back": Ready(
        "The person took it back",
        "withdrawn",
        "You told us on [day] that you take this question back. You can ask it again at any time.",
    ),
}


def gap_in(text: str) -> str | None:
    """The first thing in square brackets that nobody has filled in yet."""
    found = _GAP.search(text)
    return found[0] if found else None
