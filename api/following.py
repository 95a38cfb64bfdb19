"""Who keeps what is ready to read warm, council after council, and holds no connection while there is nothing to do?"""

import logging

from api.wiring import Installation
from ledger.faults import without_values
from ledger.store.database import StoreUnavailable
from projections.follow import catch_up

log = logging.getLogger(__name__)

AT_ONCE = 10
"""So many councils have their turn at once. Each signs in by its own role, and a server has few connections."""


class Follower:
    """Brings the lists of an installation's councils up to date, some at a time, in turn.

    A reader catches up by itself, so a turn that comes late costs only that reader's time.
    """

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._last = ""

    def turn(self) -> None:
        """Bring the next councils up to date; raises StoreUnavailable."""
        codes = self._installation.codes()
        after_the_last = sorted(codes, key=lambda code: (code <= self._last, code))
        for self._last in after_the_last[:AT_ONCE]:
            self._catch_up(self._last)

    def _catch_up(self, code: str) -> None:
        try:
            council = self._installation.council(code)
            try:
                catch_up(council)
            finally:
                council.projector.close()
        except StoreUnavailable:
            raise
        except Exception as fault:  # the other councils go on
            log.error("the list of %s could not be brought up to date\n%s", code, without_values(fault))
