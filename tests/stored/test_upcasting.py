"""Is what was stored in an older shape read as today's, step by step, and does its hash stay what it was?"""

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Literal

import pytest

from domain.account.chain import hashes
from domain.account.facts import Fact
from domain.account.statement import canonical
from domain.dates import instant_text
from ledger.entry import EntryMapper, LedgerEntry, StoredEntry, UnknownTopic
from ledger.upcasting import Json
from tests.conftest import NOON
from tests.stored.test_stored_form import ACCOUNT


class VisitAgreed(Fact):
    """A fact that only this test knows, in its third shape."""

    TOPIC: ClassVar[str] = "visit-agreed.3"
    on: date
    place: Literal["home", "office"]
    minutes: int


def with_place(first: Json) -> Json:
    """The first shape knew visits at home only."""
    return {**first, "place": "home"}


def in_minutes(second: Json) -> Json:
    """The second counted in quarters of an hour."""
    return {name: value for name, value in second.items() if name != "quarters"} | {"minutes": 15 * second["quarters"]}


MAPPER = EntryMapper({VisitAgreed.TOPIC: VisitAgreed}, {"visit-agreed.1": with_place, "visit-agreed.2": in_minutes})
TODAY = VisitAgreed(on=date(2024, 4, 1), place="home", minutes=45)
OLDER: dict[str, dict[str, Any]] = {
    "visit-agreed.1": {"on": "2024-04-01", "quarters": 3},
    "visit-agreed.2": {"on": "2024-04-01", "place": "home", "quarters": 3},
}


def stored(topic: str, told: Json) -> StoredEntry:
    state = json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
    return StoredEntry(ACCOUNT, 1, topic, state, NOON, "alice", "finance")


@pytest.mark.parametrize("topic", OLDER)
def test_an_older_shape_reads_as_todays_through_every_version_between(topic: str) -> None:
    entry = MAPPER.to_domain_event(stored(topic, OLDER[topic]))
    assert (entry.fact, entry.version, entry.recorded_at, entry.recorded_by) == (TODAY, 1, NOON, "alice")


def test_todays_shape_is_read_without_a_step() -> None:
    entry = LedgerEntry(ACCOUNT, 1, TODAY, NOON, "alice", "finance")
    assert MAPPER.to_domain_event(MAPPER.to_stored_event(entry)) == entry


@pytest.mark.parametrize("topic", OLDER)
def test_the_hash_of_an_entry_covers_what_was_stored_whatever_it_reads_as_since(topic: str) -> None:
    envelope = {
        "account_id": str(ACCOUNT),
        "data": OLDER[topic],
        "previous": "0" * 64,
        "recorded_at": instant_text(NOON),
        "recorded_by": "alice",
        "role": "finance",
        "topic": topic,
        "version": 1,
    }
    (digest,) = hashes([MAPPER.to_domain_event(stored(topic, OLDER[topic]))])
    assert digest == hashlib.sha256(b"\x00" + canonical(envelope)).hexdigest()


def test_reading_twice_gives_the_same_and_changes_nothing_that_was_read() -> None:
    event = stored("visit-agreed.1", OLDER["visit-agreed.1"])
    before = replace(event)
    assert MAPPER.to_domain_event(event) == MAPPER.to_domain_event(event)
    assert event == before


@pytest.mark.parametrize("topic", ["visit-agreed.4", "visit-agreed.0", "visit-refused.1"])
def test_a_shape_that_no_step_leads_from_is_said_to_be_of_a_newer_program(topic: str) -> None:
    with pytest.raises(UnknownTopic, match=rf"^{topic}: A newer version"):
        MAPPER.to_domain_event(stored(topic, OLDER["visit-agreed.1"]))
