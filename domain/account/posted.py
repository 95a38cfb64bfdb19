"""Which posted periods still stand, so that what was reported is read and not worked out again."""

from collections.abc import Mapping
from datetime import date
from functools import singledispatch

from domain.account.facts import (
    AccountClosed,
    AdjustmentProposed,
    AdjustmentReturned,
    ContactChosen,
    DeferredPaymentAgreed,
    DeferredPaymentEnded,
    DeferredPaymentRepaid,
    DisputeAnswered,
    DisputeRaised,
    Fact,
    NoticeGiven,
    OpeningEvidenced,
    PaymentDeferred,
    PeriodPosted,
    RepresentativeEnded,
    RepresentativeNamed,
    StatementIssued,
)
from domain.account.state import CareAccount
from domain.dates import FOREVER, ONE_DAY
from domain.schemes import Scheme


@singledispatch
def reaches_from(fact: Fact) -> date:
    """The first day whose figures the fact can change; FOREVER where it changes none."""
    return fact.effective_from


@reaches_from.register(AdjustmentProposed)
@reaches_from.register(ContactChosen)
@reaches_from.register(AdjustmentReturned)
@reaches_from.register(DeferredPaymentAgreed)
@reaches_from.register(DeferredPaymentEnded)
@reaches_from.register(DeferredPaymentRepaid)
@reaches_from.register(DisputeAnswered)
@reaches_from.register(DisputeRaised)
@reaches_from.register(NoticeGiven)
@reaches_from.register(OpeningEvidenced)
@reaches_from.register(PaymentDeferred)
@reaches_from.register(PeriodPosted)
@reaches_from.register(RepresentativeEnded)
@reaches_from.register(RepresentativeNamed)
@reaches_from.register(StatementIssued)
def _(fact: Fact) -> date:
    return FOREVER


@reaches_from.register
def _(fact: AccountClosed) -> date:
    return fact.on + ONE_DAY  # the last day itself still counts


def may_move_figures(fact: Fact) -> bool:
    """Whether any day's figures can be others once the fact is recorded: a posting's are, to a program that differs."""
    return isinstance(fact, PeriodPosted) or reaches_from(fact) < FOREVER


def standing(account: CareAccount, scheme: Scheme) -> Mapping[date, PeriodPosted]:
    """By their last day, the posted periods that nothing recorded since reaches, and whose amounts of law are the same.

    A program that works out other figures than the one that posted moves none of these.
    """
    found: dict[date, PeriodPosted] = {}
    earliest = min((posted.through for _, posted in account.of(PeriodPosted)), default=FOREVER)
    reached_from = FOREVER
    for entry in reversed(account.entries):
        if reached_from <= earliest:
            break  # nothing further back stands
        posted = entry.fact
        if isinstance(posted, PeriodPosted) and posted.scheme == scheme.name and posted.through < reached_from:
            if posted.edition == scheme.edition_through(posted.through):
                found.setdefault(posted.through, posted)
        else:
            reached_from = min(reached_from, reaches_from(posted))
    return found
