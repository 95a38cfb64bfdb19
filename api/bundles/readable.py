"""Which page and which table can anybody read in a bundle, with no service running and nothing installed?

One HTML file that a browser shows, and one CSV file that a spreadsheet opens: each account, its figures and its lines.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.csv import csv_text
from api.pages.law import law_words
from api.pages.metering import METERING
from api.pages.words import FILTERS
from domain.account.accrual import accrue
from domain.account.figures import CapProgress, LedgerLine
from domain.account.lines import lines
from domain.account.progress import progress_of
from domain.schemes import Scheme
from ledger.bundle.writing import Readable
from ledger.council import Council
from ledger.outcomes import NoSuchAccount
from ledger.store.database import StoreUnavailable
from projections.accounts import Kept, chunks

log = logging.getLogger(__name__)

PAGE, TABLE = "accounts.html", "accounts.csv"
_FIGURES = (
    "cap",
    "accrued_costs",
    "remaining",
    "percent",
    "daily_living_costs",
    "metering",
    "cap_reached_on",
    "expected_to_reach_cap_on",
)
_KINDS = {
    "accrual": "Care",
    "annual_adjustment": "Yearly adjustment",
    "adjustment": "Adjustment",
    "opening": "Brought in from before",
}
_HEADING = ("reference", "name", "on", *_FIGURES)


class Shown(NamedTuple):
    """An account as it is shown: without figures where it cannot be worked out."""

    reference: str
    name: str
    figures: CapProgress | None
    lines: list[LedgerLine]


class Reading(NamedTuple):
    """What is read of a council at a moment: one account or all, with names or without."""

    council: Council
    only: UUID | None
    with_names: bool
    on: date
    known_at: datetime

    def files(self) -> Mapping[str, Iterable[bytes]]:
        """The page, and after it the table, of which each account is worked out once."""
        rows: list[Sequence[object]] = []

        def noted() -> Iterator[Shown]:
            for shown in self._accounts():
                rows.append(self._row(shown))
                yield shown

        return {PAGE: self._page(noted()), TABLE: _table(rows)}

    def _page(self, accounts: Iterator[Shown]) -> Iterator[bytes]:
        said = {"on": self.on, "known_at": self.known_at, "illustration": law_words(self.council, self.known_at)}
        named = {"council": self.council.setup.name, "with_names": self.with_names, "accounts": accounts}
        return (part.encode() for part in _environment().get_template(PAGE).generate(**said, **named))

    def _row(self, shown: Shown) -> list[object]:
        figures = shown.figures.model_dump() if shown.figures else {"metering": "under_review"}
        return [shown.reference, shown.name, self.on, *(figures.get(name) for name in _FIGURES)]

    def _accounts(self) -> Iterator[Shown]:
        scheme = self.council.scheme_at(self.known_at)
        for chunk in [self._named(self.only)] if self.only else chunks(self.council):
            people = self.council.people.of([each.account_id for each in chunk]) if self.with_names else {}
            for kept in chunk:
                person = people.get(kept.account_id)
                name = " ".join(filter(None, (person.given_name, person.family_name))) if person else ""
                yield from self._account(kept, name, scheme)

    def _named(self, only: UUID) -> list[Kept]:
        return [Kept(reference, id_) for id_, reference in self.council.ledger.references.of([only]).items()]

    def _account(self, kept: Kept, name: str, scheme: Scheme) -> Iterator[Shown]:
        """An account, if there was one by then; what cannot be worked out of it hides no other."""
        try:
            account = self.council.ledger.account(kept.account_id, self.known_at)
            accrual = accrue(account, scheme, self.on)
            found = [
                each for each in lines(accrual, account.opened.opened_on, self.on, "month") if each.base or each.metered
            ]
            yield Shown(kept.reference, name, progress_of(accrual, scheme, self.on), found)
        except NoSuchAccount:
            return
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("account %s could not be worked out", kept.account_id)
            yield Shown(kept.reference, name, None, [])


def _table(rows: list[Sequence[object]]) -> Iterator[bytes]:
    """With the mark by which a spreadsheet knows UTF-8."""
    yield f"\ufeff{csv_text(_HEADING, rows)}".encode()


@cache
def _environment() -> Environment:
    """The page asks for nothing from anywhere, so it has no part of the pages that are served."""
    found = Environment(
        loader=PackageLoader("api.bundles"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(FILTERS)
    found.globals.update(metering=METERING, kinds=_KINDS)
    return found


def readable(council: Council, only: UUID | None, with_names: bool, on: date) -> Readable:
    """The files that people read in a bundle, made of what was known at the moment that the bundle is of."""
    return lambda known_at: Reading(council, only, with_names, on, known_at).files()
