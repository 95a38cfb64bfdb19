"""What follows from reporting and being questioned: periods posted, statements, notices, disputes and their answers."""

from domain.account.accrual import accrue
from domain.account.commands import AnswerDispute, GiveNotices, IssueStatement, PostPeriod, RaiseDispute
from domain.account.decisions.decide import Facts, decide
from domain.account.facts import DisputeAnswered, DisputeRaised, NoticeGiven, StatementIssued
from domain.account.noticing import notices_due, what_is_missing
from domain.account.posting import is_posted, period_of
from domain.account.refusals import (
    AlreadyAnswered,
    NoSuchEntry,
    NotClosedYet,
    NoticeOfDaysToCome,
    PostsDaysToCome,
    StatementBeforeOpening,
    StatementOfDaysToCome,
)
from domain.account.state import CareAccount
from domain.account.statement import digest, statement_figures
from domain.dates import day_in_london
from domain.law.disputes import answer_due_on
from domain.schemes import Scheme


@decide.register
def post_period(command: PostPeriod, account: CareAccount, scheme: Scheme) -> Facts:
    """Count the costs of a period towards the cap (Care Act 2014 s 15). A run may be repeated; a period counts once.

    A closed account is posted once more after its last day, and then only when something of its past has changed.
    """
    if command.through > day_in_london(command.known_at):
        raise PostsDaysToCome
    if is_posted(account, command.through):
        return ()
    posted = period_of(account, scheme, accrue(account, scheme, command.through), command.through)
    return (posted,) if posted else ()


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
    made = digest(figures)
    paper = command.paper if command.paper and command.paper.digest == made else None
    return (StatementIssued(kind=command.kind, known_at=known_at, figures=figures, digest=made, paper=paper),)


@decide.register
def give_notices(command: GiveNotices, account: CareAccount, scheme: Scheme) -> Facts:
    """Tell what has come about by a day and was not told yet (Care Act 2014 s 29(3)). Asked again, nothing is told."""
    if command.on > day_in_london(command.known_at):
        raise NoticeOfDaysToCome
    known_at = max(command.known_at, account.entries[-1].recorded_at)
    return tuple(
        NoticeGiven(
            kind=kind,
            missing=what_is_missing(account, figures) if kind == "something_missing" else None,
            known_at=known_at,
            scheme=scheme.name,
            edition=scheme.edition,
            figures=figures,
        )
        for kind, figures in notices_due(account, scheme, command.on)
    )


@decide.register
def raise_dispute(command: RaiseDispute, account: CareAccount, scheme: Scheme) -> Facts:
    """Take down what is questioned, and start the clock."""
    line = command.about.line
    named = (command.about.entry_id, line and line.statement_id)
    if any(entry_id and account.entry(entry_id) is None for entry_id in named):
        raise NoSuchEntry
    due = answer_due_on(command.raised_on)
    raised = DisputeRaised(
        about=command.about, raised_on=command.raised_on, answer_due_on=due, attachment=command.attachment
    )
    return (raised,)


@decide.register
def answer_dispute(command: AnswerDispute, account: CareAccount, scheme: Scheme) -> Facts:
    """Stop the clock with what the council found."""
    if command.dispute not in {str(entry.id) for entry, _ in account.of(DisputeRaised)}:
        raise NoSuchEntry
    if any(answer.dispute == command.dispute for _, answer in account.of(DisputeAnswered)):
        raise AlreadyAnswered
    return (DisputeAnswered.on_the_terms_of(command),)
