"""How does each letter that waits reach whoever carries it: once, at a pace that is taken, whoever is killed when?

A letter is taken for a while before anything is done with it, and that it was tried is kept then. Whoever takes it
after that while does not know what became of the try, and so looks it up with the carrier before trying again.
"""

import hashlib
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from api.delivery.carrier import Carrier, NotNow, NotTaken, NotToday, Outgoing, TryAgain
from ledger.faults import without_values
from ledger.letters import Heard, Letter, State, first_letter
from ledger.store.database import StoreUnavailable
from ledger.store.letter_rows import Letters, Paced

log = logging.getLogger(__name__)

TAKEN_FOR = timedelta(minutes=10)
"""Far longer than a carrier may take to answer, so that nobody else tries a letter that is still being tried."""
ASKED_EVERY = timedelta(hours=4)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
MOST_TRIES = 12
"""With the growing waits between them about two days; then somebody has to look."""
A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)

Make = Callable[[Letter], Outgoing]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Limits:
    """How many requests a carrier takes in a minute, and letters in a day (of UTC, as GOV.UK Notify counts)."""

    requests_a_minute: int = 3_000
    letters_a_day: int = 20_000


@dataclass(frozen=True, slots=True)
class Delivery:
    """One council's letters on their way to one carrier. `make` may raise NotTaken, where no letter can be made."""

    letters: Letters
    carrier: Carrier
    make: Make
    clock: Clock
    limits: Limits = Limits()

    def work(self) -> Counter[State]:
        """Do what is to be done now, until nothing is or the carrier takes no more; how many came where."""
        came = Counter[State]()
        while (letter := self.letters.take(now := self.clock(), now + TAKEN_FOR)) is not None:
            try:
                self._keep_pace(letter, now)
                heard = self._heard(letter, now)
            except _Full as full:
                self.letters.put_back(letter, full.until)
                if full.what == "requests":
                    break
            except NotNow as refused:
                self._stop(letter, refused, now)
                break
            else:
                self.letters.note(letter.letter_id, heard, self.clock())
                came[heard.state] += 1
        return came

    def _heard(self, letter: Letter, now: datetime) -> Heard:
        """What comes of working at one letter. Whatever goes wrong with it stops no other."""
        try:
            found = self._done(letter, now)
        except TryAgain as again:
            return self._again(letter, again.said, now)
        except NotTaken as refused:
            return Heard("failed", refused.said, self.carrier.name, self.carrier.name)
        except (NotNow, StoreUnavailable):
            raise
        except Exception as fault:
            log.error("letter %s could not be made\n%s", letter.letter_id, without_values(fault))
            return Heard("failed", "could-not-be-made", "careledger")
        still = found.state in ("sent", "accepted") and self.carrier.paced
        return replace(found, next_at=now + ASKED_EVERY if still else None)

    def _done(self, letter: Letter, began: datetime) -> Heard:
        if letter.state != "waiting":
            return self.carrier.ask(letter)
        if letter.tries > 1 and (found := self.carrier.find(letter)):
            return found
        outgoing = self.make(letter)
        if self.clock() - began > TAKEN_FOR / 2:  # a machine that slept: others may have taken the letter meanwhile
            raise TryAgain("took-too-long")
        for told in outgoing.copies:  # before the letter itself leaves: whoever is killed between puts them in once
            self.letters.ask(first_letter(told), told, by=letter.asked_by, now=began)
        digest = hashlib.sha256(outgoing.pdf).hexdigest()
        return replace(self.carrier.hand_over(outgoing), digest=digest)

    def _again(self, letter: Letter, said: str, now: datetime) -> Heard:
        """The next try, after a wait that doubles; after so many it is for somebody to look at."""
        if letter.state == "waiting" and letter.tries >= MOST_TRIES:
            return Heard("failed", said, self.carrier.name)
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** max(0, letter.tries - 1))
        return Heard(letter.state, said, self.carrier.name, next_at=now + wait)

    def _stop(self, letter: Letter, refused: NotNow, now: datetime) -> None:
        """Believe the carrier that it takes no more, whoever used it up, and leave the letter as if untried."""
        if isinstance(refused, NotToday):
            until = _day(now) + A_DAY
            self.letters.fill("letters", _day(now), self.limits.letters_a_day)
        else:
            until = _minute(now) + A_MINUTE
            self.letters.fill("requests", _minute(now), self.limits.requests_a_minute)
        log.warning("%s takes nothing until %s: %s", self.carrier.name, until.isoformat(), refused.said)
        self.letters.put_back(letter, until)
        self.letters.note(letter.letter_id, Heard(letter.state, refused.said, self.carrier.name, next_at=until), now)

    def _keep_pace(self, letter: Letter, now: datetime) -> None:
        """Count what the letter takes of this minute and this day; raises _Full where there is no room for it."""
        if not self.carrier.paced:
            return
        minute, day, handed = _minute(now), _day(now), letter.state == "waiting"
        if handed and not self.letters.count("letters", day, self.limits.letters_a_day):
            raise _Full("letters", day + A_DAY)
        requests = 2 if letter.tries > 1 else 1  # one to look it up, one to hand it over
        if not self.letters.count("requests", minute, self.limits.requests_a_minute, requests):
            if handed:
                self.letters.count("letters", day, self.limits.letters_a_day, -1)
            raise _Full("requests", minute + A_MINUTE)


@dataclass
class _Full(Exception):
    """What we hand over fills this minute, or this day. What was handed over before can still be asked after."""

    what: Paced
    until: datetime


def _minute(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(second=0, microsecond=0)


def _day(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(UTC).date(), time(), UTC)
