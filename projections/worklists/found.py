"""What waits for somebody in a whole council, on a day, as known at a moment?

It is found anew each time by two or three statements: of each account no more is read than the few facts that say so,
and what was charged only of the accounts for which that makes a difference.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from itertools import chain, groupby
from uuid import UUID

from domain.account.facts import (
    BY_TOPIC,
    FINANCIAL_ASSESSMENTS,
    AccountClosed,
    AccountOpened,
    AccountReopened,
    AdjustmentApproved,
    AdjustmentProposed,
    AdjustmentReturned,
    BreakRecorded,
    BudgetSet,
    ChargeRaised,
    ChargeRetracted,
    DisputeAnswered,
    DisputeRaised,
    EntryVoided,
    Fact,
    NeedsAssessed,
    OpeningCarriedIn,
    OpeningEvidenced,
)
from domain.account.state import CareAccount
from domain.dates import day_in_london
from ledger.council import Council
from ledger.entry import EntryMapper
from ledger.store.recorder import stored
from projections.follow import catch_up
from projections.under_review import AccountUnderReview, under_review
from projections.worklists.lacking import lacking
from projections.worklists.matter import Matter
from projections.worklists.stale import death_of, recorded_after_death, reviews_overdue
from projections.worklists.unsettled import unsettled

READ: tuple[type[Fact], ...] = (
    AccountOpened,
    AccountClosed,
    AccountReopened,
    NeedsAssessed,
    BudgetSet,
    *FINANCIAL_ASSESSMENTS,
    BreakRecorded,
    OpeningCarriedIn,
    OpeningEvidenced,
    AdjustmentProposed,
    AdjustmentApproved,
    AdjustmentReturned,
    DisputeRaised,
    DisputeAnswered,
    EntryVoided,
)
CHARGES: tuple[type[Fact], ...] = (ChargeRaised, ChargeRetracted)
_MAPPER = EntryMapper()


def waiting(council: Council, on: date, known_at: datetime) -> list[Matter]:
    """Everything that waits, the oldest first. Of an account under review nothing else can be said."""
    catch_up(council)
    doubted = _under_review(council, known_at)
    accounts = {account.id: account for account in _accounts(council, known_at, READ, without=doubted)}
    if asked := [account_id for account_id, account in accounts.items() if _depends_on_charges(account, on)]:
        charged = _accounts(council, known_at, (*READ, *CHARGES), among=asked, without=doubted)
        accounts |= {account.id: account for account in charged}
    found = chain.from_iterable(_matters(account, on) for account in accounts.values())
    return sorted(chain(map(_in_doubt, doubted.values()), found), key=_order)


def _matters(account: CareAccount, on: date) -> Iterator[Matter]:
    for kind in (unsettled, lacking, reviews_overdue, recorded_after_death):
        yield from kind(account, on)


def _depends_on_charges(account: CareAccount, on: date) -> bool:
    """Whether charges that were not read may tell otherwise, or be what is wrong."""
    return death_of(account, on) is not None or any(found.kind == "unassessed" for found in lacking(account, on))


def _order(matter: Matter) -> tuple[date, str, int]:
    return matter.since, matter.reference, matter.version or 0


def _under_review(council: Council, known_at: datetime) -> dict[UUID, AccountUnderReview]:
    with council.app.transaction() as statements:
        return {UUID(each.account_id): each for each in under_review(statements, council.names.schema, known_at)}


def _in_doubt(each: AccountUnderReview) -> Matter:
    return Matter("under_review", UUID(each.account_id), each.reference, day_in_london(each.since))


def _accounts(
    council: Council,
    known_at: datetime,
    kinds: Collection[type[Fact]],
    without: Collection[UUID],
    among: Collection[UUID] | None = None,
) -> Iterator[CareAccount]:
    """Accounts with no more than their facts of some kinds, as known at a moment: all but those `without`, or some.

    A fact that this version of the program does not know is always read, but its account is under review.
    """
    unread = [topic for topic, kind in BY_TOPIC.items() if kind not in kinds]
    ids = None if among is None else [str(account_id) for account_id in among]
    with council.app.statement() as statements:
        statements.execute(
            "SELECT account_id, version, topic, state, recorded_at, recorded_by, role"
            f" FROM {council.names.schema}.events WHERE topic <> ALL(%s) AND recorded_at <= %s"
            " AND (%s::uuid[] IS NULL OR account_id = ANY(%s::uuid[])) ORDER BY account_id, version",
            (unread, known_at, ids, ids),
        )
        rows = statements.fetchall()
    for account_id, entries in groupby(stored(rows), key=lambda entry: entry.originator_id):
        if account_id not in without:
            yield CareAccount(tuple(map(_MAPPER.to_domain_event, entries)))
