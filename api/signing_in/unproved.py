"""What does a token say, before anything of it is believed? Only to find out who is to be asked whether it is true."""

import json
from typing import Any

from joserfc.errors import JoseError
from joserfc.jws import extract_compact


def unproved(token: str) -> dict[str, Any]:
    """The claims of a token whose signature nobody has looked at; none where it cannot be read."""
    try:
        said = json.loads(extract_compact(token.encode()).payload or b"")
    except (JoseError, ValueError, TypeError):
        return {}
    return said if isinstance(said, dict) else {}
