"""How a reader hears of new events: it looks again at short intervals, so a commit has nobody to notify."""

from collections.abc import Sequence
from threading import Thread

from eventsourcing.persistence import ApplicationRecorder, ListenNotifySubscription

LOOK_AGAIN_AFTER = 0.2  # seconds


class PollingSubscription(ListenNotifySubscription[ApplicationRecorder]):
    """The library's subscription, woken by the clock. A NOTIFY inside each commit would halve the writing speed."""

    def __init__(self, recorder: ApplicationRecorder, gt: int | None = None, topics: Sequence[str] = ()) -> None:
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        self._waker = Thread(target=self._wake_while_wanted, daemon=True)
        self._waker.start()

    def _wake_while_wanted(self) -> None:
        while self._pull_thread.is_alive():
            self._pull_thread.join(LOOK_AGAIN_AFTER)
            self._has_been_notified.set()
