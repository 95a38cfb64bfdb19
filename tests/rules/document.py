"""What does the system do? Writes docs/rules.md from the worked examples: `python -m tests.rules.document`."""

import inspect
import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DOCUMENT = Path(__file__).parents[2] / "docs" / "rules.md"

SUBJECTS = (
    "what_counts",
    "charges",
    "the_cap",
    "annual_adjustments",
    "openings_and_moves",
    "adjustments",
    "closures",
    "late_knowledge",
    "corrections",
    "posting",
    "the_ledger",
    "statements",
    "statements_due",
    "explanations",
    "comparisons",
    "disputes",
    "representatives",
    "contact",
    "notices",
    "supposing",
    "schemes",
    "financial_assessments",
    "income",
    "capital",
    "the_home",
    "notional_capital",
    "allowances",
    "assessment_differences",
    "deferred_payments",
    "reassessment",
    "edges",
    "requests",
    "derived_cases",
    "published_examples",
)
"""In the order in which somebody would want to be told."""

SHORT = 30
"""Cases of fewer letters than this stand in one line."""

READABLE = (str, int, type, type(None))
"""Kinds of value that tell a reader something; an account or a scheme needs somebody's words."""

BEGINNING = """# What the system does

Every line below is a worked example that is tried whenever the program changes: what stands here is what it does.
This page is written from the examples in `tests/rules` by `python -m tests.rules.document`.

Amounts are pounds. Unless an example says otherwise, an account opens on Monday 2 October 2023, the cap is 86000.00,
daily living costs in a care home are 200.00 a week, and a week's amount counts for a day as one seventh. Sections are
those of the Care Act 2014. The cap has never been commenced: the examples follow the reform planned for October 2023.
"""


def written() -> str:
    """The whole page."""
    sections = (_section(import_module(f"tests.rules.test_{subject}")) for subject in SUBJECTS)
    return "\n".join([BEGINNING, *sections])


def _section(module: ModuleType) -> str:
    lines = [f"## {(module.__doc__ or '').strip().rstrip('.')}", ""]
    for name, example in vars(module).items():
        if name.startswith("test_"):
            lines += _lines(name, example)
    return "\n".join(lines) + "\n"


def _lines(name: str, example: Any) -> Iterator[str]:
    """The sentence, how it was worked out, and the cases it was tried with."""
    worked = " ".join((inspect.getdoc(example) or "").split())
    yield f"- **{sentence(name)}.** {worked}".rstrip()
    yield from (f"  - {case}" for case in _cases(example))


def sentence(name: str) -> str:
    """What a test is called, as a sentence without its full stop."""
    words = name.removeprefix("test_").replace("_", " ")
    for written_as, means in _WRITTEN_OTHERWISE:
        words = re.sub(written_as, means, words)
    return words if words[:1].isupper() or ":" in words else words[0].upper() + words[1:]


_WRITTEN_OTHERWISE = (
    (r"^mrs a\b", "Mrs A"),
    (r"\b(h|H)alf year", r"\1alf-year"),
    (r"\bself (?=funder|assessment)", "self-"),
    (r"(?<=\w) s (?=\w)", "'s "),
    (r"\bcouncils (?=rate)", "council's "),
    (r"\b(later|earlier) ones\b", r"\1 one's"),
    (r"^claimforcare 2015 500", "claimforcare-2015-500:"),
    (r"^careaware 36400", "careaware-36400:"),
    (r"^economicsobservatory 40k", "economicsobservatory-40k:"),
    (r"^blog 2014 72000", "blog-2014-72000:"),
    (r"^newssniffer bbc 230", "newssniffer-bbc-230:"),
    (r"^knowsley 2024 client c", "knowsley-2024-client-c:"),
    (r"^liverpool dorothy", "liverpool-dorothy:"),
    (r"^wirral 12week", "wirral-12week:"),
    (r"^govt 2026 uplift 400", "govt-2026-uplift-400:"),
    (r"^uprating observed 2023", "uprating-observed-2023:"),
    (r"^leeds grace", "leeds-grace:"),
    (r"^hansard 2022 03 30", "hansard-2022-03-30:"),
    (r"^dpa lga 967", "dpa-lga-967:"),
    (r"\bdocest dpa rates", "docest-dpa-rates"),
    (r"\bbathnes interim rates", "bathnes-interim-rates"),
    (r"^wirral arrangement fee", "wirral-arrangement-fee:"),
    (r"\b1 15$", "1.15"),
    (r"\b(\d+) (\d\d)\b", r"\1.\2"),  # pounds and pence
)
"""What the name of a function cannot hold."""


def _cases(example: Any) -> Iterator[str]:
    """A line for each case an example was tried with; cases of a word or two share one."""
    marks = [mark for mark in getattr(example, "pytestmark", ()) if mark.name == "parametrize"]
    for mark in reversed(marks):
        cases = list(filter(None, _named(mark)))
        short = all(len(case) < SHORT for case in cases)
        yield from ["; ".join(cases)] if short and cases else cases


def _named(mark: pytest.Mark) -> Iterator[str]:
    """Each case by the words somebody gave it, or by its values."""
    names, values, ids = mark.args[0], mark.args[1], mark.kwargs.get("ids")
    if ids:
        yield from map(str, ids)
    elif isinstance(names, str):
        yield from map(_plain, values)
    else:
        for each in values:
            readable = [(name, value) for name, value in zip(names, each, strict=True) if isinstance(value, READABLE)]
            yield ", ".join(f"{_plain(name)}: {_plain(value)}" for name, value in readable)


def _plain(value: Any) -> str:
    """A value as a reader would write it: a day in words, a yes or no, a refusal in its own words."""
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: "never"}[value]
    if isinstance(value, type):
        return str(value.__doc__)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
        return f"{date.fromisoformat(value):%-d %B %Y}"
    return str(value).replace("_", " ")


if __name__ == "__main__":
    DOCUMENT.write_text(written(), "utf-8")
