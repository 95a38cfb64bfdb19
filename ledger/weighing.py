"""What would a posting run come to, were it begun now?"""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from domain.account.refusals import PostsDaysToCome
from domain.dates import day_in_london
from domain.schemes import Scheme
from ledger.application import Read
from ledger.council import Council
from ledger.posting import Posting, not_posted, posting
from ledger.resuming import every_account
from ledger.store.database import StoreUnavailable
from ledger.store.posting_runs import PostingRunRows


def weigh(council: Council, through: date, now: datetime) -> Iterator[Posting]:
    """What each account's posting would come to, nothing of it recorded; raises PostsDaysToCome, StoreUnavailable."""
    if through > day_in_london(now):
        raise PostsDaysToCome
    scheme = council.scheme
    return _weighed(council, scheme, through)


def _weighed(council: Council, scheme: Scheme, through: date) -> Iterator[Posting]:
    for chunk in every_account(PostingRunRows(council.app, council.names)):
        for account_id, read in council.ledger.read(chunk).items():
            yield _came_of(account_id, read, scheme, through)


def _came_of(account_id: UUID, read: Read, scheme: Scheme, through: date) -> Posting:
    try:
        return posting(read.fold(), scheme, through)
    except StoreUnavailable:
        raise
    except Exception as fault:
        return not_posted(account_id, fault)
