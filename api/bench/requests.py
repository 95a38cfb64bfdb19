"""W8: how many requests a second does the server answer, 90 reads to 10 writes?"""

import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from os import environ
from statistics import median, quantiles
from uuid import UUID, uuid4

from api.bench.client import ask
from api.bench.figures import Goal, NotMeasured, Shown, Trial
from api.bench.filling import fill
from api.bench.lives import budget
from api.bench.place import Place
from api.bench.sizes import FEW, Size
from api.issuer import API
from ledger.council import Council
from projections.follow import catch_up

CONNECTIONS = 16
PROCESSES = 2
HOST = "127.0.0.1"
WHAT = f"90 reads to 10 writes, {CONNECTIONS} connections, {PROCESSES} server processes"
PATIENCE = 60.0  # seconds until a server that was started answers
_A_MOMENT = 0.1  # seconds between two looks


def trials(place: Place, size: Size, shown: Shown) -> Iterator[Trial | NotMeasured]:
    """The mix and, of the same server, /livez; and how much longer the slowest wait than most do."""
    rate = ("W8", WHAT, "requests a second", Goal(">=", 0.35))
    slowest = ("W8-p99", f"{WHAT}: the 99th percentile beside the median", "ms a request", Goal("<=", 5))
    if others := place.others():
        reason = f"a server serves every council there is, and {', '.join(others)} should be left alone"
        yield from (NotMeasured(*asked, reason) for asked in (rate, slowest))
        return
    council = place.new_council()
    accounts = fill(council, size.accounts_commanded, FEW, shown)
    catch_up(council, shown)  # what the lists of a server that runs rest on is up to date
    place.settle(f"{council.names.schema}.events")
    with _served(place) as port:
        mix = _Mix(place, council, accounts, port, size.seconds)
        mix.a_second()  # so that connections and caches are there
        yield Trial(*rate, mix.a_second, mix.floor_a_second)
        yield Trial(*slowest, mix.slowest, mix.usual)


class _Mix:
    """What callers ask, drawn anew each time."""

    def __init__(self, place: Place, council: Council, accounts: Sequence[UUID], port: int, seconds: int) -> None:
        self._accounts, self._seconds, self._address = accounts, seconds, (HOST, port)
        issuer, lasts = place.installation.issuer, timedelta(hours=12)
        tokens = (
            issuer.token(audience=API, sub=role, council=council.code, role=role, lasts=lasts)
            for role in ("finance", "assessor")
        )
        self._reader, self._writer = (f"Host: {HOST}\r\nAuthorization: Bearer {token}\r\n" for token in tokens)
        self._waited: list[float] = []

    def a_second(self) -> float:
        answered = ask(self._address, CONNECTIONS, self._seconds, self._drawn)
        self._waited = answered.waited
        return answered.a_second

    def floor_a_second(self) -> float:
        alive = f"GET /livez HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
        return ask(self._address, CONNECTIONS, self._seconds, lambda: alive).a_second

    def slowest(self) -> float:
        """Milliseconds that one of a hundred waits longer for than."""
        self.a_second()
        return 1000 * quantiles(self._waited, n=100)[98]

    def usual(self) -> float:
        """The median of the same requests."""
        return 1000 * median(self._waited)

    def _drawn(self) -> bytes:
        address = f"/v1/care-accounts/{random.choice(self._accounts)}"
        if random.random() < 0.1:
            return self._write(f"{address}/budgets")
        return f"GET {address}{random.choice(('', '/cap-progress'))} HTTP/1.1\r\n{self._reader}\r\n".encode()

    def _write(self, address: str) -> bytes:
        body = json.dumps(budget(random.randrange(20_000)).model_dump(mode="json", exclude_defaults=True))
        of_body = f"Idempotency-Key: {uuid4().hex}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        return f"POST {address} HTTP/1.1\r\n{self._writer}{of_body}\r\n\r\n{body}".encode()


@contextmanager
def _served(place: Place) -> Iterator[int]:
    """`careledger serve` on the place, as an operator would run it; the port it listens on."""
    with closing(socket.create_server((HOST, 0))) as free:
        port: int = free.getsockname()[1]
    of_place = {"CARELEDGER_HOME": str(place.folder), "CARELEDGER_DATABASE_URL": place.settings.database_url or ""}
    ours = {name: value for name, value in environ.items() if not name.startswith("CARELEDGER_")}
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port), "--processes", str(PROCESSES)]
    environment = ours | {name: value for name, value in of_place.items() if value}
    with (place.folder / "server.log").open("ab") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait_for(server, port)
            yield port
        finally:
            server.terminate()
            server.wait()


def _wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Return once it listens; raises RuntimeError when it ends instead, or takes too long."""
    since = time.monotonic()
    while time.monotonic() < since + PATIENCE and server.poll() is None:
        with closing(socket.socket()) as attempt:
            if attempt.connect_ex((HOST, port)) == 0:
                return
        time.sleep(_A_MOMENT)
    raise RuntimeError(f"the server did not answer within {PATIENCE:.0f} s")
