"""The verifier that goes with every export gives the domain's totals, for any life, under any scheme."""

import json
import os
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.account.accrual import accrue
from ledger.evidence import verify
from tests.properties.histories import History, days, histories
from tests.properties.schemes import Rules, rules

LONG = bool(os.environ.get("CARELEDGER_LONG"))


@settings(max_examples=10_000 if LONG else 200, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories(), rules=rules(), on=days, data=st.data())
def test_every_total_is_the_domains(history: History, rules: Rules, on: date, data: st.DataObject) -> None:
    version = data.draw(st.integers(1, history.account.version))
    known = [
        {"kind": entry.type, "id": entry.id, "data": entry.data}
        for entry in history.entries
        if entry.version <= version
    ]
    ours = accrue(history.account.first(version), rules.scheme, on)
    written = json.loads(rules.scheme.model_dump_json(by_alias=True))["cap"]
    theirs = verify.accrue(verify.Account(known), written, on)
    assert (verify.written(theirs.accrued), theirs.cap_reached_on) == (str(ours.balance(on)), ours.cap_reached_on)
    assert verify.pennies(theirs.apart) == verify.pennies(ours.through(on).daily_living_costs)
