"""How does work go on once its request was answered?

In a thread of the serving process. The work itself must be fit to be cut off anywhere and gone on with by whoever comes
next, so that a worker process can take it over without anything but this module changing.
"""

import logging
from collections.abc import Callable
from threading import Lock, Thread

from ledger.faults import without_values

log = logging.getLogger(__name__)

_lock = Lock()
_under_way: set[str] = set()


def afterwards(name: str, work: Callable[[], None]) -> None:
    """Do the work in a thread that ends with the process; nothing where work of the name is under way here already."""
    Thread(target=_once_at_a_time, args=(name, work), name=name, daemon=True).start()


def _once_at_a_time(name: str, work: Callable[[], None]) -> None:
    with _lock:
        if name in _under_way:
            return
        _under_way.add(name)
    try:
        work()
    except Exception as fault:
        log.error("%s was cut off; the same request, sent again, goes on with it\n%s", name, without_values(fault))
    finally:
        _under_way.discard(name)
