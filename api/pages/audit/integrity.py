"""Is everything as it was recorded? What was found when all of it was last gone through, and how far that is now."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from api.pages.page import Visit
from ledger.evidence.found import Found
from ledger.store.verifications import Verification

MOST = 100
"""Things that do not hold, on one page."""


class Integrity(NamedTuple):
    """The last time that was finished, the one under way, and what does not hold, with the references it tells of."""

    last: Verification | None
    under_way: Verification | None
    findings: Sequence[Found]
    references: Mapping[str, str]


def integrity(visit: Visit) -> Integrity:
    """As it stands now. A page that shows it shows the accounts that something is said of."""
    kept = visit.council.verifications
    newest, last = next(iter(kept.last()), None), kept.last_ended()
    under_way = newest if newest and not newest.reached.ended else None
    findings = [found for each in (last, under_way) if each for found in kept.findings(each, MOST)]
    references = visit.council.ledger.references.of({UUID(found.account) for found in findings if found.account})
    visit.shows(references)
    named = {str(account_id): reference for account_id, reference in references.items()}
    return Integrity(last, under_way, list(dict.fromkeys(findings)), named)
