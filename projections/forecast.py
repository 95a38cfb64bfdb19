"""When will people reach the cap, and what will care beyond it cost the council, quarter by quarter?

The rule, which anybody can work out again from the council's list at the same day and moment:

- Every week goes on as it is on `on`: nobody new, no other rates, no other cap. A quarter is three months of the
  calendar; the first of them begins the day after `on` and ends with the quarter that day lies in.
- Somebody past the cap costs the council their weekly rate without daily living costs, in pounds and pennies as the
  list shows it, divided by seven, for each day. In a break there is no rate, and so no cost.
- Somebody who is expected to reach the cap costs nothing until what they count is more than what remains: from then on
  the council pays what is above it, of the day that reaches the cap a part.
- The costs of all are added up exactly to the close of each quarter and rounded there once; a quarter's cost is the
  difference of two such sums. So the quarters add up to the total.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from domain.account.beyond_the_cap import BeyondTheCap, beyond_the_cap
from domain.account.figures import Metering
from domain.dates import FOREVER, ONE_DAY, Day
from domain.money import Money
from domain.terms import Terms
from projections.cap_progress import ListedAccount

MONTHS_IN_A_QUARTER = 3
NO_POUNDS = Decimal("0.00")


class Quarter(Terms):
    """The days of a quarter that are to come: `reaching` people reach the cap in it, `past_cap` are past it at its end.

    `cost` is what care beyond the cap costs the council in it. Pounds.
    """

    quarter: str
    first: Day
    last: Day
    reaching: int
    past_cap: int
    cost: Money


class ForecastTotals(Terms):
    """The quarters added up."""

    reaching: int
    cost: Money


class Forecast(Terms):
    """The quarters, and everybody there is.

    accounts = past_cap + expected + without_date. `past_cap` are past the cap already; of those `expected` to reach it,
    `later` do so after the last quarter. `without_date` says why for the others: most of them do not accrue. Accounts
    `under_review` are in no other number: nothing can be said of them.
    """

    accounts: int
    under_review: int
    past_cap: int
    expected: int
    later: int
    without_date: dict[Metering, int]
    quarters: tuple[Quarter, ...]
    totals: ForecastTotals


def foreseen(items: Sequence[ListedAccount], on: date, quarters: int, under_review: int = 0) -> Forecast:
    """What the items of the list of a day lead to."""
    expected = Counter(item.expected_to_reach_cap_on for item in items if item.expected_to_reach_cap_on)
    past_cap = sum(item.metering == "capped" for item in items)
    found = tuple(_quarters(on, quarters, beyond_the_cap(items), expected, past_cap))
    reaching = sum(quarter.reaching for quarter in found)
    return Forecast(
        accounts=len(items),
        under_review=under_review,
        past_cap=past_cap,
        expected=expected.total(),
        later=expected.total() - reaching,
        without_date=dict(Counter(sorted(item.metering for item in items if _without_date(item)))),
        quarters=found,
        totals=ForecastTotals(reaching=reaching, cost=sum((quarter.cost for quarter in found), NO_POUNDS)),
    )


def _without_date(item: ListedAccount) -> bool:
    return item.metering != "capped" and item.expected_to_reach_cap_on is None


def _quarters(on: date, number: int, costs: BeyondTheCap, expected: Counter[date], past_cap: int) -> Iterator[Quarter]:
    before, first = NO_POUNDS, on + ONE_DAY
    for _ in range(number):
        if first >= FOREVER:
            return
        last = _last_of_quarter(first)
        reaching = sum(people for day, people in expected.items() if first <= day <= last)
        past_cap, through = past_cap + reaching, costs.after((last - on).days)
        name = f"{first.year}-Q{(first.month - 1) // MONTHS_IN_A_QUARTER + 1}"
        yield Quarter(quarter=name, first=first, last=last, reaching=reaching, past_cap=past_cap, cost=through - before)
        before, first = through, last + ONE_DAY


def _last_of_quarter(day: date) -> date:
    months = day.year * 12 + (day.month - 1) // MONTHS_IN_A_QUARTER * MONTHS_IN_A_QUARTER + MONTHS_IN_A_QUARTER
    return date(months // 12, months % 12 + 1, 1) - ONE_DAY
