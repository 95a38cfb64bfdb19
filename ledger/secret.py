"""What is this installation's secret, and which passwords follow from it?"""

from __future__ import annotations

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

SHORTEST = 32  # bytes: what SHA-256 can make use of


class UnusableSecret(RuntimeError):
    """The file that should hold the secret is missing, too short or open to others."""


def secret(home: Path) -> bytes:
    """The installation's secret: from the file CARELEDGER_SECRET_FILE names, else from the home, made if absent.

    The file holds at least 32 bytes in hexadecimal. Refuses a named file that is missing, a short secret,
    and a secret of the home's own that other users of the machine may read.
    """
    named = os.environ.get("CARELEDGER_SECRET_FILE")
    if named:
        return _read(Path(named))
    own = home / "secret"
    if not own.exists():
        _make(own)
    if own.stat().st_mode & 0o077:
        raise UnusableSecret(f"{own} may be read by other users; run: chmod 600 '{own}'")
    return _read(own)


def role_password(secret: bytes, role: str) -> str:
    """The password of a PostgreSQL role, so that none needs to be stored beside the secret."""
    return hmac.new(secret, f"postgresql role {role}".encode(), sha256).hexdigest()


def _read(path: Path) -> bytes:
    try:
        value = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as fault:
        raise UnusableSecret(f"{path} should hold a secret in hexadecimal: {fault}") from fault
    if len(value) < SHORTEST:
        raise UnusableSecret(f"{path} holds {len(value)} bytes; a secret needs at least {SHORTEST}")
    return value


def _make(path: Path) -> None:
    """Two first starts at once must agree, so a whole file is linked into place and the first one wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"secret.{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(SHORTEST) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
