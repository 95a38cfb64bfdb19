"""What does a worker do? It follows the ledger, does the runs that are due, hands letters over, and verifies a bit."""

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler

from api.delivery.sending import delivery_of, in_words
from api.letters.issuing import with_paper
from api.verifying import Verifying, evidence_here
from api.wiring import Installation
from ledger.council import Council
from ledger.due_runs import KINDS, DueRuns, Kinds
from ledger.faults import without_values
from ledger.scheduled_statements import ScheduledStatements
from ledger.store.database import StoreUnavailable
from projections.follow import catch_up

log = logging.getLogger(__name__)

FOLLOW_EVERY = 2  # seconds
LOOK_EVERY = 10  # seconds
DELIVER_EVERY = 10  # seconds
VERIFY_EVERY = 30  # seconds
_KINDS: Kinds = {**KINDS, "statements": partial(ScheduledStatements, set_on_paper=with_paper)}
ENDING = frozenset({signal.SIGINT, signal.SIGTERM})


class Ended(BaseException):
    """The worker was asked to end. No fault of an account's, so nothing that notes those may take it for one."""


class Worker:
    """A process that works for every council of an installation. Any number may, and each may be killed at any time."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._due: dict[str, DueRuns] = {}
        self._ended = False

    def run(self) -> None:
        """Work until a signal ends it: what is being recorded then is recorded, and nothing more is begun."""
        with _signals_held_back():
            scheduler = BackgroundScheduler(timezone="UTC")
            for turn, seconds in self._turns:
                self._wake(scheduler, turn, seconds)
            scheduler.start()
            signal.sigwait(ENDING)
            self._ended = True
            scheduler.shutdown()

    def once(self) -> bool:
        """Do what there is to do now; whether all of it was done. Raises Ended."""
        with _signals_held_back():
            done = [turn() for turn, _ in self._turns]
            self._unless_ended()
        return all(done)

    @property
    def _turns(self) -> tuple[tuple[Callable[[], bool], int], ...]:
        """What it does again and again, each every so many seconds."""
        return (
            (self.follow, FOLLOW_EVERY),
            (self.do_what_is_due, LOOK_EVERY),
            (self.deliver, DELIVER_EVERY),
            (self.verify, VERIFY_EVERY),
        )

    def follow(self) -> bool:
        """Keep what is ready to read warm. A reader catches up by itself, so a missed turn costs only its time."""
        return self._for_every_council(lambda council: catch_up(council, lambda *_: self._unless_ended()))

    def do_what_is_due(self) -> bool:
        """Do the runs that are due, saying each in a line."""
        return self._for_every_council(self._do_what_is_due_in)

    def deliver(self) -> bool:
        """Hand over the letters that wait, saying in a line how many came where."""
        return self._for_every_council(self._deliver_in)

    def verify(self) -> bool:
        """Go a bit further through all that was recorded, over and over, saying in a line what does not hold."""
        return self._for_every_council(self._verify_in)

    def _verify_in(self, council: Council) -> None:
        evidence = evidence_here(self._installation.settings.home, council.code)
        for each in Verifying(council, evidence).a_bit(self._clock()):
            log.error("%s: %s", council.code, each.what)

    def _deliver_in(self, council: Council) -> None:
        delivery = delivery_of(self._installation, council, self._clock)
        for line in in_words(delivery.work(), delivery.carrier):
            log.info("%s: %s", council.code, line)

    def _do_what_is_due_in(self, council: Council) -> None:
        for line in self._due.setdefault(council.code, DueRuns(council, _KINDS)).do(self._clock):
            log.info("%s: %s", council.code, line)

    def _for_every_council(self, do: Callable[[Council], object]) -> bool:
        """Whether every council had its turn. What stops one stops no other, and is left to a later turn."""
        try:
            turns = [self._had_its_turn(code, do) for code in self._installation.codes()]
        except StoreUnavailable as away:
            log.warning("the store is away: %s", away)
            self._installation.start()  # should the embedded PostgreSQL have died, it lives again
            return False
        return all(turns)

    def _had_its_turn(self, code: str, do: Callable[[Council], object]) -> bool:
        self._unless_ended()
        try:
            council = self._installation.council(code)
            try:
                do(council)
            finally:
                council.close()  # there may be more councils than the server has connections
        except StoreUnavailable:
            raise
        except Exception as fault:
            log.error("%s was left for a later turn\n%s", code, without_values(fault))
            return False
        return True

    def _wake(self, scheduler: BackgroundScheduler, turn: Callable[[], bool], seconds: int) -> None:
        """Have a turn taken now and then: one at a time, and late rather than not at all."""
        scheduler.add_job(
            partial(_until_ended, turn),
            "interval",
            seconds=seconds,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def _clock(self) -> datetime:
        """The clock, which a run looks at before any accounts: where the worker was asked to end, it ends there."""
        self._unless_ended()
        return self._installation.settings.now()

    def _unless_ended(self) -> None:
        if self._ended or ENDING & signal.sigpending():
            self._ended = True
            raise Ended


def _until_ended(turn: Callable[[], bool]) -> None:
    with suppress(Ended):
        turn()


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Nothing is cut in the middle: a signal that ends waits, in this thread and those begun by it, to be asked for."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        while signal.sigtimedwait(ENDING, 0):
            pass
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
