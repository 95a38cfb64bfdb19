"""A statement is made together with its paper: what was set, by which template and engine, is kept with its figures."""

import hashlib
from datetime import datetime
from uuid import UUID

from api.letters.headed import made_by, template_of_today
from api.letters.typesetting import ENGINE, PRINT_SIZES, pdf
from domain.account.commands import IssueStatement
from domain.account.decisions import decide
from domain.account.facts import Paper, Print, StatementIssued
from domain.account.refusals import Refused
from domain.account.state import CareAccount
from domain.parameters import NotInForce
from domain.schemes import Scheme
from ledger.council import Council
from ledger.outcomes import Caller, Outcome, Stale, TooManyAtOnce
from ledger.receipts import Request

ATTEMPTS = 8
"""Somebody may record something else of the account while its paper is set: then it is set again."""


def issue(
    council: Council,
    account_id: UUID,
    command: IssueStatement,
    *,
    by: Caller,
    now: datetime,
    request: Request,
    if_version: int | None = None,
) -> Outcome:
    """Make a statement once, with its paper; raises what `handle` does."""
    for _ in range(ATTEMPTS):
        account = council.ledger.account(account_id)
        wanted = account.version if if_version is None else if_version
        asked = with_paper(council, account, command, council.scheme)
        try:
            return council.ledger.handle(account_id, asked, by=by, now=now, request=request, if_version=wanted)
        except Stale:
            if if_version is not None:
                raise
    raise TooManyAtOnce(TooManyAtOnce.__doc__)


def with_paper(council: Council, account: CareAccount, command: IssueStatement, scheme: Scheme) -> IssueStatement:
    """The same request with its paper set; as it is where it will be refused, which whoever decides it says."""
    try:
        (issued,) = decide(command, account, scheme)
    except (Refused, NotInForce):
        return command
    assert isinstance(issued, StatementIssued)  # the command records nothing else
    return command.model_copy(update={"paper": paper_of(council, account, issued, scheme)})


def paper_of(council: Council, account: CareAccount, issued: StatementIssued, scheme: Scheme) -> Paper:
    """A statement set in every size, under its reference alone: what names somebody stands in no fact."""
    template = issued.paper.template if issued.paper else template_of_today(council, account, issued)
    document = made_by(council, account, issued, scheme, None, template)
    prints = (Print(points=size, sha256=hashlib.sha256(pdf(document, size)).hexdigest()) for size in PRINT_SIZES)
    return Paper(template=template, engine=ENGINE, digest=issued.digest, prints=tuple(prints))
