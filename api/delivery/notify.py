"""How are letters carried by GOV.UK Notify, which knows no key that would make a request of two the same?

Each letter has an id of ours, which Notify keeps as its `reference`. Whoever is not sure that a letter was taken looks
for that first. Words of Notify's that are not known here leave a letter where it is.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any, Final, TypeVar

from notifications_python_client.errors import HTTPError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient

from api.delivery.carrier import NotTaken, NotThisMinute, NotToday, Outgoing, TryAgain
from ledger.letters import Heard, Letter, State

T = TypeVar("T")

STATES: Final[Mapping[str, State]] = {
    "created": "sent",
    "sending": "sent",
    "pending": "sent",
    "pending-virus-check": "sent",
    "accepted": "accepted",
    "received": "delivered",
    "delivered": "delivered",
    "virus-scan-failed": "failed",
    "validation-failed": "failed",
    "technical-failure": "failed",
    "permanent-failure": "failed",
    "cancelled": "failed",
}
"""What each status of a letter means here. `received`: the printer has dispatched it."""


class Notify:
    """One council's service with Notify. Not for two threads at once."""

    name: Final = "notify"
    paced = True

    def __init__(self, key: str, base_url: str, timeout: float) -> None:
        made: Any = NotificationsAPIClient  # it has no types
        self._client = made(key, base_url=base_url, timeout=timeout)

    def find(self, letter: Letter) -> Heard | None:
        reference = str(letter.letter_id)
        found = _answer(lambda: self._client.get_all_notifications(template_type="letter", reference=reference))
        known = [each for each in found.get("notifications", ()) if each.get("reference") == reference]
        return heard(known[0]["status"], known[0]["id"]) if known else None

    def hand_over(self, outgoing: Outgoing) -> Heard:
        if not outgoing.addressed:
            raise NotTaken("no-address")
        reference, file = str(outgoing.letter.letter_id), BytesIO(outgoing.pdf)
        taken = _answer(lambda: self._client.send_precompiled_letter_notification(reference, file))
        return heard("created", taken["id"])

    def ask(self, letter: Letter) -> Heard:
        found = _answer(lambda: self._client.get_notification_by_id(letter.carrier_id))
        return heard(found["status"], found["id"])


def heard(status: str, carrier_id: str, next_at: datetime | None = None) -> Heard:
    """What a status of Notify's means for a letter that it has; `next_at` counts while it is on its way."""
    state = STATES.get(status, "sent")
    on_its_way = state in ("sent", "accepted")
    said = status if status in STATES else "status-not-known"
    return Heard(state, said, Notify.name, Notify.name, carrier_id, next_at=next_at if on_its_way else None)


def _answer(ask: Callable[[], T]) -> Any:
    """What Notify answers; raises TryAgain, NotNow, NotTaken."""
    try:
        return ask()
    except InvalidResponse as fault:
        raise TryAgain("answer-not-understood") from fault
    except HTTPError as fault:
        raise _refusal(fault) from fault


def _refusal(fault: HTTPError) -> Exception:
    status, kinds = fault.status_code, _kinds(fault)
    if "TooManyRequestsError" in kinds:
        return NotToday("TooManyRequestsError")
    if status == 429:
        return NotThisMinute("RateLimitError")
    if status in (401, 403):  # an error of the key, or of a clock that stands more than 30 seconds wrong
        return NotThisMinute("key-not-taken")
    if status in (400, 404, 413, 422):
        return NotTaken(next(iter(kinds), f"http-{status}"))
    return TryAgain(next(iter(kinds), f"http-{status}"))


def _kinds(fault: HTTPError) -> list[str]:
    """Notify's names for what went wrong. Its sentences are not kept: they may repeat what was sent."""
    errors = fault.message if isinstance(fault.message, list) else []
    return [str(each["error"]) for each in errors if isinstance(each, Mapping) and "error" in each]
