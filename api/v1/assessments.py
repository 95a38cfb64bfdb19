"""/v1/.../financial-assessments: which were made, what does each say, and how does one differ from another?"""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from flask import Response
from pydantic import Field

from api.csv import csv_response
from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.kit.problems import ApiError, invalid_field
from api.pages.money_check import fact_of, money_check_html
from api.v1.paging import Paged, Place, cursor, place_of
from api.v1.person import shown_people, shown_words
from api.v1.shared import ACCOUNT, AsKnown, OnDay, account_known, entry_id_in, known_at, on_day
from domain.account.assessment_difference import AssessmentDifference, difference
from domain.account.assessments import assessments, before
from domain.account.facts import FINANCIAL_ASSESSMENTS, FinancialAssessed, FinancialAssessment, Source
from domain.account.in_force import entry_on
from domain.account.state import CareAccount, Entry
from domain.dates import Day, Instant
from domain.law.financial_assessment import (
    FiguresWorkedOut,
    FullAssessment,
    LightTouchAssessment,
    Line,
    RefusedAssessment,
)
from domain.money import Money
from domain.terms import EntryId, Terms

_ASSESSMENTS = f"{ACCOUNT}/financial-assessments"
_FORMS = ("application/json", "text/html", "text/csv")


class AssessmentsQuery(OnDay, Paged):
    """The day on which one of them is in force, the moment of knowledge, and which page."""


class AssessmentListed(Terms):
    """A financial assessment that was recorded. `voided_by` is the correction that made it count as nothing."""

    entry_id: UUID
    type: Literal["full", "light_touch", "refused", "imported"]
    assessed_on: Day
    effective_from: Day
    ending_before: Day | None
    outcome: Literal["nil", "contribution", "full_cost"]
    weekly_contribution: Money
    recorded_at: Instant
    recorded_by: str
    voided_by: UUID | None


class AssessmentInTheList(AssessmentListed):
    """One of the list, and whether it is the one in force on the day."""

    in_force: bool


class AssessmentsListed(Terms):
    """The financial assessments of an account, in the order they were recorded."""

    account_id: UUID
    version: int
    on: Day
    known_at: Instant
    items: tuple[AssessmentInTheList, ...]
    next: str | None


class AssessmentRead(AssessmentListed):
    """A financial assessment as it was recorded: what was said, every line of the working, and what it comes to.

    Of one made elsewhere `source` says where, and there is no working. `words` are those given with it, by field, for
    roles that are shown names. `before` is the assessment that was in force before it.
    """

    account_id: UUID
    version: int
    known_at: Instant
    assessable_capital: Money | None
    tariff_income: Money | None
    assessable_income: Money | None
    allowances: Money | None
    lines: tuple[Line, ...]
    warnings: tuple[str, ...]
    asked: FullAssessment | LightTouchAssessment | RefusedAssessment | None
    source: Source | None
    words: Mapping[str, str]
    before: UUID | None


class DifferenceQuery(AsKnown):
    """The assessment to come from: the one that was in force before it when it is left out."""

    other: EntryId | None = Field(default=None, description="the id of its entry")


class DifferenceOfAssessments(AssessmentDifference):
    """What leads from the other assessment to this one."""

    account_id: UUID
    version: int
    known_at: Instant
    entry_id: UUID
    other: UUID


@get(_ASSESSMENTS, "read_account", AssessmentsListed, AssessmentsQuery)
def list_financial_assessments(call: Call[Any, AssessmentsQuery]) -> Answer:
    """Every financial assessment there had been by then, also what was corrected."""
    account, known, on, start = account_known(call), known_at(call), on_day(call), place_of(call).offset
    found, now = assessments(account), entry_on(account, FINANCIAL_ASSESSMENTS, on)
    end = start + call.query.limit
    listed = AssessmentsListed(
        account_id=account.id,
        version=account.version,
        on=on,
        known_at=known,
        items=tuple(
            AssessmentInTheList(**_listed(account, entry, fact), in_force=entry is now)
            for entry, fact in found[start:end]
        ),
        next=cursor(Place(offset=end, known_at=known, on=on)) if end < len(found) else None,
    )
    return Answer(listed, version=account.version)


