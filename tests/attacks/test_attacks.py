"""Is whatever a superuser of the database does to it found, and is it said where?"""

import os
import re
from collections.abc import Callable, Iterator
from random import Random

import pytest

from api.wiring import Installation
from ledger.council import Council
from ledger.evidence.found import Found
from tests.attacks.council import CHANGES, Attacked, attacked
from tests.attacks.kinds import KINDS, Attack, Struck

LONG = bool(os.environ.get("CARELEDGER_LONG"))
OF_EACH_KIND = 84 if LONG else 2
"""1,008 attacks in a long run."""
_RANGE = re.compile(r"[Ee]ntries ([0-9]+) to ([0-9]+)")


@pytest.fixture(scope="module")
def victim(
    installation: Installation, new_council: Callable[..., Council], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Attacked]:
    found = attacked(installation, new_council(), tmp_path_factory.mktemp("attacks"))
    yield found
    with found.as_superuser() as statements:
        for when in ("yesterday", "today"):
            statements.execute(f"DROP SCHEMA {found.schema}_{when} CASCADE")


@pytest.fixture
def of(victim: Attacked) -> Iterator[Attacked]:
    """The council as it is today, and again afterwards."""
    yield victim
    victim.put_back(f"{victim.schema}_today")


def test_what_nobody_attacked_is_whole(of: Attacked) -> None:
    assert of.found() == []


@pytest.mark.parametrize("seed", range(OF_EACH_KIND))
@pytest.mark.parametrize("attack", KINDS, ids=lambda attack: attack.__name__)
def test_an_attack_is_found_and_located(of: Attacked, attack: Attack, seed: int) -> None:
    struck = attack(of, Random(seed))
    found = of.found()
    assert located(struck, found), (struck, found)


def located(struck: Struck, found: list[Found]) -> bool:
    """Whether each entry that was struck is named by itself, where nothing but those was; else what was done is said.

    Whoever made every hash anew left no more to tell by than what was signed: between which entries it was.
    """
    if struck.words:
        return any(struck.words in each.what for each in found)
    if not struck.versions:
        return struck.positions <= {place - CHANGES + 1 for each in found for place in _places(each)}
    alone = [each for each in found if not _places(each)]
    named, positions = {(each.account, each.version) for each in alone}, {each.position for each in alone}
    return struck.versions <= named or struck.positions <= positions


def _places(found: Found) -> range:
    said = _RANGE.search(found.what)
    return range(int(said[1]), int(said[2]) + 1) if said else range(0)
