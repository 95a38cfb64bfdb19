"""How does a page hand out what it lists as a file, each kind at an address of its own beside the page's?"""

from collections.abc import Callable

from flask.typing import ResponseReturnValue

from api.exports.files import FILES, File
from api.exports.table import Table
from api.kit.problems import ApiError
from api.pages.asked import Asked, address
from api.pages.page import Allowed, Visit, page

TableOf = Callable[[Visit], Table]


def exported(path: str, allowed: Allowed, *, people: bool = False) -> Callable[[TableOf], TableOf]:
    """Serve a table at GET `path`.csv, `path`.xlsx and `path`.parquet, to whom the policy allows it."""

    def keep(table_of: TableOf) -> TableOf:
        for file in FILES.values():

            def view(visit: Visit, file: File = file) -> ResponseReturnValue:
                return file.answer(table_of(visit))

            page(f"{path}.{file.ending}", allowed, people=people)(view)
        return table_of

    return keep


def downloads(path: str, **kept: object) -> list[dict[str, str]]:
    """The links to a view as a file of each kind."""
    return [{"text": file.words, "href": address(f"{path}.{file.ending}", **kept)} for file in FILES.values()]


def require_readable(asked: Asked) -> None:
    """A file is of exactly what was asked: raises ApiError 422 where a filter could not be read."""
    if asked.errors:
        raise ApiError(422, "invalid-fields", f"{next(iter(asked.errors.values()))}.")
