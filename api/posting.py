"""What does a posting run say of itself, to a program and to whoever gave the command?"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal
from uuid import UUID

from api.kit.basis import Basis, basis
from domain.dates import Day, Instant
from domain.schemes import Scheme
from domain.terms import Terms
from ledger.posting import NOTHING_POSTED, ControlTotals, Posting
from ledger.posting_run import PostingRun, RunException, Standing
from ledger.schemes import KnownSchemes
from ledger.to_look_at import WHAT_TO_DO, ExceptionType


class PostingRunBegun(Terms):
    """A posting run as it was begun. Nothing of this changes."""

    run_id: UUID
    number: int
    through: Day
    scheme: str
    started_at: Instant
    started_by: str


class PostingCounts(Terms):
    """The accounts of a run: all of them, those whose next days it posted, those posted to that day before, the rest.

    `exceptions` is how many things there are to look at.
    """

    accounts: int
    posted: int
    unchanged: int
    not_posted: int
    exceptions: int


class PostingRunListed(PostingRunBegun):
    """A posting run, how far it has come, and what it has posted by then."""

    status: Literal["running", "finished"]
    finished_at: Instant | None
    counts: PostingCounts
    totals: ControlTotals
    basis: Basis


class PostingWeighed(Terms):
    """What a run of this day would come to, were it begun now. Nothing was posted."""

    dry_run: Literal[True]
    through: Day
    scheme: str
    counts: PostingCounts
    totals: ControlTotals
    basis: Basis


class PostingException(Terms):
    """Something about an account that somebody should look at, and what to do about it.

    `posted` says whether the account was posted all the same; one that was not is tried again by the next run.
    """

    account_id: UUID
    reference: str
    posted: bool
    type: ExceptionType
    detail: str
    what_to_do: str


class PostingExceptions(Terms):
    """One page of what is to be looked at, the accounts that were not posted first."""

    items: tuple[PostingException, ...]
    next: str | None


class PostingRunRead(PostingRunListed):
    """A posting run with its exceptions."""

    exceptions: PostingExceptions


def begun(run: PostingRun) -> PostingRunBegun:
    """The run as it was begun."""
    return PostingRunBegun(
        run_id=run.run_id,
        number=run.number,
        through=run.through,
        scheme=run.scheme,
        started_at=run.started_at,
        started_by=run.by.sub,
    )


def weighed(through: date, scheme: Scheme, postings: Iterable[Posting]) -> PostingWeighed:
    """The postings of every account, counted and added up."""
    came, totals = Counter[str](), NOTHING_POSTED
    for posting in postings:
        came.update({"accounts": 1, posting.outcome: 1, "exceptions": len(posting.to_look_at)})
        totals += posting.totals
    counts = PostingCounts(**{name: came[name] for name in PostingCounts.model_fields})
    return PostingWeighed(
        dry_run=True, through=through, scheme=scheme.name, counts=counts, totals=totals, basis=basis(scheme)
    )


def listed(schemes: KnownSchemes, standing: Standing) -> PostingRunListed:
    """The run and how far it has come."""
    counts = PostingCounts(
        accounts=standing.run.accounts,
        posted=standing.posted,
        unchanged=standing.unchanged,
        not_posted=standing.not_posted,
        exceptions=standing.exceptions,
    )
    return PostingRunListed(
        **dict(begun(standing.run)),
        status="finished" if standing.finished_at else "running",
        finished_at=standing.finished_at,
        counts=counts,
        totals=standing.totals,
        basis=basis(schemes.named(standing.run.scheme)),
    )


def read(
    schemes: KnownSchemes, standing: Standing, page: list[RunException], next_page: str | None = None
) -> PostingRunRead:
    """The run with a page of its exceptions."""
    items = tuple(_exception(found) for found in page)
    exceptions = PostingExceptions(items=items, next=next_page)
    return PostingRunRead(**dict(listed(schemes, standing)), exceptions=exceptions)


def _exception(found: RunException) -> PostingException:
    return PostingException(
        account_id=found.account_id,
        reference=found.reference,
        posted=found.posted,
        type=found.type,
        detail=found.detail,
        what_to_do=WHAT_TO_DO[found.type],
    )
