"""Which facts are read for the decision of some requests."""

from domain.account.commands import CloseAccount, RaiseCharge, SetBudget
from domain.account.decisions import rests_on
from domain.account.facts import ChargeRaised


def test_of_several_requests_everything_is_read_that_one_of_them_rests_on() -> None:
    budget = SetBudget.model_validate_json(
        '{"kind":"personal","setting":"own_home","weekly_cost":"1.00","effective_from":"2024-01-01"}'
    )
    charge = RaiseCharge.model_validate_json(
        '{"reference":"I-1","period_from":"2024-01-01","period_ending_before":"2024-01-02","amount":"1.00"}'
    )
    closing = CloseAccount.model_validate_json('{"on":"2024-01-01","reason":"died"}')
    assert ChargeRaised not in set(rests_on([budget]) or ())
    assert set(rests_on([budget, charge]) or ()) == set(rests_on([charge]) or ()) > {ChargeRaised}
    assert rests_on([budget, closing]) is None
