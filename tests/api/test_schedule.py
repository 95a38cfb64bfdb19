"""Can it be read when runs are due, who decided so, and what was ahead at any moment?"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from domain.dates import instant_text
from domain.schedule import Rhythm
from ledger.council import Council
from ledger.due_runs import DueRuns
from tests.api.caller import ApiCaller
from tests.conftest import NOON


@pytest.fixture
def council(new_council: Callable[..., Council]) -> Council:
    """A council that decided to post every month, and has not done so yet."""
    found = new_council()
    found.schedule_changes.decide("posting", Rhythm("month", date(2026, 9, 1)), by="ann", now=NOON - timedelta(days=9))
    return found


@pytest.fixture
def auditor(as_role: Callable[..., ApiCaller], council: Council) -> ApiCaller:
    return as_role("auditor", council=council.code)


def test_decisions_and_what_is_ahead_are_read(council: Council, auditor: ApiCaller) -> None:
    found = auditor.get("/v1/schedule").get_json()
    decided_at = instant_text(NOON - timedelta(days=9))
    assert found["items"] == [
        {
            "run": "posting",
            "every": "month",
            "effective_from": "2026-09-01",
            "recorded_at": decided_at,
            "recorded_by": "ann",
        }
    ]
    assert found["ahead"] == [{"run": "posting", "from": "2026-09-01", "to": "2026-09-30", "due_on": "2026-10-01"}]


def test_what_was_ahead_at_a_moment_is_read_as_it_was_known_then(council: Council, auditor: ApiCaller) -> None:
    list(DueRuns(council).do(lambda: NOON))
    assert [ahead["from"] for ahead in auditor.get("/v1/schedule").get_json()["ahead"]] == ["2026-11-01"]
    before_work = instant_text(NOON - timedelta(days=1))
    found = auditor.get(f"/v1/schedule?known_at={before_work}").get_json()
    assert [ahead["from"] for ahead in found["ahead"]] == ["2026-09-01"]
    before_all = auditor.get(f"/v1/schedule?known_at={instant_text(NOON - timedelta(days=10))}").get_json()
    assert (before_all["items"], before_all["ahead"]) == ([], [])
