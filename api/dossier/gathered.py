"""What is read of an account for its dossier, as known at a moment, and how much of it may its reader see?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from api.auth import Identity
from api.pages.unsettled import Dispute, disputes
from api.policy import may
from api.v1.person import shown_people, shown_words
from domain.account.refusals import NoSuchEntry
from domain.account.state import CareAccount
from domain.dates import day_in_london
from domain.schemes import Scheme
from ledger.council import Council
from ledger.evidence.proving import Proved, proved
from ledger.letters import LetterEvent, Listed
from ledger.store.access_log import Look, Wanted
from ledger.store.letter_rows import Letters
from ledger.vault.person import Person
from ledger.vault.reveals import Reveal


@dataclass(frozen=True)
class Sent:
    """A letter, and what was done with it and heard of it by then."""

    listed: Listed
    events: tuple[LetterEvent, ...]


@dataclass(frozen=True)
class Gathered:
    """Everything that one dossier tells. Figures are for the close of the day `on`.

    `question` is the dispute that it is made for; `names_colleagues` says whether its reader is told who looked by
    their sign-in, or as the person is told it.
    """

    council: Council
    account: CareAccount
    scheme: Scheme
    on: date
    known_at: datetime
    question: Dispute | None
    person: Person | None
    words: Mapping[int, Mapping[str, str]]
    letters: tuple[Sent, ...]
    looks: tuple[Look, ...]
    reveals: tuple[Reveal, ...]
    names_colleagues: bool
    proved: Proved


def gathered(
    council: Council,
    identity: Identity,
    account: CareAccount,
    known_at: datetime,
    dispute: UUID | None = None,
    on: date | None = None,
) -> Gathered:
    """Everything about an account as it was known then. Names and words are there for roles that are shown them.

    Without a day the figures are for the day in question, else for the day of the moment. Raises NoSuchEntry.
    """
    question = _question(account, dispute) if dispute else None
    looks = council.access_log.read(Wanted(account_id=account.id, limit=None))
    return Gathered(
        council=council,
        account=account,
        scheme=council.scheme_at(known_at),
        on=on or (in_question(account, question) if question else day_in_london(known_at)),
        known_at=known_at,
        question=question,
        person=shown_people(council, [account.id], identity).get(account.id),
        words=shown_words(council, account.id, None, identity),
        letters=_letters(council, account.id, known_at),
        looks=tuple(each.look for each in reversed(looks) if each.look.at <= known_at),
        reveals=tuple(council.reveals.of(account.id)),
        names_colleagues=may(identity.role, "read_access_log"),
        proved=proved(council, account.id, account.version),
    )


def _question(account: CareAccount, dispute: UUID) -> Dispute:
    found = next((each for each in disputes(account) if each.entry.id == dispute), None)
    if found is None:
        raise NoSuchEntry
    return found


def in_question(account: CareAccount, question: Dispute) -> date:
    """The day whose figures a dispute is about: the last of the days of a line, or the first day of an entry."""
    line, named = question.raised.about.line, question.raised.about.entry_id
    if line:
        return line.to
    entry = account.entry(str(named))
    assert entry is not None  # the decision found it among the account's entries
    return entry.fact.effective_from


def _letters(council: Council, account_id: UUID, known_at: datetime) -> tuple[Sent, ...]:
    rows = Letters(council.app, council.names)
    return tuple(
        Sent(listed, tuple(event for event in rows.events(listed.letter.letter_id) if event.at <= known_at))
        for listed in rows.of(account_id)
        if listed.letter.asked_at <= known_at
    )
