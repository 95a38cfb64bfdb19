"""Random lives of care accounts, written as the requests would be, for the domain and the reference alike."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from domain.account.facts import BY_TOPIC
from domain.account.state import CareAccount, Entry, entry_id, fold
from tests.reference import metering as reference

ACCOUNT = UUID("6f1d3c52-0000-4000-8000-000000000001")
FIRST_RECORDED = datetime(2023, 1, 1, 9, tzinfo=UTC)

FIRST, LENGTH, MIDDLE = date(2023, 8, 1), 1097, 400

# Days lie close together, so that spans often touch, overlap, end on the day another begins, and straddle the cap.
# Hypothesis likes its simplest draw, and a long example ends in many of them: the simplest day is one on which much has
# happened, the simplest amount one that counts.
days = st.integers(0, LENGTH - 1).map(lambda n: FIRST + timedelta(days=(n + MIDDLE) % LENGTH))
amounts = st.one_of(
    st.sampled_from(["945.00", "70.00", "200.00", "900.00", "950.00", "0.01", "0.00"]),
    st.integers(0, 2_000_00).map(lambda pence: f"{pence // 100}.{pence % 100:02d}"),
)
dear = st.integers(200_000_00, 400_000_00).map(lambda pence: f"{pence // 100}.{pence % 100:02d}")


def ending(first: date) -> st.SearchStrategy[str | None]:
    """An end after the first day, or none."""
    return st.one_of(st.none(), st.integers(1, 400).map(lambda n: (first + timedelta(days=n)).isoformat()))


@st.composite
def needs(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    eligible, assessed_on = draw(st.sampled_from([True] * 4 + [False])), draw(days)
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


@st.composite
def charges(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    first = draw(days)
    return "charge-raised", {
        "reference": f"INV-{draw(st.integers(1, 10**9))}",
        "period_from": first.isoformat(),
        "period_ending_before": (first + timedelta(days=draw(st.sampled_from([1, 7, 28, 90])))).isoformat(),
        "amount": draw(amounts | dear),
    }


@st.composite
def openings(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    rate = {"metered": draw(amounts), "daily_living_costs": draw(amounts)} if draw(st.booleans()) else None
    return "opening-carried-in", {
        "on": draw(days).isoformat(),
        "accrued_costs": draw(amounts | dear),
        "daily_living_costs": draw(amounts),
        "provenance": {"kind": draw(st.sampled_from(["transfer", "migration"]))},
        "weekly_rate": rate,
    }


@st.composite
def manual_adjustments(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    amount, sign = draw((amounts | dear).filter(lambda a: a != "0.00")), draw(st.sampled_from(["", "-"]))
    return "adjustment-proposed", {
        "on": draw(days).isoformat(),
        "amount": f"{sign}{amount}",
        "reason_code": "ombudsman",
    }


closures = days.map(lambda day: ("account-closed", {"on": day.isoformat(), "reason": "died"}))
reopenings = days.map(lambda day: ("account-reopened", {"on": day.isoformat(), "reason_code": "not-dead"}))


@dataclass(frozen=True)
class History:
    """One life, in both forms."""

    account: CareAccount
    entries: tuple[reference.Entry, ...]

    def known_at(self, version: int) -> datetime:
        """The moment at which exactly the entries up to this version were known."""
        return self.entries[version - 1].recorded_at


ends = st.sampled_from([closures, reopenings, breaks(), charges(), budgets()]).flatmap(lambda kind: kind)
"""An account does not end as often as other things happen to it."""

happenings = st.one_of(
    needs(),
    budgets(),
    budgets(),
    assessments(),
    breaks(),
    charges(),
    openings(),
    manual_adjustments(),
    ends,
)


class _Recorded:
    """A life as it is being recorded: what happened, and what was put right of it."""

    def __init__(self, opened: tuple[str, dict[str, Any]]) -> None:
        self.facts = [opened]
        self._done: set[tuple[str, int]] = set()

    def add(self, name: str, data: dict[str, Any]) -> None:
        self.facts.append((name, data))

    def put_right(self, draw: st.DrawFn) -> None:
        """Approve, retract, or correct an entry there is, with or without a replacement; also a correction."""
        version = draw(st.integers(1, len(self.facts)))
        name, data = self.facts[version - 1]
        what = {"adjustment-proposed": "approve", "charge-raised": "retract"}.get(name, "void")
        if (what, version) in self._done or draw(st.integers(0, 3)) == 0:
            what = "void"
        if (what, version) in self._done or (what, name) == ("void", "account-opened"):
            return
        self._done.add((what, version))
        getattr(self, f"_{what}")(draw, version, name, data)

    def _approve(self, _: st.DrawFn, version: int, __: str, data: dict[str, Any]) -> None:
        self.add("adjustment-approved", {"adjustment": _id(version), "on": data["on"]})

    def _retract(self, _: st.DrawFn, version: int, __: str, data: dict[str, Any]) -> None:
        named = {"reference": data["reference"], "charge": _id(version), "effective_from": data["period_from"]}
        self.add("charge-retracted", {**named, "reason_code": "not-given"})

    def _void(self, draw: st.DrawFn, version: int, name: str, data: dict[str, Any]) -> None:
        replaced = name in _AGAIN and draw(st.booleans())
        replaced_by = _id(len(self.facts) + 2) if replaced else None
        voided = {"entry_id": _id(version), "version": version, "effective_from": "2023-01-01"}
        self.add("entry-voided", {**voided, "reason_code": "wrong", "replaced_by": replaced_by})
        if replaced:
            self.add(*draw(_AGAIN[name]))
        if name == "entry-voided" and data["replaced_by"]:
            self._done.add(("void", version + 1))  # a correction undone takes its replacement along


_AGAIN = {
    "needs-assessed": needs(),
    "budget-set": budgets(),
    "financial-assessment-imported": assessments(),
    "charge-raised": charges(),
    "break-recorded": breaks(),
    "opening-carried-in": openings(),
    "account-closed": closures,
}


def _id(version: int) -> str:
    return str(entry_id(ACCOUNT, version))


_early = st.sampled_from(
    [date(2023, 10, 2), date(2023, 12, 20), date(2024, 2, 29), date(2023, 8, 1), date(2023, 9, 30)]
)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """An account with up to a dozen facts in any order, and things put right.

    Most begin with all that accruing takes, before anything may undo it: what is drawn evenly seldom counts a penny.
    """
    accruing = draw(st.sampled_from([True] * 4 + [False]))
    opened_on = draw(_early if accruing else days)
    recorded = _Recorded(("account-opened", {"reference": "CA-0000-0000", "opened_on": opened_on.isoformat()}))
    for name, data in draw(_beginnings(opened_on)) if accruing else ():
        recorded.add(name, data)
    for name, data in draw(st.lists(happenings, max_size=10)):
        recorded.add(name, data)
        for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
            recorded.put_right(draw)
    return _history(recorded.facts)


@st.composite
def _beginnings(draw: st.DrawFn, opened_on: date) -> list[tuple[str, dict[str, Any]]]:
    """Eligible needs, their cost and a money check, all without an end."""
    since = {"effective_from": opened_on.isoformat(), "ending_before": None}
    own = {"eligible": True, "eligible_from": opened_on.isoformat(), "duty_arose_on": None, "confirmed": True}
    return [
        ("needs-assessed", {**draw(needs())[1], **own, "ending_before": None}),
        ("budget-set", {**draw(budgets())[1], **since}),
        ("financial-assessment-imported", {**draw(assessments())[1], **since}),
    ]


def _history(recorded: list[tuple[str, dict[str, Any]]]) -> History:
    moments = [FIRST_RECORDED + timedelta(days=n) for n in range(len(recorded))]
    account = fold(
        Entry(ACCOUNT, n, _fact(name, data), at, "tester", "finance")
        for n, ((name, data), at) in enumerate(zip(recorded, moments, strict=True), start=1)
    )
    assert account is not None
    entries = tuple(
        reference.Entry(n, at, name, data, ACCOUNT)
        for n, ((name, data), at) in enumerate(zip(recorded, moments, strict=True), start=1)
    )
    return History(account, entries)


def _fact(name: str, data: dict[str, Any]) -> Any:
    return BY_TOPIC[f"{name}.1"].model_validate_json(json.dumps(data))
