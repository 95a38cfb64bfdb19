"""Which questions were asked and answered by when, and who recorded, approved and looked?"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from api.dossier.document import Chapter, Happening, Happenings
from api.dossier.gathered import Gathered
from api.letters.document import Points, Words
from api.pages.looked import what_in_words, who_in_words, why_of
from api.pages.recorded import OUTCOMES, for_staff
from api.pages.unsettled import Dispute, disputes
from api.pages.words import counted, day, day_of, role
from domain.account.proposals import Proposal, proposals
from domain.dates import day_in_london
from ledger.store.access_log import Look


def asked(found: Gathered) -> Chapter:
    """Every question with its clock."""
    items = tuple(_question(found, each) for each in sorted(disputes(found.account), key=lambda one: one.entry.version))
    nothing = Words(text="Nobody has questioned anything of this account.")
    return Chapter(heading="Questions and answers", parts=(Happenings(items=items) if items else nothing,))


def in_question(found: Gathered) -> Iterator[Chapter]:
    """The question that the dossier is made for."""
    if found.question:
        parts = (Happenings(items=(_question(found, found.question),)),)
        yield Chapter(heading="What is in question", parts=parts)


def _question(found: Gathered, dispute: Dispute) -> Happening:
    answer, answered = dispute.answer, dispute.answered
    state = OUTCOMES[answer.outcome] if answer else "not answered yet"
    words = [found.words.get(entry.version, {}) for entry in (dispute.entry, answered) if entry]
    told = [f'"{text}"' for each in words for text in each.values()]
    return Happening(
        heading=f"Question of {day(dispute.raised.raised_on)}: {state}",
        by=dispute.entry.recorded_by,
        times=(f"Entry {dispute.entry.version}.", _clock(found, dispute)),
        said=(for_staff(dispute.raised, found.account).sentence, *told),
    )


def _clock(found: Gathered, dispute: Dispute) -> str:
    raised, answer = dispute.raised, dispute.answer
    ends = answer.on if answer else day_in_london(found.known_at)
    over = ends - raised.answer_due_on
    took = counted((ends - raised.raised_on).days, "day")
    said = f"Answered after {took}" if answer else f"Open for {took}"
    late = f", {counted(over.days, 'day')} late" if over > timedelta() else ""
    return f"{said}{late}. It was due by {day(raised.answer_due_on)}."


def who(found: Gathered) -> Chapter:
    """Who recorded which entries, who approved what another proposed, and who looked."""
    approved = tuple(map(_approval, proposals(found.account)))
    return Chapter(
        heading="Who recorded, approved and looked",
        parts=(
            Points(heading="Recorded", items=tuple(_recorded(found))),
            *((Points(heading="Needed two people", items=approved),) if approved else ()),
            _looked(found),
        ),
    )


def _recorded(found: Gathered) -> Iterator[str]:
    by: dict[tuple[str, str], list[int]] = defaultdict(list)
    for entry in found.account.entries:
        by[entry.recorded_by, entry.role].append(entry.version)
    for (name, in_role), versions in by.items():
        yield f"{name} ({role(in_role)}): {'entries' if len(versions) > 1 else 'entry'} {_listed(versions)}"


def _listed(versions: Sequence[int]) -> str:
    return ", ".join(map(str, versions))


def _approval(proposal: Proposal) -> str:
    first = f"The adjustment of entry {proposal.entry.version}, proposed by {proposal.entry.recorded_by}"
    if proposal.approved:
        second = proposal.approved
        return f"{first}, was approved by {second.recorded_by} on {day_of(second.recorded_at)}, entry {second.version}"
    back = proposal.returned
    return f"{first}, was sent back by {back.recorded_by}" if back else f"{first}, waits for a second person"


def _looked(found: Gathered) -> Points | Words:
    looks = Counter((_who(found, look), why_of(look, found.reveals), _what(look)) for look in found.looks)
    if not looks:
        return Words(text="Nobody has looked at this account.")
    last = {(_who(found, look), why_of(look, found.reveals), _what(look)): look.at for look in found.looks}
    return Points(
        heading="Looked",
        items=tuple(
            f"{name}: {what}. Why: {why}. {counted(times, 'time')}, the last on {day_of(last[name, why, what])}"
            for (name, why, what), times in looks.items()
        ),
    )


def _who(found: Gathered, look: Look) -> str:
    return f"{look.who} ({role(look.role)})" if found.names_colleagues else who_in_words(look)


def _what(look: Look) -> str:
    return what_in_words(look) + (", which was refused" if look.refused else "")
