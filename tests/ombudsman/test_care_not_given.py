"""Somebody was charged for care that was not given, or for more than was given: does the statement say so, and why?"""

from datetime import date

from domain.account.commands import Correct, RetractCharge
from tests.ombudsman.case import FINANCE, Told, at_home, complaint, costs, did, entry, stated
from tests.pages.office import charge, in_hospital

IN_HOSPITAL = complaint(
    *at_home("420.00", "140.00"),
    did("2024-07-01", charge("INV-1", "560.00", date(2024, 6, 3), date(2024, 7, 1)), FINANCE),
    stated("2024-07-03", to="2024-06-30"),
    did("2024-07-08", in_hospital(date(2024, 6, 10), date(2024, 6, 24)), FINANCE),
    did("2024-07-08", RetractCharge(reference="INV-1", reason_code="care-not-given"), FINANCE),
    did("2024-07-08", charge("INV-2", "140.00", date(2024, 6, 3), date(2024, 6, 10)), FINANCE),
    did("2024-07-08", charge("INV-3", "140.00", date(2024, 6, 24), date(2024, 7, 1)), FINANCE),
    stated("2024-08-02", to="2024-07-31"),
)
"""An invoice went on while its reader lay in hospital (Cheshire West and Chester, 25 005 050)."""


def test_an_invoice_for_days_in_hospital_is_taken_back_to_the_penny_with_the_days_and_the_reason(told: Told) -> None:
    said = told.statement(IN_HOSPITAL)
    assert "Counted up to 30 June 2024 as in your last statement £1,820.00" in said
    assert (
        "On 8 July 2024 we learned that you were in hospital from 10 June 2024 to 23 June 2024. So we took £280.00 off"
        " the total for 10 June 2024 to 23 June 2024. -£280.00"
    ) in said
    assert "Counted up to 31 July 2024 £2,160.00" in said  # 1820.00 + 31 days at 20.00 - 14 days at 20.00


def test_the_dossier_shows_which_invoice_was_wrong_and_which_stand_for_the_care_that_was_given(told: Told) -> None:
    said = told.dossier(IN_HOSPITAL, "2024-08-03")
    assert "reference INV-1, counts as nothing. Reason: care not given." in said
    charged = said.partition("Charges that count")[2].partition("How the figures")[0]
    assert "3 June 2024 to 9 June 2024 Reference INV-2 £140.00" in charged
    assert "24 June 2024 to 30 June 2024 Reference INV-3 £140.00 Together £280.00" in charged


ONE_CARER = complaint(
    *at_home("588.00", "500.00"),
    stated("2024-07-03", to="2024-06-30"),
    did(
        "2024-07-09",
        lambda account: Correct(
            entry_id=entry(3)(account), reason_code="one-carer-not-two", replacement=costs("294.00")
        ),
        FINANCE,
    ),
    stated("2024-08-02", to="2024-07-31"),
)
"""Care by one carer was charged as care by two, and nothing showed how (Wandsworth, 24 019 903)."""


def test_single_care_billed_as_double_is_told_with_both_rates_and_what_it_made(told: Told) -> None:
    assert "13 weeks at £500.00 a week £6,500.00" in told.statement(ONE_CARER, 0)
    said = told.statement(ONE_CARER)
    assert (
        "On 9 July 2024 we corrected your weekly cost from £588.00 to £294.00. So we took £2,678.00 off the total for"
        " 1 April 2024 to 30 June 2024. -£2,678.00"
    ) in said  # 13 weeks at 206.00
    assert "Counted up to 31 July 2024 £5,124.00" in said


def test_the_dossier_says_who_put_it_right_and_for_which_reason(told: Told) -> None:
    said = told.dossier(ONE_CARER, "2024-08-03")
    assert "Entry 6. Entry 3 corrected alice (finance)" in said
    assert '"Personal budget set", counts as nothing. Reason: one carer not two. The next entry stands' in said


FAR_TOO_MUCH = complaint(
    *at_home("420.00", "140.00"),
    did("2024-05-01", charge("INV-8", "4212.00", date(2024, 4, 1), date(2024, 4, 29)), FINANCE),
    stated("2024-05-03", to="2024-04-28"),
    did("2024-05-20", RetractCharge(reference="INV-8", reason_code="another-persons-care"), FINANCE),
    stated("2024-06-04", to="2024-05-31"),
)
"""An invoice of more than £4,000 that nobody expected, and that was wrong (Durham, 22 012 628)."""


def test_an_invoice_far_too_high_leaves_no_penny_behind(told: Told) -> None:
    said = told.statement(FAR_TOO_MUCH)
    assert "we took back a charge of £4,212.00" in said
    assert "Counted up to 31 May 2024 £1,220.00" in said  # 61 days at 20.00, as the money check said all along


def test_the_dossier_shows_how_long_the_wrong_invoice_stood(told: Told) -> None:
    said = told.dossier(FAR_TOO_MUCH, "2024-06-05")
    assert "Recorded 1 May 2024" in said.partition("£4,212.00 for 1 April 2024")[0]
    assert "Recorded 20 May 2024" in said.partition("Charge retracted")[2]
    assert "Reason: another persons care." in said
