"""The council was late: does the statement say so at the time, and the dossier by how many days?"""

from datetime import date

from domain.account.commands import AnswerDispute, ApproveAdjustment, GiveNotices
from domain.account.facts import DisputedLine
from tests.ombudsman.case import (
    APPROVER,
    FINANCE,
    FIRST,
    Act,
    Told,
    at_home,
    complaint,
    did,
    entry,
    posted,
    stated,
    ten_on,
)
from tests.pages.office import adjustment, assessment, charge, money_check, question
from tests.rules.means import weekly

LONG_AGO = date(2023, 10, 2)
NO_CONTACT = complaint(
    *at_home("420.00", "140.00", LONG_AGO),
    posted("2024-09-30"),
    posted("2025-09-30"),
    did("2026-11-02", charge("INV-1", "21980.00", LONG_AGO, date(2026, 10, 5)), FINANCE),
    stated("2026-11-03", to="2026-10-04"),
    opened_on=LONG_AGO,
)
"""Three years without a word, and then a large bill (Durham, 24 021 099)."""


def test_a_bill_after_years_without_contact_says_which_days_it_is_for_and_at_which_rate(told: Told) -> None:
    said = told.statement(NO_CONTACT)
    assert "2 October 2023 to 4 October 2026 157 weeks at £140.00 a week £21,980.00" in said


def test_the_dossier_says_for_how_long_there_was_nothing_whatever_ran_by_itself(told: Told) -> None:
    said = told.dossier(NO_CONTACT, "2026-11-04")
    assert (
        "From 3 October 2023 to 2 November 2026, 1,126 days, nobody recorded anything and no letter was asked" in said
    )
    bill = said.partition("Charge raised")[2]
    assert "Recorded 2 November 2026 at 10:00:00am. That is 1,127 days after the day from which it is true." in bill


LATE = complaint(
    *at_home("420.00", "140.00"),
    stated("2024-07-02", to="2024-06-30"),
    did("2024-09-02", assessment("2024-04-01", cost="420.00", income=weekly(state_pension="249.60"))),
    stated("2024-10-02", to="2024-09-30"),
)
"""The assessment was late, what was asked for was wrong, and nobody explained it (Calderdale, 23 005 657)."""


def test_a_late_assessment_is_told_with_what_was_paid_too_much_until_then(told: Told) -> None:
    said = told.statement(LATE)
    assert "On 2 September 2024 we worked out that you pay £35.25 a week from 1 April 2024, not £140.00." in said
    assert "So we took £1,361.75 off the total for 1 April 2024 to 30 June 2024. -£1,361.75" in said  # 13 at 104.75


def test_the_dossier_says_how_late_it_was_and_works_it_out_line_by_line_with_the_law(told: Told) -> None:
    said = told.dossier(LATE, "2024-10-03")
    assert "Recorded 2 September 2024 at 11:00:00am. That is 154 days after the day from which it is true." in said
    worked_out = said.partition("What the money check says is paid £35.25 a week")[2]
    assert "Your state pension SI 2014/2672 reg 13, known from a secondary source £249.60" in worked_out
    assert "What you have coming in £249.60 What you keep -£214.35 What is left" in worked_out


NOT_ASSESSED = complaint(
    *at_home("420.00", None),
    did("2024-05-02", GiveNotices(on=date(2024, 5, 1), known_at=ten_on("2024-05-02")), FINANCE),
    stated("2025-04-02", to="2025-03-31"),
    did("2025-06-02", money_check("140.00", FIRST)),
    stated("2025-07-02", to="2025-06-30"),
)
"""More than a year went by before anybody said what care would cost; she would have refused it (West Sussex,
24 005 409)."""


def test_care_whose_cost_nobody_has_worked_out_is_told_in_the_statement_of_the_time(told: Told) -> None:
    said = told.statement(NOT_ASSESSED, 0)
    assert "1 April 2024 to 31 March 2025 52 weeks and 1 day: nothing, as we have not done your money check" in said


def test_the_dossier_shows_when_they_were_told_and_how_long_it_took(told: Told) -> None:
    said = told.dossier(NOT_ASSESSED, "2025-07-03")
    assert "As of 1 May 2024: We need to do your money check." in said
    assert "Recorded 2 June 2025 at 11:00:00am. That is 427 days after the day from which it is true." in said


JUNE = DisputedLine.model_validate({"from": date(2024, 6, 1), "to": date(2024, 6, 30)})


def approved(on: str, version: int) -> Act:
    return did(
        on, lambda account: ApproveAdjustment(adjustment=entry(version)(account), approver=APPROVER.sub), APPROVER
    )


ANSWERED_LATE = complaint(
    *at_home("420.00", "140.00"),
    stated("2024-07-02", to="2024-06-30"),
    did("2024-07-10", question(date(2024, 7, 10), line=JUNE), FINANCE, text="Nobody came in the last week of June."),
    did(
        "2025-02-03",
        lambda account: AnswerDispute(dispute=entry(6)(account), on=date(2025, 2, 3), outcome="upheld"),
        FINANCE,
        text="You are right. We should have answered by January.",
    ),
    did("2025-02-04", adjustment(date(2024, 6, 30), "-140.00", "ombudsman"), FINANCE),
    approved("2025-02-05", 8),
    stated("2025-04-02", to="2025-03-31"),
)
"""A complaint was answered after the time that the law gives, and then put right as the Ombudsman asked."""


def test_a_complaint_answered_late_is_put_right_by_two_people_and_told_to_the_penny(told: Told) -> None:
    said = told.statement(ANSWERED_LATE)
    assert "On 5 February 2025 we decided to take £140.00 off the total, as the Ombudsman asked." in said
    assert "Counted up to 31 March 2025 £7,160.00" in said  # 1820.00 + 274 days at 20.00 - 140.00


def test_the_dossier_of_a_question_shows_its_clock_its_words_and_who_approved(told: Told) -> None:
    said = told.dossier(ANSWERED_LATE, "2025-04-03", question=6)
    asked = said.partition("What is in question")[2].partition("What happened, in order")[0]
    assert "Answered after 208 days, 24 days late. It was due by 10 January 2025." in asked
    assert '"Nobody came in the last week of June." "You are right.' in asked
    assert "Correct up to 30 June 2024" in said
    assert "The adjustment of entry 8, proposed by alice, was approved by h.lindqvist on 5 February 2025" in said
