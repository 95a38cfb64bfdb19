"""Which account, under which scheme, on which day is asked about?"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from domain.account.accrual import Accrual, accrue
from domain.account.figures import CapProgress
from domain.account.progress import progress_of
from domain.account.state import CareAccount
from domain.schemes import Scheme


@dataclass(frozen=True)
class Asked:
    """An account at the close of a day under a scheme, added up once for all that is told of it."""

    account: CareAccount
    scheme: Scheme
    on: date

    @cached_property
    def accrual(self) -> Accrual:
        return accrue(self.account, self.scheme, self.on)

    @cached_property
    def progress(self) -> CapProgress:
        return progress_of(self.accrual, self.scheme, self.on)
