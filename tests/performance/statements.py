"""How many statements a second are set on paper, and in how much memory? `python -m tests.performance.statements`."""

import argparse
import resource
import time
from itertools import cycle, islice

from api.demo.story import SCHEME
from api.letters.document import StatementDocument
from api.letters.statement import statement_document
from api.letters.typesetting import pdfs
from domain.account.facts import StatementIssued
from tests.letters.states import COUNCIL, somebody
from tests.unit.test_demo_council import entries

MIB = 1024


def documents(number: int) -> list[StatementDocument]:
    """Statements of the demonstration's council, each under a name of its own."""
    found = cycle(entries(StatementIssued))
    return [
        statement_document(COUNCIL, account, issued, SCHEME, somebody(f"Ada {n}"))
        for n, (account, _, issued) in enumerate(islice(found, number))
    ]


def cpu() -> float:
    """Seconds that this process and those that it began have worked."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def memory() -> tuple[float, float]:
    """The most that this process, and the largest of those that it began, ever held, in MiB."""
    of = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, largest = (resource.getrusage(who).ru_maxrss / MIB for who in of)
    return own, largest


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--statements", type=int, default=1000)
    asked.add_argument("--processes", type=int, default=2)
    given = asked.parse_args()
    began, worked = time.perf_counter(), cpu()
    made = documents(given.statements)
    said, told = time.perf_counter() - began, cpu() - worked
    began, worked = time.perf_counter(), cpu()
    sizes = [len(paper) for paper in pdfs(made, given.processes)]
    took, used, (own, largest) = time.perf_counter() - began, cpu() - worked, memory()
    print(f"{len(sizes):,} statements: their words in {said:.1f} s, {told:.1f} s of it CPU")
    print(f"set on paper by {given.processes} in {took:.1f} s, {len(sizes) / took:.1f} a second, {used:.1f} s of CPU")
    kib = [size / 1024 for size in sizes]
    print(
        f"{1000 * used / len(kib):.1f} ms of CPU and {sum(kib) / len(kib):.0f} KiB each, the largest {max(kib):.0f} KiB"
    )
    print(f"at most {own:.0f} MiB in the first process, {largest:.0f} in each other")
