"""/v1/.../financial-assessments: what somebody can be charged, worked out here or taken over from elsewhere."""

from typing import Any
from uuid import UUID

from api.kit.call import Answer, Call, Write
from api.kit.endpoint import post
from api.kit.problems import invalid_field
from api.kit.recording import Recorded, Weighed, carry_out, recorded, weigh
from api.strangers import amounts_of_whom
from api.v1.assessment_bodies import Asked, AssessmentAsked, AssessmentToWorkOut, to_assess, words_of
from api.v1.shared import ACCOUNT
from domain.account.assessing import assessed
from domain.account.commands import ImportFinancialAssessment, RecordFinancialAssessment
from domain.account.facts import FinancialAssessed
from domain.law.financial_assessment import FiguresWorkedOut, RefusedAssessment, ToAssess, assess
from domain.terms import Code, Terms
from ledger.council import Council, NoSuchCouncil

ESTIMATES = "/v1/financial-assessments/estimates"


class EstimateQuery(Terms):
    """Whose own amounts to go by: the only council's where there is one and none is named, else national law's."""

    council: Code | None = None


class AssessmentRecorded(Recorded, FiguresWorkedOut):
    """What was recorded and what it comes to. A result that was decided elsewhere has no working here."""


class AssessmentWeighed(Weighed, FiguresWorkedOut):
    """What the assessment comes to and would do to today's figures. Nothing was recorded."""


@post(
    f"{ACCOUNT}/financial-assessments",
    "record_needs",
    AssessmentAsked,
    {201: AssessmentRecorded, 200: AssessmentWeighed},
)
def record_financial_assessment(call: Call[AssessmentAsked, Write]) -> Answer:
    """Make a financial assessment, or take over the result of one made elsewhere (Care Act 2014 s 17).

    The date of birth is that of the person the account is kept for, where the request gives none.
    """
    body = call.body.root
    if isinstance(body, ImportFinancialAssessment):
        return _answered(call, body, {})
    return _answered(call, record_of(call.council, call.account_id, body), words_of(body))


@post(ESTIMATES, None, AssessmentToWorkOut, {200: FiguresWorkedOut}, query=EstimateQuery, records=False)
def estimate_financial_assessment(call: Call[AssessmentToWorkOut, EstimateQuery]) -> Answer:
    """What a financial assessment would come to. Nobody is asked who they are, and nothing is kept."""
    try:
        amounts = amounts_of_whom(call.installation, call.query.council)
    except NoSuchCouncil:
        raise invalid_field("/council", "No council of this code is set up here: leave it out, or check it.") from None
    return Answer(assess(to_assess(call.body.root), amounts))


def record_of(council: Council, account_id: UUID, asked: Asked) -> RecordFinancialAssessment:
    """What to record of an assessment for an account, by the amounts of law and the council's own as known now.

    Raises NotInForce, CannotBeAssessed, ApiError 422.
    """
    return assessed(_of_this_person(council, account_id, to_assess(asked)), council.amounts_now)


def _of_this_person(council: Council, account_id: UUID, asked: ToAssess) -> ToAssess:
    """The request with the date of birth that is kept for the person, where it says nothing of their age."""
    if isinstance(asked, RefusedAssessment):
        return asked
    person, who = council.people.of([account_id]).get(account_id), asked.circumstances
    kept = person.date_of_birth if person else None
    if kept is None:
        return asked
    if who.date_of_birth not in (None, kept):
        raise invalid_field(
            "/circumstances/date_of_birth", "This is not the date of birth kept for the person: check which is right."
        )
    if who.over_pension_age is not None or who.age_group is not None:
        return asked
    return asked.model_copy(update={"circumstances": who.model_copy(update={"date_of_birth": kept})})


def _answered(
    call: Call[Any, Write], command: RecordFinancialAssessment | ImportFinancialAssessment, words: dict[str, str] | Any
) -> Answer:
    if call.query.dry_run:
        weighed = weigh(call, command)
        found = AssessmentWeighed.model_validate({**dict(weighed.model), **_figures(command)})
        return Answer(found, version=weighed.version)
    outcome = carry_out(call, command, words)
    fact = outcome.entries[0].fact
    return recorded(outcome, AssessmentRecorded, **_figures(fact))


def _figures(of: Any) -> dict[str, Any]:
    """What an assessment comes to; of one made elsewhere the outcome and the contribution, and no working."""
    if isinstance(of, FinancialAssessed | RecordFinancialAssessment):
        return {name: getattr(of, name) for name in FiguresWorkedOut.model_fields}
    not_worked_out = dict.fromkeys(("assessable_capital", "tariff_income", "assessable_income", "allowances"))
    decided = {"outcome": of.outcome, "weekly_contribution": of.weekly_contribution}
    return {**decided, **not_worked_out, "lines": (), "warnings": ()}
