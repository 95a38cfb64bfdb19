"""Does everything hold of every account of a council, and does the list say what the accounts say?"""

import logging
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from domain.account.figures import CapProgress
from domain.account.invariants import Look, Violation, look, versions, violations
from domain.account.invariants.looking import Found
from domain.account.progress import progress_of
from domain.money import Fraction
from domain.parameters import NotInForce
from domain.schemes import Scheme
from ledger.council import Council
from ledger.outcomes import NoSuchAccount
from ledger.schemes import KnownSchemes
from ledger.store.database import StoreUnavailable
from projections.accounts import Kept, chunks, how_many
from projections.cap_progress import ListedAccount, Wanted, progress_list
from projections.follow import catch_up
from projections.spans import Span
from projections.tables import OF_THE_LIVE

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with how many accounts are done and how many there are."""

LIST_SAYS = "The council's list says what the account itself says."
CAN_BE_WORKED_OUT = "Every version of every account can be read and worked out."


@dataclass
class Checked:
    """How much has been looked at so far."""

    accounts: int = 0
    versions: int = 0


class _Row(NamedTuple):
    """One stretch of days of the list, and from when to when it was thought to be so; None where it still is."""

    known_from: datetime
    known_to: datetime | None
    span: Span


@dataclass(frozen=True)
class CouncilCheck:
    """One check of a council, as known at one moment: what is recorded meanwhile is left for the next."""

    council: Council
    schemes: KnownSchemes
    on: date
    known_at: datetime
    newest: bool = False

    def run(self, checked: Checked, progress: Progress | None = None) -> Iterator[Violation]:
        """What does not hold of any account of the council; counts what it has looked at."""
        catch_up(self.council)
        all_accounts = how_many(self.council)
        for chunk in chunks(self.council):
            listed = self._listed(chunk)
            for kept in chunk:
                yield from self.account(kept, checked, listed.get(kept.account_id))
                if progress:
                    progress(checked.accounts, all_accounts)

    def one(self, kept: Kept, checked: Checked) -> Iterator[Violation]:
        """What does not hold of one account."""
        catch_up(self.council)
        yield from self.account(kept, checked, self._listed([kept]).get(kept.account_id))

    def account(self, kept: Kept, checked: Checked, listed: ListedAccount | None) -> Iterator[Violation]:
        """What does not hold of an account; one that cannot be read is told, and stops nothing."""
        checked.accounts += 1
        try:
            yield from self._account(kept, checked, listed)
        except NoSuchAccount:
            return  # it was opened after the moment of this check
        except StoreUnavailable:
            raise
        except NotInForce as unknown:
            yield _told(kept, CAN_BE_WORKED_OUT, f"{unknown}.")
        except Exception:
            log.exception("account %s could not be checked", kept.account_id)
            yield _told(kept, CAN_BE_WORKED_OUT, "its record could not be read or worked out; the log names the fault.")

    def _account(self, kept: Kept, checked: Checked, listed: ListedAccount | None) -> Iterator[Violation]:
        account = self.council.ledger.account(kept.account_id, self.known_at)
        rows, looked = _rows(self.council, kept.account_id), None
        for version in [account] if self.newest else versions(account):
            known_at = self.known_at if version.version == account.version else version.entries[-1].recorded_at
            looked = look(version, self._scheme_at, self._scheme_at(known_at), looked)
            checked.versions += 1
            yield from violations(looked)
            for found in of_list(looked, [row.span for row in rows if _was_thought(row, known_at)]):
                yield looked.violation(LIST_SAYS, found)
        if looked and (listed is None or _figures_of(listed) != progress_of(looked.accrual, looked.scheme, self.on)):
            yield looked.violation(LIST_SAYS, Found("the list shows other figures than the account.", self.on))

    def _scheme_at(self, moment: datetime) -> Scheme:
        return self.schemes.known_at(moment).adopted

    def _listed(self, chunk: Sequence[Kept]) -> dict[UUID, ListedAccount]:
        """What the list shows of some accounts."""
        asked = Wanted(self.on, self.known_at, accounts=[kept.account_id for kept in chunk], limit=None)
        return {UUID(item.account_id): item for item in progress_list(self.council, asked).items}


def _told(kept: Kept, rule: str, what: str) -> Violation:
    return Violation(kept.reference, str(kept.account_id), 0, rule, what)


def _rows(council: Council, account_id: UUID) -> list[_Row]:
    """Everything the list ever said of an account, in the order of its days."""
    with council.app.transaction() as statements:
        statements.execute(
            f"SELECT known_from, nullif(known_to, 'infinity'), {', '.join(Span._fields)}"
            f" FROM {council.names.schema}.progress_spans"
            f" WHERE {OF_THE_LIVE.format(schema=council.names.schema)} AND account_id = %s ORDER BY valid_from",
            (str(account_id),),
        )
        return [_Row(known_from, known_to, Span(*span)) for known_from, known_to, *span in statements]


def _was_thought(row: _Row, known_at: datetime) -> bool:
    return row.known_from <= known_at and (row.known_to is None or known_at < row.known_to)


def of_list(looked: Look, spans: Sequence[Span]) -> Iterator[Found]:
    """What the rows of an account, as they were thought at one moment, say otherwise than the account does."""
    for before, after in pairwise(spans):
        if before.valid_to != after.valid_from:
            yield Found(f"its rows do not follow each other: one ends before {before.valid_to}.", after.valid_from)
    for day in looked.days:
        place = bisect_right(spans, day, key=lambda span: span.valid_from) - 1
        shown = _shown(spans[place], day) if place >= 0 and day < spans[place].valid_to else None
        with suppress(NotInForce):  # the account has no figures for that day either
            if shown != _worked_out(looked, day):
                yield Found("the row of the day says other figures than the account.", day)


def _shown(span: Span, day: date) -> tuple[object, ...]:
    """What a row says of one of its days, the totals exact."""
    days = (day - span.valid_from).days + 1
    metered = Fraction(int(span.metered_before + days * span.metered_daily), int(span.denominator))
    apart = Fraction(int(span.apart_before + days * span.apart_daily), int(span.denominator))
    week = (span.weekly_base, span.weekly_apart, span.weekly_metered)
    return span.metering, span.cap, metered, apart, week, span.cap_reached_on, span.expected_to_reach_cap_on


def _worked_out(looked: Look, day: date) -> tuple[object, ...]:
    """The same as the account gives it."""
    found, totals = progress_of(looked.accrual, looked.scheme, day), looked.accrual.through(day)
    week, reached, expected = found.weekly_rate, found.cap_reached_on, found.expected_to_reach_cap_on
    rate = (week.base, week.daily_living_costs, week.metered) if week else (None, None, None)
    return found.metering, found.cap, totals.metered, totals.daily_living_costs, rate, reached, expected


def _figures_of(listed: ListedAccount) -> CapProgress:
    return CapProgress(**{name: getattr(listed, name) for name in CapProgress.model_fields})
