"""How does an account go on after its last posting, for as long as nothing more is recorded of it?

That much can be kept beside an account, so that its next posting reads one row and not a life. It follows from the
account alone and can be made again at any time.
"""

from datetime import date, timedelta
from itertools import takewhile

from domain.account.accrual import Accrual, accrue
from domain.account.daily import Costs
from domain.account.daily import Day as OneDay
from domain.account.facts import OpeningCarriedIn, OpeningEvidenced, PeriodPosted
from domain.account.figures import ExactTotals, Metering
from domain.account.lines import lines_of
from domain.account.posting import period
from domain.account.running import Counted
from domain.account.state import CareAccount
from domain.dates import ONE_DAY, Day
from domain.money import Money
from domain.parameters import NotInForce
from domain.schemes import Scheme
from domain.terms import Code, Terms

_AHEAD = timedelta(days=400)
"""So far ahead an account is worked out: to the end of the year that a posting may be of, and some days more."""


class Unproven(Terms):
    """A carried-in balance for which no evidence was recorded. Pounds."""

    on: Day
    accrued_costs: Money


class LikeDays(Terms):
    """Days on which nothing changes: what each adds, and what had been added up before them, in exact pounds."""

    first: Day
    ending_before: Day
    metering: Metering
    daily: ExactTotals
    before: ExactTotals
    reached_on: Day | None


class Onward(Terms):
    """What follows the last posting of an account, under the rules and amounts that the edition of a scheme names."""

    scheme: Code
    edition: Code
    posted_through: Day
    accrued_costs: Money
    closed_on: Day | None
    unproven: tuple[Unproven, ...]
    days: tuple[LikeDays, ...]

    @property
    def last(self) -> date:
        """The last day that is known of."""
        return self.days[-1].ending_before - ONE_DAY

    def tells(self, scheme: Scheme, through: date) -> bool:
        """Whether posting up to a day under a scheme is all told here."""
        known = self.posted_through < through <= self.last
        return known and (self.scheme, self.edition) == (scheme.name, scheme.edition_through(self.last))


def ahead(account: CareAccount, scheme: Scheme, through: date) -> Accrual:
    """Everything that accrues to the close of a day, and as far beyond it as the law is known. Raises NotInForce."""
    try:
        return accrue(account, scheme, through + _AHEAD)
    except NotInForce:
        return accrue(account, scheme, through)


def unproven(account: CareAccount) -> tuple[Unproven, ...]:
    """The carried-in balances that nobody recorded evidence for."""
    evidenced = {evidence.opening for _, evidence in account.of(OpeningEvidenced)}
    return tuple(
        Unproven(on=opening.on, accrued_costs=opening.accrued_costs)
        for entry, opening in account.of(OpeningCarriedIn)
        if str(entry.id) not in evidenced
    )


def onward(account: CareAccount, scheme: Scheme, accrual: Accrual, posted: PeriodPosted) -> Onward | None:
    """How the account goes on once `posted`, which rests on this accrual, is recorded; None where nothing is known.

    It ends where the total changes at one stroke: what such a day adds is for the account itself to say.
    """
    rest = [counted for counted in accrual.counted if counted.ending_before > posted.through]
    plain = [rest[0], *takewhile(lambda counted: not (counted.moves_first or counted.moves_last), rest[1:])]
    last = plain[-1].ending_before - ONE_DAY
    if last <= posted.through:
        return None
    return Onward(
        scheme=scheme.name,
        edition=scheme.edition_through(last),
        posted_through=posted.through,
        accrued_costs=posted.accrued_costs,
        closed_on=account.closed.on if account.closed else None,
        unproven=unproven(account),
        days=tuple(map(_like_days, plain)),
    )


def post_onward(onward: Onward, scheme: Scheme, through: date) -> tuple[PeriodPosted | None, Accrual]:
    """The posting up to a day that is told here, None where there is nothing to post, and the accrual it rests on."""
    accrual = Accrual(through, tuple(map(_counted, onward.days)))
    over = onward.closed_on is not None and onward.closed_on <= onward.posted_through
    lines = lines_of(accrual, onward.posted_through + ONE_DAY, through)
    return period(scheme, accrual, through, lines, over), accrual


def after(onward: Onward, posted: PeriodPosted) -> Onward | None:
    """How the account goes on after one more posting; None where nothing more is known."""
    left = tuple(days for days in onward.days if days.ending_before > posted.through)
    if onward.last <= posted.through:
        return None
    return onward.model_copy(
        update={"posted_through": posted.through, "accrued_costs": posted.accrued_costs, "days": left}
    )


def _like_days(counted: Counted) -> LikeDays:
    return LikeDays(
        first=counted.first,
        ending_before=counted.ending_before,
        metering=counted.metering,
        daily=ExactTotals(**counted.daily._asdict()),
        before=ExactTotals(**counted.before._asdict()),
        reached_on=counted.reached_on,
    )


def _counted(days: LikeDays) -> Counted:
    daily = Costs(days.daily.base, days.daily.daily_living_costs, days.daily.metered)
    before = Costs(days.before.base, days.before.daily_living_costs, days.before.metered)
    return Counted(days.first, days.ending_before, OneDay(days.metering), days.metering, daily, before, days.reached_on)
