"""What did one stroke do to a total: an opening carried in, an annual or manual adjustment, a cap that was lowered?"""

from collections.abc import Iterator
from decimal import Decimal

from domain.account.explanation import sums
from domain.account.explanation.node import (
    Explained,
    adding_up,
    amount_of_law,
    percentage_of_law,
)
from domain.account.explanation.total import Total, change, of
from domain.account.facts import AdjustmentApproved, AdjustmentProposed, OpeningCarriedIn, OpeningEvidenced
from domain.account.running import Counted, Move
from domain.account.state import CareAccount, Entry
from domain.law import provisions
from domain.money import percentage_text, to_the_penny
from domain.schemes import AnnualAdjustment, CapRules
from domain.words import day, pounds


def strokes_first(account: CareAccount, rules: CapRules, counted: Counted, total: Total) -> Iterator[Explained]:
    """The strokes at the start of a stretch: openings, then for accrued costs the law's own."""
    yearly = iter(counted.day.strokes.annual)
    for move in counted.moves_first:
        if move.kind == "opening" and move.cause:
            yield _opening(account, move, move.cause, total)
        elif total == "metered" and move.kind == "annual_adjustment":
            yield _annual(move, next(yearly))
        elif total == "metered":
            yield _lowered(move, counted, rules)


def strokes_last(account: CareAccount, rules: CapRules, counted: Counted, total: Total) -> Iterator[Explained]:
    """The manual adjustments at the close of a stretch. They leave daily living costs alone."""
    if total == "metered":
        yield from (_manual(account, move, move.cause, rules) for move in counted.moves_last if move.cause)


def _opening(account: CareAccount, move: Move, cause: Entry, total: Total) -> Explained:
    opening = cause.fact
    assert isinstance(opening, OpeningCarriedIn)  # the cause of such a stroke
    seen = [entry for entry, fact in account.of(OpeningEvidenced) if fact.opening == str(cause.id)]
    amount, counted = to_the_penny(of(move.after, total)), to_the_penny(of(move.before, total))
    where = "Another council" if opening.provenance.kind == "transfer" else "An older system"
    checked = "and we have seen proof" if seen else "which we have not checked yet"
    added = change(move.before, move.after, total)
    entries = tuple(str(entry.id) for entry in (cause, *seen))
    return Explained(
        figure="opening",
        amount=added,
        words=f"{where} had counted {pounds(amount)} before {day(opening.on)}, {checked}.",
        arithmetic=sums.less(amount, counted),
        first=opening.on,
        last=opening.on,
        entries=entries,
        provision=provisions.CARRIED_IN if opening.provenance.kind == "transfer" else provisions.UP_TO_DATE,
        children=adding_up(added, _instead(entries[:1], amount, counted) if counted else ()),
    )


def _instead(entries: tuple[str, ...], amount: Decimal, counted: Decimal) -> Iterator[Explained]:
    """What was carried in, and what had been counted here, which it stands for."""
    yield Explained(figure="carried_in", amount=amount, words=f"{pounds(amount)} was carried in.", entries=entries)
    words = f"It stands for all that came before, so the {pounds(counted)} counted until then is taken off."
    yield Explained(figure="replaced", amount=-counted, words=words)


def _annual(move: Move, adjustment: AnnualAdjustment) -> Explained:
    amount, percentage = change(move.before, move.after, "metered"), percentage_text(adjustment.percentage)
    return Explained(
        figure="annual_adjustment",
        amount=amount,
        words=f"The yearly change of {percentage}% {_does(amount)}.",
        arithmetic=sums.per_cent(to_the_penny(move.before.metered), percentage),
        first=adjustment.from_,
        last=adjustment.from_,
        provision=provisions.ANNUAL_ADJUSTMENT,
        parameter=percentage_of_law(adjustment),
    )


def _lowered(move: Move, counted: Counted, rules: CapRules) -> Explained:
    cap = rules.amount.on(counted.first)
    return Explained(
        figure="lowered_cap",
        amount=change(move.before, move.after, "metered"),
        words=f"The total cannot be more than the cap of {pounds(cap)}, so the rest is taken off.",
        arithmetic=sums.less(cap, to_the_penny(move.before.metered)),
        first=counted.first,
        last=counted.first,
        provision=provisions.MOST_THAT_COUNTS,
        parameter=amount_of_law(rules.amount, rules.amount.dated(counted.first)),
    )


def _manual(account: CareAccount, move: Move, cause: Entry, rules: CapRules) -> Explained:
    asked = cause.fact
    assert isinstance(asked, AdjustmentProposed)  # the cause of such a stroke
    approvals = [entry for entry, fact in account.of(AdjustmentApproved) if fact.adjustment == str(cause.id)]
    amount = change(move.before, move.after, "metered")
    entries = tuple(str(entry.id) for entry in (cause, *approvals))
    return Explained(
        figure="adjustment",
        amount=amount,
        words=f"Two people decided on {day(asked.on)} that this {_does(asked.amount)}.",
        arithmetic=f"{asked.amount}" if amount == asked.amount else f"{asked.amount}, as far as the limits let it",
        first=asked.on,
        last=asked.on,
        entries=entries,
        provision=provisions.UP_TO_DATE,
        children=() if amount == asked.amount else adding_up(amount, _limited(amount, entries, asked, rules)),
    )


def _limited(
    amount: Decimal, entries: tuple[str, ...], asked: AdjustmentProposed, rules: CapRules
) -> Iterator[Explained]:
    """What was asked for, and what of it a total between nil and the cap left out."""
    words = f"{pounds(asked.amount)} was asked for."
    yield Explained(figure="adjustment", amount=asked.amount, words=words, entries=entries)
    yield Explained(
        figure="limit",
        amount=amount - asked.amount,
        words="The total is never less than nothing and never more than the cap.",
        provision=provisions.MOST_THAT_COUNTS,
        parameter=amount_of_law(rules.amount, rules.amount.dated(asked.on)),
    )


def _does(amount: Decimal) -> str:
    return f"adds {pounds(amount)} to the total" if amount >= 0 else f"takes {pounds(-amount)} off the total"
