"""How are statements made for everybody whose statement is due, and how does a second person let them go out?"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from psycopg2.extensions import cursor

from domain.account.commands import IssueStatement
from domain.account.decisions import decide
from domain.account.facts import StatementIssued
from domain.account.progress import cap_progress
from domain.account.refusals import StatementOfDaysToCome
from domain.account.state import CareAccount, entry_id
from domain.account.statement_due import statement_due, why_held
from domain.dates import day_in_london
from domain.schemes import Scheme
from ledger.council import Council
from ledger.letters import Told
from ledger.outcomes import Caller, NoSuchAccount
from ledger.receipts import Request
from ledger.resuming import Beginning, Clock, Progress, chunks_to_do, every_account
from ledger.statement_run import (
    NOT_DUE,
    Came,
    Decided,
    NothingToRelease,
    ReleasedByItsMaker,
    RunDecidedAlready,
    RunNotFinished,
    SampleNotSeen,
    Standing,
    StatementRun,
    StatementsWanted,
    drawn,
    held,
    stopped,
)
from ledger.store.database import StoreUnavailable
from ledger.store.letter_rows import Letters
from ledger.store.run_claims import Claim
from ledger.store.statement_run_rows import StatementRunRows
from ledger.together import OfAccount, Together, Work

SetOnPaper = Callable[[Council, CareAccount, IssueStatement, Scheme], IssueStatement]
"""How a statement is asked for once its paper was set, which is kept with its figures."""


def without_paper(council: Council, account: CareAccount, asked: IssueStatement, scheme: Scheme) -> IssueStatement:
    """Where nothing is made of it, or nobody sets paper."""
    return asked


class StatementRuns:
    """One council's statement runs. Only rows say how far one has come, so whoever comes may work at any of them."""

    def __init__(self, council: Council, set_on_paper: SetOnPaper = without_paper) -> None:
        self._set_on_paper = set_on_paper
        self.rows = StatementRunRows(council.app, council.names)
        self._letters = Letters(council.app, council.names)
        self._council = council

    def begin(
        self,
        wanted: StatementsWanted,
        *,
        by: Caller,
        now: datetime,
        request: Request | None = None,
        claim: Claim | None = None,
    ) -> tuple[StatementRun, bool]:
        """The run to work at, and whether this request had been carried out, or this period begun, before.

        It is the one that was left unfinished for the same, else a new one over the accounts there are now. Raises
        StatementOfDaysToCome, KeyUsedForAnotherRequest, TooManyAtOnce.
        """
        if wanted.to > day_in_london(now):
            raise StatementOfDaysToCome
        scheme = self._council.scheme.name

        def unfinished_or_new(statements: cursor) -> StatementRun:
            last = self.rows.last_number(statements)
            newest = self.rows.newest(statements, wanted, scheme) if claim is None else None
            if newest and not newest.finished_at:
                return newest.run
            return self.rows.begin(statements, last + 1, wanted, scheme, by, now)

        return Beginning(self._council, request, claim).of(unfinished_or_new, self._run)

    def work(self, run: StatementRun, clock: Clock, progress: Progress | None = None) -> None:
        """Do every account of the run that is not done yet; raises StoreUnavailable.

        Several may work at one run, and it may be cut off anywhere: what is done is done, and the rest remains.
        """
        scheme = self._council.schemes.named(run.scheme)
        for chunk in chunks_to_do(self.rows, run, progress):
            work = _Work(self.rows, run, self._making(run.wanted, scheme, chunk))
            Together(self._council.ledger, work, run.by).do(chunk, max(clock(), run.started_at))

    def weigh(self, wanted: StatementsWanted, now: datetime) -> Iterator[Came]:
        """What would come of each account, were a run begun now. Nothing is recorded; raises StatementOfDaysToCome."""
        if wanted.to > day_in_london(now):
            raise StatementOfDaysToCome
        scheme = self._council.scheme
        for chunk in every_account(self.rows):
            making = replace(self._making(wanted, scheme, chunk), set_on_paper=partial(without_paper, self._council))
            for account_id, read in self._council.ledger.read(chunk).items():
                yield _weighed(making, account_id, read.fold, now)

    def sample(self, run: StatementRun) -> list[tuple[UUID, UUID]]:
        """The statements that are looked at before a run is released: each account, and its statement's id."""
        made = self.rows.made(run.run_id)
        return [(account_id, entry_id(account_id, made[account_id])) for account_id in drawn(run, made)]

    def release(
        self, run_id: UUID, seen: Collection[UUID], *, by: Caller, now: datetime, request: Request | None = None
    ) -> tuple[Decided, bool]:
        """Have a letter go out for each statement of a run, once whoever did not begin it saw its sample.

        Raises NoSuchStatementRun, StatementRunRefused, KeyUsedForAnotherRequest, TooManyAtOnce.
        """
        decided = Decided(run_id, "released", None, now, by)

        def released(statements: cursor) -> Decided:
            self.to_release(run_id, seen, by)
            self.rows.decide(statements, decided)
            about = [Told(account_id, "statement", version) for account_id, version in self.rows.made(run_id).items()]
            self._letters.put(statements, about, by=by.sub, now=now)
            return decided

        return Beginning(self._council, request).of(released, self._decided)

    def withdraw(
        self, run_id: UUID, reason_code: str, *, by: Caller, now: datetime, request: Request | None = None
    ) -> tuple[Decided, bool]:
        """Never let the statements of a run go out. They stay facts, and the same people's are due again.

        Raises NoSuchStatementRun, StatementRunRefused, KeyUsedForAnotherRequest, TooManyAtOnce.
        """
        decided = Decided(run_id, "withdrawn", reason_code, now, by)

        def withdrawn(statements: cursor) -> Decided:
            self.to_withdraw(run_id)
            self.rows.decide(statements, decided)
            return decided

        return Beginning(self._council, request).of(withdrawn, self._decided)

    def to_release(self, run_id: UUID, seen: Collection[UUID], by: Caller) -> Standing:
        """A run that somebody can release; raises NoSuchStatementRun, StatementRunRefused."""
        standing = self.to_withdraw(run_id)
        if standing.run.by.sub == by.sub:
            raise ReleasedByItsMaker
        if not standing.made:
            raise NothingToRelease
        if set(seen) != {statement_id for _, statement_id in self.sample(standing.run)}:
            raise SampleNotSeen
        return standing

    def to_withdraw(self, run_id: UUID) -> Standing:
        """A run about which nobody has decided; raises NoSuchStatementRun, StatementRunRefused."""
        standing = self.rows.standing(run_id)
        if standing.decided:
            raise RunDecidedAlready
        if not standing.finished_at:
            raise RunNotFinished
        return standing

    def _run(self, run_id: UUID) -> StatementRun:
        return self.rows.standing(run_id).run

    def _decided(self, run_id: UUID) -> Decided:
        decided = self.rows.standing(run_id).decided
        assert decided is not None  # the receipt was kept together with it
        return decided

    def _making(self, wanted: StatementsWanted, scheme: Scheme, accounts: Collection[UUID]) -> "_Making":
        people = self._council.people.of(accounts)
        reachable = frozenset(account_id for account_id, person in people.items() if person.contact.address)
        return _Making(
            wanted, scheme, reachable, self.rows.withdrawn(accounts), partial(self._set_on_paper, self._council)
        )


