"""How far may the forecast be out: what if what counts each week were a tenth less, or a tenth more?

The middle is the forecast itself. For the others each weekly rate without daily living costs is another from the day
after `on`, to the penny, and the day on which somebody reaches the cap follows from it and from what remains. Nothing
else differs: nobody is new, no cap and no needs change.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from domain.account.explanation.node import NO_POUNDS
from domain.account.supposing import SPREAD, at_another_rate, reached_at
from domain.law.cap import ReachedWhen
from domain.money import Fraction
from ledger.council import Council
from projections.cap_progress import ListedAccount, Wanted, progress_list
from projections.forecast import Forecast, foreseen

_LESS, _, _MORE = SPREAD


class ForecastRange(NamedTuple):
    """The forecast if weeks cost a tenth less, as they are, and a tenth more."""

    low: Forecast
    middle: Forecast
    high: Forecast


def forecast_range(council: Council, on: date, known_at: datetime, quarters: int) -> ForecastRange:
    """What the list of a day, as known at a moment, leads to, three times. One read."""
    found, cap = progress_list(council, Wanted(on, known_at, limit=None)), council.scheme_at(known_at).cap
    reached_when = cap.reached_when if cap else "at_or_above"
    return range_of(found.items, on, quarters, reached_when, len(found.under_review))


def range_of(
    items: Sequence[ListedAccount], on: date, quarters: int, reached_when: ReachedWhen, under_review: int = 0
) -> ForecastRange:
    """The same, from the items of the list."""
    low, high = ([_at_another_rate(each, on, rate, reached_when) for each in items] for rate in (_LESS, _MORE))
    return ForecastRange(*(foreseen(each, on, quarters, under_review) for each in (low, items, high)))


def _at_another_rate(item: ListedAccount, on: date, share: Fraction, reached_when: ReachedWhen) -> ListedAccount:
    """The account if its weekly rate without daily living costs were a share of what it is."""
    if item.weekly_rate is None:
        return item
    rate = at_another_rate(item.weekly_rate, share)
    expected = item.expected_to_reach_cap_on and reached_at(rate, item.remaining or NO_POUNDS, on, reached_when)
    return item.model_copy(update={"weekly_rate": rate, "expected_to_reach_cap_on": expected})
