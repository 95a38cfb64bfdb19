"""Which schemes the program brings, and how a scheme is read from a file, every mistake in it told plainly."""

import re
from functools import cache
from importlib import resources

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.parameters.files import read_yaml
from domain.schemes.scheme import Scheme

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
_LONGEST_NAME = 64
_PLAIN = {
    "missing": "this is missing",
    "extra_forbidden": "a scheme has no such field",
    "string_type": "write this as text",
    "model_type": "write this as a mapping of fields",
    "tuple_type": "write this as a list",
    "bool_type": "write true or false",
}


class UnknownScheme(Exception):
    """There is no scheme of this name."""

    def __init__(self, name: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(f'There is no scheme "{name}". Use one of: {", ".join(known or names())}.')
        self.name = name


class NotAScheme(ValueError):
    """A file does not say what a scheme says. The message has a line for each mistake, beginning with its field."""


def read(name: str, text: str) -> Scheme:
    """The scheme that a file's text describes; raises NotAScheme."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise NotAScheme(
            f"{name}: a scheme's name is at most {_LONGEST_NAME} small letters and digits, its words joined by hyphens"
        )
    try:
        found = read_yaml(text)
    except ValueError as fault:
        raise NotAScheme(str(fault)) from fault
    if "name" in found:
        raise NotAScheme("name: leave this out, for a scheme is called by the name it is kept under")
    try:
        return Scheme.model_validate({"name": name, **found})
    except ValidationError as fault:
        raise NotAScheme("\n".join(_plainly(mistake) for mistake in fault.errors())) from fault


def _plainly(mistake: ErrorDetails) -> str:
    field = ".".join(str(part) for part in mistake["loc"])
    return f"{field}: {_PLAIN.get(mistake['type'], mistake['msg'].removeprefix('Value error, '))}"


@cache
def load(name: str) -> Scheme:
    """The scheme of this name that the program brings; raises UnknownScheme."""
    return read(name, text_of(name))


def text_of(name: str) -> str:
    """The file of a scheme that the program brings, as it is written; raises UnknownScheme."""
    if name not in names():
        raise UnknownScheme(name)
    return (resources.files(__package__) / f"{name}.yaml").read_text("utf-8")


@cache
def names() -> tuple[str, ...]:
    """Every scheme that the program brings, in alphabetical order."""
    files = resources.files(__package__).iterdir()
    return tuple(sorted(f.name.removesuffix(".yaml") for f in files if f.name.endswith(".yaml")))
