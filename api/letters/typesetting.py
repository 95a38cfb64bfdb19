"""From a statement to its PDF: PDF/UA-1 and PDF/A-3a, the same bytes whenever it is made again."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from importlib.metadata import version
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from threading import local
from typing import Any, Final, Literal, NamedTuple, TypeVar, get_args

import typst

from api.dossier.document import Dossier
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
"""What goes to somebody by post."""
Printed = Document | Dossier
PRINT_SIZES: tuple[PrintSize, ...] = get_args(PrintSize)
AT_ONCE = 32
"""Letters that a process is given in one go."""

T = TypeVar("T")


class NoSuchTemplate(Exception):
    """This program does not have the template that the statement was made by. Use a newer version."""


class Ready(NamedTuple):
    """A letter as the typesetter takes it: by which template, what it says, and of when its file is, in Unix time."""

    template: str
    said: dict[str, str]
    timestamp: int


def pdf(document: Printed, size: PrintSize = 14) -> bytes:
    """A statement, or another letter, on paper. Raises NoSuchTemplate."""
    return typeset(ready(document, size))


def ready(document: Printed, size: PrintSize = 14) -> Ready:
    """A letter ready to be set."""
    said = document.model_dump(mode="json", by_alias=True)
    given = {
        "document": canonical(_in_print(document, said)).decode(),
        "attached": canonical(said).decode(),
        "print": str(size),
    }
    return Ready(document.template, given, int(document.known_at.timestamp()))


def typeset(letter: Ready) -> bytes:
    """The typesetter's own work. Raises NoSuchTemplate."""
    made = _compiler(letter.template).compile(
        sys_inputs=letter.said, format="pdf", pdf_standards=list(STANDARDS), timestamp=letter.timestamp
    )
    assert isinstance(made, bytes)  # one file, and no path to write it to
    return made


def _in_print(document: Printed, said: dict[str, Any]) -> Any:
    """What is said as the fonts can print it, with a sentence where a letter is lacking."""
    lost = any(map(loses_letters, document.texts()))
    return all_printable(said) | ({"proof": f"{document.proof} {NOT_PRINTED}"} if lost else {})


def pdfs(documents: Iterable[Document], processes: int = 1, size: PrintSize = 14) -> Iterator[bytes]:
    """Many letters on paper, in their order, made by some processes at once."""
    yield from shared_out(partial(pdf, size=size), documents, processes)


def shared_out(work: Callable[[T], bytes], letters: Iterable[T], processes: int) -> Iterator[bytes]:
    """What comes of each letter, in their order, worked at by some processes at once. Few are held at a time."""
    if processes == 1:
        yield from map(work, letters)
        return
    rest = iter(letters)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        while chunk := list(islice(rest, AT_ONCE * processes)):
            yield from pool.map(work, chunk, chunksize=4)


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
