"""As whom do PostgreSQL's programs run, and what did they say?"""

from __future__ import annotations

import json
import os
import pwd
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from ledger.embedded import launch
from ledger.embedded.place import Place, program


class CannotStart(RuntimeError):
    """The embedded PostgreSQL could not be made, started, reached or stopped."""


def run(place: Place, command: Sequence[str], folders: dict[str, Path], held: int | None = None) -> None:
    """Run a program of PostgreSQL's as the server's user, its messages going to the log.

    With `held` it is a server: it is detached, and keeps that descriptor open for as long as it lives.
    Raises CannotStart when it fails, or when the server's user cannot reach what it needs.
    """
    orders = {
        "home": str(place.home),
        "folders": {"program": str(program())} | {name: str(folder) for name, folder in folders.items()},
        "command": command,
        "user": server_user(place),
        "detach": held is not None,
    }
    with open(os.open(place.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as log:
        done = subprocess.run(
            [sys.executable, "-I", "-S", launch.__file__, json.dumps(orders)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.PIPE,
            pass_fds=() if held is None else (held,),
            cwd="/",  # the caller's folder may be closed to the user we become
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},  # none of the caller's PG* variables
            text=True,
            check=False,
        )
    if done.returncode != 0:
        raise CannotStart(done.stderr.strip() or f"PostgreSQL could not be set up. {last_words(place)}")


def server_user(place: Place) -> tuple[int, int] | None:
    """The user and group that PostgreSQL runs as when we are root: whoever owns the data, at first nobody."""
    if os.geteuid() != 0:
        return None
    owner = place.data.stat() if place.data.exists() else None
    if owner and owner.st_uid != 0:
        return owner.st_uid, owner.st_gid
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def give(place: Place, *paths: Path) -> None:
    """Let the server's user own what it has to write to; nothing else in the home changes hands."""
    user = server_user(place)
    for path in paths:
        if user:
            os.chown(path, *user, follow_symlinks=False)


def last_words(place: Place) -> str:
    """Where the log is and how it ends, for the sentence that says what went wrong."""
    lines = place.log.read_text(encoding="utf-8", errors="replace").splitlines() if place.log.exists() else []
    return f"Its last words in {place.log}: {' / '.join(lines[-3:]) or 'none'}"
