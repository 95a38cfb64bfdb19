"""Which characters can the letters' fonts print, and what stands for those that they cannot?"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from struct import unpack_from
from typing import Any

FONT_FILES = tuple(sorted((Path(__file__).parent / "fonts").glob("*.ttf")))
STANDS_FOR_IT = "?"
NOT_PRINTED = (
    "Our printer does not have some letters of a name or address here. We show each of them as a question mark. "
    "We are sorry. We keep the name as it is written."
)
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
"""Kinds of characters that have no shape: among them what turns the direction of writing round."""


def printable(text: str) -> str:
    """A text with a letter that no font has replaced: by the plain letters it is made of, else by a question mark."""
    return "".join(map(_in_print, unicodedata.normalize("NFC", text)))


def loses_letters(text: str) -> bool:
    """Whether a letter of the text is replaced by a question mark."""
    return printable(text).count(STANDS_FOR_IT) > text.count(STANDS_FOR_IT)


def all_printable(value: Any) -> Any:
    """A value of texts, lists and mappings, each text as it can be printed."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [all_printable(each) for each in value]
    return {name: all_printable(each) for name, each in value.items()} if isinstance(value, dict) else value


@cache
def _in_print(character: str) -> str:
    if unicodedata.category(character) in _UNSEEN:
        return ""
    if ord(character) in covered():
        return character
    made_of = [part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)]
    return "".join(made_of) if made_of and all(ord(part) in covered() for part in made_of) else STANDS_FOR_IT


@cache
def covered() -> frozenset[int]:
    """The code points that every one of the fonts has a glyph for."""
    return frozenset.intersection(*(frozenset(_glyphs_of(file.read_bytes())) for file in FONT_FILES))


def _glyphs_of(font: bytes) -> Iterator[int]:
    """The code points in a TrueType font's table of characters (cmap, format 4: those up to U+FFFF)."""
    (tables,) = unpack_from(">H", font, 4)
    entries = (unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(tables))
    cmap = next(at for tag, _, at, _ in entries if tag == b"cmap")
    (subtables,) = unpack_from(">H", font, cmap + 2)
    for n in range(subtables):
        _, _, offset = unpack_from(">HHL", font, cmap + 4 + 8 * n)
        if unpack_from(">H", font, cmap + offset) == (4,):
            yield from _segments(font, cmap + offset)


def _segments(font: bytes, at: int) -> Iterator[int]:
    (doubled,) = unpack_from(">H", font, at + 6)
    count = doubled // 2
    ends = unpack_from(f">{count}H", font, at + 14)
    starts = unpack_from(f">{count}H", font, at + 16 + doubled)
    deltas = unpack_from(f">{count}H", font, at + 16 + 2 * doubled)
    ranges_at = at + 16 + 3 * doubled
    ranges = unpack_from(f">{count}H", font, ranges_at)
    for n, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            place = ranges_at + 2 * n + offset + 2 * (code - start)
            glyph = (code + delta) % 0x10000 if offset == 0 else unpack_from(">H", font, place)[0]
            if glyph:
                yield code
