"""What would a council's whole history come to under another scheme: who gains, who loses, and what does it cost?"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.account.accrual import accrue
from domain.account.relief import relief_by_year
from domain.account.state import CareAccount
from domain.parameters import NotInForce
from domain.schemes import Scheme
from ledger.council import Council
from ledger.outcomes import NoSuchAccount
from ledger.store.database import StoreUnavailable
from projections.accounts import Kept, chunks, how_many
from projections.replay_report import Added, NotReplayed, Outcome, Replayed, Report

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with how many accounts are done and how many there are."""


@dataclass
class Replay:
    """A council's history under another scheme, account by account, added up as it goes; nothing is written.

    A person gains when the costs they could have been asked to pay by the close of `on` are lower under the other
    scheme: when more is kept from being counted because the cap was reached. Each person's figures are rounded once, as
    their account shows them, and every total is the sum of people's figures, so that the rows of a file, the years and
    the totals tie to the penny.
    """

    council: Council
    own: Scheme
    other: Scheme
    on: date
    known_at: datetime
    not_worked_out: list[NotReplayed] = field(default_factory=list)
    _all: Added = field(default_factory=Added)

    def run(self, progress: Progress | None = None) -> Iterator[Replayed]:
        """Each account there was, by reference, one at a time; `report` is whole when all have been taken."""
        done, all_accounts = 0, how_many(self.council)
        for chunk in chunks(self.council):
            for kept in chunk:
                found = self._replayed(kept)
                if found:
                    self._all.add(found)
                    yield found
                done += 1
                if progress:
                    progress(done, all_accounts)

    def _replayed(self, kept: Kept) -> Replayed | None:
        """One account; what stops it is noted, and the others go on."""
        try:
            account = self.council.ledger.account(kept.account_id, self.known_at)
            return Replayed(kept.reference, self._outcome(account, self.own), self._outcome(account, self.other))
        except NoSuchAccount:
            return None  # it was not known yet
        except StoreUnavailable:
            raise
        except NotInForce as unknown:
            self.not_worked_out.append(NotReplayed(reference=kept.reference, detail=f"{unknown}."))
        except Exception:
            log.exception("account %s could not be worked out", kept.account_id)
            detail = "Its record could not be read or worked out; the log names the fault."
            self.not_worked_out.append(NotReplayed(reference=kept.reference, detail=detail))
        return None

    def _outcome(self, account: CareAccount, scheme: Scheme) -> Outcome:
        accrual = accrue(account, scheme, self.on)
        return Outcome(accrual.balance(self.on), accrual.cap_reached_on, relief_by_year(accrual, self.on))

    def report(self) -> Report:
        """Everything that has been replayed so far, added up."""
        return self._all.report(self.own, self.other, self.on, self.known_at, self.not_worked_out)
