"""W4: how long does the list of a whole council take, with its totals, on any day as known at any moment?"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from api.bench import in_duckdb
from api.bench.figures import Goal, NotMeasured, Shown, Trial
from api.bench.filling import fill
from api.bench.lives import FIRST_DAY, moment, period_after
from api.bench.place import FLOORS, Place
from api.bench.sizes import FEW, Size
from ledger.council import Council
from projections.cap_progress import Wanted, progress_list
from projections.rebuild import rebuild

UNIT = "ms a list"
Read = Callable[[date, datetime], object]
"""Reads a whole council on a day, as known at a moment."""

OVER_SPANS = """
    SELECT metering, count(*), sum((metered_before + (%(on)s::date - valid_from + 1) * metered_daily) / denominator)
    FROM {spans}
    WHERE valid_from <= %(on)s AND valid_to > %(on)s AND known_from <= %(known_at)s AND known_to > %(known_at)s
    GROUP BY metering
"""
OVER_POSTINGS = f"""
    SELECT account_id, sum(amount) FROM {FLOORS}.postings
    WHERE posted_on <= %(on)s AND known_from <= %(known_at)s GROUP BY account_id
"""


def trials(place: Place, size: Size, shown: Shown) -> Iterator[Trial | NotMeasured]:
    """The list beside one GROUP BY over the same spans, and beside one over a dated posting for each event."""
    council = place.new_council()
    fill(council, size.accounts_listed, FEW, shown)
    rebuild(council, shown)
    spans = f"{council.names.schema}.progress_spans"
    place.settle(f"{council.names.schema}.events", f"{council.names.schema}.account_references", spans)
    what = f"cap progress of {size.accounts_listed:,} accounts, beside"
    ours = timed(lambda on, known_at: progress_list(council, Wanted(on, known_at)))
    by_spans = timed(_sql(place, OVER_SPANS.format(spans=spans)))
    yield Trial("W4", f"{what} a GROUP BY over the spans", UNIT, Goal("<=", 1.5), ours, by_spans)
    _make_postings(place, council)
    by_postings = timed(_sql(place, OVER_POSTINGS))
    yield Trial("W4-postings", f"{what} a GROUP BY over dated postings", UNIT, Goal("<=", 0.5), ours, by_postings)
    beside_duckdb = ("W4-duckdb", f"{what} DuckDB over the same spans", UNIT, None)
    if not in_duckdb.INSTALLED:
        yield NotMeasured(*beside_duckdb, "DuckDB is not installed: it is no part of the program")
        return
    yield Trial(*beside_duckdb, ours, timed(in_duckdb.over_spans(place, spans)))


def timed(read: Read) -> Callable[[], float]:
    """Milliseconds that a reading takes, each time of another day and moment of the lives."""
    days = (period_after(FEW) - FIRST_DAY).days

    def once() -> float:
        on, known = (FIRST_DAY + timedelta(days=random.randrange(days)) for _ in range(2))
        began = time.monotonic()
        read(on, moment(known))
        return 1000 * (time.monotonic() - began)

    return once


def _sql(place: Place, statement: str) -> Read:
    def read(on: date, known_at: datetime) -> object:
        with place.administering() as statements:
            statements.execute(statement, {"on": on, "known_at": known_at})
            return statements.fetchall()

    return read


def _make_postings(place: Place, council: Council) -> None:
    """A dated posting for each event, as a ledger of lines would keep them: what was billed in each week."""
    with place.administering() as statements:
        statements.execute(
            f"CREATE SCHEMA IF NOT EXISTS {FLOORS}; DROP TABLE IF EXISTS {FLOORS}.postings;"
            f" CREATE TABLE {FLOORS}.postings AS SELECT account_id, DATE '{FIRST_DAY}' + 7 * version AS posted_on,"
            " recorded_at AS known_from, (100 + version)::numeric(14, 2) AS amount"
            f" FROM {council.names.schema}.events ORDER BY position"
        )
    place.settle(f"{FLOORS}.postings")
