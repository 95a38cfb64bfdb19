"""/v1/care-accounts/{id}/statements: make a statement, list them, read one again, the same for ever."""

from typing import Any, Literal, cast
from uuid import UUID

from flask import Response
from pydantic import Field

from api.kit.basis import Basis
from api.kit.call import Answer, Call, Write
from api.kit.endpoint import get, post
from api.kit.problems import ApiError
from api.kit.recording import Recorded, Weighed, record, recorded
from api.letters.document import HeadedStatement, StatementDocument
from api.letters.forms import Form, handed_out
from api.letters.issuing import issue
from api.pages.paper import face_of
from api.pages.statement import issued_by, statement_of
from api.v1.paging import Paged, Place, cursor, place_of
from api.v1.person import shown_people
from api.v1.shared import AsKnown, account_known, known_at
from domain.account.commands import IssueStatement
from domain.account.facts import StatementIssued
from domain.account.figures import Figures, PrintSize, StatementFigures, StatementKind
from domain.account.state import CareAccount, Entry
from domain.dates import Day, Instant
from domain.terms import Terms

_STATEMENTS = "/v1/care-accounts/{account_id}/statements"


class StatementWanted(Terms):
    """The last day a statement is to cover, and what kind it is."""

    to: Day
    kind: StatementKind


class Links(Figures):
    """Where the statement can be read in each form; without `format` the Accept header chooses."""

    json_: str = Field(alias="json")
    html: str
    pdf: str
    csv: str


class Issued(Recorded):
    """What was recorded, and where the statement can be read."""

    statement_id: UUID
    digest: str
    links: Links


class StatementListed(Terms):
    """A statement that was made."""

    statement_id: UUID
    to: Day
    kind: StatementKind
    issued_at: Instant
    digest: str


class StatementsQuery(AsKnown, Paged):
    """The moment of knowledge, and which page."""


class StatementsListed(Terms):
    """The statements of an account, oldest first."""

    account_id: UUID
    version: int
    known_at: Instant
    items: tuple[StatementListed, ...]
    next: str | None


class StatementForm(Terms):
    """The form a statement is wanted in, for a browser that cannot set Accept; and how large its print, in points."""

    format: Literal["json", "html", "pdf", "csv"] | None = None
    print: Literal["14", "18", "22"] = "14"


class Statement(StatementListed):
    """A statement as it was issued: `digest` is the SHA-256 of the canonical bytes of `figures`.

    `document` is what the page and the paper say, as it is attached to the paper.
    """

    account_id: UUID
    reference: str
    known_at: Instant
    figures: StatementFigures
    basis: Basis
    document: HeadedStatement | StatementDocument


_FORMS = {"application/json": "json", "text/html": "html", "application/pdf": "pdf", "text/csv": "csv"}


@post(_STATEMENTS, "issue_statement", StatementWanted, {201: Issued, 200: Weighed})
def issue_statement(call: Call[StatementWanted, Write]) -> Answer:
    """Make a statement to the close of a day; what it says never changes (Care Act 2014 s 29(4))."""
    command = IssueStatement(to=call.body.to, kind=call.body.kind, known_at=call.latest)
    if call.query.dry_run:
        return record(call, command)
    outcome = issue(
        call.council,
        call.account_id,
        command,
        by=call.identity.caller,
        now=call.now,
        request=call.as_request,
        if_version=call.if_version,
    )
    entry = outcome.entries[0]
    address = f"{_STATEMENTS.format(account_id=entry.account_id)}/{entry.id}"
    links = Links.model_validate({form: f"{address}?format={form}" for form in _FORMS.values()})
    return recorded(outcome, Issued, statement_id=entry.id, digest=issued_by(entry).digest, links=links)


@get(_STATEMENTS, "read_account", StatementsListed, StatementsQuery)
def list_statements(call: Call[Any, StatementsQuery]) -> Answer:
    """Every statement that had been made for the account by then."""
    account, known, start = account_known(call), known_at(call), place_of(call).offset
    made = account.of(StatementIssued)
    page = made[start : start + call.query.limit]
    items = tuple(
        StatementListed(
            statement_id=entry.id,
            to=statement.figures.to,
            kind=statement.kind,
            issued_at=entry.recorded_at,
            digest=statement.digest,
        )
        for entry, statement in page
    )
    more = start + len(page) < len(made)
    answer = StatementsListed(
        account_id=account.id,
        version=account.version,
        known_at=known,
        items=items,
        next=cursor(Place(offset=start + len(page), known_at=known)) if more else None,
    )
    return Answer(answer, version=account.version)


@get(f"{_STATEMENTS}/{{statement_id}}", "read_account", Statement, StatementForm, also=tuple(_FORMS)[1:])
def read_statement(call: Call[Any, StatementForm]) -> Answer | Response:
    """Read a statement as it was issued: JSON, a page, paper or lines for a spreadsheet (Accept, or `format`)."""
    account = call.council.ledger.account(call.account_id)
    entry = statement_entry(account, call.ids["statement_id"])
    person = shown_people(call.council, [account.id], call.identity).get(account.id)
    document = statement_of(call.council, account, entry, person)
    accepted = call.request.accept_mimetypes.best_match(tuple(_FORMS), "application/json")
    form = call.query.format or _FORMS[accepted]
    if form == "json":
        return Answer(_told(account, entry, document), version=account.version)
    answer = handed_out(cast(Form, form), face_of(call.council), document, cast(PrintSize, int(call.query.print)))
    answer.set_etag(str(account.version))
    return answer


def _told(account: CareAccount, entry: Entry, document: StatementDocument) -> Statement:
    issued = issued_by(entry)
    return Statement(
        statement_id=entry.id,
        to=issued.figures.to,
        kind=issued.kind,
        issued_at=entry.recorded_at,
        digest=issued.digest,
        account_id=account.id,
        reference=account.opened.reference,
        known_at=issued.known_at,
        figures=issued.figures,
        basis=Basis(scheme=issued.figures.scheme, in_force=issued.figures.provisions_in_force),
        document=document,
    )


def statement_entry(account: CareAccount, statement_id: str) -> Entry:
    """The entry of a statement of this account; raises ApiError 404."""
    for entry, _ in account.of(StatementIssued):
        if str(entry.id) == statement_id.lower():
            return entry
    raise ApiError(404, "not-found", "There is no such statement of this account.")
