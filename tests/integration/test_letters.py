"""Does each letter reach whoever carries it once, whatever goes wrong on the way, and is it known where it is?"""

import hashlib
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import cycle, pairwise
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest

from api.delivery import deliver
from api.delivery.carrier import Carrier, Outgoing
from api.delivery.deliver import MOST_TRIES, TAKEN_FOR, Delivery, Limits
from api.delivery.documents import paper_of
from api.delivery.folder import Folder
from api.delivery.notify import Notify, heard
from api.settings import Settings
from api.wiring import Installation
from domain.account.commands import IssueStatement
from ledger.council import Council
from ledger.letters import Heard, Letter, NoSuchLetter, NotHandedOver, SentAgainAlready, State, StillOnItsWay, Told
from ledger.store.letter_rows import Letters
from tests.conftest import NOON
from tests.faults.served import LONG
from tests.faults.simulated_notify import KEY, Fault, SimulatedNotify, simulated_notify
from tests.integration.conftest import administering
from tests.integration.posting import self_funder, told
from tests.integration.stating import TO, letters_put_in, written_to

A_DAY = timedelta(days=1)
UNASKED = Installation(Settings(clock=NOON, database_url=None))
"""Of which no statement asks anything: only a code to sign in is made by an installation."""
LIMITS, AT_ONCE = Limits(), timedelta(0)
MANY = 1_000 if LONG else 12


PAPERS: dict[Told, Outgoing] = {}
"""Set once for each statement: whenever it is made again, it is the same."""


@pytest.fixture(scope="module")
def people(new_council: Callable[[], Council]) -> Iterator[Council]:
    """A council with a statement for each of two people whose address is known, and of one who has none."""
    council = new_council()
    for account_id in (written_to(council), written_to(council), self_funder(council)):
        told(council, account_id, IssueStatement(to=TO, kind="on_request", known_at=NOON))
    yield council
    council.close()


@pytest.fixture
def council(people: Council, installation: Installation) -> Council:
    """The same council, from which no letter goes out yet."""
    kept = ", ".join(f"{people.names.schema}.{table}" for table in ("letter_events", "letters", "sending_paces"))
    with administering(installation) as statements:
        statements.execute(f"TRUNCATE {kept}")
    return people


@pytest.fixture(scope="module")
def notified() -> Iterator[SimulatedNotify]:
    with simulated_notify() as found:
        yield found


@pytest.fixture
def notify(notified: SimulatedNotify) -> SimulatedNotify:
    notified.forget()
    return notified


class Post:
    """One council's letters, carried at a moment that a test sets on."""

    def __init__(self, council: Council, carrier: Carrier, limits: Limits = LIMITS) -> None:
        self.council, self.letters, self.now = council, Letters(council.app, council.names), NOON
        self.delivery = Delivery(self.letters, carrier, partial(paper, council), lambda: self.now, limits)

    def work(self, later: timedelta = AT_ONCE) -> Counter[State]:
        self.now += later
        return self.delivery.work()

    def states(self) -> dict[State, int]:
        return {state: number for (_, state), number in self.letters.states().items()}


def paper(council: Council, letter: Letter) -> Outgoing:
    if letter.told not in PAPERS:
        PAPERS[letter.told] = paper_of(UNASKED, council, letter)
    return replace(PAPERS[letter.told], letter=letter)


def by_notify(council: Council, notify: SimulatedNotify, limits: Limits = LIMITS) -> Post:
    return Post(council, Notify(KEY, notify.address, 5.0), limits)


def out(council: Council, number: int = 1) -> list[UUID]:
    """Letters about the statements of both people in turn, as they are asked for; their ids, as they will be taken."""
    reachable = [id_ for id_, person in council.people.of(council.people.by_name()).items() if person.contact.address]
    ids = sorted(uuid4() for _ in range(number))
    for letter_id, account_id in zip(ids, cycle(reachable), strict=False):
        asked(council, account_id, letter_id)
    return ids


def asked(council: Council, account_id: UUID, letter_id: UUID) -> None:
    about = Told(account_id, "statement", council.ledger.account(account_id).version)
    Letters(council.app, council.names).ask(letter_id, about, by="bert", now=NOON)


def said(post: Post, letter_id: UUID) -> list[tuple[str, str]]:
    return [(event.state, event.said) for event in post.letters.events(letter_id)]


