"""How does a council decide on amounts of its own? One person proposes, and what counts two have decided."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

import psycopg2
from psycopg2.extensions import cursor

from domain import parameters
from domain.parameters.proposed import Mistake, mistakes
from ledger.amounts import ENTRIES, Entries, PolicyChange, PolicyStep, Step
from ledger.application import ATTEMPTS, step_aside
from ledger.council import Council
from ledger.outcomes import TooManyAtOnce
from ledger.receipts import Receipt, Receipts, Request
from ledger.store.database import OutcomeUnknown


class PolicyRefused(Exception):
    """The council's rules of deciding refuse this."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class ProposedByTheSamePerson(PolicyRefused):
    """Whoever proposed these amounts cannot approve them. Ask a second person."""


class ReversalProposedByTheSamePerson(PolicyRefused):
    """Whoever proposed to reverse this change cannot decide it as well. Ask a second person."""


class DecidedAlready(PolicyRefused):
    """This change has been decided already. The list of changes shows by whom and when."""


class NotAllowedByLaw(Exception):
    """National law leaves no room for some of these amounts."""

    def __init__(self, entries: Entries, found: Sequence[Mistake]) -> None:
        self.mistakes = found
        self.lines = [f"{entries[each.place].parameter}, {each.field}: {each.sentence}" for each in found]
        super().__init__(" ".join([self.__doc__ or "", *self.lines]))


class Decided(NamedTuple):
    """A step that was taken, the change as it stood then, and whether this request had been carried out before."""

    step: PolicyStep
    change: PolicyChange
    replayed: bool = False


Decide = Callable[[PolicyChange, str], Step]


def require_allowed(entries: Entries) -> None:
    """Raises NotAllowedByLaw where national law leaves no room for an amount."""
    if found := mistakes(entries, parameters.load):
        raise NotAllowedByLaw(entries, found)


def approval(change: PolicyChange, by: str) -> Step:
    """What an approval comes to. The law is asked again: it may have become known since.

    Raises DecidedAlready, ProposedByTheSamePerson, NotAllowedByLaw.
    """
    if change.status != "proposed":
        raise DecidedAlready
    if change.proposed.recorded_by == by:
        raise ProposedByTheSamePerson
    require_allowed(change.entries)
    return "approved"


def reversal(change: PolicyChange, by: str) -> Step:
    """What a wish to undo a change comes to: what nobody approved is withdrawn, what counts two people reverse.

    Raises DecidedAlready, ReversalProposedByTheSamePerson.
    """
    if change.status == "proposed":
        return "withdrawn"
    if change.status == "approved":
        return "reversal_proposed"
    if change.status != "reversal_proposed":
        raise DecidedAlready
    if change.steps[-1].recorded_by == by:
        raise ReversalProposedByTheSamePerson
    return "reversed"


class Policy:
    """One council's decisions about amounts of its own."""

    def __init__(self, council: Council) -> None:
        self._council = council
        self._receipts = Receipts(council.app, council.names)

    def propose(self, entries: Entries, *, by: str, now: datetime, request: Request | None = None) -> Decided:
        """Propose amounts, all or none; raises NotAllowedByLaw, KeyUsedForAnotherRequest, TooManyAtOnce."""
        require_allowed(entries)
        amounts = ENTRIES.dump_json(entries, by_alias=True).decode()

        def propose(statements: cursor) -> PolicyStep:
            return self._council.policy_changes.add(statements, uuid4(), "proposed", amounts, by=by, now=now)

        return self._once(request, propose)

    def decide(
        self, change_id: UUID, decide: Decide, *, by: str, now: datetime, request: Request | None = None
    ) -> Decided:
        """Take the next step of a change, by `approval` or `reversal`.

        Raises NoSuchPolicyChange, what they raise, KeyUsedForAnotherRequest, TooManyAtOnce.
        """

        def take(statements: cursor) -> PolicyStep:
            change = self._council.policy_changes.hold(statements).change(change_id)
            kind = decide(change, by)
            return self._council.policy_changes.add(statements, change_id, kind, None, by=by, now=now)

        return self._once(request, take)

    def _once(self, request: Request | None, take: Callable[[cursor], PolicyStep]) -> Decided:
        """The step, taken in one transaction with its receipt; a receipt found is the answer, whoever left it."""
        for losses in range(ATTEMPTS):
            step_aside(losses)
            if request and (receipt := self._receipts.find(request)):
                return self._as_it_stood(receipt)
            try:
                with self._council.app.transaction() as statements:
                    step = take(statements)
                    if request:  # where others' receipts name an account it names the change, and the step taken
                        self._receipts.write(statements, request, Receipt(step.change_id, step.number, step.number))
                return Decided(step, self._council.amounts.through(step.number).change(step.change_id))
            except (psycopg2.errors.UniqueViolation, OutcomeUnknown):
                if request is None:
                    raise
        raise TooManyAtOnce(TooManyAtOnce.__doc__)

    def _as_it_stood(self, receipt: Receipt) -> Decided:
        change = self._council.amounts.through(receipt.last_version).change(receipt.account_id)
        return Decided(change.steps[-1], change, replayed=True)
