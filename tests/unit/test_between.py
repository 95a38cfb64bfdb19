"""Do the parts of what lies between two lists add up, and who is left out?"""

from decimal import Decimal

from projections.between import Between, Lists, between_lists
from projections.cap_progress import ListedAccount, ProgressList, Totals
from projections.under_review import AccountUnderReview
from tests.unit.test_forecast import MRS_A

NO_TOTALS = Totals.model_construct()
"""The totals of a list are not read: what is left out is in them."""


def a_list(*pounds: tuple[str, str], reviewed: tuple[AccountUnderReview, ...] = ()) -> ProgressList:
    items = [account(name, amount) for name, amount in pounds]
    return ProgressList(items, NO_TOTALS, list(reviewed))


def account(name: str, amount: str) -> ListedAccount:
    return MRS_A.model_copy(update={"account_id": name, "reference": name, "accrued_costs": Decimal(amount)})


def moved(found: Between) -> list[tuple[str, str, str, str, str]]:
    return [
        (each.reference, *(str(getattr(each, n)) for n in ("before", "late", "days", "after"))) for each in found.items
    ]


def test_what_was_learned_late_comes_first_and_who_did_not_move_is_left_out() -> None:
    lists: Lists = (
        a_list(("A", "100.00"), ("B", "50.00"), ("C", "7.00")),
        a_list(("A", "100.00"), ("B", "45.00"), ("C", "7.00")),
        a_list(("A", "130.00"), ("B", "45.00"), ("C", "7.00")),
    )
    found = between_lists(lists)
    assert moved(found) == [("B", "50.00", "-5.00", "0.00", "45.00"), ("A", "100.00", "0.00", "30.00", "130.00")]
    assert tuple(str(each) for each in found.totals.model_dump().values()) == ("157.00", "-5.00", "30.00", "182.00")


def test_an_account_that_was_not_there_counts_nothing_there() -> None:
    found = between_lists((a_list(), a_list(("A", "20.00")), a_list(("A", "25.00"))))
    assert moved(found) == [("A", "0.00", "20.00", "5.00", "25.00")]


def test_an_account_that_is_under_review_in_one_list_is_left_out_of_all() -> None:
    reviewed = AccountUnderReview.model_construct(account_id="A", reference="A")
    found = between_lists((a_list(("A", "20.00")), a_list(reviewed=(reviewed,)), a_list(("B", "1.00"))))
    assert moved(found) == [("B", "0.00", "0.00", "1.00", "1.00")]
    assert [each.account_id for each in found.under_review] == ["A"]
