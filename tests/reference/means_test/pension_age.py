"""Has somebody reached the qualifying age for pension credit?

It is the pensionable age of a woman born on the same day, for men too (State Pension Credit Act 2002 s 1(6)). The table
is Pensions Act 1995 Sch 4 para 1, as amended in 2007, 2011 and 2014. Its months run from the 6th to the 5th.
"""

from calendar import monthrange
from datetime import date

# Of the month of birth from which a rule holds: a whole age; or a day, and how many months later for each month after.
BY_AGE = {-9999: 60, 54: 66, 131: 67, 336: 68}
BY_DAY = {0: (date(2010, 5, 6), 2), 36: (date(2016, 7, 6), 4), 44: (date(2019, 3, 6), 2), 324: (date(2044, 5, 6), 2)}
SIXTY_SIX_AND_SOME_MONTHS = 120
RULES = sorted([*BY_AGE, *BY_DAY, SIXTY_SIX_AND_SOME_MONTHS])


def has_reached_pension_age(born: date, on: date) -> bool:
    month = _month_of_birth(born)
    rule = max(start for start in RULES if start <= month)
    if rule in BY_AGE:
        return age(born, on) >= BY_AGE[rule]
    if rule in BY_DAY:
        first, months = BY_DAY[rule]
        return on >= _months_after(first, months * (month - rule))
    return on >= _months_after(born, 66 * 12 + 1 + month - rule)


def age(born: date, on: date) -> int:
    """In whole years; who was born on 29 February is a year older on 1 March where there is no such day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _month_of_birth(born: date) -> int:
    """Counted from 6 April 1950."""
    return (born.year - 1950) * 12 + born.month - 4 - (born.day < 6)


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day: born on 31 July 1960 is 66 and 4 months on 30 November."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
