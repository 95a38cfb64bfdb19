"""What has been recorded of an account, and the one way to record more."""

import random
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID, uuid4

from eventsourcing.persistence import IntegrityError
from psycopg2.extensions import cursor

from domain.account.commands import Command, OpenAccount
from domain.account.decisions import Facts, decide, open_account
from domain.account.facts import BY_TOPIC, Fact, type_of
from domain.account.state import CareAccount, Entry, fold
from domain.schemes import Scheme
from ledger.entry import EntryMapper, LedgerEntry, StoredEntry
from ledger.evidence.leaves import Heads
from ledger.evidence.tree import Hash
from ledger.outcomes import AccountExists, Caller, Effect, NoSuchAccount, Outcome, Receipted, Stale, TooManyAtOnce
from ledger.receipts import Receipt, Receipts, Request
from ledger.standing import Standing
from ledger.store.database import OutcomeUnknown
from ledger.store.first_look import FirstLook, FirstLooks
from ledger.store.recorder import Before, CouncilRecorder, Place
from ledger.store.references import References
from ledger.store.scheme_changes import SchemeChanges
from ledger.vault.people import ONE_ACCOUNT_A_PERSON, People
from ledger.vault.person import Person

ATTEMPTS = 24
LOSSES = 3
"""After so many a request takes a turn in which nobody else records, so that others who keep on cannot starve it."""
LONGEST_PAUSE = 0.25  # seconds

Decided = tuple[UUID, int, Facts]
"""The facts that follow the version of an account."""

Also = Callable[[cursor, tuple[LedgerEntry, ...]], None]
"""What else is kept in the transaction that saves these entries."""


class Read(NamedTuple):
    """An account as it was read: at which version, and how it is folded when its turn comes."""

    version: int
    fold: Callable[[], CareAccount]


