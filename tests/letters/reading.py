"""What stands on a paper: its words page by page, where each begins, and what is attached?"""

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdf import PdfReader

MM = 72 / 25.4
A4_HEIGHT = 297
FOOT = re.compile(r"Reference CA-[0-9A-Z]{4}-[0-9A-Z]{4}\. Page [0-9]+ of [0-9]+")


class Placed(NamedTuple):
    """Words, and how far they begin from the left and from the top of the page, in millimetres."""

    words: str
    left: float
    top: float
    points: float


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def squeezed(words: str) -> str:
    """Words without the blanks and line ends between them, which paper puts where it likes."""
    return re.sub(r"\s+", "", words)


def said_on(pdf: bytes) -> str:
    """The words of every page, without its foot, squeezed."""
    return squeezed("".join(FOOT.sub("", page.extract_text()) for page in reader(pdf).pages))


def placed(pdf: bytes, page: int = 0) -> list[Placed]:
    """Each run of words of a page with its place."""
    found: list[Placed] = []

    def keep(words: str, space: list[float], at: list[float], font: object, size: float) -> None:
        if words.strip():
            left = (space[0] * at[4] + space[2] * at[5] + space[4]) / MM
            top = A4_HEIGHT - (space[1] * at[4] + space[3] * at[5] + space[5]) / MM
            found.append(Placed(words.strip(), left, top, abs(size * at[3] * space[3])))

    reader(pdf).pages[page].extract_text(visitor_text=keep)
    return found


def alternatives(pdf: bytes) -> list[str]:
    """What is said to whoever cannot see a picture, for each picture."""
    root: Any = reader(pdf).trailer["/Root"]
    return [str(each["/Alt"]) for each in _tagged(root["/StructTreeRoot"]) if "/Alt" in each]


def _tagged(element: Any) -> Iterator[Any]:
    """An element of a structure and all below it."""
    yield element
    below = element.get("/K", [])
    for each in below if isinstance(below, list) else [below]:
        found = each.get_object()
        if isinstance(found, dict):
            yield from _tagged(found)
