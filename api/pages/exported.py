"""How does a page hand out what it lists as a file, each kind at an address of its own beside the page's?"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from flask.typing import ResponseReturnValue

from api.exports.files import FILES, File
from api.exports.table import Table
from api.kit.problems import ApiError
from api.pages.asked import Asked, address
from api.pages.page import Allowed, Visit, page

TableOf = Callable[[Visit], Table]
_LISTS: dict[str, str] = {}
"""What each list is called, by the address of its page."""


@dataclass(frozen=True)
class Downloads:
    """The links to a view as a file of each kind, and its own address, under which it can be kept."""

    here: str
    links: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class NamedView:
    """A view of a list: what the list is called, and what was asked of it."""

    address: str
    name: str
    asked: tuple[tuple[str, str], ...]


def exported(path: str, allowed: Allowed, name: str, *, people: bool = False) -> Callable[[TableOf], TableOf]:
    """Serve a table at GET `path`.csv, `path`.xlsx and `path`.parquet, to whom the policy allows it."""
    _LISTS[path] = name

    def keep(table_of: TableOf) -> TableOf:
        for file in FILES.values():

            def view(visit: Visit, file: File = file) -> ResponseReturnValue:
                return file.answer(table_of(visit))

            page(f"{path}.{file.ending}", allowed, people=people)(view)
        return table_of

    return keep


def downloads(path: str, **kept: object) -> Downloads:
    """A view as a file of each kind."""
    links = ({"text": file.words, "href": address(f"{path}.{file.ending}", **kept)} for file in FILES.values())
    return Downloads(address(path, **kept), tuple(links))


def named_view(here: str) -> NamedView | None:
    """What an address of ours shows; None where there is no list."""
    parts = urlsplit(here)
    if parts.scheme or parts.netloc:
        return None
    name = next((name for path, name in _LISTS.items() if _of(path).fullmatch(parts.path)), None)
    return NamedView(here, name, tuple(parse_qsl(parts.query))) if name else None


def require_readable(asked: Asked) -> None:
    """A file is of exactly what was asked: raises ApiError 422 where a filter could not be read."""
    if asked.errors:
        raise ApiError(422, "invalid-fields", f"{next(iter(asked.errors.values()))}.")


def _of(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)))
