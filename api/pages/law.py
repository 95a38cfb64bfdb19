"""Must a page say that its figures are an illustration?"""

from ledger.council import Council

ILLUSTRATION = "The cap on care costs is not in force in England. These figures show how costs would count if it were."


def law_words(council: Council) -> str | None:
    """What stands over the figures of a council whose scheme has a cap that is not law in force."""
    scheme = council.scheme
    return ILLUSTRATION if scheme.cap and not scheme.provisions_in_force else None
