"""Does it change any span that an account is worked out with the help of what it came to before?"""

from dataclasses import replace
from uuid import UUID

from hypothesis import HealthCheck, given, settings

from domain import schemes
from domain.account.facts import PeriodPosted
from domain.account.state import CareAccount
from domain.schemes import Scheme
from projections.spans import Reckoning
from tests.performance.life import long_life, told_late
from tests.properties.histories import History, histories
from tests.properties.schemes import Rules, rules

REFORM, UNAMENDED = schemes.load("reform-2023"), schemes.load("care-act-2014-unamended")


def same_at_every_version(account: CareAccount, scheme_at: dict[int, Scheme]) -> None:
    kept, scheme = Reckoning(), REFORM
    for version in range(1, account.version + 1):
        scheme, known = scheme_at.get(version, scheme), account.first(version)
        assert kept.spans(known, scheme) == Reckoning().spans(known, scheme), version


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories(), rules=rules())
def test_not_in_any_life_under_any_rules(history: History, rules: Rules) -> None:
    same_at_every_version(history.account, {1: rules.scheme})


def test_not_where_every_period_is_posted_and_much_is_told_late() -> None:
    account = told_late(long_life(UUID(int=1), REFORM, years=2, charges=1), times=3)
    assert sum(isinstance(entry.fact, PeriodPosted) for entry in account.entries) > 20
    same_at_every_version(account, {})


def test_not_where_the_rules_change_and_change_back_between_postings() -> None:
    account = long_life(UUID(int=1), UNAMENDED, years=1, charges=1)
    assert Reckoning().spans(account, UNAMENDED) != Reckoning().spans(account, REFORM)
    same_at_every_version(account, {1: UNAMENDED, 20: REFORM, 30: UNAMENDED})


def test_not_where_a_posting_says_other_totals_than_come_out() -> None:
    """A later program works out otherwise: what was posted stands, and its day closes with the posted totals."""
    account = long_life(UUID(int=1), REFORM, years=1, charges=1)
    *before, last = account.entries
    assert isinstance(last.fact, PeriodPosted)
    totals = last.fact.totals.model_copy(update={"metered": last.fact.totals.metered + 1})
    otherwise = CareAccount((*before, replace(last, fact=last.fact.model_copy(update={"totals": totals}))))
    assert Reckoning().spans(otherwise, REFORM) != Reckoning().spans(account, REFORM)
    same_at_every_version(otherwise, {})
