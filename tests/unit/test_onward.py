"""How an account goes on after its last posting, as long as nothing more is recorded."""

from datetime import timedelta

from domain.account.facts import PeriodPosted
from domain.account.onward import Onward, after, ahead, onward, post_onward
from domain.account.posting import period_of
from domain.account.state import CareAccount
from domain.schemes import Scheme
from tests.rules.asking import adjusted, post, posted
from tests.rules.build import REFORM_2023, and_then, closed, day, opening, self_funder
from tests.rules.laws import reform


def told(found: CareAccount, through: str, scheme: Scheme = REFORM_2023) -> Onward | None:
    """How an account goes on once it is posted up to a day."""
    accrual = ahead(found, scheme, day(through))
    period = period_of(found, scheme, accrual, day(through))
    assert period
    return onward(found, scheme, accrual, period)


def foretold(known: Onward | None, through: str, scheme: Scheme = REFORM_2023) -> PeriodPosted | None:
    assert known
    assert known.tells(scheme, day(through))
    return post_onward(known, scheme, day(through))[0]


def test_the_next_posting_is_told_to_the_penny() -> None:
    """950.00 a week, posted through 8 October 2023: the next week is what posting the whole account says."""
    known = told(self_funder(), "2023-10-08")
    assert foretold(known, "2023-10-15") == posted(post(self_funder(), "2023-10-08", "2023-10-15"))


def test_each_posting_tells_the_next() -> None:
    known = told(self_funder(), "2023-10-08")
    second = foretold(known, "2023-10-15")
    assert known
    assert second
    third = foretold(after(known, second), "2023-11-12")
    assert third == posted(post(self_funder(), "2023-10-08", "2023-10-15", "2023-11-12"))


def test_the_day_that_reaches_the_cap_is_told_too() -> None:
    """Posted through 1 December 2025, reached on the 12th."""
    found = foretold(told(self_funder(), "2025-12-01"), "2025-12-31")
    assert found
    assert (found.cap_reached_on, str(found.accrued_costs)) == (day("2025-12-12"), "86000.00")


def test_nothing_is_told_of_a_day_on_which_the_total_changes_at_one_stroke() -> None:
    """An annual adjustment of 6 April 2024, and 50.00 added on 20 October 2023."""
    scheme = reform(adjustments={"2024-04-06": "4.5"})
    known = told(self_funder(), "2023-10-08", scheme)
    assert known
    assert [known.tells(scheme, day(on)) for on in ("2024-04-05", "2024-04-06")] == [True, False]
    adjusted_later = told(adjusted(self_funder(), ("50.00", "2023-10-20")), "2023-10-08")
    assert adjusted_later
    assert adjusted_later.last == day("2023-10-19")


def test_nothing_is_told_beyond_what_is_known_of_the_law() -> None:
    """No daily living costs are known for 2024: only the days up to the posting can be worked out, and none after."""
    scheme = reform(cap={"2023-10-01": "86000.00", "2024-01-01": None})  # type: ignore[dict-item]
    assert told(self_funder(), "2023-10-08", scheme) is None


def test_other_rules_days_posted_before_and_days_too_far_ahead_are_not_told() -> None:
    known = told(self_funder(), "2023-10-08")
    assert known
    assert not known.tells(reform(cap="90000.00"), day("2023-10-15"))
    assert not known.tells(REFORM_2023.model_copy(update={"name": "another"}), day("2023-10-15"))
    assert not known.tells(REFORM_2023, day("2023-10-08"))
    assert not known.tells(REFORM_2023, known.last + timedelta(days=1))


def test_the_last_day_that_is_known_tells_of_none_after_it() -> None:
    known = told(self_funder(), "2023-10-08")
    assert known
    last, _ = post_onward(known, REFORM_2023, known.last)
    assert last
    assert after(known, last) is None


def test_a_closed_account_is_posted_to_its_last_day_and_then_no_more() -> None:
    """Closed on 20 October 2023, posted through the 8th: once more, and then there is nothing to post."""
    known = told(and_then(self_funder(), closed("2023-10-20")), "2023-10-08")
    assert known
    once = foretold(known, "2023-10-31")
    assert once
    assert [line.to for line in once.lines] == [day("2023-10-31")]
    assert foretold(after(known, once), "2023-11-30") is None


def test_balances_without_evidence_are_told() -> None:
    known = told(self_funder("950.00", "2023-10-02", opening("1000.00", "2023-10-02")), "2023-10-08")
    assert known
    assert [(str(each.accrued_costs), each.on) for each in known.unproven] == [("1000.00", day("2023-10-02"))]