class CareAccountLedger:
    """One council's care accounts."""

    def __init__(
        self,
        recorder: CouncilRecorder,
        references: References,
        receipts: Receipts,
        people: People,
        schemes: SchemeChanges,
        first_looks: FirstLooks,
    ) -> None:
        self.recorder = recorder
        self.references = references
        self.people = people
        self._schemes = schemes
        self._first_looks = first_looks
        self.receipts = receipts
        self._mapper = EntryMapper()

    @property
    def scheme(self) -> Scheme:
        """The scheme that requests are decided under: the one adopted, as known now."""
        return self._schemes.known().adopted

    def entries(self, account_id: UUID, through: int | None = None) -> Iterable[LedgerEntry]:
        """The account's entries in order, up to a version."""
        return map(self._mapper.to_domain_event, self.recorder.select_events(account_id, lte=through))

    def account(self, account_id: UUID, known_at: datetime | None = None) -> CareAccount:
        """The account as it stands, or as it was known at an instant; raises NoSuchAccount, also for before it was."""
        account = fold(self.entries(account_id))
        if account and known_at:
            account = account.as_known_at(known_at)
        if account is None:
            raise NoSuchAccount
        return account

    def standing(self, account_id: UUID) -> Standing:
        """The account as it stands with what its figures rest on, by one query."""
        look = self._first_looks.at(None, account_id)
        return Standing(
            self._folded(look.events) if look.events else None,
            self._schemes.known_with(look.last_scheme_change),
            look.latest,
        )

    def account_of_reference(self, reference: str) -> UUID:
        """The account a reference names; raises NoSuchAccount."""
        found = self.references.account(reference)
        if found is None:
            raise NoSuchAccount
        return found

    def open(self, person: Person, command: OpenAccount, *, by: Caller, now: datetime, request: Request) -> Outcome:
        """Begin an account for a person; the same request again brings the same account.

        Raises AccountExists where the council keeps one for the person's local_id, KeyUsedForAnotherRequest.
        """

        def attempt(_: FirstLook, turn: cursor | None) -> Outcome:
            account_id, facts = uuid4(), open_account(command)

            def person_first(statements: cursor) -> None:
                self.people.add(statements, account_id, person, at=now, by=by.sub)
                self.references.name(statements, account_id, command.reference)

            return self._save((), written(account_id, 0, facts, by, now), request, person_first, turn, None)

        return self._until_done(request, None, attempt)

    def handle(
        self,
        account_id: UUID,
        command: Command,
        *,
        by: Caller,
        now: datetime,
        request: Request,
        if_version: int | None = None,
        texts: Sequence[Mapping[str, str]] = (),
        also: Also | None = None,
    ) -> Outcome:
        """Read, decide, save the facts and the receipt together; decide again when another writer came first.

        `texts` are words of the request that may name somebody, and so are kept in the vault: those of the first fact
        by their fields, those of the second, and so on. `also` is kept with the facts, or nothing is. Raises
        NoSuchAccount, Stale, Refused, NotInForce, KeyUsedForAnotherRequest, TooManyAtOnce, and what `also` raises.
        """

        def attempt(look: FirstLook, turn: cursor | None) -> Outcome:
            account = _unless_stale(_found(self._folded(look.events)), if_version)
            facts = decide(command, account, self._schemes.known_with(look.last_scheme_change).adopted)
            if not facts:
                return Outcome(account, ())  # nothing follows, so there is nothing to keep a receipt of

            entries = written(account_id, account.version, facts, by, now)

            def the_rest_first(statements: cursor) -> None:
                numbered = enumerate(texts, start=account.version + 1)
                self.people.add_texts(statements, ((account_id, version, words) for version, words in numbered))
                if also:
                    also(statements, entries)

            rest = the_rest_first if also or any(texts) else None
            return self._save(account.entries, entries, request, rest, turn, look.head)

        return self._until_done(request, account_id, attempt)

    def read(self, accounts: Collection[UUID], kinds: Collection[type[Fact]] | None = None) -> Mapping[UUID, Read]:
        """Many accounts by one query, or of each no more than its facts of some kinds; one without is not named.

        A fact that this version of the program does not know is always read, and so is told of when it is folded.
        """
        versions = self.recorder.versions(accounts) if kinds is not None else {}
        without = [topic for topic, kind in BY_TOPIC.items() if kind not in kinds] if kinds is not None else ()
        return {
            account_id: Read(versions.get(account_id, events[-1].originator_version), partial(self._folded, events))
            for account_id, events in self.recorder.events_of(accounts, without).items()
        }

    def of_kinds(self, kinds: Collection[type[Fact]]) -> list[LedgerEntry]:
        """Every entry of some kinds in the council, in the order of recording."""
        events = self.recorder.events_named([type_of(kind) for kind in kinds])
        return [self._mapper.to_domain_event(event) for event in events]

    def append(self, decided: Iterable[Decided], *, by: Caller, now: datetime, before: Before) -> None:
        """Add facts to many accounts, each after a version, in one transaction with what `before` writes.

        Raises IntegrityError naming what another writer took first, OutcomeUnknown.
        """
        entries = (
            entry for account_id, version, facts in decided for entry in written(account_id, version, facts, by, now)
        )
        self.recorder.append(self._stored(entries), before)

    def weigh(
        self, account_id: UUID, command: Command, *, by: Caller, now: datetime, if_version: int | None = None
    ) -> Effect:
        """What the request would bring about, keeping nothing; raises what `handle` would."""
        account = _unless_stale(self.account(account_id), if_version)
        entries = written(account_id, account.version, decide(command, account, self.scheme), by, now)
        return Effect(account, CareAccount(account.entries + entries))

    def _until_done(
        self, request: Request, account_id: UUID | None, attempt: Callable[[FirstLook, cursor | None], Outcome]
    ) -> Outcome:
        """The outcome of the request, brought about once: a receipt found is the answer, whoever left it."""
        for losses in range(ATTEMPTS):
            step_aside(losses)
            try:
                with self.recorder.turn() if losses >= LOSSES else nullcontext() as turn:
                    look = self._first_looks.at(request, account_id, turn)
                    return self._repeated(look, look.receipt) if look.receipt else attempt(look, turn)
            except OutcomeUnknown:
                continue  # the receipt tells whether it was recorded
            except IntegrityError as conflict:
                if str(conflict) == ONE_ACCOUNT_A_PERSON:
                    raise AccountExists(AccountExists.__doc__) from conflict
                continue  # another writer took the version, or a repetition of this request came first
        raise TooManyAtOnce(TooManyAtOnce.__doc__)

    def _repeated(self, look: FirstLook, receipt: Receipt) -> Outcome:
        account = self._folded(look.events)
        added = account.entries[receipt.first_version - 1 :]
        return Outcome(account, added, self.recorder.receipted(account.id, receipt.first_version), replayed=True)

    def _save(
        self,
        known: tuple[Entry, ...],
        new: tuple[LedgerEntry, ...],
        request: Request,
        before: Before | None,
        turn: cursor | None,
        head: Hash | None,
    ) -> Outcome:
        """Append with the receipt in one transaction; raises IntegrityError, OutcomeUnknown."""
        receipt = Receipt(new[0].account_id, new[0].version, new[-1].version)
        after: Heads = {str(new[0].account_id): (new[0].version - 1, head)}
        places = self._append(self._stored(new), request, receipt, before, turn, after)
        entries = tuple(replace(entry, recorded_at=place.recorded_at) for entry, place in zip(new, places, strict=True))
        first = places[0]
        receipted = Receipted(first.position, first.leaf.hex() if first.leaf else None)
        return Outcome(CareAccount(known + entries), entries, receipted)

    def _append(
        self,
        events: Sequence[StoredEntry],
        request: Request,
        receipt: Receipt,
        before: Before | None,
        turn: cursor | None,
        after: Heads,
    ) -> list[Place]:
        """The receipt first, so that a repetition waits for it and for nothing else."""
        if before is None and turn is None:
            return self.recorder.append_with(self.receipts.row(request, receipt), events, after)

        def receipt_first(statements: cursor) -> None:
            self.receipts.write(statements, request, receipt)
            if before:
                before(statements)

        return self.recorder.append(events, receipt_first, turn, after)

    def _folded(self, events: Sequence[StoredEntry]) -> CareAccount:
        return CareAccount(tuple(map(self._mapper.to_domain_event, events)))

    def _stored(self, entries: Iterable[LedgerEntry]) -> list[StoredEntry]:
        return [self._mapper.to_stored_event(entry) for entry in entries]


def _found(account: CareAccount) -> CareAccount:
    if not account.entries:
        raise NoSuchAccount
    return account


def _unless_stale(account: CareAccount, if_version: int | None) -> CareAccount:
    if if_version is not None and account.version != if_version:
        raise Stale(Stale.__doc__)
    return account


def step_aside(losses: int) -> None:
    """Wait a random moment, longer after each loss, so that many writers of one account do not keep colliding."""
    if losses:
        time.sleep(random.uniform(0, min(LONGEST_PAUSE, 0.002 * 2**losses)))


def written(account_id: UUID, version: int, facts: Facts, by: Caller, now: datetime) -> tuple[LedgerEntry, ...]:
    """The facts as the entries that follow a version."""
    return tuple(
        LedgerEntry(account_id, version + n, fact, now, by.sub, by.role) for n, fact in enumerate(facts, start=1)
    )
