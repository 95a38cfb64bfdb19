"""How are many requests carried out at once, each with the one effect it would have had by itself?"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor

from domain.account.decisions import Facts, decide, open_account, rests_on
from domain.account.facts import Fact
from domain.account.state import CareAccount, Entry
from ledger.application import CareAccountLedger, written
from ledger.asked import Answer, Asked, Done, NewAccount, NotAll
from ledger.outcomes import AccountExists, Caller, NoSuchAccount
from ledger.receipts import KeyUsedForAnotherRequest, Receipt
from ledger.store.database import StoreUnavailable
from ledger.together import READ, OfAccount, Together, Work

Progress = Callable[[int, int], None]
"""Called with how many accounts are done and how many there are."""

Also = Callable[[cursor, Sequence[tuple[int, Receipt]]], None]
"""What else is kept in the transaction of some requests, given by their numbers, with what each brings about."""


class Weighed(NamedTuple):
    """What the requests about one account would bring about, and what each would come to, by its number.

    Before an account is opened there is none, and where it cannot be opened there is none after either.
    """

    account_id: UUID
    before: CareAccount | None
    after: CareAccount | None
    answers: Mapping[int, Answer]


def handle_many(
    ledger: CareAccountLedger,
    asked: Sequence[Asked | NewAccount],
    *,
    by: Caller,
    now: datetime,
    all_or_nothing: bool = False,
    progress: Progress | None = None,
    also: Also | None = None,
) -> list[Answer]:
    """Carry out many requests; what each came to, in their order. Those about one account are decided in their order.

    A request that is refused stops no other, and what is done is done when the rest is cut off: made again, the same
    requests go on. With all or nothing, everything is one transaction, and NotAll or TooManyAtOnce is raised with
    nothing recorded. `also` is kept with what is done. Raises StoreUnavailable.
    """
    batch = _Batch(ledger, asked, by, all_or_nothing, also)
    together, at_a_time = Together(ledger, batch, by), len(batch.accounts) if all_or_nothing else READ
    for start in range(0, len(batch.accounts), at_a_time or 1):
        if progress:
            progress(start, len(batch.accounts))
        some = batch.accounts[start : start + at_a_time]
        batch.note(together.do_as_one(some, now) if all_or_nothing else together.do(some, now))
    return [batch.answers[number] for number in range(len(asked))]


def weigh_many(
    ledger: CareAccountLedger, asked: Sequence[Asked | NewAccount], *, by: Caller, now: datetime
) -> Iterator[Weighed]:
    """What many requests would bring about, one account after another, recording nothing; raises StoreUnavailable."""
    batch = _Batch(ledger, asked, by)
    for start in range(0, len(batch.accounts), READ):
        some = batch.accounts[start : start + READ]
        batch.left(some)
        read = ledger.read(some)
        for account_id in some:
            before = read[account_id].fold() if account_id in read else None
            version = before.version if before else 0
            came = batch.decide(account_id, before, version, now)
            known = {n: batch.answers[n] for n in batch.numbers[account_id] if n in batch.answers}
            after = _and_then(before, written(account_id, version, came.facts, by, now))
            yield Weighed(account_id, before, after, known | came.answers)


def _and_then(account: CareAccount | None, entries: tuple[Entry, ...]) -> CareAccount | None:
    """The account with some more entries."""
    if not entries:
        return account
    return CareAccount((account.entries if account else ()) + entries)


class _Step(NamedTuple):
    """What one request comes to: facts that follow, or why it is refused."""

    number: int
    facts: Facts
    answer: Answer


@dataclass(frozen=True, slots=True)
class _Came:
    """What comes of the requests about one account, in their order."""

    steps: tuple[_Step, ...]

    @property
    def facts(self) -> Facts:
        return tuple(chain.from_iterable(step.facts for step in self.steps))

    @property
    def answers(self) -> dict[int, Answer]:
        return {step.number: step.answer for step in self.steps}


class _Batch(Work[_Came]):
    """Requests by the accounts they are about, and what they came to as far as that is recorded."""

    def __init__(
        self,
        ledger: CareAccountLedger,
        asked: Sequence[Asked | NewAccount],
        by: Caller,
        all_or_nothing: bool = False,
        also: Also | None = None,
    ) -> None:
        self._also = also
        self._ledger, self._asked, self._by, self._all_or_nothing = ledger, asked, by, all_or_nothing
        self.answers: dict[int, Answer] = {}
        self.numbers: dict[UUID, list[int]] = {}
        self._first_for: dict[str, UUID] = {}
        for number, each in enumerate(asked):
            self.numbers.setdefault(each.account_id, []).append(number)
            if isinstance(each, NewAccount):
                self._first_for.setdefault(each.person.local_id, each.account_id)
        self.accounts = sorted(self.numbers)
        self._tried: set[int] = set()

    def left(self, accounts: Sequence[UUID]) -> list[UUID]:
        """The accounts with requests that have no receipt. Whatever else these are decided by is looked up too."""
        waiting = [number for account_id in accounts for number in self._waiting(account_id)]
        self._find_receipts(waiting)
        openings = [each for each in map(self._asked.__getitem__, waiting) if isinstance(each, NewAccount)]
        self._taken = self._ledger.people.taken([opening.person.local_id for opening in openings]) if openings else {}
        self._scheme = self._ledger.scheme
        return [account_id for account_id in accounts if self._waiting(account_id)]

    def kinds(self, accounts: Sequence[UUID]) -> Collection[type[Fact]] | None:
        asked = [self._asked[number] for account_id in accounts for number in self._waiting(account_id)]
        return rests_on(each.command for each in asked if isinstance(each, Asked))

    def decide(self, account_id: UUID, account: CareAccount | None, version: int, now: datetime) -> _Came:
        """What follows from the requests about an account, each decided upon what those before it leave."""
        steps = []
        for number in self._waiting(account_id):
            try:
                facts = self._facts(self._asked[number], account)
            except StoreUnavailable:
                raise
            except Exception as refusal:
                steps.append(_Step(number, (), refusal))
                continue
            receipt = Receipt(account_id, version + 1, version + len(facts))
            steps.append(_Step(number, facts, Done(receipt)))
            account = _and_then(account, written(account_id, version, facts, self._by, now))
            version += len(facts)
        return _Came(tuple(steps))

    def stopped(self, account_id: UUID, fault: Exception) -> _Came:
        return _Came(tuple(_Step(number, (), fault) for number in self._waiting(account_id)))

    def keep(self, statements: cursor, of_accounts: Sequence[OfAccount[_Came]], now: datetime) -> None:
        """Receipts, people and words of what is not refused; raises NotAll where all was asked for and is not had."""
        steps = [step for of_account in of_accounts for step in of_account.came.steps]
        if self._all_or_nothing and any(isinstance(step.answer, Exception) for step in steps):
            raise NotAll(self.answers | {step.number: step.answer for step in steps})
        done = [(self._asked[n], answer.receipt) for n, facts, answer in steps if facts and isinstance(answer, Done)]
        self._tried.update(step.number for step in steps)
        self._ledger.receipts.write_many(statements, [(asked.request, receipt) for asked, receipt in done])
        openings = [asked for asked, _ in done if isinstance(asked, NewAccount)]
        self._ledger.references.name_many(statements, [(each.account_id, each.command.reference) for each in openings])
        people = [(each.account_id, each.person) for each in openings]
        self._ledger.people.add_many(statements, people, at=now, by=self._by.sub)
        self._ledger.people.add_texts(statements, _texts(done))
        if self._also:
            brought = ((n, answer.receipt) for n, facts, answer in steps if facts and isinstance(answer, Done))
            self._also(statements, list(brought))

    def note(self, of_accounts: Sequence[OfAccount[_Came]]) -> None:
        """Take down what is recorded by now."""
        for of_account in of_accounts:
            self.answers |= of_account.came.answers

    def _waiting(self, account_id: UUID) -> list[int]:
        return [number for number in self.numbers[account_id] if number not in self.answers]

    def _find_receipts(self, numbers: Sequence[int]) -> None:
        """A receipt found is the answer. One found after an attempt of ours may be ours: it says of no repetition."""
        found = self._ledger.receipts.of([self._asked[number].request for number in numbers])
        for number in numbers:
            request = self._asked[number].request
            if (request.caller, request.key) in found:
                digest, receipt = found[request.caller, request.key]
                same, replayed = digest == request.digest, number not in self._tried
                wrong = KeyUsedForAnotherRequest(KeyUsedForAnotherRequest.__doc__)
                self.answers[number] = Done(receipt, replayed) if same else wrong

    def _facts(self, asked: Asked | NewAccount, account: CareAccount | None) -> Facts:
        if isinstance(asked, Asked):
            if account is None:
                raise NoSuchAccount(NoSuchAccount.__doc__)
            return decide(asked.command, account, self._scheme)
        local_id = asked.person.local_id
        if account or local_id in self._taken or self._first_for[local_id] != asked.account_id:
            raise AccountExists(AccountExists.__doc__)
        return open_account(asked.command)


def _texts(done: Sequence[tuple[Asked | NewAccount, Receipt]]) -> Iterator[tuple[UUID, int, Mapping[str, str]]]:
    for asked, receipt in done:
        if isinstance(asked, Asked):
            for version, words in enumerate(asked.texts, start=receipt.first_version):
                yield asked.account_id, version, words
