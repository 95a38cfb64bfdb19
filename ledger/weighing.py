"""What would a posting run come to, were it begun now?"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain
from uuid import UUID

from domain.account.commands import PostPeriod
from domain.account.refusals import PostsDaysToCome
from domain.dates import day_in_london
from domain.schemes import Scheme
from ledger.council import Council
from ledger.posting import Posting, not_posted, posting
from ledger.resuming import every_account
from ledger.store.database import StoreUnavailable
from ledger.store.posting_runs import PostingRunRows

CHUNK = 1000


def weigh(council: Council, through: date, now: datetime) -> Iterator[Posting]:
    """What each account's posting would come to, nothing of it recorded; raises PostsDaysToCome, StoreUnavailable."""
    if through > day_in_london(now):
        raise PostsDaysToCome
    scheme, command = council.scheme, PostPeriod(through=through, known_at=now)
    accounts = chain.from_iterable(every_account(PostingRunRows(council.app, council.names), CHUNK))
    return (_came_of(council, account_id, scheme, command) for account_id in accounts)


def _came_of(council: Council, account_id: UUID, scheme: Scheme, command: PostPeriod) -> Posting:
    try:
        return posting(council.ledger.account(account_id), scheme, command)
    except StoreUnavailable:
        raise
    except Exception as fault:
        return not_posted(account_id, fault)
