"""/today: what waits for somebody, how long already, who is about to reach the cap, and which runs are due?"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import address
from api.pages.finance.today.kinds import IN_WORDS
from api.pages.finance.today.view import AGES, PATH, address_of, of_age
from api.pages.finance.view import PATH as ACCOUNTS
from api.pages.finance.view import reaching_before
from api.pages.law import law_words
from api.pages.page import Visit, page
from api.policy import may
from domain.schedule import Period
from ledger.council import Council
from ledger.due_runs import next_period
from ledger.import_proposals import ImportProposals
from ledger.imports import Imports
from projections.cap_progress import Wanted, progress_list
from projections.worklists.found import waiting
from projections.worklists.matter import KINDS, Kind, Matter

WITHIN = (30, 90, 548)
"""So many days ahead finance plans: a month, a quarter, and the 18 months within which a statement names the day."""


class Count(NamedTuple):
    """A number, and where the list is that has exactly so many rows."""

    number: int
    href: str


class Line(NamedTuple):
    """A kind of thing that waits: how many there are, in all and by age, and how old the oldest is."""

    kind: Kind
    name: str
    what_to_do: str
    all: Count
    by_age: list[Count]
    oldest: date


class Reaching(NamedTuple):
    """Who reaches the cap within some days, and what they have left until then. Pounds."""

    days: int
    accounts: Count
    remaining: Decimal


@page(PATH, "read_council", people=True)
def today(visit: Visit) -> ResponseReturnValue:
    """Every number leads to the list that has as many rows."""
    matters = waiting(visit.council, visit.today, visit.latest)
    return render_template(
        "finance/today/today.html",
        page_title="Today",
        law_words=law_words(visit.council, visit.latest),
        on=visit.today,
        known_at=visit.latest,
        ages=AGES,
        lines=list(_lines(matters, visit.today)),
        reaching=list(_reaching(visit)),
        imports=_imports_cut_off(visit.council),
        files=_files_that_wait(visit.council),
        proposed=sum(change.status in ("proposed", "reversal_proposed") for change in visit.council.amounts.changes),
        may_read_policy=may(visit.identity.role, "read_policy"),
        posting=_posting_due(visit),
    )


def _lines(matters: Sequence[Matter], on: date) -> Iterator[Line]:
    for kind in KINDS:
        if found := [each for each in matters if each.kind == kind]:
            by_age = [Count(len(of_age(found, age, on)), address_of(kind, age)) for age in AGES]
            yield Line(kind, *IN_WORDS[kind], Count(len(found), address_of(kind)), by_age, found[0].since)


def _reaching(visit: Visit) -> Iterator[Reaching]:
    for days in WITHIN:
        before = reaching_before(visit.today, days)
        wanted = Wanted(visit.today, visit.latest, reaching_before=before, limit=0)
        totals = progress_list(visit.council, wanted).totals
        yield Reaching(days, Count(totals.accounts, address(ACCOUNTS, reaching=days)), totals.remaining)


def _imports_cut_off(council: Council) -> int:
    """The imports that were begun and have no end, of the last hundred."""
    return sum(standing.ended_at is None for standing in Imports(council).rows.standings(2**31 - 1, 100))


def _files_that_wait(council: Council) -> int:
    """The files whose rows wait for a second person, of the last hundred about which nobody has decided."""
    undecided = ImportProposals(council).rows.standings(100, undecided=True)
    return sum(standing.state in ("checking", "waits") for standing in undecided)


def _posting_due(visit: Visit) -> Period | None:
    """The period whose posting is due and was not begun; None where none is, or nobody decided that one should be."""
    period = next_period(visit.council, "posting")
    return period if period and period.ending_before <= visit.today else None
