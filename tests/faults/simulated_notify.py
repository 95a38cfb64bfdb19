"""A GOV.UK Notify of our own on this machine: it obeys the limits, and fails in the ways that the real one does."""

import base64
import binascii
import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, RLock, Thread
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from pypdf import PdfReader

from tests.conftest import NOON
from tests.letters.reading import placed

SERVICE, SECRET = "8b3aa916-ec82-434e-b0c5-d5d9b371d6a3", "d8b1c4a0-0f0e-4b1e-9f37-2b1a0d4c5e6f"
KEY = f"a_key-{SERVICE}-{SECRET}"
A4 = (595, 842)  # points
LARGEST = 2 * 1024 * 1024
WINDOW = (24.1, 39.5, 119.5, 66.3)
"""Of the envelope: left, top, right and bottom from the upper left corner of the page, in millimetres."""

Fault = Literal["500", "503", "away", "taken-then-away", "hold-then-away"]
"""What goes wrong with a request: the last two take the letter, and the client does not hear of it."""
Json = dict[str, Any]


@dataclass
class SimulatedNotify:
    """`faults` befall the next requests that hand a letter over, one each; None stands for none."""

    requests_a_minute: int = 3_000
    letters_a_day: int = 20_000
    faults: list[Fault | None] = field(default_factory=list)
    taken: list[Json] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    holding: Event = field(default_factory=Event)
    let_go: Event = field(default_factory=Event)
    address: str = ""

    def __post_init__(self) -> None:
        self.clock = NOON  # set on by tests: its minutes and days are theirs
        self._counted: Counter[tuple[str, str]] = Counter()
        self._lock = RLock()

    def forget(self) -> None:
        """Be as at first, at the same address."""
        vars(self).update(vars(SimulatedNotify(address=self.address)))

    @property
    def doubled(self) -> list[str]:
        """The references under which it took more than one letter."""
        return [
            reference for reference, number in Counter(each["reference"] for each in self.taken).items() if number > 1
        ]

    def becomes(self, reference: UUID | str, status: str) -> None:
        """Have a letter be in another state from now on."""
        for each in self.taken:
            if each["reference"] == str(reference):
                each["status"] = status

    def answer(self, method: str, target: str, authorization: str, body: bytes) -> tuple[int, Json] | None:
        """The status and body of an answer; None where the line is cut instead."""
        with self._lock:
            self.requests[method] += 1
            if not _proved(authorization):
                return _refusal(403, "AuthError")
            if not self._within("minute", self.clock.strftime("%Y%m%d%H%M"), self.requests_a_minute):
                return self._refused(429, "RateLimitError")
        path = urlsplit(target)
        if method == "POST":
            return self._take(json.loads(body))
        wanted = parse_qs(path.query).get("reference")
        with self._lock:
            if wanted:
                return 200, {
                    "notifications": [each for each in self.taken if each["reference"] == wanted[0]],
                    "links": {},
                }
            found = [each for each in self.taken if each["id"] == path.path.rpartition("/")[2]]
            return (200, found[0]) if found else self._refused(404, "NoResultFound")

    def _take(self, sent: Json) -> tuple[int, Json] | None:
        with self._lock:
            fault = self.faults.pop(0) if self.faults else None
            if fault in ("500", "503"):
                return self._refused(int(fault), "Exception")
            if fault == "away":
                return None
            if wrong := _wrong_with(sent):
                return self._refused(400, wrong)
            if not self._within("day", self.clock.strftime("%Y%m%d"), self.letters_a_day):
                return self._refused(429, "TooManyRequestsError")
            letter = {"id": str(uuid4()), "reference": sent["reference"], "status": "pending-virus-check"}
            self.taken.append(letter | {"type": "letter", "content": sent["content"]})
        if fault == "hold-then-away":
            self.holding.set()
            self.let_go.wait(120)
        return None if fault else (201, {"id": letter["id"], "reference": sent["reference"], "postage": "second"})

    def _within(self, what: str, when: str, most: int) -> bool:
        self._counted[what, when] += 1
        return self._counted[what, when] <= most

    def _refused(self, status: int, kind: str) -> tuple[int, Json]:
        self.refused[kind] += 1
        return _refusal(status, kind)


@contextmanager
def simulated_notify(**said: Any) -> Iterator[SimulatedNotify]:
    """One that listens on this machine for as long as the block runs."""
    notify = SimulatedNotify(**said)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            found = notify.answer(self.command, self.path, self.headers.get("Authorization", ""), body)
            if found is None:
                self.close_connection = True
                self.connection.close()
                return
            status, answer = found
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _answer

        def log_message(self, format: str, *args: Any) -> None:
            return

        def handle(self) -> None:
            try:
                super().handle()
            except (OSError, ValueError):  # the line was cut, or its client was killed
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    notify.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield notify
    finally:
        notify.let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _proved(authorization: str) -> bool:
    """Whether a request brings a fresh token of the service's, signed with its secret."""
    try:
        claims = jwt.decode(
            authorization.removeprefix("Bearer "), OctKey.import_key(SECRET), algorithms=["HS256"]
        ).claims
    except (JoseError, ValueError):
        return False
    return bool(claims["iss"] == SERVICE and abs(datetime.now(UTC).timestamp() - claims["iat"]) <= 30)


def _refusal(status: int, kind: str) -> tuple[int, Json]:
    return status, {"status_code": status, "errors": [{"error": kind, "message": "As the real one would say it."}]}


def _wrong_with(sent: Json) -> str | None:
    """Why a letter is not taken, by the names of the real one."""
    try:
        UUID(sent["reference"])
        content = base64.b64decode(sent["content"], validate=True)
    except (KeyError, ValueError, binascii.Error):
        return "ValidationError"
    if len(content) > LARGEST or not content.startswith(b"%PDF"):
        return "BadRequestError"
    pages = PdfReader(io.BytesIO(content)).pages
    if any((round(page.mediabox.width), round(page.mediabox.height)) != A4 for page in pages):
        return "BadRequestError"
    return None if _lines_in_the_window(content) >= 3 else "BadRequestError"


def _lines_in_the_window(content: bytes) -> int:
    """How many lines of an address stand where the envelope's window shows them."""
    left, top, right, bottom = WINDOW
    return len(
        {round(each.top) for each in placed(content) if left <= each.left <= right and top <= each.top <= bottom}
    )
