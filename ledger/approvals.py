"""What needs two people: who recorded it, who approved it, and was it one person after all?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, TypeVar
from uuid import UUID

from domain.account.facts import AdjustmentApproved, AdjustmentProposed, AdjustmentReturned, EntryVoided, Fact
from domain.account.state import CareAccount, Entry
from ledger.amounts import PolicyChange, Step
from ledger.council import Council
from ledger.import_proposals import ImportProposals
from ledger.statement_runs import StatementRuns

Kind = Literal["adjustment", "amounts", "reversal", "statements", "rows"]
State = Literal["waiting", "approved", "returned"]
F = TypeVar("F", bound=Fact)
_EVERY = 1_000_000_000
_OF_ADJUSTMENTS = (AdjustmentProposed, AdjustmentApproved, AdjustmentReturned, EntryVoided)


class Side(NamedTuple):
    """One of the two people: who, in which role as far as it is kept, and when."""

    who: str
    role: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Approval:
    """Something that needs two people. Nobody `approved` or `returned` it while it waits for the second.

    `of` is the account it belongs to, with the entry that recorded it; or the change, run or file, with its number.
    """

    kind: Kind
    of: UUID
    entry_id: UUID | None
    number: int | None
    recorded: Side
    approved: Side | None
    returned: Side | None = None

    @property
    def state(self) -> State:
        """What became of it."""
        return "approved" if self.approved else "returned" if self.returned else "waiting"

    @property
    def one_person(self) -> bool:
        """Whether both sides are one person, also where the name was written otherwise."""
        return self.approved is not None and same(self.recorded.who) == same(self.approved.who)


class Worked(NamedTuple):
    """Somebody who recorded entries in some role: how many, and the first and last of them."""

    who: str
    role: str
    entries: int
    first: datetime
    last: datetime


def same(who: str) -> str:
    """What is alike in two ways of writing one name."""
    return " ".join(who.split()).casefold()


def approvals(council: Council) -> list[Approval]:
    """Everything that needs two people, the newest first."""
    found = [*_adjustments(council), *_amounts(council), *_statement_runs(council), *_files_of_rows(council)]
    return sorted(found, key=lambda each: each.recorded.at, reverse=True)


def _adjustments(council: Council) -> Iterator[Approval]:
    """Every adjustment that waits, was approved or sent back. What was corrected before that waits no more."""
    proposed = council.ledger.of_kinds((AdjustmentProposed,))
    accounts = council.ledger.read({entry.account_id for entry in proposed}, _OF_ADJUSTMENTS)
    for account_id in accounts:
        account = accounts[account_id].fold()
        approving = {fact.adjustment: _side(entry) for entry, fact in _every(account, AdjustmentApproved)}
        returning = {fact.adjustment: _side(entry) for entry, fact in _every(account, AdjustmentReturned)}
        for entry, _ in _every(account, AdjustmentProposed):
            seconds = approving.get(str(entry.id)), returning.get(str(entry.id))
            if any(seconds) or entry.version not in account.voided_by:
                yield Approval("adjustment", account_id, entry.id, None, _side(entry), *seconds)


def _every(account: CareAccount, kind: type[F]) -> Iterator[tuple[Entry, F]]:
    """The entries of a kind, also those that were corrected since."""
    return ((entry, entry.fact) for entry in account.entries if isinstance(entry.fact, kind))


def _side(entry: Entry) -> Side:
    return Side(entry.recorded_by, entry.role, entry.recorded_at)


def _amounts(council: Council) -> Iterator[Approval]:
    """Both decisions about a change of amounts. What was withdrawn counted for nobody and needed no second person."""
    for change in council.amounts.changes:
        if change.status != "withdrawn":
            yield from _decided(change, "amounts", "proposed", "approved")
        yield from _decided(change, "reversal", "reversal_proposed", "reversed")


def _decided(change: PolicyChange, kind: Kind, first: Step, second: Step) -> Iterator[Approval]:
    recorded, approved = (
        Side(step.recorded_by, None, step.recorded_at) if step else None
        for step in (change.step(first), change.step(second))
    )
    if recorded:
        yield Approval(kind, change.change_id, None, change.number, recorded, approved)


def _statement_runs(council: Council) -> Iterator[Approval]:
    """Runs whose statements went out, or wait for it. What was withdrawn never goes out."""
    for standing in StatementRuns(council).rows.standings(_EVERY, _EVERY):
        run, decided = standing.run, standing.decided
        begun = Side(run.by.sub, run.by.role, run.started_at)
        if decided is None:
            yield Approval("statements", run.run_id, None, run.number, begun, None)
        elif decided.decision == "released":
            let_out = Side(decided.by.sub, decided.by.role, decided.at)
            yield Approval("statements", run.run_id, None, run.number, begun, let_out)


def _files_of_rows(council: Council) -> Iterator[Approval]:
    """Files whose rows were recorded, or wait for it. What was turned away, or has no row to record, needs nobody."""
    for standing in ImportProposals(council).rows.standings(_EVERY):
        given, decided = standing.proposal, standing.decided
        first = Side(given.by.sub, given.by.role, given.given_at)
        if standing.state == "waits":
            yield Approval("rows", given.proposal_id, None, given.number, first, None)
        elif decided and decided.decision == "committed":
            second = Side(decided.by.sub, decided.by.role, decided.at)
            yield Approval("rows", given.proposal_id, None, given.number, first, second)


def in_several_roles(council: Council) -> list[list[Worked]]:
    """Everybody who recorded entries in more than one role, by their work in each."""
    by_person: dict[str, list[Worked]] = {}
    for worked in council.ledger.recorder.worked():
        by_person.setdefault(same(worked[0]), []).append(Worked(*worked))
    return [each for _, each in sorted(by_person.items()) if len({worked.role for worked in each}) > 1]
