"""What does the letter say that brings a code, and where is it put to be posted?"""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.pages.face import CouncilFace
from api.pages.words import FILTERS


class CodeLetter(NamedTuple):
    """A letter with a code: to whom, about which account, and how it is used until when."""

    name: str | None
    address: Sequence[str]
    reference: str
    code: str
    site: str
    good_until: date
    on: date


def written(letter: CodeLetter, council: CouncilFace) -> str:
    """The letter as a page that can be printed."""
    pages = Environment(loader=PackageLoader("api.signing_in", "."), autoescape=True, undefined=StrictUndefined)
    pages.filters.update(FILTERS)
    return pages.get_template("letter.html").render(letter=letter, council=council)


def letters_out(home: Path, council: str, reference: str, text: str) -> Path:
    """Put a letter among those to be posted, where only the installation's own user reads it; the file."""
    folder = home / "letters" / council
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"sign-in-{reference}-{uuid4().hex[:8]}.html"
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
    return file
