"""How do several processes work on councils, each turn begun by all of them together?"""

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier
from typing import Any, TypeVar

from api.memory import look_seldom
from api.settings import Settings
from api.wiring import Installation

PATIENCE = 300.0  # seconds until the slowest has begun
R = TypeVar("R")

_held: list[tuple[Installation, Barrier]] = []
"""What one of the processes holds, from its beginning on."""


class Workers:
    """Processes with the installation's PostgreSQL, as many as there is work for in a turn."""

    def __init__(self, pool: Any, number: int) -> None:
        self._pool, self.number = pool, number

    def together(self, work: Callable[..., R], arguments: Sequence[tuple[Any, ...]]) -> list[R]:
        """What the work comes to in each process, with its own arguments after the installation."""
        if len(arguments) != self.number:
            raise ValueError("each process has its share of a turn")
        found: list[R] = self._pool.starmap(_turn, [(work, *share) for share in arguments], chunksize=1)
        return found


@contextmanager
def workers(settings: Settings, number: int) -> Iterator[Workers]:
    """So many processes, ended when the block does, whatever they are about."""
    spawning = multiprocessing.get_context("spawn")  # a fork would copy the parent's connections
    with spawning.Pool(number, _begin, (settings, spawning.Barrier(number))) as pool:
        yield Workers(pool, number)


def _begin(settings: Settings, barrier: Barrier) -> None:
    """Ctrl-C is for whoever started the processes, who ends them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    look_seldom()
    _held.append((Installation(settings), barrier))


def _turn(work: Callable[..., R], *arguments: Any) -> R:
    ((installation, barrier),) = _held
    barrier.wait(PATIENCE)
    return work(installation, *arguments)
