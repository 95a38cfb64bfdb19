"""How does a process that serves go about memory it no longer needs?"""

import gc

LOOK_AFTER = 50_000
"""So many new objects may gather before Python looks for rings among them. What is in no ring goes at once anyway."""


def look_seldom() -> None:
    """What was loaded at the start is there for good, and a long life's figures are no rings: look at both seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(LOOK_AFTER, 20, 20)
