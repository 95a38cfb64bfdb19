"""Does the page about importing list the columns that a file may have?"""

from pathlib import Path

import pytest

from api.importing.columns import KINDS, Kind

PAGE = (Path(__file__).parents[2] / "docs" / "importing.md").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_page_lists_the_columns_of_each_kind_and_which_are_needed(kind: Kind) -> None:
    _, _, section = PAGE.partition(f"\n### {kind.name}\n")
    rows = [line.split(" | ") for line in section.partition("\n### ")[0].splitlines() if line.startswith("| `")]
    listed = [(name.strip("| `"), needed == "yes") for name, needed, _ in rows]
    assert listed == [(column.name, column.required) for column in kind.columns]
