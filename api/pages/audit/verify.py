"""/audit/verify: is everything as it was recorded and signed, who else saw that, and how is it checked without us?"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from flask import flash, get_flashed_messages, redirect, render_template
from flask.typing import ResponseReturnValue

from api.kit.afterwards import afterwards
from api.pages.asked import Asked
from api.pages.audit.integrity import integrity
from api.pages.page import Visit, form, page
from api.pages.sent import key_sent
from api.policy import may
from api.verifying import Clock, Evidence, Verifying, evidence_here
from ledger.evidence.checkpoint import Checkpoint, witnessed
from ledger.evidence.note import NotSigned, PublicKey
from ledger.evidence.said import Cosigned
from ledger.store.checked_log import CheckedLog
from ledger.store.verifications import Verification

PATH = "/audit/verify"
MOST_WITNESSED = 10


class Anchor(NamedTuple):
    """A checkpoint, and where it is kept."""

    kept_in: str
    checkpoint: Checkpoint


class Witnessed(NamedTuple):
    """What a witness said, as far as it proves itself: who, of how many entries, and when."""

    name: str
    size: int
    at: datetime


@page(PATH, "read_council")
def verify(visit: Visit) -> ResponseReturnValue:
    """What was found last, how far it is now, and what it all rests on."""
    evidence = evidence_here(visit.installation.settings.home, visit.council.code)
    with visit.council.app.transaction() as statements:
        log = CheckedLog.at_one_moment(statements, visit.council.names.schema)
        size, cosigned, signed = log.size, log.cosignatures()[:MOST_WITNESSED], log.last_note()
        notes = {each.size: log.note(each.size) for each in cosigned}
    return render_template(
        "audit/verify.html",
        page_title="Verify the records",
        wide=True,
        done=next(iter(get_flashed_messages()), None),
        now=visit.latest,
        size=size,
        integrity=integrity(visit),
        anchors=[*_anchors("The database", [signed] if signed else []), *_outside(evidence)],
        witnesses=[said for each in cosigned for said in _witnessed(each, notes[each.size])],
        public_key=evidence.key,
        may_verify=may(visit.identity.role, "verify_log"),
        key=uuid4().hex,
    )


@form(PATH, "verify_log")
def begin_verifying(visit: Visit) -> ResponseReturnValue:
    """Begin once, however often the form is sent; the work goes on after the answer. Nothing recorded is changed."""
    verification_id = UUID(key_sent(Asked(visit.request.form)))
    council, clock = visit.council, visit.installation.settings.now
    verifying = Verifying(council, evidence_here(visit.installation.settings.home, council.code))
    begun = verifying.begin(by=visit.identity.sub, now=visit.now, verification_id=verification_id)
    afterwards(f"verification {begun.number} of {council.code}", lambda: _to_the_end(verifying, begun, clock))
    flash("Verifying has begun.")
    return redirect(PATH, 303)


def _to_the_end(verifying: Verifying, begun: Verification, clock: Clock) -> None:
    verifying.go_on(begun, clock)


def _anchors(kept_in: str, notes: Iterable[str]) -> Iterator[Anchor]:
    """What notes say, unproved: whether they hold is what verifying tells."""
    for note in notes:
        try:
            yield Anchor(kept_in, Checkpoint.unproved(note))
        except NotSigned:
            continue


def _outside(evidence: Evidence) -> Iterator[Anchor]:
    """The newest checkpoint of each place outside of the database."""
    for kept in evidence.kept:
        yield from list(_anchors(kept.where.capitalize(), kept.notes))[-1:]


def _witnessed(cosigned: Cosigned, note: str | None) -> Iterator[Witnessed]:
    """What a witness said of a note, where it proves itself."""
    witness = PublicKey.read(cosigned.witness)
    for at in witnessed((note or "") + cosigned.line, witness):
        yield Witnessed(witness.name, cosigned.size, at)
