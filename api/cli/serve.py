"""`careledger serve`: the pages and the API."""

import logging
import os
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any

import click
from apscheduler.schedulers.background import BackgroundScheduler
from gunicorn.app.base import BaseApplication

from api.app import create_app, load_resources
from api.cli.shared import running
from api.following import Follower
from api.memory import look_seldom
from api.wiring import Installation
from ledger.embedded import CannotStart
from ledger.store.database import StoreUnavailable

log = logging.getLogger(__name__)

FOLLOW_EVERY = 2  # seconds
ENDING = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option(
    "--work", is_flag=True, help="Also start one worker, as `careledger work` would; else nothing due is done."
)
def command(port: int, host: str, processes: int, work: bool) -> None:
    """Serve the pages and the API until interrupted. Refuses to start on a store that is not safe."""
    with running() as installation:
        serve(installation, host=host, port=port, processes=processes, work=work)


def serve(
    installation: Installation,
    *,
    port: int,
    host: str = "127.0.0.1",
    processes: int = 2,
    work: bool = False,
    when_ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve every council that was set up; raises UnsafeStore before anything listens."""
    for code in installation.codes():
        installation.council(code)
    _require_free(host, port)
    lose_no_signal()
    with _worker_beside() if work else nullcontext():
        _Server(installation, f"{host}:{port}", processes, when_ready).run()


@contextmanager
def _worker_beside() -> Iterator[None]:
    """A worker that ends with the server. It is born with signals held back, so that Ctrl-C cannot come too early."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    worker = subprocess.Popen([sys.executable, "-P", "-m", "api.cli", "work"])
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()


def _require_free(host: str, port: int) -> None:
    """gunicorn would try again for seconds, and then say it in its own words."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as fault:
            raise click.ClickException(
                f"Nothing can listen on {host}, port {port}: {fault.strerror}. Choose another with --port."
            ) from fault


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with threads, each process following the ledger on a clock of its own."""

    def __init__(self, installation: Installation, bind: str, processes: int, when_ready: Callable[[], None]) -> None:
        self._installation = installation
        load_resources()

        def ready(server: Any) -> None:
            _bound_waits(server.LISTENERS, installation.settings.client_timeout)
            when_ready()

        self._options = {
            "bind": bind,
            "workers": processes,
            "threads": 8,
            "worker_class": "gthread",
            "limit_request_line": 8190,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": ready,
            "post_worker_init": lambda worker: _begin(installation),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        return create_app(self._installation)


def lose_no_signal() -> None:
    """Between its fork and its first handlers a process would lose Ctrl-C: signals wait until it has begun."""
    os.register_at_fork(
        before=partial(signal.pthread_sigmask, signal.SIG_BLOCK, ENDING),
        after_in_parent=partial(signal.pthread_sigmask, signal.SIG_UNBLOCK, ENDING),
    )


def _bound_waits(listeners: list[Any], seconds: float) -> None:
    """Have nobody who stops in the middle of a request keep a thread for good: the kernel gives each accepted socket
    the time-outs of the one that listens, and gunicorn has none of its own for them.
    """
    bound = struct.pack("ll", int(seconds), round(seconds % 1 * 1_000_000))  # a struct timeval
    for listener in listeners:
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            listener.sock.setsockopt(socket.SOL_SOCKET, option, bound)


def _begin(installation: Installation) -> None:
    look_seldom()
    _follow(installation)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


def _follow(installation: Installation) -> None:
    """Keep what is ready to read warm, and the store alive."""
    scheduler, follower = BackgroundScheduler(timezone="UTC"), Follower(installation)

    def next_councils() -> None:
        try:
            follower.turn()
        except StoreUnavailable as fault:
            log.warning("the store is away: %s", fault)
            _revive(installation)

    scheduler.add_job(next_councils, "interval", seconds=FOLLOW_EVERY, coalesce=True, max_instances=1)
    scheduler.start()


def _revive(installation: Installation) -> None:
    """Should the embedded PostgreSQL have died, it lives again, or is tried again soon; any other is left alone."""
    try:
        installation.start()
    except CannotStart as fault:
        log.error("%s", fault)
