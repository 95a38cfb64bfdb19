"""Is a report still about today's code? The digest of what domain/account and domain/law do, comments left out."""

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

MUTATED = ("domain/account", "domain/law")


def modules(project: Path) -> list[Path]:
    """The modules that mutants are made of, relative to the project."""
    return sorted(path.relative_to(project) for package in MUTATED for path in (project / package).rglob("*.py"))


def digest(project: Path) -> str:
    """The SHA-256, in hex, of the modules' names and syntax trees; no comment, docstring or line break changes it."""
    found = hashlib.sha256()
    for module in modules(project):
        tree = ast.parse((project / module).read_text("utf-8"))
        found.update("\0".join((module.as_posix(), *_told(tree))).encode())
    return found.hexdigest()


def _told(part: object) -> Iterator[str]:
    """The tree from left to right. What is empty is left out: newer Pythons know more of that."""
    if isinstance(part, ast.AST):
        yield type(part).__name__
        for name, value in ast.iter_fields(part):
            if value is not None and value != []:
                yield name
                yield from _told(value)
    elif isinstance(part, list):
        yield from (told for each in part if not _is_a_text(each) for told in _told(each))
        yield "."
    else:
        yield repr(part)


def _is_a_text(statement: object) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
