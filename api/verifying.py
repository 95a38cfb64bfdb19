"""Is everything as it was recorded and signed, and is what is read what comes out of it? Asked bit by bit, or at once.

The evidence log knows nothing of the lists that are made from the ledger, and those nothing of what was signed: both
are asked here. A bit is kept as done together with what was found in it, so anybody may go on from there.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

from ledger.council import Council
from ledger.evidence.copies import Copies
from ledger.evidence.found import Found
from ledger.evidence.note import PublicKey
from ledger.evidence.said import Kept, Said, said_in
from ledger.evidence.verifying import PORTION, portion, the_whole
from ledger.store.checked_log import CheckedLog
from ledger.store.verifications import Reached, Verification
from projections.recheck import how_many, recheck

WORKER = "careledger work"
"""Who is named where nobody asked."""
REST = timedelta(hours=1)
"""So long after the end of one the worker begins another."""
IN_THE_DATABASE = "the database"

Clock = Callable[[], datetime]
Shown = Callable[[int, int], None]


class Evidence(NamedTuple):
    """What a log is held against besides the database itself: the key that signs it, and what is kept elsewhere."""

    key: PublicKey | None
    kept: Sequence[Kept]


def evidence_folder(home: Path) -> Path:
    """Where this machine keeps what belongs to evidence logs: the public keys, and copies of what was signed."""
    return home / "evidence"


def evidence_here(home: Path, code: str) -> Evidence:
    """What this machine keeps of a council's log."""
    folder = evidence_folder(home)
    key, copies = folder / f"{code}.public", folder / f"{code}.checkpoints"
    kept = [Kept("the copy outside of the database", list(Copies(copies).notes()))] if copies.exists() else []
    return Evidence(PublicKey.read(key.read_text("ascii")) if key.exists() else None, kept)


class Verifying(NamedTuple):
    """Whoever goes through one council's records again."""

    council: Council
    evidence: Evidence

    def begin(self, *, by: str, now: datetime, verification_id: UUID | None = None) -> Verification:
        """Begin with the first entry, unless the same was asked for already."""
        begun, kept = verification_id or uuid4(), self.council.verifications
        with self.council.verifier.transaction() as statements:
            size = CheckedLog.at_one_moment(statements, self.council.names.schema).size
        kept.begin(begun, size, by=by, now=now)
        return kept.one(begun) or kept.last()[0]  # else somebody began one at this very moment

    def go_on(self, verification: Verification, clock: Clock, shown: Shown | None = None) -> Verification:
        """Take one step after another to the end."""
        total = verification.size + how_many(self.council)
        while not verification.reached.ended:
            verification = self.step(verification, clock())
            if shown:
                shown(verification.reached.through + verification.reached.accounts, total)
        return verification

    def a_bit(self, now: datetime) -> list[Found]:
        """Take one step of the last verification, or begin another where that has rested; what was found in it."""
        last = next(iter(self.council.verifications.last()), None)
        if last and last.reached.ended and last.reached.at and now - last.reached.at < REST:
            return []
        if last is None or last.reached.ended:
            last = self.begin(by=WORKER, now=now)
        reached, found = self._next(last, now)
        return found if self.council.verifications.take(last, reached, found) else []

    def step(self, verification: Verification, now: datetime) -> Verification:
        """The same verification after its next step, whoever took that."""
        self.council.verifications.take(verification, *self._next(verification, now))
        found = self.council.verifications.one(verification.verification_id)
        assert found is not None  # it was begun, and nothing is ever taken away
        return found

    def _next(self, verification: Verification, now: datetime) -> tuple[Reached, list[Found]]:
        done = verification.reached
        reached = done._replace(step=done.step + 1, at=now)
        if done.through < verification.size or not done.step:
            through = min(done.through + PORTION, verification.size)
            with self.council.verifier.transaction() as statements:
                log = CheckedLog.at_one_moment(statements, self.council.names.schema)
                found = list(self._entries(log, done.through, verification.size))
            return reached._replace(through=through), found
        return self._lists(reached)

    def _entries(self, log: CheckedLog, first: int, size: int) -> Iterator[Found]:
        """What does not hold of a portion; with the last of them, of the log as one."""
        last = min(first + PORTION, size)
        inside = list(said_in(IN_THE_DATABASE, log.notes_between(first, last), self.evidence.key))
        outside = [each for kept in self.evidence.kept for each in said_in(kept.where, kept.notes, self.evidence.key)]
        yield from _unproved(inside if first else [*inside, *outside])
        yield from portion(log, first, size, (each for each in _signed([*inside, *outside]) if each.is_of(first, last)))
        if last == size:
            beyond = list(said_in(IN_THE_DATABASE, log.notes_between(log.size), self.evidence.key))
            yield from _unproved(beyond)
            yield from the_whole(log, _signed(beyond), _signed(outside))

    def _lists(self, reached: Reached) -> tuple[Reached, list[Found]]:
        looked = recheck(self.council, reached.after)
        if not looked.accounts:
            return reached._replace(ended=True), []
        found = [
            Found(f"What is read of account {each} is not what comes out of the ledger.", account=str(each))
            for each in looked.differing
        ]
        done = reached.accounts + len(looked.accounts)
        return reached._replace(after=looked.accounts[-1], accounts=done), found


def _unproved(said: Sequence[Said | Found]) -> list[Found]:
    return [each for each in said if isinstance(each, Found)]


def _signed(said: Sequence[Said | Found]) -> list[Said]:
    return [each for each in said if isinstance(each, Said)]