def test_a_release_puts_in_a_letter_for_each_statement_that_was_made(new_council: Callable[[], Council]) -> None:
    council = new_council()
    ids = letters_put_in(council, 2)
    post = Post(council, Folder(Path("unused"), council.code, lambda: NOON))
    assert len(ids) == 2
    assert post.states() == {"waiting": 2}
    for letter_id in ids:
        found = post.letters.one(letter_id)
        assert (found.letter.told.what, found.letter.told.version, found.letter.asked_by) == ("statement", 4, "bert")


def test_a_letter_is_handed_over_once_and_followed_until_it_is_delivered(
    council: Council, notify: SimulatedNotify
) -> None:
    (letter_id,) = out(council)
    post = by_notify(council, notify)
    assert post.work() == {"sent": 1}
    (taken,) = notify.taken
    assert taken["reference"] == str(letter_id)
    assert post.work(timedelta(minutes=1)) == {}
    for status, state in (("accepted", "accepted"), ("received", "delivered")):
        notify.becomes(letter_id, status)
        assert post.work(timedelta(hours=5)) == {state: 1}
    assert post.work(A_DAY) == {}
    assert said(post, letter_id) == [("sent", "created"), ("accepted", "accepted"), ("delivered", "received")]
    digest = post.letters.events(letter_id)[0].digest
    assert digest == hashlib.sha256(paper_of(UNASKED, council, post.letters.one(letter_id).letter).pdf).hexdigest()


@pytest.mark.parametrize("fault", ["500", "503", "away", "taken-then-away"])
def test_a_letter_whose_first_try_failed_is_looked_up_and_never_doubled(
    council: Council, notify: SimulatedNotify, fault: str
) -> None:
    (letter_id,) = out(council)
    notify.faults = [fault]  # type: ignore[list-item]  # told as a text
    post = by_notify(council, notify)
    assert post.work() == {"waiting": 1}
    assert post.work() == {}  # it waits before it tries again
    assert post.work(timedelta(minutes=2)) == {"sent": 1}
    assert [each["reference"] for each in notify.taken] == [str(letter_id)]


def test_waits_grow_and_after_many_tries_somebody_has_to_look(council: Council, notify: SimulatedNotify) -> None:
    (letter_id,) = out(council)
    notify.faults = ["500"] * MOST_TRIES
    post, moments = by_notify(council, notify), [NOON]
    while post.states() == {"waiting": 1}:
        post.now = post.letters.one(letter_id).letter.next_at or post.now
        moments.append(post.now)
        post.work()
    waits = [later - earlier for earlier, later in pairwise(moments[1:])]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(minutes=1), timedelta(hours=6))
    assert post.letters.one(letter_id).to_look_at
    assert post.work(A_DAY) == {}


@pytest.mark.parametrize(
    "status", ["virus-scan-failed", "validation-failed", "technical-failure", "permanent-failure", "cancelled"]
)
def test_a_letter_that_cannot_be_printed_is_for_somebody_to_look_at(
    council: Council, notify: SimulatedNotify, status: str
) -> None:
    (letter_id,) = out(council)
    post = by_notify(council, notify)
    post.work()
    notify.becomes(letter_id, status)
    assert post.work(timedelta(hours=5)) == {"failed": 1}
    assert [each.letter.letter_id for each in post.letters.listed(["failed"], to_look_at=True, offset=0, limit=9)] == [
        letter_id
    ]
    assert said(post, letter_id)[-1] == ("failed", status)


def test_a_status_that_nobody_knows_yet_leaves_a_letter_where_it_is(council: Council, notify: SimulatedNotify) -> None:
    (letter_id,) = out(council)
    post = by_notify(council, notify)
    post.work()
    notify.becomes(letter_id, "resting-in-depot")
    assert post.work(timedelta(hours=5)) == {"sent": 1}
    assert said(post, letter_id)[-1] == ("sent", "status-not-known")


def test_a_person_whose_address_nobody_knows_stops_no_other_letter(council: Council, notify: SimulatedNotify) -> None:
    (second,), first = out(council), UUID(int=0)
    people = council.people.of(council.people.by_name())
    (nobody,) = (account_id for account_id, person in people.items() if not person.contact.address)
    asked(council, nobody, first)
    post = by_notify(council, notify)
    assert post.work() == {"failed": 1, "sent": 1}
    assert said(post, first) == [("failed", "no-address")]
    assert [each["reference"] for each in notify.taken] == [str(second)]


