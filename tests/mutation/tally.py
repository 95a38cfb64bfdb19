"""What became of the mutants, and for each that no test kills, why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

REASONS = Path(__file__).with_name("survivors.yaml")
LEAST_SHARE = 95


class Tried(NamedTuple):
    """One mutant: the line it changes first, as it was and as it is then, and the stage whose tests killed it."""

    module: str
    line: int
    function: str
    was: str
    now: str
    killed_by: str | None

    @property
    def known_as(self) -> "Known":
        return Known(self.module, self.function, self.was, self.now)


class Known(NamedTuple):
    """What stays the same of a mutant when its line moves."""

    module: str
    function: str
    was: str
    now: str


class Reason(NamedTuple):
    """Why a mutant survives: what kind of reason, and the reason."""

    kind: str
    why: str


KINDS = {
    "the same": "whatever is asked, the answer is the same",
    "only speed": "the answer is the same and takes longer, or less long",
    "cannot happen": "the line guards against what nothing that is recorded can bring about",
    "only words": "a sentence would read otherwise, and no test says how it must read",
}


def reasons(text: str) -> dict[Known, Reason]:
    """The reasons, as they were reviewed: in the order of the file."""
    return {
        Known(each["module"], each["function"], each["was"], now): Reason(each["kind"], each["why"])
        for each in yaml.safe_load(text) or ()
        for now in each["now"]
    }


class Tally(NamedTuple):
    """All mutants of some modules."""

    tried: Sequence[Tried]
    why: Mapping[Known, Reason]

    @property
    def survivors(self) -> list[Tried]:
        return sorted(each for each in self.tried if each.killed_by is None)

    @property
    def unexplained(self) -> list[Tried]:
        return [each for each in self.survivors if each.known_as not in self.why]

    @property
    def no_longer(self) -> list[Known]:
        """The reasons given for mutants that are killed, or that there are no more."""
        surviving = {each.known_as for each in self.survivors}
        return [known for known in self.why if known not in surviving]

    @property
    def by_stage(self) -> Counter[str]:
        return Counter(each.killed_by for each in self.tried if each.killed_by)

    def of(self, module: str) -> "Tally":
        return Tally([each for each in self.tried if each.module == module], self.why)

    @property
    def share(self) -> str:
        """The percentage killed, with one decimal, rounded down."""
        tenths = (len(self.tried) - len(self.survivors)) * 1000 // len(self.tried)
        return f"{tenths // 10}.{tenths % 10}"

    @property
    def is_good(self) -> bool:
        return bool(self.tried) and float(self.share) >= LEAST_SHARE and not self.unexplained
