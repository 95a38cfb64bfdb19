"""What was charged, and how were the figures worked out that are in question?"""

import logging
from collections.abc import Iterator
from decimal import Decimal

from api.dossier.document import Chapter, Reckoning, Step
from api.dossier.gathered import Gathered
from api.letters.document import Line, NamedFigure, NamedFigures, Sum, Words
from api.pages.explained import NAMES, told
from api.pages.money_check import money_check_words
from api.pages.words import counted, day, pounds
from api.pages.working import Section
from domain.account.explanation import Explained, Figure
from domain.account.facts import FINANCIAL_ASSESSMENTS, BudgetSet, ChargeRaised
from domain.account.in_force import charges_raised, entry_on
from domain.account.state import Entry
from domain.dates import ONE_DAY
from domain.parameters import NotInForce
from domain.words import span

log = logging.getLogger(__name__)

UNDER_REVIEW = (
    "These figures cannot be worked out, so this account is under review. What was recorded of it stands above."
)
FIGURES: tuple[Figure, ...] = ("accrued_costs", "weekly_rate")


def charged(found: Gathered) -> Chapter:
    """Every charge that counts, with its days, and what they come to; and how many count no more."""
    counting = charges_raised(found.account)
    lines = [_charge(charge) for _, charge in sorted(counting, key=lambda each: each[1].period_from)]
    ever = sum(isinstance(entry.fact, ChargeRaised) for entry in found.account.entries)
    gone = ever - len(counting)
    parts: list[Sum | Words] = [Words(text=_none_of(gone))] if gone else []
    if lines:
        total = sum((charge.amount for _, charge in counting), Decimal("0.00"))
        together = Line(days="Together", why="", amount=pounds(total), from_=None, to=None)
        parts.append(Sum(caption="Charges that count", headings=("Days", "Amount"), lines=(*lines, together)))
    return Chapter(heading="What was charged", parts=tuple(parts or [Words(text="No charge was recorded.")]))


def _charge(charge: ChargeRaised) -> Line:
    last = charge.period_ending_before - ONE_DAY
    days, why = span(charge.period_from, last), f"Reference {charge.reference}"
    return Line(days=days, why=why, amount=pounds(charge.amount), from_=charge.period_from, to=last)


def _none_of(gone: int) -> str:
    return f"{counted(gone, 'charge')} count{'s' if gone == 1 else ''} as nothing: retracted, or corrected by another."


def worked_out(found: Gathered) -> Iterator[Chapter]:
    """The figures at the close of the day, each as the tree of what makes it; then what is paid, line by line."""
    under = f"Correct up to {day(found.on)}, under the scheme {found.scheme.name}: {found.scheme.title}."
    parts: list[Words | Reckoning] = [Words(text=under)]
    try:
        parts += [_figure(found, figure) for figure in FIGURES]
    except NotInForce as fault:
        parts.append(Words(text=f"These figures cannot be worked out. {fault}"))
    except Exception:  # whoever looks into a fault needs the history most
        log.exception("account %s could not be worked out", found.account.id)
        parts.append(Words(text=UNDER_REVIEW))
    yield Chapter(heading="How the figures were worked out", parts=tuple(parts))
    yield _paid(found)


def _figure(found: Gathered, figure: Figure) -> Reckoning:
    explained = told(found.account, found.scheme, found.on, figure)
    versions, whole = explained.versions, explained.whole
    value = pounds(whole.amount) if whole.amount is not None else whole.value or "none"
    step = _step(whole, versions)
    return Reckoning(whole=step.model_copy(update={"words": f"{NAMES[figure]}: {value}. {whole.words}"}))


def _step(part: Explained, versions: dict[str, int]) -> Step:
    entries = ", ".join(f"entry {versions[named]}" for named in part.entries)
    law = part.parameter
    amount = f"{law.name.replace('_', ' ')}, {law.amount} {law.unit} from {day(law.from_)}" if law else ""
    return Step(
        words=part.words,
        amount="" if part.amount is None else pounds(part.amount),
        rests_on=tuple(
            f"{name}: {text}."
            for name, text in (
                ("Arithmetic", part.arithmetic),
                ("From", entries),
                ("Law", part.provision),
                ("Amount in law", f"{amount} ({law.authority}; {law.certainty})" if law else ""),
            )
            if text
        ),
        parts=tuple(_step(child, versions) for child in part.children),
    )


def _paid(found: Gathered) -> Chapter:
    """What care should cost, and what the money check in force on the day says is paid, with its sums."""
    budget = entry_on(found.account, BudgetSet, found.on)
    check = entry_on(found.account, FINANCIAL_ASSESSMENTS, found.on)
    rows = [
        *([_cost(budget)] if budget else []),
        *([_contribution(check)] if check else []),
    ]
    parts = [NamedFigures(rows=tuple(rows))] if rows else [Words(text="No budget and no money check was in force.")]
    sums = list(_sums(found, check)) if check else []
    return Chapter(heading=f"What care cost and what was paid on {day(found.on)}", parts=(*parts, *sums))


def _cost(entry: Entry) -> NamedFigure:
    assert isinstance(entry.fact, BudgetSet)  # nothing else was asked for
    note = f"Entry {entry.version}, from {day(entry.fact.effective_from)}."
    return NamedFigure(name="What care should cost", value=f"{pounds(entry.fact.weekly_cost)} a week", note=note)


def _contribution(entry: Entry) -> NamedFigure:
    assert isinstance(entry.fact, FINANCIAL_ASSESSMENTS)  # nothing else was asked for
    value = f"{pounds(entry.fact.weekly_contribution)} a week"
    note = f"Entry {entry.version}, from {day(entry.fact.effective_from)}."
    return NamedFigure(name="What the money check says is paid", value=value, note=note)


def _sums(found: Gathered, check: Entry) -> Iterator[Words | Sum]:
    said = money_check_words(found.account, check, None)
    if said.changed:
        yield Words(text=said.changed.words)
    yield from (_sum(section) for section in said.sections if section.rows)


def _sum(section: Section) -> Sum:
    rows = (*section.rows, *([section.total] if section.total else []))
    lines = (
        Line(days=row.label, why=row.law if row.line else row.note, amount=pounds(row.amount), from_=None, to=None)
        for row in rows
    )
    return Sum(caption=section.heading, headings=("Line", "A week"), lines=tuple(lines))
