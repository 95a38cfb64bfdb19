"""How is the fictitious council filled, once, whatever interrupts it?"""

from bisect import bisect_left
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from api.demo.chronicle import ADA, chronicle
from api.demo.recording import Recording
from api.demo.story import NotTheStory, Story, story_of
from domain.account.commands import OpenAccount
from domain.account.state import entry_id
from domain.dates import day_in_london
from ledger.council import Council
from ledger.receipts import Receipts
from ledger.vault.people import Search

Progress = Callable[[int, int], None]
"""Called with how many requests are recorded and how many there are."""


def fill(council: Council, now: datetime, people: int = 200, progress: Progress | None = None) -> int:
    """Record what the council lacks of its story, each request at the moment of the story; how many were recorded.

    A council that was begun goes on with the story it was begun with, whatever the day and the number of people now.
    Raises NotTheStory for a council with accounts of its own, ValueError for a clock before the story has happened.
    """
    story = _begun(council) or Story(day_in_london(now), people)
    told = [recording for recording in chronicle(story) if recording.at <= now]
    receipts = Receipts(council.app, council.names)
    done = bisect_left(told, True, key=lambda recording: receipts.find(recording.request) is None)
    accounts: dict[str, UUID] = {}
    for place, recording in enumerate(told[done:], start=done + 1):
        _record(council, recording, accounts)
        if progress:
            progress(place, len(told))
    return len(told) - done


def account_of(council: Council, local_id: str) -> UUID | None:
    """The account that is kept for somebody, if any."""
    return next(iter(council.people.find(Search(local_id=local_id))), None)


def _begun(council: Council) -> Story | None:
    """The story that the council is being filled with; None where nothing tells yet which it is.

    The first two requests of every story are the same, so that the third may say which story they belong to.
    """
    first = account_of(council, ADA)
    if first:
        return story_of(council.ledger.account(first))
    if council.ledger.recorder.max_notification_id():
        raise NotTheStory
    return None


def _record(council: Council, recording: Recording, accounts: dict[str, UUID]) -> None:
    asked, by, request = recording.asked, recording.by, recording.request
    if isinstance(asked, OpenAccount):
        assert recording.person is not None  # it comes with the opening
        outcome = council.ledger.open(recording.person, asked, by=by, now=recording.at, request=request)
        accounts[recording.local_id] = outcome.account.id
        return
    account_id = accounts.get(recording.local_id) or account_of(council, recording.local_id)
    assert account_id is not None  # it was opened by an earlier recording
    accounts[recording.local_id] = account_id
    if recording.about:
        asked = recording.naming(_entry_of(council, recording.about))
    texts = (recording.texts or {},)
    council.ledger.handle(account_id, asked, by=by, now=recording.at, request=request, texts=texts)


def _entry_of(council: Council, recording: Recording) -> str:
    """The entry that an earlier request brought about, also one that was recorded before an interruption."""
    receipt = Receipts(council.app, council.names).find(recording.request)
    assert receipt is not None  # what names it comes after it
    return str(entry_id(receipt.account_id, receipt.first_version))
