"""A council to whose accounts everything happens that can happen, late and wrong and put right."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from domain.account.commands import (
    AnswerDispute,
    ApproveAdjustment,
    ChooseContact,
    Correct,
    EndRepresentative,
    EvidenceOpening,
    GiveNotices,
    PostPeriod,
    ReopenAccount,
    RetractCharge,
    ReturnAdjustment,
)
from domain.account.facts import DisputedLine
from ledger.council import Council
from tests.pages.office import (
    APPROVER,
    FINANCE,
    Office,
    adjustment,
    agreed,
    agreement_over,
    assessment,
    budget,
    carried_in,
    charge,
    died,
    helped_by,
    in_hospital,
    money_check,
    needs,
    paid_back,
    put_off,
    question,
    refusal,
)
from tests.rules.means import alone, weekly

HOME = {"kind": "personal", "setting": "own_home"}


@dataclass(frozen=True)
class Everything:
    """hourly: an hourly rate that was wrong for 13 weeks; late: a rate that was told late, after posting;
    moved: somebody who moved in, was charged, corrected, questioned and reported dead by mistake; dead: late;
    assessed: whose money was looked at again and again; in_a_home: who pays in full, and did not at first;
    lent: somebody who pays for care later, under two agreements."""

    council: Council
    hourly: UUID
    late: UUID
    moved: UUID
    dead: UUID
    assessed: UUID
    in_a_home: UUID
    lent: UUID

    @property
    def accounts(self) -> tuple[UUID, ...]:
        return self.hourly, self.late, self.moved, self.dead, self.assessed, self.in_a_home, self.lent


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def everything_in(council: Council) -> Everything:
    """Record it all."""
    office = Office(council)
    hourly, dead, lent = _hourly(office), _dead(office), _lent(office)
    moved, late = _moved(office), _late(office)
    _ask_again(office, moved)
    assessed, in_a_home = _assessed(office), _in_a_home(office)
    return Everything(council, hourly, late, moved, dead, assessed, in_a_home, lent)


def _hourly(office: Office) -> UUID:
    """14 hours a week at 21.00, which should have been 20.16."""
    who, first = office.open("P-1", "Edith", "Evans", date(2024, 4, 3)), date(2024, 4, 3)
    wrong = budget("294.00", first, setting="own_home", ending_before=date(2024, 7, 3))
    office.record(who, needs(first), at(2024, 4, 4))
    entry = office.record(who, wrong, at(2024, 4, 4, 11))
    office.statement(who, date(2024, 7, 2), at(2024, 7, 4))
    right = budget("282.24", first, setting="own_home", ending_before=date(2024, 7, 3))
    office.record(who, Correct(entry_id=str(entry), reason_code="rate-error", replacement=right), at(2024, 7, 9))
    office.statement(who, date(2024, 7, 31), at(2024, 8, 2))
    office.record(who, GiveNotices(on=date(2024, 8, 31), known_at=at(2024, 9, 2)), at(2024, 9, 2), FINANCE)
    return who


def _late(office: Office) -> UUID:
    """The rate rose on 1 February, which nobody said until after those days had been posted and stated."""
    who, first = office.open("P-2", "Frank", "Fox", date(2025, 12, 1)), date(2025, 12, 1)
    office.record(who, needs(first), at(2025, 12, 2))
    office.record(who, budget("900.00", first), at(2025, 12, 2, 11))
    for through, on in ((date(2026, 1, 28), at(2026, 1, 30)), (date(2026, 2, 25), at(2026, 2, 26))):
        office.record(who, PostPeriod(through=through, known_at=on), on, FINANCE)
    office.statement(who, date(2026, 2, 25), at(2026, 2, 26, 12))
    office.record(who, budget("945.00", date(2026, 2, 1)), at(2026, 2, 27))
    office.record(who, PostPeriod(through=date(2026, 3, 25), known_at=at(2026, 3, 27)), at(2026, 3, 27), FINANCE)
    office.statement(who, date(2026, 3, 31), at(2026, 4, 2))
    _sent_back(office, who)
    return who


def _sent_back(office: Office, who: UUID) -> None:
    """An adjustment that a second person would not approve."""
    asked = office.record(who, adjustment(date(2026, 3, 20), "15.00", "complaint"), at(2026, 4, 7), FINANCE)
    back = ReturnAdjustment(adjustment=str(asked), on=date(2026, 4, 8), reason_code="not-shown", returner=APPROVER.sub)
    office.record(who, back, at(2026, 4, 8), APPROVER, {"note": "Where is the complaint?"})


def _moved(office: Office) -> UUID:
    who, first = office.open("P-3", "Grace", "Green", date(2025, 4, 1)), date(2025, 4, 1)
    opening = office.record(who, carried_in(first, "12345.67"), at(2025, 4, 2), FINANCE)
    office.record(who, carried_in(date(2025, 4, 2), "12400.00", "migration"), at(2025, 4, 2, 11), FINANCE)
    office.record(who, needs(first), at(2025, 4, 3))
    office.record(who, budget("400.00", first, **HOME), at(2025, 4, 3, 11))
    office.record(who, money_check("100.00", first), at(2025, 4, 3, 12))
    for number, month in enumerate((5, 6, 7, 8), start=1):
        raised = charge(f"INV-{number}", "416.00", date(2025, month, 1), date(2025, month, 29))
        office.record(who, raised, at(2025, month, 30), FINANCE)
    stated = office.statement(who, date(2025, 8, 31), at(2025, 9, 2))
    _put_right(office, who, opening, stated)
    return who


def _put_right(office: Office, who: UUID, opening: UUID, stated: UUID) -> None:
    """What became known after the statement to the end of August, in order."""
    office.record(who, RetractCharge(reference="INV-1", reason_code="charged-twice"), at(2025, 9, 3), FINANCE)
    entry = office.council.ledger.account(who).entries[7].id
    fewer = charge("INV-2", "400.00", date(2025, 6, 1), date(2025, 6, 29))
    wrong = Correct(entry_id=str(entry), reason_code="wrong-amount", replacement=fewer)
    office.record(who, wrong, at(2025, 9, 4), FINANCE)
    office.record(who, in_hospital(date(2025, 7, 10), date(2025, 7, 20)), at(2025, 9, 5), FINANCE)
    asked = office.record(who, adjustment(date(2025, 9, 10), "-25.00", "ombudsman-decision"), at(2025, 9, 8), FINANCE)
    approval = ApproveAdjustment(adjustment=str(asked), approver=APPROVER.sub)
    office.record(who, approval, at(2025, 9, 9), APPROVER)
    evidence = EvidenceOpening(opening=str(opening), on=date(2025, 9, 11), evidence="bundle-7")
    office.record(who, evidence, at(2025, 9, 11), FINANCE)
    false_report = office.record(who, died(date(2025, 8, 20)), at(2025, 9, 12), FINANCE)
    office.statement(who, date(2025, 9, 20), at(2025, 9, 21))
    office.record(who, Correct(entry_id=str(false_report), reason_code="wrong-person"), at(2025, 9, 22), FINANCE)
    _ask(office, who, stated)
    office.record(who, adjustment(date(2025, 9, 30), "40.00", "complaint"), at(2025, 9, 30), FINANCE)
    office.statement(who, date(2025, 10, 31), at(2025, 11, 3))


def _ask(office: Office, who: UUID, stated: UUID) -> None:
    days = DisputedLine.model_validate({"from": date(2025, 7, 1), "to": date(2025, 7, 28), "statement_id": str(stated)})
    asked = office.record(
        who, question(date(2025, 9, 23), line=days), at(2025, 9, 23), FINANCE, {"text": "I was in hospital."}
    )
    found = AnswerDispute(dispute=str(asked), on=date(2025, 10, 6), outcome="partly_upheld")
    office.record(who, found, at(2025, 10, 6), FINANCE, {"text": "You were, for ten days."})


def _ask_again(office: Office, who: UUID) -> None:
    """What is still open when the tests look: a charge in force, and a question about an earlier one."""
    office.record(who, charge("INV-9", "416.00", date(2026, 11, 2), date(2026, 11, 30)), at(2026, 11, 3), FINANCE)
    charged = office.council.ledger.account(who).entries[8].id
    office.record(who, question(date(2026, 11, 16), entry_id=str(charged)), at(2026, 11, 16), FINANCE)
    _helped(office, who)


def _helped(office: Office, who: UUID) -> None:
    """A daughter for her money for a while, a friend who was asked to stop, a neighbour."""
    daughter = helped_by("lpa_property", "view_finance", "act", ending_before=date(2026, 12, 1))
    office.record(who, daughter, at(2026, 11, 17), FINANCE, {"name": "Gina Green", "contact": "01632 960 111"})
    friend = office.record(who, helped_by("informal", "view_finance"), at(2026, 11, 18), FINANCE, {"name": "Flo Field"})
    over = EndRepresentative(representative=str(friend), ending_before=date(2026, 11, 19), reason_code="asked-to-stop")
    office.record(who, over, at(2026, 11, 19), FINANCE)
    helper = helped_by("informal", "view_finance", "correspond", effective_from=date(2026, 11, 20))
    office.record(who, helper, at(2026, 11, 20), FINANCE, {"name": "Ned Neal"})
    large = ChooseContact(on=date(2026, 11, 20), channel="letter", print_size=18, formats=("audio",), language="cy")
    office.record(who, large, at(2026, 11, 20, 11), FINANCE)


def _dead(office: Office) -> UUID:
    """A death told late, an account closed and opened again in between."""
    who, first = office.open("P-4", "Hugh", "Hill", date(2024, 8, 12)), date(2024, 8, 12)
    office.record(who, needs(first), at(2024, 8, 13))
    office.record(who, budget("350.00", first, setting="own_home"), at(2024, 8, 13, 11))
    moved = died(date(2024, 9, 1)).model_copy(update={"reason": "moved"})
    office.record(who, moved, at(2024, 9, 3), FINANCE)
    office.record(who, ReopenAccount(on=date(2024, 10, 1), reason_code="came-back"), at(2024, 10, 3), FINANCE)
    office.statement(who, date(2025, 1, 30), at(2025, 2, 2))
    office.record(who, died(date(2025, 1, 1)), at(2025, 2, 14), FINANCE)
    office.statement(who, date(2025, 2, 28), at(2025, 3, 4), "closing")
    return who


PENSIONS = {"state_pension": "230.25", "private_pension": "84.10"}
RISEN = {**PENSIONS, "state_pension": "241.30"}
WORDS = {
    "disability_related_expenditure.0.description": "A cleaner, as Ivy cannot bend.",
    "local_disregards.0.description": "Bus fares",
    "local_disregards.0.reason": "To visit her sister.",
}


def _assessed(office: Office) -> UUID:
    """Taken over from elsewhere, worked out here, again in April; a fourth was made of another person's papers."""
    who, first = office.open("P-5", "Ivy", "Ives", date(2025, 4, 7)), date(2025, 4, 7)
    office.record(who, needs(first), at(2025, 4, 8))
    office.record(who, budget("400.00", first, **HOME), at(2025, 4, 8, 11))
    office.record(who, money_check("60.00", first), at(2025, 4, 8, 12))
    more = {
        "disability_related_expenditure": alone("12.00"),
        "local_disregards": alone("5.00"),
        "capital": [{"kind": "savings", "value": "14900.00"}, {"kind": "main_home", "value": "210000.00"}],
        "outgoings": weekly(council_tax="21.30"),
    }
    income = weekly(**PENSIONS, attendance_allowance="73.90", earnings="20.00")
    office.record(who, assessment("2025-06-02", income=income, **more), at(2025, 6, 3), texts=WORDS)
    income = weekly(**RISEN, attendance_allowance="76.70")
    office.record(who, assessment("2026-04-06", income=income, **more), at(2026, 4, 8))
    wrong = assessment("2026-06-01", income=weekly(state_pension="100.00"), capital="below")
    entry = office.record(who, wrong, at(2026, 6, 2))
    office.record(who, Correct(entry_id=str(entry), reason_code="another-person"), at(2026, 6, 3), FINANCE)
    office.statement(who, date(2026, 3, 31), at(2026, 4, 2))
    return who


