"""Which amounts may a council set to leave people more, and what is the least that each may be?"""

from functools import cache

from domain.parameters.rooms import names

_MORE_THAN_ITSELF = ("personal_expenses_allowance", "deferred_payment_disposable_income_allowance")
_MORE_THAN_ANOTHER = {
    "capital_limit_lower_outside_care_homes": "capital_limit_lower",
    "capital_limit_upper_outside_care_homes": "capital_limit_upper",
}


@cache
def least_of(name: str) -> str | None:
    """The parameter whose amount is the least that a council's own may be; None where the law leaves no such room.

    What somebody keeps of their income may be more than the law says, never less (Care Act 2014 s 14(7), SI 2014/2672
    regs 6 and 7, SI 2014/2671 for a deferred payment), and outside care homes the limits of capital may be higher.
    """
    if name in _MORE_THAN_ITSELF or name in names("minimum_income_guarantee"):
        return name
    return _MORE_THAN_ANOTHER.get(name)
