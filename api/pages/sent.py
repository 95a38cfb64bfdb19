"""How is a form that is sent twice known again?"""

import hashlib
import re

from api.kit.problems import ApiError
from api.pages.asked import Asked
from api.pages.page import Visit
from domain.account.statement import canonical
from ledger.receipts import Request

_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)


def request_sent(visit: Visit, asked: Asked, what: object) -> Request:
    """The request that a form stands for, by the key it was shown with; raises ApiError where it holds none."""
    key = key_sent(asked)
    digest = hashlib.sha256(canonical(["POST", visit.request.path.lower(), what])).digest()
    return Request(visit.identity.sub, key, digest)


def key_sent(asked: Asked) -> str:
    """The key a form was shown with; raises ApiError where it holds none."""
    key = asked.text("key")
    if not _KEY.fullmatch(key):
        raise unreadable()
    return key


def unreadable() -> ApiError:
    """The problem of a form that does not hold what ours hold."""
    return ApiError(400, "malformed", "The form could not be read.")
