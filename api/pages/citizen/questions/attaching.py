"""How is a paper added to a question: taken with the form, kept from page to page, and sent with the question?"""

import re
from collections.abc import Callable
from typing import NamedTuple

from psycopg2.extensions import cursor

from api.pages.asked import Asked
from api.pages.attached import NotTaken, in_words, kind_of
from api.pages.citizen.own import own_id
from api.pages.page import Visit
from api.pages.representing import carried
from api.pages.sent import unreadable
from api.pages.upload import file_sent
from domain.account.state import Entry
from ledger.vault.attachments import NoLongerGiven

FIELD, NAMED, WITHOUT = "paper", "attachment", "without"
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Given(NamedTuple):
    """A paper that waits for its question: its SHA-256, and what it is in words."""

    digest: str
    words: str


def taken(visit: Visit, asked: Asked) -> Given | None:
    """The paper that the form sends, or the one that it names; None without, and for a mistake, which is kept."""
    content, name = file_sent(visit.request, FIELD)
    if not content and not name:
        return None if asked.text(WITHOUT) else _given(visit, asked, named(asked))
    try:
        kind = kind_of(content)
    except NotTaken as fault:
        asked.errors[FIELD] = str(fault)
        return _given(visit, asked, named(asked))
    return _given(visit, asked, visit.council.attachments.give(own_id(visit), name, kind, content, visit.now))


def named(asked: Asked) -> str | None:
    """The paper that a form names; None where it names none. Raises ApiError for what is no name."""
    digest = asked.text(NAMED) or None
    if digest and not _DIGEST.fullmatch(digest):
        raise unreadable()
    return digest


def carried_with(visit: Visit, given: Given | None) -> list[tuple[str, str]]:
    """What the next form carries on of the one that was sent, and the paper."""
    typed = [(name, value) for name, value in carried(visit) if name not in (NAMED, WITHOUT)]
    return [*typed, (NAMED, given.digest)] if given else typed


def sending(visit: Visit, digest: str | None) -> Callable[[cursor, tuple[Entry, ...]], None] | None:
    """What is kept with the entry of the question: its paper, where it has one."""

    def send(statements: cursor, entries: tuple[Entry, ...]) -> None:
        assert digest is not None  # or nothing is kept
        visit.council.attachments.send(statements, entries[0].account_id, entries[0].version, digest)

    return send if digest else None


def _given(visit: Visit, asked: Asked, digest: str | None) -> Given | None:
    if digest is None:
        return None
    paper = visit.council.attachments.given(own_id(visit), digest)
    if paper is None:
        asked.errors.setdefault(FIELD, gone())
    return Given(digest, in_words(paper)) if paper else None


def gone() -> str:
    """What is told where a paper was let go meanwhile."""
    return str(NoLongerGiven.__doc__).rstrip(".")
