"""What follows from a request: the account, the request and the rules go in, facts come out."""

from functools import singledispatch

from domain.account.commands import (
    CloseAccount,
    Command,
    ImportFinancialAssessment,
    IssueStatement,
    OpenAccount,
    RecordBreak,
    RecordNeedsAssessment,
    SetBudget,
)
from domain.account.facts import (
    AccountClosed,
    AccountOpened,
    BreakRecorded,
    BudgetSet,
    Fact,
    FinancialAssessmentImported,
    NeedsAssessed,
    StatementIssued,
)
from domain.account.refusals import (
    AccountIsClosed,
    AlreadyClosed,
    ClosesBeforeItOpened,
    NotClosedYet,
    StatementBeforeOpening,
    StatementOfDaysToCome,
)
from domain.account.state import CareAccount
from domain.account.statement import digest, statement_figures
from domain.dates import day_in_london
from domain.schemes import Scheme
from domain.terms import Terms

Facts = tuple[Fact, ...]


def open_account(command: OpenAccount) -> Facts:
    """Begin a care account. That the council keeps none yet for the person is the vault's to know."""
    return (AccountOpened.on_the_terms_of(command),)


@singledispatch
def decide(command: Command, account: CareAccount, scheme: Scheme) -> Facts:
    """The facts that follow from a request; raises Refused, or NotInForce where a figure needs law that nobody has."""
    raise TypeError(f"nobody has decided what {type(command).__name__} means")


@decide.register(RecordNeedsAssessment)
@decide.register(SetBudget)
@decide.register(ImportFinancialAssessment)
@decide.register(RecordBreak)
def record(command: Terms, account: CareAccount, scheme: Scheme) -> Facts:
    """Take down what happened, on the terms of the request; also late, but not of days after the account's last."""
    fact = _RECORDED_AS[type(command)].on_the_terms_of(command)
    if account.closed and fact.effective_from > account.closed.on:
        raise AccountIsClosed
    return (fact,)


_RECORDED_AS: dict[type[Terms], type[Fact]] = {
    RecordNeedsAssessment: NeedsAssessed,
    SetBudget: BudgetSet,
    ImportFinancialAssessment: FinancialAssessmentImported,
    RecordBreak: BreakRecorded,
}


@decide.register
def close_account(command: CloseAccount, account: CareAccount, scheme: Scheme) -> Facts:
    """End the account. What became known late about earlier days may still be recorded afterwards."""
    if account.closed:
        raise AlreadyClosed
    if command.on < account.opened.opened_on:
        raise ClosesBeforeItOpened
    return (AccountClosed.on_the_terms_of(command),)


@decide.register
def issue_statement(command: IssueStatement, account: CareAccount, scheme: Scheme) -> Facts:
    """Freeze the figures of a day as they are known now (Care Act 2014 s 29(4))."""
    if command.to < account.opened.opened_on:
        raise StatementBeforeOpening
    if command.to > day_in_london(command.known_at):
        raise StatementOfDaysToCome
    if command.kind == "closing" and not account.closed:
        raise NotClosedYet
    figures = statement_figures(account, scheme, command.to)
    known_at = max(command.known_at, account.entries[-1].recorded_at)  # it rests on that entry, whatever the clock said
    return (StatementIssued(kind=command.kind, known_at=known_at, figures=figures, digest=digest(figures)),)
