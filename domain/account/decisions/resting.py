"""Which facts does a decision rest on, so that no others have to be read to make it?"""

from collections.abc import Collection, Iterable

from domain.account.commands import (
    Command,
    ImportFinancialAssessment,
    RaiseCharge,
    RecordBreak,
    RecordFinancialAssessment,
    RecordNeedsAssessment,
    SetBudget,
)
from domain.account.facts import AccountClosed, AccountOpened, AccountReopened, ChargeRaised, EntryVoided, Fact

Kinds = frozenset[type[Fact]]

_WHETHER_OPEN: Kinds = frozenset({AccountOpened, AccountClosed, AccountReopened, EntryVoided})

_RESTS_ON: dict[type[Command], Kinds] = {
    RecordNeedsAssessment: _WHETHER_OPEN,
    SetBudget: _WHETHER_OPEN,
    ImportFinancialAssessment: _WHETHER_OPEN,
    RecordFinancialAssessment: _WHETHER_OPEN,
    RecordBreak: _WHETHER_OPEN,
    RaiseCharge: _WHETHER_OPEN | {ChargeRaised},
}


def rests_on(commands: Iterable[Command]) -> Collection[type[Fact]] | None:
    """The kinds of fact that all of these decisions rest on; None where one may rest on any."""
    kinds: Kinds = frozenset()
    for kind in {type(command) for command in commands}:
        if kind not in _RESTS_ON:
            return None
        kinds |= _RESTS_ON[kind]
    return kinds
