"""What does not hold, in a sentence, and where: the position, account and version, as far as they are known."""

from typing import NamedTuple


class Found(NamedTuple):
    """One thing that does not hold."""

    what: str
    position: int | None = None
    account: str | None = None
    version: int | None = None
