"""How is a table sorted on the server, by links in the heads of its columns?"""

from collections.abc import Callable, Mapping
from typing import Any

from api.pages.asked import Asked

Sorts = Mapping[str, tuple[str, bool]]
"""What a table can be sorted by: for each, the head of its column and whether that holds figures."""


def sort_asked(asked: Asked, sorts: Sorts) -> str:
    """The order asked for, turned round by a `-` before it; the first there is when none, or another, was."""
    return asked.one_of("sort", (*sorts, *(f"-{name}" for name in sorts)), next(iter(sorts)))


def columns(sorts: Sorts, sort: str, href: Callable[[str], str]) -> list[dict[str, Any]]:
    """The heads: each leads to the table sorted by its column, and the other way round when it is so already."""
    return [
        {
            "text": text,
            "numeric": numeric,
            "href": href(f"-{name}" if sort == name else name),
            "sorted": {name: "ascending", f"-{name}": "descending"}.get(sort),
        }
        for name, (text, numeric) in sorts.items()
    ]
