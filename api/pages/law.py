"""Must a page say that its figures are an illustration?"""

from datetime import datetime

from ledger.council import Council

ILLUSTRATION = "The cap on care costs is not in force in England. These figures show how costs would count if it were."


def law_words(council: Council, known_at: datetime | None = None) -> str | None:
    """What stands over figures under a scheme, as adopted now or then, whose cap is not law in force."""
    scheme = council.scheme_at(known_at) if known_at else council.scheme
    return ILLUSTRATION if scheme.cap and not scheme.provisions_in_force else None
