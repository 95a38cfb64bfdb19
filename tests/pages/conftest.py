"""What do the tests of the pages share: the gallery of parts, a browser, and a council whose accounts are shown?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from uuid import UUID, uuid4
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.app import create_app
from api.issuer import SIGN_IN
from api.settings import Settings
from api.wiring import Installation
from ledger.council import Council
from ledger.policy import Policy
from ledger.samples import choose
from tests.conftest import NOON
from tests.integration.test_own_amounts import FORTY
from tests.pages.everything import Everything, everything_in
from tests.pages.office import Office, budget, died, in_hospital, money_check, needs
from tests.pages.sample import gallery


class Threads(ThreadingMixIn, WSGIServer):
    """A thread for each request; what a browser never sent its request on keeps nobody waiting at the end.

    It closes a file that it sends also where the browser has gone away meanwhile, which Werkzeug's own may not.
    """

    daemon_threads = True
    request_queue_size = 128


class Quiet(WSGIRequestHandler):
    """Serves without a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        return


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which an application answers on this machine, for as long as the block runs."""
    server = make_server("127.0.0.1", 0, app, Threads, Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def app() -> Flask:
    return gallery()


@pytest.fixture(scope="session")
def parts(app: Flask) -> str:
    """The page that shows every shared part, as it is sent."""
    answer = app.test_client().get("/gallery")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.fixture(scope="session")
def gallery_address(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield f"{address}/gallery"


@dataclass(frozen=True)
class Kept:
    """A council and its accounts, as the tests of the pages know them.

    mrs_a reached the cap; mr_b's care the council arranges, with a stay in hospital, a statement, then a budget
    recorded late and another statement; mrs_c has died; mr_d was never assessed. An amount of law was proposed, and a
    sample of all four drawn, in which mr_b is an open question.
    """

    council: Council
    mrs_a: UUID
    mr_b: UUID
    mrs_c: UUID
    mr_d: UUID
    statement_a: UUID
    first_b: UUID
    second_b: UUID
    change: UUID
    sample: UUID


@pytest.fixture(scope="session")
def kept(new_council: Callable[..., Council]) -> Kept:
    office = Office(new_council())
    at = datetime(2023, 10, 3, 10, tzinfo=UTC)
    mrs_a, mr_b = office.mrs_a(), office.open("P-1002", "Bert", "O'Brien")
    mrs_c, mr_d = office.mrs_a("P-1003", ("Clara", "Clough")), office.open("P-1004", "Dev", "Desai")
    office.record(mr_b, needs(), at)
    office.record(mr_b, money_check("350.00"), at)
    office.record(mr_b, budget("900.00", kind="personal", setting="own_home"), at)
    office.record(mr_b, in_hospital(date(2025, 6, 1), date(2025, 6, 15)), at)
    office.record(mrs_c, died(date(2025, 3, 1)), datetime(2025, 3, 4, 10, tzinfo=UTC))
    statement_a = office.statement(mrs_a, date(2025, 12, 11), datetime(2025, 12, 15, 11, tzinfo=UTC))
    first_b = office.statement(mr_b, date(2026, 2, 15), datetime(2026, 2, 16, 9, tzinfo=UTC))
    late = datetime(2026, 2, 20, 14, 3, 21, 123456, tzinfo=UTC)
    office.record(mr_b, money_check("945.00", date(2026, 2, 1)), late)
    office.record(mr_b, budget("945.00", date(2026, 2, 1), kind="personal", setting="own_home"), late)
    second_b = office.statement(mr_b, date(2026, 3, 31), datetime(2026, 4, 2, 9, tzinfo=UTC))
    change = Policy(office.council).propose((FORTY,), by="j.marsh", now=NOON).change.change_id
    sample = _drawn(office.council, mr_b)
    return Kept(office.council, mrs_a, mr_b, mrs_c, mr_d, statement_a, first_b, second_b, change, sample)


def _drawn(council: Council, question: UUID) -> UUID:
    """A sample of every account, by chance; the id of it."""
    population, sample = council.samples.population(), uuid4()
    assert population
    chosen = choose(population.candidates, "random", "1968", len(population.candidates))
    council.samples.keep(sample, "random", "1968", population, chosen, by="v.okoro", now=NOON)
    council.samples.check(uuid4(), sample, question, "question", by="v.okoro", now=NOON)
    return sample


@pytest.fixture(scope="session")
def everything(new_council: Callable[..., Council]) -> Everything:
    """A council of its own, to whose accounts everything happens that can happen."""
    return everything_in(new_council())


@pytest.fixture(scope="session")
def site(installation: Installation) -> Flask:
    """The whole application, on the real store."""
    return create_app(installation)


@pytest.fixture(scope="session")
def site_at(home: Path, installation: Installation) -> Callable[[datetime], Flask]:
    """The application on the same store by another clock, which `app.extensions["careledger"].settings` may move."""
    return lambda now: create_app(Installation(Settings(home=home, clock=now, database_url=None)))


@pytest.fixture(scope="session")
def site_address(site: Flask) -> Iterator[str]:
    with served(site) as address:
        yield address


def sign_in_path(
    app: Flask, council: Council, role: str, account: UUID | None = None, sub: str = "alice", **more: object
) -> str:
    """The path of a link that signs somebody in."""
    installation: Installation = app.extensions["careledger"]
    own = {name: str(value) for name, value in {**more, "account": account}.items() if value}
    token = installation.issuer.token(
        audience=SIGN_IN, sub=sub, council=council.code, role=role, lasts=timedelta(hours=1), **own
    )
    return f"/sign-in?token={token}"


def signed_in_client(
    app: Flask, council: Council, role: str, account: UUID | None = None, sub: str = "alice", **more: object
) -> FlaskClient:
    """A browser without a screen, signed in."""
    client = app.test_client()
    assert client.get(sign_in_path(app, council, role, account, sub, **more)).status_code == 303
    return client


@pytest.fixture
def finance(site: Flask, kept: Kept) -> FlaskClient:
    return signed_in_client(site, kept.council, "finance")


@pytest.fixture
def auditor(site: Flask, kept: Kept) -> FlaskClient:
    return signed_in_client(site, kept.council, "auditor")


@pytest.fixture
def finance_of_everything(site: Flask, everything: Everything) -> FlaskClient:
    return signed_in_client(site, everything.council, "finance")


@pytest.fixture
def auditor_of_everything(site: Flask, everything: Everything) -> FlaskClient:
    return signed_in_client(site, everything.council, "auditor")


@pytest.fixture
def mrs_a(site: Flask, kept: Kept) -> FlaskClient:
    """Mrs A's own browser."""
    return signed_in_client(site, kept.council, "citizen", kept.mrs_a)