@get(f"{_ASSESSMENTS}/{{entry_id}}", "read_account", AssessmentRead, AsKnown, also=_FORMS[1:])
def read_financial_assessment(call: Call[Any, AsKnown]) -> Answer | Response:
    """A financial assessment with its working, as a letter (Accept: text/html), or its lines (text/csv)."""
    account = account_known(call)
    entry = assessment_entry(account, entry_id_in(call, "entry_id"))
    form = call.request.accept_mimetypes.best_match(_FORMS, _FORMS[0])
    if form == _FORMS[0]:
        return Answer(_read(call, account, entry), version=account.version)
    told = _letter(call, account, entry) if form == "text/html" else _lines(account, entry)
    told.set_etag(str(account.version))
    return told


@get(f"{_ASSESSMENTS}/{{entry_id}}/difference", "read_account", DifferenceOfAssessments, DifferenceQuery)
def compare_financial_assessments(call: Call[Any, DifferenceQuery]) -> Answer:
    """What somebody pays more or less by this assessment than by another, and why, to the penny."""
    account = account_known(call)
    entry = assessment_entry(account, entry_id_in(call, "entry_id"))
    other = _other(account, entry, call.query.other)
    found = DifferenceOfAssessments(
        **dict(difference(fact_of(other), fact_of(entry))),
        account_id=account.id,
        version=account.version,
        known_at=known_at(call),
        entry_id=entry.id,
        other=other.id,
    )
    return Answer(found, version=account.version)


def assessment_entry(account: CareAccount, entry_id: str) -> Entry:
    """The entry of a financial assessment of this account; raises ApiError 404."""
    entry = account.entry(entry_id.lower())
    if entry is None or not isinstance(entry.fact, FINANCIAL_ASSESSMENTS):
        raise ApiError(404, "not-found", "There is no such financial assessment of this account.")
    return entry


def _other(account: CareAccount, entry: Entry, named: str | None) -> Entry:
    if named is None:
        earlier = before(account, entry)
        if earlier is None:
            raise invalid_field("/other", "No assessment was in force before this one: name the other assessment.")
        return earlier
    try:
        return assessment_entry(account, named)
    except ApiError as fault:
        raise invalid_field("/other", fault.detail) from None


def _listed(account: CareAccount, entry: Entry, fact: FinancialAssessment) -> dict[str, Any]:
    correction = account.voided_by.get(entry.version)
    return {
        "entry_id": entry.id,
        "type": fact.asked.type if isinstance(fact, FinancialAssessed) else fact.type,
        "assessed_on": fact.assessed_on,
        "effective_from": fact.effective_from,
        "ending_before": fact.ending_before,
        "outcome": fact.outcome,
        "weekly_contribution": fact.weekly_contribution,
        "recorded_at": entry.recorded_at,
        "recorded_by": entry.recorded_by,
        "voided_by": correction.id if correction else None,
    }


_NOT_WORKED_OUT: Mapping[str, Any] = {
    **dict.fromkeys(set(FiguresWorkedOut.model_fields) - {"outcome", "weekly_contribution"}),
    "lines": (),
    "warnings": (),
    "asked": None,
    "source": None,
}


def _read(call: Call[Any, AsKnown], account: CareAccount, entry: Entry) -> AssessmentRead:
    fact, earlier = fact_of(entry), before(account, entry)
    words = shown_words(call.council, account.id, [entry.version], call.identity)
    told = {name: getattr(fact, name, otherwise) for name, otherwise in _NOT_WORKED_OUT.items()}
    return AssessmentRead(
        **_listed(account, entry, fact),
        **told,
        account_id=account.id,
        version=account.version,
        known_at=known_at(call),
        words=words.get(entry.version, {}),
        before=earlier.id if earlier else None,
    )


def _letter(call: Call[Any, AsKnown], account: CareAccount, entry: Entry) -> Response:
    person = shown_people(call.council, [account.id], call.identity).get(account.id)
    return Response(money_check_html(call.council, account, entry, person), mimetype="text/html")


def _lines(account: CareAccount, entry: Entry) -> Response:
    fact = fact_of(entry)
    lines = fact.lines if isinstance(fact, FinancialAssessed) else ()
    heading = ("step", "of", "label", "amount", "authority", "parameter", "certainty")
    rows = ([getattr(line, name) for name in heading] for line in lines)
    return csv_response(heading, rows, f"{account.opened.reference}-{fact.effective_from}.csv")