def test_a_fault_of_ours_in_one_letter_is_logged_and_stops_no_other(
    council: Council, notify: SimulatedNotify, caplog: pytest.LogCaptureFixture
) -> None:
    first, _ = out(council, 2)
    post, name = by_notify(council, notify), "Ada Ames"

    def make(letter: Letter) -> Outgoing:
        if letter.letter_id == first:
            raise ArithmeticError(name)
        return paper(council, letter)

    post.delivery = Delivery(post.letters, post.delivery.carrier, make, lambda: post.now)
    with caplog.at_level(logging.ERROR, deliver.__name__):
        assert post.work() == {"failed": 1, "sent": 1}
    assert f"letter {first} could not be made" in caplog.text
    assert name not in caplog.text


def test_no_more_is_asked_in_a_minute_than_is_taken(council: Council, notify: SimulatedNotify) -> None:
    out(council, 5)
    notify.requests_a_minute = 2
    post = by_notify(council, notify, Limits(requests_a_minute=2))
    for minute in range(3):
        notify.clock = NOON + timedelta(minutes=minute)
        post.now = notify.clock
        post.work()
    assert (len(notify.taken), notify.refused) == (5, {})


def test_the_day_is_ended_before_it_is_too_full_and_the_next_goes_on(council: Council, notify: SimulatedNotify) -> None:
    out(council, 5)
    notify.letters_a_day = 2
    post = by_notify(council, notify, Limits(letters_a_day=2))
    for day in range(3):
        for hour in (0, 3):
            post.now = notify.clock = NOON + timedelta(days=day, hours=hour)
            post.work()
        assert len(notify.taken) == min(5, 2 * (day + 1))
    assert (notify.refused, notify.doubled) == ({}, [])


def test_a_day_that_others_filled_is_believed_and_waited_for(council: Council, notify: SimulatedNotify) -> None:
    """The service's letters may be sent by other programs too."""
    out(council, 3)
    notify.letters_a_day = 1
    post = by_notify(council, notify)
    assert post.work() == {"sent": 1}
    assert post.work(timedelta(hours=3)) == {}
    assert notify.refused == {"TooManyRequestsError": 1}
    notify.clock, notify.letters_a_day = NOON + A_DAY, 20
    post.now = NOON + A_DAY
    post.work()
    assert (len(notify.taken), notify.doubled) == (3, [])


def test_a_minute_that_others_filled_is_waited_for(council: Council, notify: SimulatedNotify) -> None:
    out(council, 2)
    notify.requests_a_minute = 1
    post = by_notify(council, notify)
    assert post.work() == {"sent": 1}
    notify.clock, notify.requests_a_minute = NOON + timedelta(minutes=1), 20
    assert post.work(timedelta(minutes=1)) == {"sent": 1}
    assert notify.doubled == []


def test_a_key_that_is_not_taken_hands_nothing_over_and_loses_nothing(
    council: Council, notify: SimulatedNotify
) -> None:
    (letter_id,) = out(council)
    other = Post(council, Notify(KEY[:-1] + "0", notify.address, 5.0))
    for minute in range(MOST_TRIES + 1):  # asked once a minute, for as long as it takes
        other.now = NOON + timedelta(minutes=minute)
        assert (other.work(), other.work()) == ({}, {})
    assert said(other, letter_id) == [("waiting", "key-not-taken")] * (MOST_TRIES + 1)
    assert notify.requests.total() == MOST_TRIES + 1
    assert by_notify(council, notify).work(timedelta(hours=1)) == {"sent": 1}


def test_a_machine_that_slept_while_it_made_a_letter_looks_before_it_hands_it_over(
    council: Council, notify: SimulatedNotify
) -> None:
    out(council)
    post = by_notify(council, notify)

    def made_late(letter: Letter) -> Outgoing:
        post.now = NOON + TAKEN_FOR
        return paper(council, letter)

    post.delivery = Delivery(post.letters, post.delivery.carrier, made_late, lambda: post.now)
    assert post.work() == {"waiting": 1, "sent": 1}
    assert notify.requests == {"GET": 1, "POST": 1}  # it looked whether somebody else had handed it over


def test_many_who_send_at_once_hand_each_letter_over_once_whatever_fails(
    council: Council, notify: SimulatedNotify
) -> None:
    ids, drawn = out(council, MANY), Random(7)
    kinds: tuple[Fault | None, ...] = ("500", "503", "away", "taken-then-away", None, None)
    notify.faults = [drawn.choice(kinds) for _ in range(2 * MANY)]
    moment = NOON
    while by_notify(council, notify).states().get("waiting"):
        posts = [by_notify(council, notify) for _ in range(3)]
        for post in posts:
            post.now = moment
        with ThreadPoolExecutor(3) as threads:
            for done in [threads.submit(post.work) for post in posts]:
                done.result()
        moment += timedelta(hours=2)
        notify.clock = moment
    assert by_notify(council, notify).states() == {"sent": MANY}
    assert sorted(each["reference"] for each in notify.taken) == sorted(map(str, ids))


