"""Where does a benchmark run: on a server of its own, or on one that was named, in councils that nobody lives in?"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2
from psycopg2.extensions import cursor

from api.settings import Settings
from api.wiring import Installation
from ledger.council import Council
from ledger.embedded import EmbeddedPostgres
from ledger.store.migrate import Setup
from ledger.store.names import CouncilNames

SETUP = Setup(
    "Benchmark (nobody lives here)", "reform-2023", {"phone": "01632 960 000", "address": ["Example Town Hall"]}
)
FLOORS = "careledger_benchmark"
"""The schema of the floors' own tables."""
MOST = 8
_FIRST = 99_000_001


class NotOurs(ValueError):
    """The server keeps something under a name that the benchmark uses and did not give: it is left alone."""


def code(number: int) -> str:
    """The code of one of the councils. No English council has it: theirs begin with E06 to E10."""
    return f"E{_FIRST + number}"


@dataclass(frozen=True)
class Place:
    """An installation in a folder of its own, on whichever server, with as many councils as are asked for."""

    settings: Settings
    installation: Installation
    admin_url: str

    def council(self, number: int = 0) -> Council:
        """One of the councils, set up when it is first asked for."""
        return self.installation.init(code(number), SETUP)

    def new_council(self) -> Council:
        """A council with nothing in it, whatever was in it before."""
        self._drop_council(0)
        return self.council()

    @property
    def folder(self) -> Path:
        return self.settings.home

    @contextmanager
    def administering(self) -> Iterator[cursor]:
        """Statements of whoever set the server up, each committed at once."""
        with closing(psycopg2.connect(self.admin_url)) as admin:
            admin.autocommit = True
            with admin.cursor() as statements:
                yield statements

    def floor_like(self, council: Council, table: str) -> str:
        """An empty table of the floors' own, its columns and indexes those of one of a council's."""
        with self.administering() as statements:
            statements.execute(f"CREATE SCHEMA IF NOT EXISTS {FLOORS}")
            statements.execute(f"DROP TABLE IF EXISTS {FLOORS}.{table}")
            statements.execute(f"CREATE TABLE {FLOORS}.{table} (LIKE {council.names.schema}.{table} INCLUDING ALL)")
        return f"{FLOORS}.{table}"

    def settle(self, *tables: str) -> None:
        """Leave tables that were just filled as a night would: their sizes known, and which rows everybody sees."""
        with self.administering() as statements:
            for table in tables:
                statements.execute(f"VACUUM (ANALYZE) {table}")

    def others(self) -> Sequence[str]:
        """The councils on the server that are none of ours."""
        ours = {code(number) for number in range(MOST)}
        return [each for each in self.installation.codes() if each not in ours]

    def empty(self) -> None:
        """Drop everything that a benchmark made on the server: this one, or one that was killed."""
        for number in range(MOST):
            self._drop_council(number)
        with self.administering() as statements:
            statements.execute(f"DROP SCHEMA IF EXISTS {FLOORS} CASCADE")

    @property
    def postgres(self) -> str:
        """Which PostgreSQL it is, and whose."""
        with self.administering() as statements:
            statements.execute("SHOW server_version")
            ((version,),) = statements.fetchall()
        return f"{version}, {'named by its address' if self.settings.database_url else 'embedded'}"

    def _drop_council(self, number: int) -> None:
        """Drop one of the councils, if it is there; raises NotOurs where a council of another name has its code."""
        names = CouncilNames(code(number))
        self.installation.forget(names.code)
        with self.administering() as statements:
            if names.code not in self.installation.codes():
                return
            statements.execute(f"SELECT name FROM {names.schema}.council")
            if statements.fetchall() != [(SETUP.name,)]:
                raise NotOurs(f"{names.code}: {NotOurs.__doc__}")
            for schema in (names.schema, names.vault):
                statements.execute(f"DROP SCHEMA {schema} CASCADE")
            for role in (names.app, names.projector, names.verifier, names.keeper, names.owner):
                statements.execute(f"DROP ROLE {role}")


@contextmanager
def place(url: str | None) -> Iterator[Place]:
    """A place to measure in, of which nothing is left afterwards; raises NotOurs, CannotStart."""
    with TemporaryDirectory(prefix="careledger-bench-") as folder:
        settings = _settings(Path(folder), url)
        installation = Installation(settings)
        installation.start()
        try:
            found = Place(settings, installation, url or EmbeddedPostgres(settings.home).superuser_url())
            found.empty()
            try:
                yield found
            finally:
                found.empty()
        finally:
            installation.stop()


def _settings(folder: Path, url: str | None) -> Settings:
    """Nothing of the installation that the environment describes, save what was asked for."""
    return Settings(
        home=folder, database_url=url, mode="development", clock=None, proxies=0, issuer=None, issuer_keys=None
    )
