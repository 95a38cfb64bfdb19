"""The council could not explain its charges, or say which there were: does the statement, and the dossier?"""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from domain.account.commands import Correct, RetractCharge
from tests.ombudsman.case import FINANCE, Act, Told, at_home, complaint, did, entry, stated
from tests.pages.office import charge

UNEXPLAINED = complaint(
    *at_home("420.00", "140.00"),
    did("2024-06-03", charge("INV-1", "728.00", date(2024, 5, 6), date(2024, 6, 3)), FINANCE),
    stated("2024-06-04", to="2024-06-02"),
    did(
        "2024-06-20",
        lambda account: Correct(
            entry_id=entry(5)(account),
            reason_code="rate-of-last-year",
            replacement=charge("INV-1", "560.00", date(2024, 5, 6), date(2024, 6, 3)),
        ),
        FINANCE,
    ),
    stated("2024-07-02", to="2024-06-30"),
)
"""Charges were corrected, and the council could not say why or show a paper of it (Oxfordshire, 23 018 940)."""


def test_a_corrected_charge_is_told_with_what_it_was_and_what_it_is(told: Told) -> None:
    said = told.statement(UNEXPLAINED)
    assert (
        "On 20 June 2024 we corrected a charge from £728.00 to £560.00. So we took £168.00 off the total for"
        " 6 May 2024 to 2 June 2024. -£168.00"
    ) in said


def test_the_dossier_shows_both_charges_the_reason_and_who_decided(told: Told) -> None:
    said = told.dossier(UNEXPLAINED, "2024-07-03")
    assert "£728.00 for 6 May 2024 to 2 June 2024, reference INV-1. This entry counts as nothing." in said
    assert "Reason: rate of last year." in said
    assert "alice (finance): entries 1, 5, 6, 7, 8, 9" in said


def four_weeks(number: int) -> tuple[date, date]:
    first = date(2024, 4, 1) + timedelta(weeks=4 * number)
    return first, first + timedelta(weeks=4)


def invoice(number: int, amount: str) -> Act:
    first, ending_before = four_weeks(number)
    raised = charge(f"INV-{number + 1}", amount, first, ending_before)
    return did(ending_before.isoformat(), raised, FINANCE)


WHICH_INVOICES = complaint(
    *at_home("420.00", "140.00"),
    *(invoice(number, "560.00") for number in range(3)),
    did("2024-06-30", RetractCharge(reference="INV-2", reason_code="charged-twice"), FINANCE),
)
"""The council could not say which invoices had gone out, or when (Shropshire, 21 017 494)."""


def test_every_invoice_is_listed_with_its_days_and_the_day_it_was_made(told: Told) -> None:
    said = told.dossier(WHICH_INVOICES, "2024-07-01")
    charged = said.partition("Charges that count")[2].partition("How the figures")[0]
    assert charged.strip() == (
        "Days Amount 1 April 2024 to 28 April 2024 Reference INV-1 £560.00"
        " 27 May 2024 to 23 June 2024 Reference INV-3 £560.00 Together £1,120.00"
    )
    for made, reference in (("29 April 2024", "INV-1"), ("27 May 2024", "INV-2"), ("24 June 2024", "INV-3")):
        assert f"Recorded {made} at 11:00:00am." in said.partition(f", reference {reference}.")[0][-160:]


OVERCHARGED = complaint(
    *at_home("420.00", "140.00"),
    *(invoice(number, "3160.00") for number in range(5)),
    stated("2024-08-20", to="2024-08-18"),
    *(
        did(
            "2024-09-02",
            lambda account, number=number: right(account, number),  # type: ignore[misc]
            FINANCE,
        )
        for number in range(5)
    ),
    stated("2024-09-03", to="2024-09-01"),
)
"""More than £13,000 was charged too much, and nobody was sent an invoice (Suffolk, 23 019 368)."""


def right(account: UUID, number: int) -> Correct:
    """The charge as it should have been."""
    replacement = charge(f"INV-{number + 1}", "560.00", *four_weeks(number))
    return Correct(entry_id=entry(5 + number)(account), reason_code="rate-error", replacement=replacement)


def test_thirteen_thousand_pounds_charged_too_much_come_back_charge_by_charge(told: Told) -> None:
    said = told.statement(OVERCHARGED)
    assert said.count("On 2 September 2024 we corrected a charge from £3,160.00 to £560.00.") == 5
    assert said.count("-£2,600.00") == 5
    assert "Counted up to 18 August 2024 as in your last statement £15,800.00" in said
    assert "Counted up to 1 September 2024 £3,080.00" in said
    assert Decimal("15800.00") - Decimal("13000.00") + 14 * Decimal("20.00") == Decimal("3080.00")


def test_the_dossier_adds_the_right_charges_up_and_counts_the_wrong_ones(told: Told) -> None:
    said = told.dossier(OVERCHARGED, "2024-09-04")
    assert "5 charges count as nothing: retracted, or corrected by another." in said
    assert "Reference INV-5 £560.00 Together £2,800.00" in said
