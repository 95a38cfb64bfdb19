"""What would a reassessment, or taking one back, come to for each account, were it begun now?"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from ledger.application import Read
from ledger.council import Council
from ledger.reassessment import Came, Outcome, stopped
from ledger.reassessment_asking import Ask, Asking, anew, back
from ledger.reassessment_run import RunItem, Wanted
from ledger.reassessments import Reassessments
from ledger.resuming import Progress, every_account
from ledger.store.database import StoreUnavailable
from ledger.store.reassessment_runs import ReassessmentRows


def weigh(council: Council, wanted: Wanted, now: datetime, progress: Progress | None = None) -> Iterator[RunItem]:
    """What would come of each account. Nothing is recorded; raises StoreUnavailable."""
    rows, asking = ReassessmentRows(council.app, council.names), anew(council, wanted, _known_at(council, now))
    done, all_accounts = 0, rows.how_many()
    for chunk in every_account(rows):
        yield from _weighed(council, chunk, asking, "not_reassessed")
        done += len(chunk)
        if progress:
            progress(done, all_accounts)


def weigh_reversal(council: Council, run_id: UUID) -> Iterator[RunItem]:
    """What would come of each account, were a run taken back. Nothing is recorded.

    Raises NoSuchReassessment, NotFinishedYet, TakesBackItself, StoreUnavailable.
    """
    runs = Reassessments(council)
    runs.to_take_back(run_id)
    made = list(runs.rows.versions(run_id))
    return _weighed(council, made, back(council, run_id), "left")


def _known_at(council: Council, now: datetime) -> datetime:
    """The moment of knowledge of a run that would begin now."""
    return council.ledger.recorder.latest(now)


def _weighed(council: Council, accounts: Sequence[UUID], asking: Asking, otherwise: Outcome) -> Iterator[RunItem]:
    references, read = council.ledger.references.of(accounts), council.ledger.read(accounts)
    for account_id, ask in asking(accounts):
        came = _came_of(account_id, read[account_id], ask, otherwise)
        yield RunItem(
            account_id, references[account_id], came.outcome, came.before, came.after, came.why_not, came.details
        )


def _came_of(account_id: UUID, read: Read, ask: Ask, otherwise: Outcome) -> Came:
    try:
        return ask(read.fold())
    except StoreUnavailable:
        raise
    except Exception as fault:
        return stopped(account_id, fault, otherwise)
