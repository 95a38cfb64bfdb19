"""What is an account that is cut off between a correction and its replacement, which one request recorded together?"""

from domain.account.differences import differences
from domain.account.state import CareAccount
from tests.rules.asking import asked, correct
from tests.rules.build import REFORM_2023, account, budget, day, needs, opened


def cut(whole: CareAccount) -> CareAccount:
    """The account without its last entry."""
    return whole.first(whole.version - 1)


def test_it_keeps_its_day_of_opening_until_the_right_one_stands() -> None:
    corrected = asked(account(needs(), budget("700.00"), opened_on="2023-10-05"), correct(1, opened("2023-10-02")))
    assert [cut(corrected).opened.opened_on, corrected.opened.opened_on] == [day("2023-10-05"), day("2023-10-02")]


def test_what_the_correction_took_away_is_a_difference_by_itself() -> None:
    right = budget("800.00")
    corrected = asked(account(needs(), budget("700.00")), correct(3, right))
    (whole,) = differences(corrected, REFORM_2023, 3, day("2023-10-08"))
    (alone,) = differences(cut(corrected), REFORM_2023, 3, day("2023-10-08"))
    assert [str(whole.metered), str(alone.metered)] == ["100.00", "-700.00"]
