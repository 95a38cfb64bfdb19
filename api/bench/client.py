"""How is a server asked from many connections at once by a client that itself costs little?"""

import selectors
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from typing import NamedTuple

Drawn = Callable[[], bytes]
"""The next request, whole."""


class Refused(RuntimeError):
    """The server answered something else than that it did what it was asked."""


class _Connection:
    """One connection, which asks again as soon as it is answered."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address, timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._read, self._asked_at = b"", 0.0

    def ask(self, request: bytes) -> None:
        self._read, self._asked_at = b"", time.monotonic()
        self.socket.sendall(request)

    def answered(self) -> float | None:
        """Read on; seconds since it was asked once the answer is whole. Raises Refused."""
        self._read += self.socket.recv(65_536)
        head, end, body = self._read.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            return None
        if head[9:10] != b"2":
            raise Refused(f"{Refused.__doc__} It said: {self._read.decode(errors='replace')}")
        return time.monotonic() - self._asked_at


class Answered(NamedTuple):
    """How long each request waited that was answered, and in how many seconds they were."""

    waited: list[float]
    seconds: float

    @property
    def a_second(self) -> float:
        return len(self.waited) / self.seconds


def ask(address: tuple[str, int], connections: int, seconds: float, drawn: Drawn) -> Answered:
    """Ask for so long, or until the first answer where that takes longer. Raises Refused, OSError."""
    waited: list[float] = []
    with ExitStack() as opened, selectors.DefaultSelector() as ready:
        for _ in range(connections):
            connection = _Connection(address)
            opened.enter_context(closing(connection.socket))
            ready.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask(drawn())
        began = time.monotonic()
        while time.monotonic() < began + seconds or not waited:
            for key, _ in ready.select(timeout=1):
                if (took := key.data.answered()) is not None:
                    waited.append(took)
                    key.data.ask(drawn())
        return Answered(waited, time.monotonic() - began)


def _length(head: bytes) -> int:
    """The length that an answer's head gives its body."""
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise Refused(f"{Refused.__doc__} It gave no Content-Length: {head.decode(errors='replace')}")
