"""Which version of the program is this, to somebody who asks whether another may do better?"""

from functools import cache
from hashlib import sha256
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_DECIDES = ("domain", "ledger", "projections")
"""The packages whose code decides how an account is read and worked out."""


@cache
def program() -> str:
    """A digest of the code and the dated files of law that figures follow from."""
    digest = sha256()
    for package in _DECIDES:
        for file in sorted((_ROOT / package).rglob("*")):
            if file.suffix in {".py", ".yaml"}:
                digest.update(str(file.relative_to(_ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
