"""How the parts are put together: settings, database, councils, issuer."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
from psycopg2.extensions import connection

from api.issuer import Issuer
from api.limits import Limits
from api.settings import Settings
from api.signing_in.desk import SignIn
from api.signing_in.letter_codes import LetterCodeDesk
from domain import schemes
from ledger.council import Council, NoSuchCouncil
from ledger.embedded import EmbeddedPostgres
from ledger.evidence.missing import fill_in
from ledger.secret import role_password, secret
from ledger.store.database import Database, StoreUnavailable
from ledger.store.forward import PATIENCE, Told, bring_up_to_date, in_turn, nobody, pending
from ledger.store.migrate import Setup, create_council, make_roles
from ledger.store.names import CouncilNames
from ledger.store.safety import require_safe
from ledger.store.waits import Waits

SET_UP = "careledger init"
"""Who is named where a set-up recorded something."""


class Installation:
    """One installation: its settings, its PostgreSQL and the councils in it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._embedded = None if settings.database_url else EmbeddedPostgres(settings.home)
        self._councils: dict[str, Council] = {}

    def start(self) -> None:
        """Have PostgreSQL running; the embedded one is started unless another process did."""
        if self._embedded:
            self._embedded.start()

    def stop(self) -> None:
        """Close connections; the embedded PostgreSQL ends with the last that uses it."""
        for council in self._councils.values():
            council.close()
        if looked := vars(self).pop("_to_look_for_councils", None):
            looked.close()
        if self._embedded:
            self._embedded.stop()

    @cached_property
    def secret(self) -> bytes:
        return secret(self.settings.home)

    @cached_property
    def issuer(self) -> Issuer:
        return Issuer(self.settings)

    @cached_property
    def limits(self) -> Limits:
        return Limits(self.secret)

    @cached_property
    def sign_in(self) -> SignIn:
        return SignIn(self.settings, self.issuer)

    @cached_property
    def letter_codes(self) -> LetterCodeDesk:
        return LetterCodeDesk(self.secret, self.limits)

    def init(self, code: str, setup: Setup, told: Told = nobody) -> Council:
        """Set a council up, or bring its tables up to date; raises UnknownScheme, ValueError for a wrong code."""
        schemes.load(setup.scheme)
        names = CouncilNames(code)
        with self.administering() as admin:
            create_council(admin, names, self.secret, setup, told)
            council = self._with_schemes(code)
            fill_in(admin, names)
        return council

    def migrate(self, code: str, told: Told = nobody) -> list[str]:
        """Bring a council's tables up to date; the migrations that were applied. Raises NoSuchCouncil, TablesInUse."""
        names = self._names(code)
        with self.administering() as admin:
            with in_turn(admin, PATIENCE) as statements:
                make_roles(statements, names, self.secret)
            applied = bring_up_to_date(admin, names, told)
            self._with_schemes(code)
            fill_in(admin, names)
        return applied

    def pending(self, code: str) -> list[str]:
        """The migrations that a council's tables lack; raises NoSuchCouncil."""
        names = self._names(code)
        with self.administering() as admin:
            return [migration.name for migration in pending(admin, names)]

    def _names(self, code: str) -> CouncilNames:
        if code not in self.codes():
            raise NoSuchCouncil(NoSuchCouncil.__doc__)
        return CouncilNames(code)

    def _with_schemes(self, code: str) -> Council:
        """A council that has the schemes as this version of the program brings them."""
        council = self.council(code)
        council.scheme_changes.keep_shipped(by=SET_UP, now=self.settings.now())
        return council

    def council(self, code: str) -> Council:
        """A council that was set up, its store found safe; raises NoSuchCouncil, UnsafeStore, StoreUnavailable."""
        if code not in self._councils:
            council = Council(self._names(code).code, self._url_of, self._waits)
            require_safe(council.app, council.names)
            council.app.close()  # a start looks at every council, and there may be more than the server has connections
            self._councils[code] = council
        return self._councils[code]

    def forget(self, code: str) -> None:
        """Close what is open of a council: it is looked for anew when it is asked for again."""
        if council := self._councils.pop(code, None):
            council.close()

    def codes(self) -> list[str]:
        """The GSS codes of the councils that were set up; raises StoreUnavailable."""
        with self._to_look_for_councils.statement() as cursor:
            cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^council_e[0-9]{8}$' ORDER BY nspname")
            return [name.removeprefix("council_").upper() for (name,) in cursor.fetchall()]

    @cached_property
    def _to_look_for_councils(self) -> Database:
        """A connection is kept for it: whoever has not signed in looks with every page."""
        return Database(self._admin_url(), size=2, waits=self._waits)

    @property
    def _waits(self) -> Waits:
        return Waits(statement=self.settings.store_timeout)

    @contextmanager
    def administering(self) -> Iterator[connection]:
        """A connection of whoever sets councils up; raises StoreUnavailable."""
        try:
            admin = psycopg2.connect(self._admin_url(), connect_timeout=5)
        except psycopg2.OperationalError as fault:
            raise StoreUnavailable(str(fault)) from fault
        with closing(admin):
            yield admin

    def _url_of(self, role: str) -> str:
        """How a database role signs in, its password following from the installation's secret."""
        password = role_password(self.secret, role)
        if self._embedded:
            return self._embedded.url(user=role, password=password)
        parts = urlsplit(self.settings.database_url or "")
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{quote(role)}:{quote(password)}@{host}"))

    def _admin_url(self) -> str:
        """How set-up signs in: with what CARELEDGER_DATABASE_URL says, or as the embedded server's owner."""
        return self._embedded.superuser_url() if self._embedded else self.settings.database_url or ""
