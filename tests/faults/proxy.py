"""A line between two programs that is cut after exactly so many bytes: by a FIN, by an RST, or by silence."""

import select
import socket
import struct
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from threading import Thread
from typing import Literal, Self

Manner = Literal["FIN", "RST", "silence"]
Towards = Literal["server", "client"]

BEGIN = b"Q\x00\x00\x00\x0aBEGIN\x00"
COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"
"""PostgreSQL's message for it, and how many bytes it answers with."""
ANSWER_TO_COMMIT = 18
WRITING = (b"INSERT INTO", b"COPY ")
AT_ONCE = struct.pack("ii", 1, 0)  # a linger of nothing: whatever is under way is dropped, and the peer is reset


@dataclass(frozen=True, slots=True)
class Cut:
    """A conversation ends when so many bytes have passed in a direction.

    They are counted from its beginning, or from the commit of the first transaction that wrote, which may be a single
    statement: towards the server from the first byte of what commits, towards the client from the first of its answer.
    """

    after: int
    towards: Towards
    manner: Manner
    at_commit: bool = False


class Proxy:
    """Listens on a port of its own and passes on what is said, each conversation until the cut drawn for it."""

    def __init__(self, target: Callable[[], socket.socket], draw: Callable[[], Cut | None] = lambda: None) -> None:
        self.cuts: list[Cut] = []
        self.lengths: list[dict[Towards, int]] = []
        self._target, self.draw = target, draw
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lines: list[Line] = []
        self._threads = [Thread(target=self._accept)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._threads[0].join()
        self._listener.close()
        self.hang_up()
        for thread in self._threads:
            thread.join()

    def hang_up(self) -> None:
        """End every conversation there is now."""
        for line in list(self._lines):
            line.hang_up()

    def _accept(self) -> None:
        with suppress(OSError):  # as it is shut down
            while True:
                client, _ = self._listener.accept()
                try:
                    line = Line(client, self._target(), self.draw())
                except OSError:  # there is no server now, and a client finds that out in the same way
                    client.close()
                    continue
                self._lines.append(line)
                self._threads.append(Thread(target=self._pass_on, args=(line,)))
                self._threads[-1].start()

    def _pass_on(self, line: "Line") -> None:
        if line.pass_on() and line.cut:
            self.cuts.append(line.cut)
        self.lengths.append(line.passed)


class Line:
    """One conversation."""

    def __init__(self, client: socket.socket, server: socket.socket, cut: Cut | None) -> None:
        self._client, self._server, self.cut = client, server, cut
        self._in_transaction = self._wrote = False
        self._left = cut.after if cut and not cut.at_commit else None
        self.passed: dict[Towards, int] = {"server": 0, "client": 0}

    def pass_on(self) -> bool:
        """Whether it was cut, and not ended by one who spoke."""
        try:
            while not self._pass_some():
                pass
        except (OSError, EOFError):
            self._end()
            return False
        assert self.cut
        if self.cut.manner != "silence":
            self._end(reset=self.cut.manner == "RST")
        return True

    def _pass_some(self) -> bool:
        """Pass on what has come; whether that was all that may pass. Raises EOFError when one of them hung up."""
        for source in select.select([self._client, self._server], [], [])[0]:
            to_server = source is self._client
            towards: Towards = "server" if to_server else "client"
            said = source.recv(65_536)
            if not said:
                raise EOFError
            allowed = self._allowed(towards, said)
            passing = said[:allowed]
            self.passed[towards] += len(passing)
            (self._server if to_server else self._client).sendall(passing)
            if allowed is not None:
                return True
        return False

    def _allowed(self, towards: Towards, said: bytes) -> int | None:
        """How many of these bytes are the last that pass, None where all do and more may."""
        cut = self.cut
        waiting = cut and cut.at_commit and self._left is None and towards == "server"
        if cut and waiting and (before := self._commits(said)) >= 0:
            self._left = cut.after + (before if cut.towards == "server" else 0)
        if cut is None or self._left is None or cut.towards != towards:
            return None
        if self._left <= len(said):
            return self._left
        self._left -= len(said)
        return None

    def _commits(self, said: bytes) -> int:
        """Where what was said commits something written, -1 where it does not."""
        self._in_transaction = self._in_transaction or BEGIN in said
        self._wrote = self._wrote or any(word in said for word in WRITING)
        if not self._wrote:
            self._in_transaction = self._in_transaction and COMMIT not in said
            return -1
        return said.find(COMMIT) if self._in_transaction else 0

    def _end(self, *, reset: bool = False) -> None:
        for end in (self._client, self._server):
            with closing(end), suppress(OSError):
                if reset:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
                else:
                    end.shutdown(socket.SHUT_RDWR)

    def hang_up(self) -> None:
        """End it from outside: whoever passes on hears that both hung up; after a silence nobody does."""
        for end in (self._client, self._server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        if self.cut and self.cut.manner == "silence":
            self._end()
