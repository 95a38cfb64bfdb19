"""/v1/care-accounts/{id}/...: what happened to an account, one address for each kind of fact."""

from pydantic import Field

from api.kit.call import Answer, Call, Write
from api.kit.endpoint import post
from api.kit.recording import RECORDED_OR_WEIGHED, record
from domain.account.commands import (
    CloseAccount,
    ImportFinancialAssessment,
    RecordBreak,
    RecordNeedsAssessment,
    SetBudget,
)
from domain.account.facts import Provider
from ledger.vault.person import Text

_ACCOUNT = "/v1/care-accounts/{account_id}"


class NamedProvider(Provider):
    """Who gives the care. The name is kept in the vault, apart from the facts."""

    name: Text | None = None


class BudgetOfProvider(SetBudget):
    """The weekly cost of meeting eligible needs, and who meets them."""

    provider: NamedProvider | None = Field(default=None)


@post(f"{_ACCOUNT}/needs-assessments", "record_needs", RecordNeedsAssessment, RECORDED_OR_WEIGHED)
def record_needs_assessment(call: Call[RecordNeedsAssessment, Write]) -> Answer:
    """Record the outcome of a needs assessment (Care Act 2014 s 9)."""
    return record(call, call.body)


@post(f"{_ACCOUNT}/budgets", "record_needs", BudgetOfProvider, RECORDED_OR_WEIGHED)
def set_budget(call: Call[BudgetOfProvider, Write]) -> Answer:
    """Set a personal or an independent personal budget (Care Act 2014 ss 26 and 28)."""
    given = call.body.provider
    provider = Provider(cqc_location_id=given.cqc_location_id) if given else None
    command = SetBudget.model_construct(**dict(call.body) | {"provider": provider})
    return record(call, command, {"provider.name": given.name} if given and given.name else None)


@post(f"{_ACCOUNT}/financial-assessments", "record_needs", ImportFinancialAssessment, RECORDED_OR_WEIGHED)
def import_financial_assessment(call: Call[ImportFinancialAssessment, Write]) -> Answer:
    """Take over the result of a financial assessment made elsewhere (Care Act 2014 s 17)."""
    return record(call, call.body)


@post(f"{_ACCOUNT}/breaks", "record_costs", RecordBreak, RECORDED_OR_WEIGHED)
def record_break(call: Call[RecordBreak, Write]) -> Answer:
    """Record a time without paid care, in which nothing accrues."""
    return record(call, call.body)


@post(f"{_ACCOUNT}/closures", "close_account", CloseAccount, RECORDED_OR_WEIGHED)
def close_care_account(call: Call[CloseAccount, Write]) -> Answer:
    """Close the account. The day itself still counts."""
    return record(call, call.body)
