"""Do the parts of what lies between two lists add up, and who is left out?"""

from decimal import Decimal

from projections.between import NOTHING, Between, Lists, Parts, between_lists
from projections.cap_progress import ListedAccount, ProgressList, Totals
from projections.under_review import AccountUnderReview
from tests.conftest import NOON
from tests.unit.test_forecast import MRS_A

NO_TOTALS = Totals(
    accounts=0, accrued_costs=NOTHING, remaining=NOTHING, daily_living_costs=NOTHING, by_metering={}, under_review=0
)
"""The totals of a list are not read: what is left out is in them."""


def a_list(*pounds: tuple[str, str], reviewed: tuple[AccountUnderReview, ...] = ()) -> ProgressList:
    items = [account(name, amount) for name, amount in pounds]
    return ProgressList(items, NO_TOTALS, list(reviewed))


def account(name: str, amount: str) -> ListedAccount:
    return MRS_A.model_copy(update={"account_id": name, "reference": name, "accrued_costs": Decimal(amount)})


def moved(found: Between) -> list[tuple[str, ...]]:
    return [(each.reference, *parts(each)) for each in found.items]


def parts(each: Parts) -> tuple[str, ...]:
    return str(each.before), str(each.late), str(each.days), str(each.after)


def test_what_was_learned_late_comes_first_and_who_did_not_move_is_left_out() -> None:
    lists: Lists = (
        a_list(("A", "100.00"), ("B", "50.00"), ("C", "7.00")),
        a_list(("A", "100.00"), ("B", "45.00"), ("C", "7.00")),
        a_list(("A", "130.00"), ("B", "45.00"), ("C", "7.00")),
    )
    found = between_lists(lists)
    assert moved(found) == [("B", "50.00", "-5.00", "0.00", "45.00"), ("A", "100.00", "0.00", "30.00", "130.00")]
    assert parts(found.totals) == ("157.00", "-5.00", "30.00", "182.00")


def test_an_account_that_was_not_there_counts_nothing_there() -> None:
    found = between_lists((a_list(), a_list(("A", "20.00")), a_list(("A", "25.00"))))
    assert moved(found) == [("A", "0.00", "20.00", "5.00", "25.00")]


def test_an_account_that_is_under_review_in_one_list_is_left_out_of_all() -> None:
    reviewed = AccountUnderReview(
        account_id="A", reference="A", since=NOON, kind="unreadable", detail="unknown-topic", what_to_do="Look at it."
    )
    found = between_lists((a_list(("A", "20.00")), a_list(reviewed=(reviewed,)), a_list(("B", "1.00"))))
    assert moved(found) == [("B", "0.00", "0.00", "1.00", "1.00")]
    assert [each.account_id for each in found.under_review] == ["A"]
