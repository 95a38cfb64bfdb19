"""/v1/care-accounts/{id}/disputes: what somebody questions, by when it is to be answered, and the answer."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from api.kit.call import Answer, Call, Write
from api.kit.endpoint import get, post
from api.kit.problems import invalid_field
from api.kit.recording import RECORDED_OR_WEIGHED, Recorded, Weighed, carry_out, record, recorded, weigh, words_given
from api.v1.paging import Paged, Place, cursor, place_of
from api.v1.person import shown_words
from api.v1.shared import ACCOUNT, AsKnown, account_known, entry_id_in, known_at
from domain.account.commands import AnswerDispute, RaiseDispute
from domain.account.facts import DisputeAnswered, DisputedThing, DisputeRaised
from domain.account.state import CareAccount, Entry
from domain.dates import Day, Instant, day_in_london
from domain.terms import Terms
from ledger.vault.words import Words

_DISPUTES = f"{ACCOUNT}/disputes"
Outcome = Literal["upheld", "partly_upheld", "not_upheld", "withdrawn"]


class Dispute(Terms):
    """What is questioned, one entry or one line, and why: the words are kept apart from the facts."""

    about: DisputedThing
    text: Words


class DisputeTaken(Recorded):
    """What was recorded, and by when it is to be answered."""

    dispute_id: UUID
    answer_due_on: Day


class Finding(Terms):
    """What the council found; the words are kept apart from the facts."""

    outcome: Outcome
    text: Words | None = None


class DisputeListed(Terms):
    """A dispute, its clock and its answer; the words are null for roles that see no people.

    `days_open` counts to the answer, or to the day the list is of. It is overdue when that is after `answer_due_on`.
    """

    dispute_id: UUID
    about: DisputedThing
    raised_on: Day
    answer_due_on: Day
    status: Literal["open", "answered"]
    days_open: int
    overdue: bool
    outcome: Outcome | None
    answered_on: Day | None
    text: str | None
    answer: str | None


class DisputesQuery(AsKnown, Paged):
    """The moment of knowledge, and which page."""


class DisputesListed(Terms):
    """The disputes of an account, oldest first."""

    account_id: UUID
    version: int
    known_at: Instant
    items: tuple[DisputeListed, ...]
    next: str | None


@post(_DISPUTES, "raise_dispute", Dispute, {201: DisputeTaken, 200: Weighed})
def raise_dispute(call: Call[Dispute, Write]) -> Answer:
    """Question an entry or a line. The council's clock to answer begins today."""
    line = call.body.about.line
    if line and line.to < line.from_:
        raise invalid_field("/about/line/to", f"This line ends before it begins: give {line.from_} or a later day.")
    command = RaiseDispute(about=call.body.about, raised_on=day_in_london(call.now))
    if call.query.dry_run:
        return weigh(call, command)
    outcome = carry_out(call, command, {"text": call.body.text})
    entry = outcome.entries[0]
    return recorded(outcome, DisputeTaken, dispute_id=entry.id, answer_due_on=_raised(entry).answer_due_on)


@post(f"{_DISPUTES}/{{dispute_id}}/outcome", "answer_dispute", Finding, RECORDED_OR_WEIGHED)
def answer_dispute(call: Call[Finding, Write]) -> Answer:
    """Answer a dispute. What is then put right is recorded by itself, as a correction or an adjustment."""
    dispute, today = entry_id_in(call, "dispute_id"), day_in_london(call.now)
    command = AnswerDispute(dispute=dispute, on=today, outcome=call.body.outcome)
    return record(call, command, words_given({"text": call.body.text}))


@get(_DISPUTES, "read_account", DisputesListed, DisputesQuery)
def list_disputes(call: Call[Any, DisputesQuery]) -> Answer:
    """Every dispute there had been by then, as it stood on the day of that moment."""
    account, known, start = account_known(call), known_at(call), place_of(call).offset
    raised = account.of(DisputeRaised)
    end = start + call.query.limit
    listed = DisputesListed(
        account_id=account.id,
        version=account.version,
        known_at=known,
        items=_listed(call, account, [entry for entry, _ in raised[start:end]]),
        next=cursor(Place(offset=end, known_at=known)) if end < len(raised) else None,
    )
    return Answer(listed, version=account.version)


def _listed(call: Call[Any, Any], account: CareAccount, raised: list[Entry]) -> tuple[DisputeListed, ...]:
    answers = {fact.dispute: (entry.version, fact) for entry, fact in account.of(DisputeAnswered)}
    found = [answers.get(str(entry.id), (0, None)) for entry in raised]
    versions = [*(entry.version for entry in raised), *(version for version, _ in found)]
    words = shown_words(call.council, account.id, versions, call.identity)
    texts = {version: fields["text"] for version, fields in words.items()}
    today = day_in_london(known_at(call))
    return tuple(
        _one(entry, answer, today, texts.get(entry.version), texts.get(version))
        for entry, (version, answer) in zip(raised, found, strict=True)
    )


def _one(entry: Entry, found: DisputeAnswered | None, today: date, text: str | None, told: str | None) -> DisputeListed:
    dispute = _raised(entry)
    until = found.on if found else today
    return DisputeListed(
        dispute_id=entry.id,
        about=dispute.about,
        raised_on=dispute.raised_on,
        answer_due_on=dispute.answer_due_on,
        status="answered" if found else "open",
        days_open=(until - dispute.raised_on).days,
        overdue=until > dispute.answer_due_on,
        outcome=found.outcome if found else None,
        answered_on=found.on if found else None,
        text=text,
        answer=told,
    )


def _raised(entry: Entry) -> DisputeRaised:
    assert isinstance(entry.fact, DisputeRaised)  # the command records nothing else, and the list holds no other
    return entry.fact
