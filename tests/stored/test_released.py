"""Is what was released ever edited? `sha256sum -c tests/stored/released.sha256` asks the same."""

import hashlib
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
LIST = PROJECT / "tests" / "stored" / "released.sha256"
RELEASED = {name: digest for digest, name in (line.split() for line in LIST.read_text("utf-8").splitlines())}
FILES = {
    str(path.relative_to(PROJECT))
    for folder, kind in (
        ("tests/stored", "*.json"),
        ("ledger/store/migrations", "*.sql"),
        ("api/letters/templates", "*.typ"),
        ("api/letters/fonts", "*.ttf"),
    )
    for path in (PROJECT / folder).rglob(kind)
}
MIGRATIONS = sorted(Path(name).name for name in FILES if name.endswith(".sql"))


@pytest.mark.parametrize("name", sorted(RELEASED))
def test_a_stored_form_or_a_migration_reads_as_it_was_released(name: str) -> None:
    assert hashlib.sha256((PROJECT / name).read_bytes()).hexdigest() == RELEASED[name], (
        "what is stored, or was applied, already rests on this file: leave it, and add a new one"
    )


def test_every_stored_form_and_every_migration_is_on_the_list() -> None:
    unlisted = sorted(FILES - RELEASED.keys())
    assert not unlisted, f"add them: sha256sum {' '.join(unlisted)} >> {LIST.relative_to(PROJECT)}"
    assert not RELEASED.keys() - FILES


def test_each_migration_has_a_number_of_its_own_and_says_what_it_is_of() -> None:
    """0007 was never used. What is named after `contract` stops programs that do not know it."""
    assert all(re.fullmatch(r"[0-9]{4}_(contract_)?[a-z_]+\.sql", name) for name in MIGRATIONS)
    numbers = [name[:4] for name in MIGRATIONS]
    assert len(set(numbers)) == len(numbers)
    assert "0007" not in numbers
