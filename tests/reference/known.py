"""What was known of an account at a moment, and what of it counts?

- In force on a day is the entry recorded last among those whose span contains it. A replacement keeps its own place at
  the end, and does not take the place of what it replaced.
- A closure says closed from the day after it, a reopening says open from its day: of those that cover a day the one
  recorded last is believed. So a second closure on a later day opens nothing.
- A manual adjustment is effective on the day proposed, once it is approved and while neither entry is void.
- A charge counts unless a retraction that is not void names it.
- An unconfirmed needs assessment is as though absent. An eligible one is in force from `eligible_from`; one that is not
  eligible is in force from `assessed_on`.
- Of several openings the one for the latest day, and of that day the one recorded last, gives the first council's rate;
  one without a rate ends an earlier one's. The rate runs until the first day that this council's own assessment of
  needs covers, whatever that assessment says and however soon it ends.
- Evidence for an opening, disputes, statements and postings change no figure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from .entries import Data, Entry, counting
from .pencil import NIL, day_of, pounds


@dataclass(frozen=True)
class Span:
    """The days on which an entry may be in force: up to, not including, `ending_before`."""

    effective_from: date
    ending_before: date | None
    data: Data

    def contains(self, day: date) -> bool:
        return self.effective_from <= day and (self.ending_before is None or day < self.ending_before)


@dataclass(frozen=True)
class Week:
    """A week's amounts, in exact pounds."""

    base: Fraction
    daily_living_costs: Fraction

    @property
    def metered(self) -> Fraction:
        return self.base - self.daily_living_costs


@dataclass(frozen=True)
class Opening:
    """The totals carried in at the start of a day, in exact pounds, and the rate of the council before this one."""

    on: date
    accrued_costs: Fraction
    daily_living_costs: Fraction
    rate: Week | None


@dataclass(frozen=True)
class Known:
    """The facts that count of one account, each kind in the order of recording."""

    opened_on: date | None
    open_from: Sequence[tuple[date, bool]]
    needs_assessments: Sequence[Span]
    budgets: Sequence[Span]
    financial_assessments: Sequence[Span]
    breaks: Sequence[Span]
    charges: Sequence[Span]
    openings: Sequence[Opening]
    adjustments: Sequence[tuple[date, Fraction]]

    def is_opened(self, day: date) -> bool:
        return self.opened_on is not None and self.opened_on <= day

    def is_open(self, day: date) -> bool:
        said = [is_open for since, is_open in self.open_from if since <= day]
        return self.is_opened(day) and (not said or said[-1])

    def first_councils_rate(self, day: date) -> Week | None:
        """The rate carried in, on a day before this council's own first assessment of needs."""
        if any(own.effective_from <= day for own in self.needs_assessments):
            return None
        carried_in = [opening for opening in self.openings if opening.on <= day]
        # max() keeps the first of equals: turned round, that is the one recorded last.
        return max(reversed(carried_in), key=lambda opening: opening.on).rate if carried_in else None

    def adjustment(self, day: date) -> Fraction:
        return sum((amount for on, amount in self.adjustments if on == day), NIL)


def in_force(spans: Sequence[Span], day: date) -> Data | None:
    """The one recorded last among those that contain the day; so an earlier one resumes when a later one ends."""
    return next((span.data for span in reversed(spans) if span.contains(day)), None)


def known(history: Sequence[Entry], known_at: datetime) -> Known:
    """What counts of all that was recorded at or before a moment."""
    kinds: dict[str, list[Entry]] = {}
    for entry in counting(history, known_at):
        kinds.setdefault(entry.type, []).append(entry)

    def of(kind: str) -> list[Entry]:
        return kinds.get(kind, [])

    openings = of("account-opened")
    return Known(
        opened_on=day_of(openings[-1].data["opened_on"]) if openings else None,
        open_from=_open_from([*of("account-closed"), *of("account-reopened")]),
        needs_assessments=[_needs(e.data) for e in of("needs-assessed") if e.data.get("confirmed") is not False],
        budgets=[_span(e.data, "effective_from") for e in of("budget-set")],
        financial_assessments=[_span(e.data, "effective_from") for e in of("financial-assessment-imported")],
        breaks=[_span(e.data, "from") for e in of("break-recorded")],
        charges=_charges(of("charge-raised"), of("charge-retracted")),
        openings=[_opening(e.data) for e in of("opening-carried-in")],
        adjustments=_adjustments(of("adjustment-proposed"), of("adjustment-approved")),
    )


def _open_from(entries: Iterable[Entry]) -> list[tuple[date, bool]]:
    """From which day each closure or reopening says what, in the order of recording."""
    layers = []
    for entry in sorted(entries, key=lambda entry: entry.version):
        on = day_of(entry.data["on"])
        reopens = entry.type == "account-reopened"
        layers.append((on if reopens else on + timedelta(days=1), reopens))
    return layers


def _charges(raised: Iterable[Entry], retractions: Iterable[Entry]) -> list[Span]:
    retracted = {retraction.data["charge"] for retraction in retractions}
    return [
        _span(charge.data, "period_from", "period_ending_before") for charge in raised if charge.id not in retracted
    ]


def _adjustments(proposed: Iterable[Entry], approvals: Iterable[Entry]) -> list[tuple[date, Fraction]]:
    approved = {approval.data["adjustment"] for approval in approvals}
    return [(day_of(e.data["on"]), pounds(e.data["amount"])) for e in proposed if e.id in approved]


def _opening(data: Data) -> Opening:
    rate, week = data.get("weekly_rate"), None
    if rate is not None:
        daily_living_costs = pounds(rate["daily_living_costs"])
        week = Week(pounds(rate["metered"]) + daily_living_costs, daily_living_costs)
    return Opening(day_of(data["on"]), pounds(data["accrued_costs"]), pounds(data["daily_living_costs"]), week)


def _needs(data: Data) -> Span:
    return _span(data, "eligible_from" if data["eligible"] else "assessed_on")


def _span(data: Data, starts: str, ends: str = "ending_before") -> Span:
    if data[starts] is None:
        raise ValueError(f"{starts} is needed to know from when this is in force")
    last = data.get(ends)
    return Span(day_of(data[starts]), None if last is None else day_of(last), data)
