"""Random lives of care accounts, written as the requests would be, for the domain and the reference alike."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from domain.account.facts import BY_TOPIC
from domain.account.state import CareAccount, Entry, fold
from tests.reference import metering as reference

ACCOUNT = UUID("6f1d3c52-0000-4000-8000-000000000001")
FIRST_RECORDED = datetime(2023, 1, 1, 9, tzinfo=UTC)

# Days lie close together, so that spans often touch, overlap, end on the day another begins, and straddle the cap.
days = st.dates(date(2023, 8, 1), date(2026, 8, 1))
amounts = st.one_of(
    st.sampled_from(["0.00", "0.01", "70.00", "200.00", "900.00", "945.00", "950.00"]),
    st.integers(0, 2_000_00).map(lambda pence: f"{pence // 100}.{pence % 100:02d}"),
)
dear = st.integers(200_000_00, 400_000_00).map(lambda pence: f"{pence // 100}.{pence % 100:02d}")


def ending(first: date) -> st.SearchStrategy[str | None]:
    """An end after the first day, or none."""
    return st.one_of(st.none(), st.integers(1, 400).map(lambda n: (first + timedelta(days=n)).isoformat()))


@st.composite
def needs(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    eligible, assessed_on = draw(st.booleans() | st.just(True)), draw(days)
    eligible_from = draw(days) if eligible else None
    return "needs-assessed", {
        "assessed_on": assessed_on.isoformat(),
        "eligible": eligible,
        "eligible_from": eligible_from.isoformat() if eligible_from else None,
        "duty_arose_on": draw(st.none() | days.map(date.isoformat)) if eligible else None,
        "ending_before": draw(ending(eligible_from or assessed_on)),
        "confirmed": draw(st.booleans() | st.just(True)),
    }


@st.composite
def budgets(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    first = draw(days)
    return "budget-set", {
        "kind": draw(st.sampled_from(["independent", "personal"])),
        "setting": draw(st.sampled_from(["care_home", "care_home", "own_home", "supported_living", "shared_lives"])),
        "weekly_cost": draw(amounts | dear),
        "effective_from": first.isoformat(),
        "ending_before": draw(ending(first)),
        "short_stay": draw(st.booleans()),
    }


@st.composite
def assessments(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    first = draw(days)
    return "financial-assessment-imported", {
        "type": "imported",
        "assessed_on": draw(days).isoformat(),
        "effective_from": first.isoformat(),
        "ending_before": draw(ending(first)),
        "outcome": draw(st.sampled_from(["contribution", "full_cost"])),
        "weekly_contribution": draw(amounts),
        "source": {"system": "charging"},
    }


@st.composite
def breaks(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    first = draw(days)
    reason = draw(st.sampled_from(["hospital", "away", "respite", "no_care"]))
    return "break-recorded", {"from": first.isoformat(), "ending_before": draw(ending(first)), "reason": reason}


closures = days.map(lambda day: ("account-closed", {"on": day.isoformat(), "reason": "died"}))


@dataclass(frozen=True)
class History:
    """One life, in both forms."""

    account: CareAccount
    entries: tuple[reference.Entry, ...]

    def known_at(self, version: int) -> datetime:
        """The moment at which exactly the entries up to this version were known."""
        return self.entries[version - 1].recorded_at


@st.composite
def histories(draw: st.DrawFn) -> History:
    """An account with up to a dozen facts in any order, often with what accruing needs."""
    opened = ("account-opened", {"reference": "CA-0000-0000", "opened_on": draw(days).isoformat()})
    facts = draw(st.lists(needs() | budgets() | budgets() | assessments() | breaks(), max_size=12))
    facts = [*draw(st.lists(needs(), max_size=1)), *facts, *draw(st.lists(closures, max_size=1))]
    recorded = [opened, *draw(st.permutations(facts))]
    moments = [FIRST_RECORDED + timedelta(days=n) for n in range(len(recorded))]
    account = fold(
        Entry(ACCOUNT, n, _fact(name, data), at, "tester", "finance")
        for n, ((name, data), at) in enumerate(zip(recorded, moments, strict=True), start=1)
    )
    assert account is not None
    entries = tuple(
        reference.Entry(n, at, name, data)
        for n, ((name, data), at) in enumerate(zip(recorded, moments, strict=True), start=1)
    )
    return History(account, entries)


def _fact(name: str, data: dict[str, Any]) -> Any:
    return BY_TOPIC[f"{name}.1"].model_validate_json(json.dumps(data))
