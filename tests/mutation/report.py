"""docs/mutants.md: how many defects the tests find, and why they cannot find the others."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.mutation.tally import KINDS, LEAST_SHARE, Tally, Tried

PLACE = Path("docs/mutants.md")

OPENING = """# Mutants: do the tests notice when the code is wrong?

Made by `python -m tests.mutation`, which `./careledger test --long` runs. It plants one small defect at a time in
`domain/account` and `domain/law`, a mutant, and runs the tests. A test that fails kills the mutant. At least
{least}% have to be killed, and of each that survives somebody has to say why.

First come the worked examples (`tests/rules`, and the unit tests of the same modules). What survives those meets the
property tests, among them the comparison with the independent reference, with a twentieth of their random lives, the
same ones each time. A mutant that computes five times as long as the code does without it will not come to an end, and
counts as killed.

Which defects are planted, and which kinds are left out for which reason, stands at the top of
`tests/mutation/mutants.py`. The reasons below are kept in `tests/mutation/survivors.yaml`, where they were reviewed; a
survivor without one fails the run.
"""


def report(tally: Tally, digest: str) -> str:
    """The whole page."""
    parts = (*_figures(tally), *_by_module(tally), *_survivors(tally), *_made_with(digest))
    return "\n".join((OPENING.format(least=LEAST_SHARE), *parts))


def digest_in(page: str) -> str | None:
    """The digest of the code that a page was made with."""
    found = re.search(r"^Digest of the code: `([0-9a-f]{64})`$", page, re.MULTILINE)
    return found[1] if found else None


def _figures(tally: Tally) -> Iterator[str]:
    yield "## In all\n"
    yield "| | mutants |"
    yield "|---|--:|"
    yield f"| planted | {len(tally.tried)} |"
    for stage, killed in tally.by_stage.most_common():
        yield f"| killed by {stage} | {killed} |"
    yield f"| survived | {len(tally.survivors)} |"
    yield f"| **killed, in per cent** | **{tally.share}** |"
    yield ""


def _by_module(tally: Tally) -> Iterator[str]:
    yield "## By module\n"
    yield "| module | mutants | survived | killed, in per cent |"
    yield "|---|--:|--:|--:|"
    for module in sorted({each.module for each in tally.tried}):
        part = tally.of(module)
        yield f"| {module} | {len(part.tried)} | {len(part.survivors)} | {part.share} |"
    yield ""


def _survivors(tally: Tally) -> Iterator[str]:
    yield "## The survivors, and why\n"
    for kind, meaning in KINDS.items():
        count = sum(1 for each in tally.survivors if _kind(tally, each) == kind)
        if count:
            yield f"- **{kind}** ({count}): {meaning}."
    yield ""
    for each in tally.survivors:
        reason = tally.why.get(each.known_as)
        yield f"- {each.module}:{each.line}" + (f" in `{each.function}`" if each.function else "")
        yield f"  - `{each.was}`"
        yield f"  - `{each.now}`" if each.now else "  - taken away"
        yield f"  - {reason.kind}: {reason.why}" if reason else "  - **nobody has said why**"
    yield ""


def _kind(tally: Tally, survivor: Tried) -> str | None:
    reason = tally.why.get(survivor.known_as)
    return reason.kind if reason else None


def _made_with(digest: str) -> Iterator[str]:
    yield "## Made with\n"
    yield "Comments, docstrings and line breaks do not change it; a test says when it is no longer today's."
    yield f"\nDigest of the code: `{digest}`\n"
