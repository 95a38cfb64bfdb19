"""How an account, or an estimate that was received, is named in letters and on the telephone: CA-7K3M-92QX."""

import secrets

ACCOUNT, ESTIMATE = "CA", "ES"

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U to mishear
_CHECKED_BY = 37
_MISREAD = str.maketrans("ILO", "110")


class NoReference(ValueError):
    """This is no account reference: compare it with the letter. It looks like CA-7K3M-92QX."""


def new_reference(prefix: str = ACCOUNT) -> str:
    """A random reference: what it names, seven characters and Crockford's check character.

    Numbers whose check is one of his five extra signs are passed over, so that every sign is a letter or a digit.
    """
    while True:
        number = secrets.randbelow(32**7)
        if number % _CHECKED_BY < len(_ALPHABET):
            return _written(number, prefix)


def read_reference(text: str) -> str:
    """The reference as we write it, however it was typed; raises NoReference when its check does not fit."""
    typed = "".join(c for c in text.upper() if c.isalnum()).removeprefix(ACCOUNT).translate(_MISREAD)
    try:
        number = sum(_ALPHABET.index(c) * 32**place for place, c in enumerate(reversed(typed[:-1])))
    except ValueError:
        raise NoReference(NoReference.__doc__) from None
    written = _written(number) if number % _CHECKED_BY < len(_ALPHABET) else ""
    if len(typed) != 8 or written.replace("-", "") != f"{ACCOUNT}{typed}":
        raise NoReference(NoReference.__doc__)
    return written


def _written(number: int, prefix: str = ACCOUNT) -> str:
    digits = "".join(_ALPHABET[number // 32**place % 32] for place in range(6, -1, -1))
    digits += _ALPHABET[number % _CHECKED_BY]
    return f"{prefix}-{digits[:4]}-{digits[4:]}"