@dataclass(frozen=True, slots=True)
class _Making:
    """What is made of each of some accounts."""

    wanted: StatementsWanted
    scheme: Scheme
    reachable: Collection[UUID]
    withdrawn: Mapping[UUID, set[int]]
    set_on_paper: Callable[[CareAccount, IssueStatement, Scheme], IssueStatement]

    def came_of(self, account: CareAccount, now: datetime) -> Came:
        """The account's statement, why it is held, or that none is due."""
        to, kind = self.wanted.to, self.wanted.kind
        if not statement_due(account, to, kind, self.withdrawn.get(account.id, ())):
            return NOT_DUE
        if why := why_held(account, cap_progress(account, self.scheme, to).metering):
            return held(why)
        if account.id not in self.reachable:
            return held("no_address")
        asked = self.set_on_paper(account, IssueStatement(to=to, kind=kind, known_at=now), self.scheme)
        facts = decide(asked, account, self.scheme)
        (issued,) = facts
        assert isinstance(issued, StatementIssued)  # the command records nothing else
        return Came("made", facts, accrued_costs=issued.figures.accrued_costs)


@dataclass(frozen=True, slots=True)
class _Work(Work[Came]):
    """What a run does to each of some accounts."""

    rows: StatementRunRows
    run: StatementRun
    making: _Making

    def left(self, accounts: Sequence[UUID]) -> list[UUID]:
        return self.rows.not_done(self.run, accounts)

    def decide(self, account_id: UUID, account: CareAccount | None, version: int, now: datetime) -> Came:
        if account is None:
            raise NoSuchAccount
        return self.making.came_of(account, now)

    def stopped(self, account_id: UUID, fault: Exception) -> Came:
        return stopped(account_id, fault)

    def keep(self, statements: cursor, of_accounts: Sequence[OfAccount[Came]], now: datetime) -> None:
        self.rows.note(statements, self.run, of_accounts, now)


def _weighed(making: _Making, account_id: UUID, fold: Callable[[], CareAccount], now: datetime) -> Came:
    try:
        return making.came_of(fold(), now)
    except StoreUnavailable:
        raise
    except Exception as fault:
        return stopped(account_id, fault)
