"""From a statement to its PDF: PDF/UA-1 and PDF/A-3a, the same bytes whenever it is made again."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.metadata import version
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from threading import local
from typing import Any, Final, Literal, get_args

import typst

from api.letters.document import StatementDocument
from api.letters.glyphs import NOT_PRINTED, all_printable, loses_letters
from api.letters.plain import PlainLetter
from domain.account.figures import PrintSize
from domain.account.statement import canonical

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"
ENGINE: Final = f"typst-{version('typst')}"
STANDARDS: Final[list[Literal["ua-1", "a-3a"]]] = ["ua-1", "a-3a"]

Document = StatementDocument | PlainLetter
PRINT_SIZES: tuple[PrintSize, ...] = get_args(PrintSize)
AT_ONCE = 32
"""Statements that a process is given in one go."""


class NoSuchTemplate(Exception):
    """This program does not have the template that the statement was made by. Use a newer version."""


def pdf(document: Document, size: PrintSize = 14) -> bytes:
    """A statement, or another letter, on paper. Raises NoSuchTemplate."""
    said = document.model_dump(mode="json", by_alias=True)
    made = _compiler(document.template).compile(
        sys_inputs={
            "document": canonical(_in_print(document, said)).decode(),
            "attached": canonical(said).decode(),
            "print": str(size),
        },
        format="pdf",
        pdf_standards=list(STANDARDS),
        timestamp=int(document.known_at.timestamp()),
    )
    assert isinstance(made, bytes)  # one file, and no path to write it to
    return made


def _in_print(document: Document, said: dict[str, Any]) -> Any:
    """What is said as the fonts can print it, with a sentence where a letter is lacking."""
    lost = any(map(loses_letters, document.texts()))
    return all_printable(said) | ({"proof": f"{document.proof} {NOT_PRINTED}"} if lost else {})


def pdfs(documents: Iterable[StatementDocument], processes: int = 1, size: PrintSize = 14) -> Iterator[bytes]:
    """Many statements on paper, in their order, made by some processes at once. Few are held at a time."""
    if processes == 1:
        yield from (pdf(document, size) for document in documents)
        return
    rest = iter(documents)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        while chunk := list(islice(rest, AT_ONCE * processes)):
            yield from pool.map(pdf, chunk, [size] * len(chunk), chunksize=4)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


_OF_THREAD = local()


def _compiler(template: str) -> typst.Compiler:
    """Kept for the thread: reading a template takes longer than a statement does, and a compiler sets one at a time."""
    if template not in templates():
        raise NoSuchTemplate(NoSuchTemplate.__doc__)
    kept: dict[str, typst.Compiler] = _OF_THREAD.__dict__.setdefault("compilers", {})
    if template not in kept:
        file = str(TEMPLATES / f"{template}.typ")
        kept[template] = typst.Compiler(file, root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True)
    return kept[template]


@cache
def templates() -> frozenset[str]:
    """The templates there are. One that has made a statement stays for good."""
    return frozenset(file.stem for file in TEMPLATES.glob("*.typ"))
