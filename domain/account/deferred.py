"""What does the statement of a deferred payment agreement say, on a day, as known at a moment?"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from domain.account.deferred_figures import (
    DeferredPaymentStatement,
    DeferredSum,
    InterestLine,
    RepaidSum,
    StatementWarning,
)
from domain.account.facts import Deferral, DeferredPaymentAgreed, DeferredPaymentRepaid, PaymentDeferred
from domain.account.owed import Rate, agreement, ended, moves, owed_on, pounds, rates, under
from domain.account.state import CareAccount
from domain.dates import ONE_DAY
from domain.law.deferred_interest import RATE, highest_rates
from domain.law.deferred_payments import EquityLimit
from domain.money import percent_of
from domain.parameters import AmountsOfLaw
from domain.words import span

NEAR_THE_LIMIT = Decimal(70)
"""Per cent of the equity limit from which councils look at an agreement again (secondary)."""

NO_POUNDS = Decimal("0.00")


def deferred_statement(
    account: CareAccount, reference: str, amounts: AmountsOfLaw, to: date, since: date | None = None
) -> DeferredPaymentStatement:
    """What is owed under an agreement at the close of a day, from `since` or from its beginning.

    Care Act 2014 ss 34 to 36 with SI 2014/2671. Raises NoSuchEntry. Interest of a half-year whose highest rate nobody
    has seen is not worked out: the line says so, and a warning.
    """
    agreed = agreement(account, reference)
    first = min(since or agreed.effective_from, to)
    opening, interest, owed = _reckoned(account, agreed, amounts, first, to)
    deferred, repaid = tuple(_deferred(account, reference, first, to)), tuple(_repaid(account, reference, first, to))
    end, limit = ended(account, reference), agreed.equity_limit
    over = end is not None and end.on <= to
    return DeferredPaymentStatement(
        reference=reference,
        from_=first,
        to=to,
        agreement=agreed,
        opening=opening,
        deferred=deferred,
        total_deferred=_sum(deferred),
        interest=interest,
        total_interest=_sum(interest),
        repaid=repaid,
        total_repaid=_sum(repaid),
        owed=owed,
        left_of_limit=max(NO_POUNDS, limit.amount - max(NO_POUNDS, owed)),
        percent_of_limit=str(percent_of(max(NO_POUNDS, owed), limit.amount)),
        ended_on=end.on if end and over else None,
        pay_by=end.pay_by if end and over else None,
        warnings=(*_of_the_limit(owed, limit), *_of_the_law(limit, interest)),
    )


class _Reckoned(NamedTuple):
    """What was owed before the first day, each line of interest, and what is owed at the close of the last. Pounds."""

    opening: Decimal
    interest: tuple[InterestLine, ...]
    owed: Decimal


def _reckoned(
    account: CareAccount, agreed: DeferredPaymentAgreed, amounts: AmountsOfLaw, first: date, to: date
) -> _Reckoned:
    eve, charged = first - ONE_DAY, [*rates(agreed, highest_rates(to, amounts))]
    lines = [_within(rate, first, to) for rate in charged if rate.first <= to and first < rate.ending_before]
    days = [eve, *(rate.ending_before - ONE_DAY for rate in lines)]
    found = owed_on([*days, to], agreed, moves(account, agreed.reference), charged)
    so_far = [found[day].interest_so_far for day in days]
    interest = tuple(_line(rate, after - before) for rate, (before, after) in zip(lines, pairwise(so_far), strict=True))
    return _Reckoned(pounds(found[eve], agreed), interest, pounds(found[to], agreed))


def _within(rate: Rate, first: date, to: date) -> Rate:
    return rate._replace(first=max(rate.first, first), ending_before=min(rate.ending_before, to + ONE_DAY))


def _line(rate: Rate, amount: Decimal) -> InterestLine:
    return InterestLine(
        from_=rate.first,
        to=rate.ending_before - ONE_DAY,
        per_cent=rate.per_cent,
        highest_per_cent=rate.half_year.per_cent,
        authority=rate.half_year.authority,
        certainty=rate.half_year.certainty,
        amount=amount,
    )


def _deferred(account: CareAccount, reference: str, first: date, to: date) -> Iterator[DeferredSum]:
    for entry, fact in under(account, PaymentDeferred, reference):
        if first <= fact.due_on <= to:
            terms = fact.model_dump(include=set(Deferral.model_fields))
            yield DeferredSum.model_validate({"entry_id": str(entry.id), **terms})


def _repaid(account: CareAccount, reference: str, first: date, to: date) -> Iterator[RepaidSum]:
    for entry, fact in under(account, DeferredPaymentRepaid, reference):
        if first <= fact.on <= to:
            yield RepaidSum(entry_id=str(entry.id), on=fact.on, amount=fact.amount)


def _sum(parts: Sequence[DeferredSum] | Sequence[InterestLine] | Sequence[RepaidSum]) -> Decimal:
    return sum((part.amount for part in parts), NO_POUNDS)


def _of_the_limit(owed: Decimal, limit: EquityLimit) -> Iterator[StatementWarning]:
    if owed >= limit.amount:
        yield StatementWarning(
            code="at_the_limit", words="The equity limit has been reached. Nothing more is deferred."
        )
    elif owed * 100 >= limit.amount * NEAR_THE_LIMIT:
        words = f"{percent_of(owed, limit.amount)}% of the equity limit has been reached. Look at the agreement again."
        yield StatementWarning(code="near_the_limit", words=words)


def _of_the_law(limit: EquityLimit, interest: Sequence[InterestLine]) -> Iterator[StatementWarning]:
    for line in interest:
        if line.per_cent is None:
            words = f"No interest was worked out for {span(line.from_, line.to)}: the highest rate is not known."
            yield StatementWarning(code="rate_not_known", words=words)
    rests_on = [(amount.name, amount.certainty) for amount in limit.rests_on]
    rests_on += [(RATE, line.certainty) for line in interest if line.per_cent is not None]
    unsure = dict.fromkeys(
        f"{name.replace('_', ' ')} ({certainty})" for name, certainty in rests_on if certainty != "official"
    )
    if unsure:
        words = f"These amounts are not from a text that was read: {', '.join(unsure)}."
        yield StatementWarning(code="less_than_official", words=words)
