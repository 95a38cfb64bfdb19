"""How is a dossier put together from what was gathered?"""

from collections.abc import Iterator

from api.dossier.calculated import charged, worked_out
from api.dossier.document import Chapter, Dossier, Happenings
from api.dossier.gathered import Gathered
from api.dossier.happened import happened
from api.dossier.people import asked, in_question, who
from api.letters.document import NamedFigure, NamedFigures, Points, Words
from api.pages.law import law_words
from api.pages.paper import face_of
from api.pages.words import counted, day, exact_instant
from ledger.evidence.proving import Proved

HOW_TO_CHECK = (
    "Each entry has a hash: it covers the entry and the hash of the entry before it. So nothing can be changed, taken"
    " out or put in without the last hash being another.",
    "All entries of the council stand in one log. The note below was signed over all of it.",
    "The file that goes with this, dossier.json, has the way from the hash of each entry to the note.",
    "Who wants to check it without us can ask for the evidence of this account. With it goes verify.py. It needs Python"
    " and nothing else: python3 verify.py FOLDER --key KEY. It works every total out again.",
)


def dossier(found: Gathered) -> Dossier:
    """The whole of it."""
    account, face = found.account, face_of(found.council)
    return Dossier(
        sender=face.sender,
        reference=f"Reference {account.opened.reference}",
        title=f"Dossier of the care account {account.opened.reference}",
        opening=tuple(_opening(found)),
        chapters=tuple(_chapters(found)),
        proof=f"As known on {exact_instant(found.known_at)}: {counted(account.version, 'entry', 'entries')}.",
        on=found.on,
        known_at=found.known_at,
        proved=found.proved,
    )


def _opening(found: Gathered) -> Iterator[str]:
    yield "This is everything that was recorded of one care account, in the order in which it came about."
    yield f"It is told as it was known on {exact_instant(found.known_at)}."
    yield 'In it "you" and "your" mean the person whose account this is.'
    law = law_words(found.council, found.known_at)
    yield from ((law,) if law else ())
    if found.person is None:
        yield "It stands under the reference alone: whoever made it is shown no names."


def _chapters(found: Gathered) -> Iterator[Chapter]:
    yield Chapter(heading="Whose account it is", parts=(NamedFigures(rows=tuple(_account(found))),))
    yield from in_question(found)
    yield Chapter(heading="What happened, in order", parts=(Happenings(items=tuple(happened(found))),))
    yield charged(found)
    yield from worked_out(found)
    yield asked(found)
    yield who(found)
    yield _proof(found.proved)


def _account(found: Gathered) -> Iterator[NamedFigure]:
    opened, closed = found.account.opened, found.account.closed
    yield NamedFigure(name="Reference", value=opened.reference)
    if found.person:
        yield NamedFigure(name="Name", value=found.person.name or "Not recorded")
    yield NamedFigure(name="Opened", value=day(opened.opened_on))
    if closed:
        yield NamedFigure(name="Closed", value=day(closed.on))


def _proof(proved: Proved) -> Chapter:
    heading = "How this can be checked"
    if proved.fault:
        return Chapter(heading=heading, parts=(Words(text=f"Nothing can be shown yet. {proved.fault}"),))
    return Chapter(
        heading=heading,
        parts=(
            NamedFigures(rows=tuple(_shown(proved))),
            Points(items=HOW_TO_CHECK),
            *(
                (Points(heading="The note that was signed", items=tuple(filter(None, proved.note.splitlines()))),)
                if proved.note
                else ()
            ),
        ),
    )


def _shown(proved: Proved) -> Iterator[NamedFigure]:
    changed = [each.version for each in proved.entries if not each.whole]
    said = f"Changed since: {', '.join(map(str, changed))}" if changed else "All as they were recorded"
    yield NamedFigure(name="Hashes worked out again", value=said)
    unsigned = sum(each.proof is None for each in proved.entries)
    what = f"{len(proved.entries) - unsigned} of {counted(len(proved.entries), 'entry', 'entries')}"
    note = "The others were recorded since the log was signed last." if unsigned else ""
    yield NamedFigure(name="In the log that was signed", value=what, note=note)
