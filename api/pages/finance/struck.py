"""Which amounts did days count until an entry was corrected, to be shown struck through beside what they count now?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from api.pages.recorded import said
from domain.account.accrual import accrue
from domain.account.facts import EntryVoided
from domain.account.lines import By, lines
from domain.account.state import CareAccount, Entry
from domain.schemes import Scheme


class Struck(NamedTuple):
    """What days counted before a correction, the correction, and its reason in words. Pounds."""

    counted: Decimal
    correction: Entry
    because: str


def struck(account: CareAccount, scheme: Scheme, first: date, last: date, by: By) -> Mapping[date, list[Struck]]:
    """By the first of its days, every amount that a line counted once, the earliest first."""
    found = defaultdict[date, list[Struck]](list)
    for correction, fact in account.of(EntryVoided):
        through = correction.version + (fact.replaced_by is not None)
        before, after = (
            _counted(account.first(version), scheme, first, last, by) for version in (correction.version - 1, through)
        )
        for day, amount in before.items():
            if after.get(day) != amount:
                found[day].append(Struck(amount, correction, said(fact.reason_code)))
    return found


def _counted(account: CareAccount, scheme: Scheme, first: date, last: date, by: By) -> dict[date, Decimal]:
    return dict(_of_days(account, scheme, first, last, by))


def _of_days(account: CareAccount, scheme: Scheme, first: date, last: date, by: By) -> Iterator[tuple[date, Decimal]]:
    """What each line of days counts; what moved the total at one stroke stands in the lines with its own cause."""
    for line in lines(accrue(account, scheme, last), first, last, by):
        if line.kind == "accrual":
            yield line.from_, line.metered
