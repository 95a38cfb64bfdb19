"""Whether the house is as it is said to be."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.account.facts import BY_TOPIC, Fact

PROJECT = Path(__file__).parents[2]
TOP_LEVEL = {
    "ledger", "domain", "projections", "api", "tests", "pyproject.toml", "Dockerfile",
    "README.md", "LICENSE", "uv.lock", "docs", "careledger",
}  # fmt: skip
PACKAGES = ("domain", "ledger", "projections", "api")


def kept_files() -> list[Path]:
    """The files that belong to the project: git's, or all of them where there is no git (in an image, say)."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = [name for name in listed.stdout.split("\0") if name]
    return [Path(name) for name in names if (PROJECT / name).is_file()]


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (PROJECT / package).rglob("*.py")


def test_nothing_stands_at_the_top_but_what_was_asked_for() -> None:
    found = {path.parts[0] for path in kept_files()}
    assert {name for name in found if not name.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_module_opens_with_the_question_it_answers(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert not tree.body or (ast.get_docstring(tree) or "").strip(), "say in one line which question it answers"


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    written_on = re.compile(rf"(?<![\w./])({re.escape(str(PROJECT))}|/root/|/home/\w+/)(?!\w*\.\.)")
    found = [str(path) for path in kept_files() if path.suffix in {".py", ".md", ".toml", ".yaml", ".sql", ".html"}
             and str(path) != "tests/architecture/test_house.py"
             and written_on.search((PROJECT / path).read_text("utf-8"))]  # fmt: skip
    assert found == []


@pytest.mark.parametrize("fact", BY_TOPIC.values(), ids=BY_TOPIC)
def test_a_fact_has_no_field_that_could_hold_a_name_or_free_text(fact: type[Fact]) -> None:
    found = {where for where, field in texts_of(fact.model_json_schema()) if not is_bounded(field)}
    assert found <= WRITTEN_BY_THE_DOMAIN


WRITTEN_BY_THE_DOMAIN = {"Line.label", "Line.authority", "Line.parameter", ".warnings"}
"""Sentences of a working, made of the domain's own words and of amounts: what somebody wrote is in none of them."""


def texts_of(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every text field of a schema and of what it refers to."""
    for name, definition in {"": schema, **schema.get("$defs", {})}.items():
        for field, described in definition.get("properties", {}).items():
            for choice in described.get("anyOf", [described]):
                for leaf in (choice, choice.get("items", {})):
                    if leaf.get("type") == "string":
                        yield f"{name}.{field}", leaf


def is_bounded(field: dict[str, Any]) -> bool:
    """A pattern without spaces, a list of words, one word, or a day."""
    return bool({"enum", "const", "format"} & field.keys()) or (
        "pattern" in field and not re.search(r"\\s|\[\^| ", field["pattern"])
    )


def test_every_parameter_and_scheme_names_its_authority() -> None:
    for folder in ("parameters", "schemes"):
        files = sorted((PROJECT / "domain" / folder).rglob("*.yaml"))
        assert files
        for file in files:
            assert re.search(r"^\s*(- )?authority: \S", file.read_text("utf-8"), re.MULTILINE), file.name


def test_figures_are_worked_out_in_one_place() -> None:
    """Only the domain divides a week into days: whoever else did would soon disagree with it.

    The verifier is there to disagree: it shares nothing with the domain, and random lives hold its totals against it.
    """
    elsewhere = [
        path.relative_to(PROJECT).as_posix()
        for path in modules()
        if not {"domain", "demo", "verify.py"} & set(path.relative_to(PROJECT).parts)
        and re.search(r"a_day_of|to_the_penny|/ 7\b", path.read_text("utf-8"))
    ]
    assert elsewhere == []


def test_no_test_is_named_by_what_is_drawn_anew() -> None:
    """Each worker that a whole run is shared out to collects for itself, and has to find tests of the same names."""
    drawn = [
        f"{path.relative_to(PROJECT)}:{decorator.lineno}"
        for path in (PROJECT / "tests").rglob("test_*.py")
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef)
        for decorator in function.decorator_list
        if re.search(r"\b(uuid[14]|token_\w+|randint|randbelow)\(", ast.unparse(decorator))
    ]
    assert drawn == [], "name what is drawn with ids=, or take UNKNOWN of tests/api/conftest.py"
