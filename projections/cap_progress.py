"""How far every account of a council has come, on any day, as known at any moment: one scan, whatever the history."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, NamedTuple
from uuid import UUID

from domain.account.figures import CapProgress, Metering, WeeklyRate
from domain.money import Money
from domain.terms import Terms
from ledger.council import Council
from projections.follow import catch_up
from projections.tables import OF_THE_LIVE
from projections.under_review import AccountUnderReview, under_review

Sort = Literal["reference", "accrued_costs", "percent", "remaining", "expected_to_reach_cap_on", "metering"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accounts to list, and how. `accounts`, where given, also says in which order when `sort` is None."""

    on: date
    known_at: datetime
    metering: Collection[Metering] = ()
    reaching_before: date | None = None
    percent_from: Decimal | None = None
    percent_to: Decimal | None = None
    accounts: Collection[UUID] | None = None
    sort: Sort | None = "reference"
    descending: bool = False
    offset: int = 0
    limit: int | None = 100


class ListedAccount(CapProgress):
    """One account of the list."""

    account_id: str
    reference: str


class Totals(Terms):
    """The whole list added up, whatever page of it is shown. Pounds. Accounts `under_review` are in no other total."""

    accounts: int
    accrued_costs: Money
    remaining: Money
    daily_living_costs: Money
    by_metering: dict[str, int]
    under_review: int


class ProgressList(NamedTuple):
    """A page of the accounts that are wanted, the totals of all of them, and those of which nothing can be said."""

    items: list[ListedAccount]
    totals: Totals
    under_review: list[AccountUnderReview]

    @property
    def account_ids(self) -> set[UUID]:
        """Every account that is named, with a figure or without."""
        named = [item.account_id for item in self.items] + [each.account_id for each in self.under_review]
        return {UUID(account_id) for account_id in named}


def progress_list(council: Council, wanted: Wanted) -> ProgressList:
    """What is recorded up to now, as at one moment: what others make meanwhile is in all of it or in none."""
    catch_up(council)
    schema, values = council.names.schema, _values(wanted)
    with council.app.transaction() as statements:
        statements.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        statements.execute(_PROGRESS.format(schema=schema) + _PAGE.format(order=_order(wanted)), values)
        items = [_item(wanted.on, *row) for row in statements]
        statements.execute(_PROGRESS.format(schema=schema) + _TOTALS, values)
        rows = statements.fetchall()
        reviewed = under_review(statements, schema, wanted.known_at, values["accounts"])
    return ProgressList(items, _totals(rows, len(reviewed)), reviewed)


# The rounding is the domain's: once, half up, on exact whole numbers, so the list and the account agree to the penny.
_PROGRESS = """
    WITH asked AS (
        SELECT account_id, place FROM unnest(%(accounts)s::uuid[]) WITH ORDINALITY AS given (account_id, place)
    ), known AS (
        SELECT spans.*, reference, %(on)s::date - valid_from + 1 AS days
        FROM {schema}.progress_spans AS spans JOIN {schema}.account_references USING (account_id)
        WHERE {of_the_live} AND valid_from <= %(on)s AND valid_to > %(on)s
          AND known_from <= %(known_at)s AND known_to > %(known_at)s
    ), figures AS (
        SELECT *,
            LEAST(
                round(div(200 * (metered_before + days * metered_daily) + denominator, 2 * denominator) / 100, 2), cap
            ) AS accrued_costs,
            round(div(200 * (apart_before + days * apart_daily) + denominator, 2 * denominator) / 100, 2)
                AS daily_living_costs
        FROM known LEFT JOIN asked USING (account_id)
        WHERE %(accounts)s::uuid[] IS NULL OR place IS NOT NULL
    ), measured AS (
        SELECT *, cap - accrued_costs AS remaining,
            CASE WHEN cap > 0 THEN round(div(accrued_costs * 10000, cap) / 100, 2)
                 WHEN cap = 0 THEN 100.00 END AS percent
        FROM figures
    ), progress AS (
        SELECT * FROM measured
        WHERE (%(metering)s = '{{}}' OR metering = ANY(%(metering)s))
          AND (%(reaching_before)s::date IS NULL OR expected_to_reach_cap_on < %(reaching_before)s)
          AND (%(percent_from)s::numeric IS NULL OR percent >= %(percent_from)s)
          AND (%(percent_to)s::numeric IS NULL OR percent <= %(percent_to)s)
    )
""".replace("{of_the_live}", OF_THE_LIVE)
_PAGE = """
    SELECT account_id, reference, metering, cap, cap_reached_on, expected_to_reach_cap_on, accrued_costs,
           daily_living_costs, remaining, percent, weekly_base, weekly_apart, weekly_metered
    FROM progress ORDER BY {order} OFFSET %(offset)s LIMIT %(limit)s
"""
_TOTALS = """
    SELECT metering, count(*), sum(accrued_costs), sum(remaining), sum(daily_living_costs)
    FROM progress GROUP BY metering ORDER BY metering
"""


def _values(wanted: Wanted) -> dict[str, Any]:
    asked = None if wanted.accounts is None else [str(account_id) for account_id in wanted.accounts]
    return {**asdict(wanted), "accounts": asked, "metering": list(wanted.metering)}


def _order(wanted: Wanted) -> str:
    """`sort` is one of our own words, never a caller's text."""
    if wanted.sort is None:
        return "place, account_id"
    return f"{wanted.sort} {'DESC' if wanted.descending else 'ASC'} NULLS LAST, reference"


def _item(
    on: date,
    account_id: str,
    reference: str,
    metering: Metering,
    cap: Decimal | None,
    reached: date | None,
    expected: date | None,
    accrued: Decimal,
    apart: Decimal,
    remaining: Decimal | None,
    percent: Decimal | None,
    base: Decimal | None,
    weekly_apart: Decimal | None,
    metered: Decimal | None,
) -> ListedAccount:
    rate = None
    if base is not None and weekly_apart is not None and metered is not None:
        rate = WeeklyRate(base=base, daily_living_costs=weekly_apart, metered=metered)
    return ListedAccount(
        account_id=account_id,
        reference=reference,
        on=on,
        cap=cap,
        accrued_costs=accrued,
        remaining=remaining,
        percent=None if percent is None else str(percent),
        daily_living_costs=apart,
        weekly_rate=rate,
        metering=metering,
        cap_reached_on=reached,
        expected_to_reach_cap_on=expected,
    )


def _totals(rows: list[tuple[str, int, Decimal, Decimal | None, Decimal]], reviewed: int) -> Totals:
    nothing = Decimal("0.00")
    return Totals(
        accounts=sum(row[1] for row in rows),
        accrued_costs=sum((row[2] for row in rows), nothing),
        remaining=sum((row[3] or nothing for row in rows), nothing),
        daily_living_costs=sum((row[4] for row in rows), nothing),
        by_metering={row[0]: row[1] for row in rows},
        under_review=reviewed,
    )
