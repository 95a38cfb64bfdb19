"""What does a statement say: from the account as it was known, the statement's figures, the person and the council?"""

from collections.abc import Iterator
from decimal import Decimal

from api.letters.document import (
    Head,
    HeadedStatement,
    Line,
    Meter,
    NamedFigures,
    Points,
    Section,
    StatementDocument,
    Sum,
    Words,
)
from api.letters.figures import named
from api.letters.words import FORMATS, WITHOUT_A_CAP, WRONG, answer, help_of, what_counts
from api.pages.changes import Change, changes
from api.pages.face import CouncilFace
from api.pages.law import ILLUSTRATION
from api.pages.paper import post_to
from api.pages.words import day, day_of, instant, percent, pounds
from domain.account.facts import BudgetSet, StatementIssued
from domain.account.figures import StatementFigures
from domain.account.in_force import stretches
from domain.account.state import CareAccount
from domain.schemes import Scheme
from domain.words import counted
from ledger.vault.person import Person

FIRST_TEMPLATE = "statement-1"
"""What a statement is set by of which no paper was kept: so what was made before papers were kept stays as it is."""
NEWEST_TEMPLATE = "statement-2"
"""What a statement is set by that is made today: it names the entry that it rests on."""


def statement_document(
    council: CouncilFace,
    account: CareAccount,
    issued: StatementIssued,
    scheme: Scheme,
    person: Person | None,
    head: Head | None = None,
) -> StatementDocument:
    """A statement ready to be shown: the same whatever was recorded since, for only what came before is looked at.

    `scheme` is the one that was adopted when it was made. Without a person it stands under the reference alone. Without
    its head, the last entry that it rests on, it is one that was made before that was said.
    """
    said = _without_head(council, account, issued, scheme, person)
    if head is None:
        return said
    return HeadedStatement(**dict(said) | {"proof": f"{said.proof} {_rests_on(head)}", "head": head})


def _rests_on(head: Head) -> str:
    """In pieces, so that a line can end between them."""
    pieces = " ".join(head.hash[at : at + 8] for at in range(0, len(head.hash), 8))
    return (
        f"It rests on the first {counted(head.version, 'entry', 'entries')} of the account. The last of them is number"
        f" {head.position:,} in our records. Its fingerprint is {pieces}."
    )


def _without_head(
    council: CouncilFace, account: CareAccount, issued: StatementIssued, scheme: Scheme, person: Person | None
) -> StatementDocument:
    figures, then = issued.figures, account.first(issued.figures.version)
    kinds, died = budget_kinds(then, figures), _has_died(then)
    return StatementDocument(
        template=issued.paper.template if issued.paper else FIRST_TEMPLATE,
        to=_addressed(person, died),
        sender=council.sender,
        phone=f"Phone {council.phone}" if council.phone else None,
        dated=day_of(issued.known_at),
        reference=f"Reference {then.opened.reference}",
        law=None if figures.cap is None or figures.provisions_in_force else ILLUSTRATION,
        title=f"Statement to {day(figures.to)}",
        period=f"From {day(figures.from_)} to {day(figures.to)}",
        heading="Your care account statement",
        opening=FOR_THE_EXECUTORS if died else (),
        answer=answer(figures),
        meter=_meter(figures),
        sections=tuple(_sections(figures, then, scheme, kinds)),
        help=help_of(council),
        proof=_proof(issued, 1 + len(then.of(StatementIssued))),
        known_at=issued.known_at,
        digest=issued.digest,
        figures=figures,
    )


FOR_THE_EXECUTORS = (
    "We are sorry for your loss. You have this because the person whose account this is has died.",
    'In this statement "you" and "your" mean the person who has died.',
)


def budget_kinds(account: CareAccount, figures: StatementFigures) -> list[str]:
    """Who met the needs in the days of some figures: "independent", "personal", both in this order, or nobody."""
    within = (s for s in stretches(account, BudgetSet) if s.first <= figures.to and s.ending_before > figures.from_)
    return sorted({s.value.fact.kind for s in within if isinstance(s.value.fact, BudgetSet)})


def _has_died(account: CareAccount) -> bool:
    return account.closed is not None and account.closed.reason == "died"


def _addressed(person: Person | None, died: bool) -> tuple[str, ...]:
    name = person.name if person else None
    first = f"The executors of {name}" if name and died else name
    return (*((first,) if first else ()), *post_to(person))


def _meter(figures: StatementFigures) -> Meter | None:
    if figures.cap is None or figures.percent is None:
        return None
    share, counted, cap = percent(figures.percent), pounds(figures.accrued_costs), pounds(figures.cap)
    return Meter(
        percent=figures.percent,
        accrued_costs=figures.accrued_costs,
        cap=figures.cap,
        reached=f"{share} of the cap reached",
        whole=f"The cap: {cap}",
        description=f"A bar, {share} of it filled: {counted} counted so far, of a cap of {cap}.",
    )


def _sections(figures: StatementFigures, account: CareAccount, scheme: Scheme, kinds: list[str]) -> Iterator[Section]:
    if figures.cap is None:
        yield Section(heading="What this means", parts=tuple(Words(text=text) for text in WITHOUT_A_CAP))
    else:
        yield _what_changed(figures, account, scheme)
    yield Section(heading="Your figures", parts=(NamedFigures(rows=tuple(named(figures, account, kinds))),))
    if figures.cap is not None:
        yield Section(heading="How we worked it out", parts=tuple(_worked_out(figures, kinds)))
        yield Section(heading="What counts and what does not", parts=what_counts(kinds))
    yield Section(heading="If you think this is wrong", parts=tuple(Words(text=text) for text in WRONG))
    yield FORMATS


def _what_changed(figures: StatementFigures, account: CareAccount, scheme: Scheme) -> Section:
    found = changes(figures, account, scheme)
    lines = tuple(map(_line, (found.opening, *found.rows, found.closing)))
    caption = f"Costs counted from {day(figures.from_)} to {day(figures.to)}"
    heading = "What changed since your last statement" if found.since_statement else "What we have counted"
    return Section(heading=heading, parts=(Sum(caption=caption, headings=("Days", "Amount"), lines=lines),))


def _line(change: Change) -> Line:
    return Line(days=change.days, why=change.why, amount=pounds(change.amount), from_=change.from_, to=change.to)


def _worked_out(figures: StatementFigures, kinds: list[str]) -> Iterator[Words | Points]:
    rate, ours = figures.weekly_rate, kinds == ["personal"]
    yield Words(
        text="For each day we take one seventh of a week's cost. We add up the days and round once, to the penny."
    )
    if rate and rate.daily_living_costs and figures.metering == "metering":
        cost, living, left = pounds(rate.base), pounds(rate.daily_living_costs), pounds(rate.metered)
        yield Words(
            text=f"{'We charge you' if ours else 'Your care costs'} {cost} a week. Of this, {living} a week stands for "
            f"living costs. That leaves {left} a week, which counts."
        )
    counted = sum((line.metered for line in figures.lines), Decimal("0.00"))
    yield Words(text=f"Together, the days of this statement added {pounds(counted)}.")


def _proof(issued: StatementIssued, number: int) -> str:
    """What was known, and how staff can tell that the paper is theirs."""
    code = f"{issued.digest[:4]}-{issued.digest[4:8]}".upper()
    made = f"Statement {number}, made on {day_of(issued.known_at)}."
    ours = "Our staff can use the code to check that this statement is ours."
    return f"As known on {instant(issued.known_at)}. {made} Check code {code}. {ours}"
