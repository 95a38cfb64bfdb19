"""How often may somebody try, and when may they try again?

The real clock counts, as it does for who may come in. A proxy in front is the first to hold off a flood; what is
counted here is counted alike for every process, in the vault of the council it is tried at.
"""

import hmac
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator

from api.kit.problems import ApiError
from ledger.council import Council

_WRITTEN = re.compile(r"(?P<most>[1-9][0-9]{0,6})/(?P<seconds>[1-9][0-9]{0,4})", re.ASCII)


class Limit(NamedTuple):
    """So many tries in each span of so many seconds."""

    most: int
    seconds: int


def _read(value: Any) -> Any:
    if value is None or isinstance(value, Limit):
        return value
    if value == "off":
        return None
    found = _WRITTEN.fullmatch(str(value))
    if not found:
        raise ValueError('write tries and seconds, as "30/900", or "off"')
    return Limit(int(found["most"]), int(found["seconds"]))


LimitOrOff = Annotated[Limit | None, BeforeValidator(_read)]


class Limits:
    """Counts by the address or the client that tries, of which only a keyed digest is kept."""

    def __init__(self, secret: bytes) -> None:
        self._key = hmac.new(secret, b"who tries how often", sha256).digest()

    def require(self, council: Council, what: str, limit: Limit | None, who: str) -> None:
        """Count one try; raises ApiError with how long to wait where it is one too many."""
        if limit is None:
            return
        now = _wall_clock()
        began = _span(now, limit)
        if council.attempts.count(what, self.digest(what, who), began) > limit.most:
            wait = began + timedelta(seconds=limit.seconds) - now
            raise ApiError(
                429,
                "too-often",
                "This was tried too often. Wait as many seconds as Retry-After says, then try again.",
                headers={"Retry-After": str(int(wait.total_seconds()) + 1)},
            )

    def digest(self, what: str, who: str) -> bytes:
        """Who tries, so that rows can be told apart and tell nobody's address."""
        return hmac.new(self._key, f"{what} {who}".encode(), sha256).digest()


def _wall_clock() -> datetime:
    return datetime.now(UTC)


def _span(now: datetime, limit: Limit) -> datetime:
    """When the span at hand began: spans follow each other without a gap, for everybody alike."""
    return datetime.fromtimestamp(int(now.timestamp()) // limit.seconds * limit.seconds, UTC)
