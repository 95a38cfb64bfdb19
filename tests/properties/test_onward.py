"""Does an account of which nothing more is recorded go on exactly as was foretold at its last posting?"""

from collections import Counter
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.account.onward import Onward
from domain.account.state import CareAccount, Entry
from domain.parameters import NotInForce
from domain.schemes import Scheme
from ledger.posting import Posting, posting, posting_onward
from tests.properties.histories import FIRST, LENGTH, History, histories
from tests.properties.schemes import Rules, rules

later = st.lists(st.integers(1, 120), min_size=2, max_size=8)
"""How many days each posting covers."""


def recorded(account: CareAccount, came: Posting, at: datetime) -> CareAccount:
    facts = enumerate(came.facts, start=account.version + 1)
    return CareAccount((*account.entries, *(Entry(account.id, n, fact, at, "run", "machine") for n, fact in facts)))


def worked_out(account: CareAccount, scheme: Scheme, through: date) -> Posting | None:
    try:
        return posting(account, scheme, through)
    except NotInForce:
        return None


def read_back(onward: Onward | None) -> Onward | None:
    """What is told, as the store gives it back."""
    return Onward.model_validate_json(onward.model_dump_json()) if onward else None


def posted_on(history: History, scheme: Scheme, first: date, lengths: list[int], told: Counter[str]) -> None:
    """Post again and again, and compare what was told with what the whole account comes to."""
    account, known, through = history.account, None, first
    for days in lengths:
        came = worked_out(account, scheme, through)
        if came is None:
            return
        if known and known.tells(scheme, through):
            foretold = posting_onward(known, scheme, through)
            assert (foretold.outcome, foretold.facts) == (came.outcome, came.facts)
            assert (foretold.totals, foretold.to_look_at) == (came.totals, came.to_look_at)
            told[came.outcome] += 1
            known = read_back(foretold.onward) if foretold.facts else known
        else:
            known = read_back(came.onward) if came.facts else known
        account = recorded(account, came, history.entries[-1].recorded_at)
        through += timedelta(days=days)


thorough = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@thorough
@given(history=histories(), rules=rules(), start=st.integers(0, LENGTH), lengths=later)
def test_what_was_told_is_what_the_whole_account_comes_to(
    history: History, rules: Rules, start: int, lengths: list[int]
) -> None:
    posted_on(history, rules.scheme, FIRST + timedelta(days=start), lengths, Counter())


def test_the_lives_that_are_drawn_are_told_of_often_enough() -> None:
    """Lives of which nothing is foretold would let any two programs agree."""
    told = Counter[str]()

    @settings(thorough, max_examples=60, database=None)
    @given(history=histories(), rules=rules(), start=st.integers(0, LENGTH), lengths=later)
    def look(history: History, rules: Rules, start: int, lengths: list[int]) -> None:
        told["lives"] += 1
        posted_on(history, rules.scheme, FIRST + timedelta(days=start), lengths, told)

    look()
    assert told["posted"] > told["lives"]