def test_a_letter_that_somebody_took_and_died_with_is_found_after_a_while(
    council: Council, notify: SimulatedNotify
) -> None:
    (letter_id,) = out(council)
    post = by_notify(council, notify)
    taken = post.letters.take(NOON, NOON + TAKEN_FOR)
    assert taken
    post.delivery.carrier.hand_over(paper(council, taken))  # and then it dies
    assert post.work() == {}
    assert post.work(TAKEN_FOR) == {"sent": 1}
    assert [each["reference"] for each in notify.taken] == [str(letter_id)]


def test_what_is_heard_late_moves_a_letter_back_to_nothing(council: Council, notify: SimulatedNotify) -> None:
    (letter_id,) = out(council)
    post = by_notify(council, notify)
    assert post.letters.note(letter_id, heard("received", str(uuid4())), NOON)
    assert not post.letters.note(letter_id, heard("accepted", str(uuid4())), NOON)
    assert post.letters.one(letter_id).letter.state == "delivered"
    assert post.work(A_DAY) == {}
    with pytest.raises(NoSuchLetter):
        post.letters.note(uuid4(), heard("received", "x"), NOON)


def test_a_letter_that_was_given_up_and_had_been_taken_is_known_to_be_on_its_way(
    council: Council, notify: SimulatedNotify
) -> None:
    (letter_id,) = out(council)
    post = by_notify(council, notify)
    assert post.letters.note(letter_id, Heard("failed", "http-503", "notify"), NOON)
    assert post.letters.note(letter_id, heard("accepted", str(uuid4())), NOON)
    assert post.letters.one(letter_id).letter.state == "accepted"


def test_a_letter_that_came_back_is_sent_again_once_and_the_old_one_stays(
    council: Council, notify: SimulatedNotify
) -> None:
    (letter_id,) = out(council)
    post = by_notify(council, notify)
    with pytest.raises(NotHandedOver):
        post.letters.came_back(letter_id, "came-back", by="alice", now=NOON)
    with pytest.raises(StillOnItsWay):
        post.letters.send_again(letter_id, by="alice", now=NOON)
    post.work()
    post.letters.came_back(letter_id, "came-back", by="alice", now=NOON)
    assert post.letters.one(letter_id).to_look_at
    new = post.letters.send_again(letter_id, by="alice", now=NOON)
    with pytest.raises(SentAgainAlready):
        post.letters.send_again(letter_id, by="alice", now=NOON)
    old = post.letters.one(letter_id)
    assert (old.letter.state, old.replaced_by, old.to_look_at) == ("returned", new, False)
    assert post.work() == {"sent": 1}
    assert [each["reference"] for each in notify.taken] == [str(letter_id), str(new)]


def test_without_a_key_letters_are_written_to_a_folder_of_the_day(council: Council, tmp_path: Path) -> None:
    ids = out(council, 2)
    post = Post(council, Folder(tmp_path, council.code, lambda: NOON))
    assert post.work() == {"sent": 2}
    place = tmp_path / "letters" / "2026-11-22" / council.code
    assert sorted(file.name for file in place.iterdir()) == sorted(
        f"{letter_id}.{kind}" for letter_id in ids for kind in ("json", "pdf")
    )
    assert (place / f"{ids[0]}.pdf").read_bytes().startswith(b"%PDF")
    line = json.loads((place / f"{ids[0]}.json").read_text())
    assert (line["letter_id"], line["what"]) == (str(ids[0]), "statement")
    assert "Ames" not in json.dumps(line)
    assert {file.stat().st_mode & 0o777 for file in place.iterdir()} == {0o600}
    assert post.work(A_DAY) == {}


def test_a_letter_that_was_written_before_a_cut_is_not_written_on_the_next_day_too(
    council: Council, tmp_path: Path
) -> None:
    (letter_id,) = out(council)
    post = Post(council, Folder(tmp_path, council.code, lambda: post.now))
    taken = post.letters.take(NOON, NOON + TAKEN_FOR)
    assert taken
    post.delivery.carrier.hand_over(paper(council, taken))
    assert post.work(A_DAY) == {"sent": 1}
    assert len(list(tmp_path.rglob(f"{letter_id}.pdf"))) == 1
