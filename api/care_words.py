"""What of an account is told to somebody who may see what care costs, and not what it is?"""

from dataclasses import replace
from functools import singledispatch

from api.auth import Identity
from domain.account.facts import BreakRecorded, BudgetSet, Fact, NeedsAssessed
from domain.account.state import CareAccount


def as_shown(account: CareAccount, identity: Identity) -> CareAccount:
    """The account as it is, or without its words of care. No figure is another for it: none rests on such a word."""
    if identity.sees_care:
        return account
    return CareAccount(tuple(replace(entry, fact=without_care(entry.fact)) for entry in account.entries))


@singledispatch
def without_care(fact: Fact) -> Fact:
    """A fact without what it says of care; most say nothing of it."""
    return fact


@without_care.register
def _(fact: BreakRecorded) -> Fact:
    return fact.model_copy(update={"reason": "no_care"})


@without_care.register
def _(fact: NeedsAssessed) -> Fact:
    return fact.model_copy(update={"outcomes": (), "assessor": None})


@without_care.register
def _(fact: BudgetSet) -> Fact:
    return fact.model_copy(update={"provider": None})
