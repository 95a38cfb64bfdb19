"""How many bytes does each thing take that a council keeps, with its indexes? `python -m tests.performance.sizes`."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2
from psycopg2.extensions import cursor

from api.demo.filling import fill
from api.settings import Settings
from api.wiring import Installation
from ledger.council import Council
from ledger.outcomes import Caller
from ledger.runs import PostingRuns
from ledger.store.migrate import Setup
from projections.follow import catch_up

CODE = "E90000001"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@contextmanager
def made(people: int) -> Iterator[tuple[Installation, Council]]:
    """A council of its own with the demonstration's people, a period posted, and everything that is ready to read."""
    with tempfile.TemporaryDirectory(prefix="careledger-") as folder:
        installation = Installation(Settings(home=Path(folder), clock=NOW, database_url=None))
        installation.start()
        try:
            council = installation.init(CODE, Setup("Example Council", "reform-2023"))
            fill(council, NOW, people)
            runs = PostingRuns(council)
            run, _ = runs.begin(NOW.date() - timedelta(days=8), by=Caller("sizes", "machine"), now=NOW)
            runs.work(run, lambda: NOW)
            catch_up(council)
            yield installation, council
        finally:
            installation.stop()


def tables(statements: cursor, council: Council) -> list[tuple[str, int, int, int]]:
    """Each table that holds anything: its name, rows, bytes of the table, bytes of its indexes."""
    statements.execute(
        "SELECT relname, relnamespace::regnamespace::text FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace::regnamespace::text = ANY(%s) ORDER BY relname",
        ([council.names.schema, council.names.vault],),
    )
    found = []
    for name, schema in statements.fetchall():
        statements.execute(f"VACUUM {schema}.{name}")
        place = f"{schema}.{name}"
        statements.execute(f"SELECT count(*), pg_table_size('{place}'), pg_indexes_size('{place}') FROM {place}")
        found += [(name, *row) for row in statements.fetchall() if row[0]]
    return found


def topics(statements: cursor, council: Council) -> list[tuple[str, int, int]]:
    """Each kind of fact: its topic, how many there are, and the bytes of a row on average."""
    statements.execute(
        f"SELECT topic, count(*), avg(pg_column_size(events.*))::int FROM {council.names.schema}.events AS events"
        " GROUP BY topic ORDER BY count(*) DESC"
    )
    return statements.fetchall()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=200)
    with made(asked.parse_args().people) as (installation, council):
        admin = psycopg2.connect(installation._admin_url())
        admin.autocommit = True
        with admin.cursor() as statements:
            print(f"{'table':<28}{'rows':>8}{'table B/row':>14}{'index B/row':>14}")
            for name, rows, table, indexes in tables(statements, council):
                print(f"{name:<28}{rows:>8}{table / rows:>14.0f}{indexes / rows:>14.0f}")
            print(f"\n{'topic':<36}{'facts':>8}{'B/row':>8}")
            for topic, facts, size in topics(statements, council):
                print(f"{topic:<36}{facts:>8}{size:>8}")
        admin.close()


if __name__ == "__main__":
    main()
