"""Is a request decided alike upon a whole account, and upon no more of it than its decision is said to rest on?"""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.account.commands import (
    Command,
    ImportFinancialAssessment,
    RaiseCharge,
    RecordBreak,
    RecordNeedsAssessment,
    SetBudget,
)
from domain.account.decisions import decide, rests_on
from domain.account.facts import ChargeRaised
from domain.account.refusals import Refused
from domain.account.state import CareAccount
from domain.schemes import Scheme
from tests.properties.histories import History, assessments, breaks, budgets, charges, histories, needs
from tests.properties.schemes import Rules, rules

REQUESTS = st.one_of(
    st.tuples(st.just(RecordNeedsAssessment), needs()),
    st.tuples(st.just(SetBudget), budgets()),
    st.tuples(st.just(ImportFinancialAssessment), assessments()),
    st.tuples(st.just(RecordBreak), breaks()),
    st.tuples(st.just(RaiseCharge), charges()),
)


def came(command: Command, account: CareAccount, scheme: Scheme) -> object:
    try:
        return decide(command, account, scheme)
    except Refused as refused:
        return type(refused)


def partly(account: CareAccount, command: Command) -> CareAccount:
    """The account with no other facts than those of the kinds that the decision rests on."""
    kinds = rests_on([command])
    assert kinds is not None
    return CareAccount(tuple(entry for entry in account.entries if type(entry.fact) in kinds))


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories(), rules=rules(), request=REQUESTS, data=st.data())
def test_a_decision_rests_on_nothing_else(
    history: History, rules: Rules, request: tuple[type[Any], tuple[str, dict[str, Any]]], data: st.DataObject
) -> None:
    kind, (_, terms) = request
    used = [fact.reference for _, fact in history.account.of(ChargeRaised)]
    if kind is RaiseCharge and used and data.draw(st.booleans()):
        terms = {**terms, "reference": data.draw(st.sampled_from(used))}
    command = kind.model_validate_json(json.dumps(terms))
    assert came(command, partly(history.account, command), rules.scheme) == came(command, history.account, rules.scheme)