def _in_a_home(office: Office) -> UUID:
    """A home that does not count for twelve weeks, then does; before that a short check and a refusal."""
    who, first = office.open("P-6", "Jack", "Jones", date(2025, 4, 7)), date(2025, 4, 7)
    office.record(who, needs(first), at(2025, 4, 8))
    office.record(who, budget("400.00", first, **HOME), at(2025, 4, 8, 11))
    office.record(who, refusal("2025-04-07", "400.00"), at(2025, 4, 8, 12))
    short = assessment("2025-08-04", income=weekly(state_pension="150.00"), capital="below")
    office.record(who, short, at(2025, 8, 5))
    office.record(who, budget("900.00", date(2026, 1, 5), kind="personal"), at(2026, 1, 6))
    house = {"kind": "main_home", "value": "180000.00", "twelve_week_from": "2026-01-05"}
    moved = {"setting": "care_home_permanent", "cost": "900.00", "income": weekly(**PENSIONS), "capital": [house]}
    office.record(who, assessment("2026-01-05", **moved), at(2026, 1, 6, 11))
    office.record(who, assessment("2026-03-30", **moved), at(2026, 3, 31))
    office.statement(who, date(2026, 3, 31), at(2026, 4, 2))
    return who


def _lent(office: Office) -> UUID:
    """A self-funder with a home: one agreement that bears interest and ended, one whose interest is paid by itself.

    All of it was written down in March 2025."""
    who, at_once = office.mrs_a("P-7", ("Iris", "Ingham")), at(2025, 3, 5)
    office.record(who, agreed(), at_once, FINANCE)
    apart = {"reference": "DPA-2", "compounding": "none", "interest": "paid_separately"}
    office.record(who, agreed(**apart, administration_fee="paid_separately"), at_once, FINANCE)
    office.record(who, put_off("90.00", date(2024, 1, 8), "administration_fee"), at(2025, 3, 6), FINANCE)
    office.record(who, put_off("2776.00", date(2024, 1, 29)), at(2025, 3, 7), FINANCE)
    office.record(who, put_off("160.00", date(2024, 2, 26), "top_up"), at(2025, 3, 8), FINANCE)
    office.record(who, put_off("500.00", date(2024, 3, 25), reference="DPA-2"), at(2025, 3, 9), FINANCE)
    office.record(who, paid_back("500.00", date(2024, 4, 15)), at(2025, 3, 10), FINANCE)
    office.record(who, agreement_over(date(2024, 8, 31), "sold"), at(2025, 3, 11), FINANCE)
    return who
