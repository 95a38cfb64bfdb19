"""How an account, or an estimate that was received, is named in letters and on the telephone: CA-7K3M-92QX."""

import secrets

ACCOUNT, ESTIMATE = "CA", "ES"

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U to mishear
_CHECKED_BY = 37
_MISREAD = str.maketrans("ILO", "110")


class NoReference(ValueError):
    """This is no account reference: compare it with the letter. It looks like CA-7K3M-92QX."""


def new_reference(prefix: str = ACCOUNT) -> str:
    """A random reference: what it names, seven characters and Crockford's check character."""
    signs = new_signs(8)
    return f"{prefix}-{signs[:4]}-{signs[4:]}"


def read_reference(text: str) -> str:
    """The reference as we write it, however it was typed; raises NoReference when its check does not fit."""
    typed = as_signs(text).removeprefix(ACCOUNT)
    if not fit(typed, 8):
        raise NoReference(NoReference.__doc__)
    return f"{ACCOUNT}-{typed[:4]}-{typed[4:]}"


def new_signs(length: int) -> str:
    """Random characters, the last of which checks the others.

    Numbers whose check is one of Crockford's five extra signs are passed over, so every sign is a letter or a digit.
    """
    while True:
        number = secrets.randbelow(32 ** (length - 1))
        if number % _CHECKED_BY < len(_ALPHABET):
            digits = (_ALPHABET[number // 32**place % 32] for place in range(length - 2, -1, -1))
            return "".join(digits) + _ALPHABET[number % _CHECKED_BY]


def as_signs(text: str) -> str:
    """What was typed, in capitals and without what stands between the signs; what is easily misread is put right."""
    return "".join(c for c in text.upper() if c.isalnum()).translate(_MISREAD)


def fit(signs: str, length: int) -> bool:
    """Whether there are as many signs as there should be, and the last fits the others."""
    if len(signs) != length or not set(signs) <= set(_ALPHABET):
        return False
    number: int = sum(_ALPHABET.index(c) * 32**place for place, c in enumerate(reversed(signs[:-1])))
    return number % _CHECKED_BY == _ALPHABET.index(signs[-1])
