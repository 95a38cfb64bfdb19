"""/v1/care-accounts/{id}/representatives: who may see the account or act for the person, and until when."""

from typing import Any, Literal
from uuid import UUID

from api.auth import Forbidden
from api.kit.call import Answer, Call, Write
from api.kit.endpoint import get, post
from api.kit.recording import RECORDED_OR_WEIGHED, record
from api.policy import Role
from api.v1.bodies import NamedRepresentative, asked
from api.v1.person import shown_words
from api.v1.shared import ACCOUNT, AsKnown, account_known, entry_id_in, known_at
from domain.account.commands import EndRepresentative
from domain.account.facts import RepresentationEnding
from domain.account.represented import Represented, representative, representatives
from domain.account.state import CareAccount
from domain.dates import Day, Instant, day_in_london
from domain.law.representation import NAMED_BY_THE_PERSON, PROVISIONS, Authority, Permission, named_by_the_person
from domain.terms import Terms

_REPRESENTATIVES = f"{ACCOUNT}/representatives"
NEEDS_A_PAPER = (
    "By yourself you can name somebody who helps you informally, or an advocate, to see figures and be sent letters."
    " For anything else the council has to see the paper: phone or write to it."
)
NOT_YOURS_TO_END = "This authority comes from a paper. Phone or write to the council to have it ended."


class RepresentativeListed(Terms):
    """Somebody who was named, by which authority, and where that stands; the name only for roles that see people."""

    entry_id: UUID
    name: str | None
    authority: Authority
    provision: str
    permissions: tuple[Permission, ...]
    effective_from: Day
    ending_before: Day | None
    status: Literal["to_come", "current", "ended"]


class RepresentativesListed(Terms):
    """Everybody who was named, in order of recording, as it stood on the day of that moment."""

    account_id: UUID
    version: int
    known_at: Instant
    items: tuple[RepresentativeListed, ...]


@post(_REPRESENTATIVES, "name_representative", NamedRepresentative, RECORDED_OR_WEIGHED)
def name_representative(call: Call[NamedRepresentative, Write]) -> Answer:
    """Name somebody who may see the account or act for the person, by which authority and from when to when."""
    require_leave_to_name(call.identity.role, call.body)
    return record(call, *asked(call.body))


@post(f"{_REPRESENTATIVES}/{{entry_id}}/end", "name_representative", RepresentationEnding, RECORDED_OR_WEIGHED)
def end_representative(call: Call[RepresentationEnding, Write]) -> Answer:
    """Say from which day on somebody no longer represents the person."""
    command = EndRepresentative(representative=entry_id_in(call, "entry_id"), **call.body.model_dump())
    require_leave_to_end(call.identity.role, call.council.ledger.account(call.account_id), command)
    return record(call, command)


@get(_REPRESENTATIVES, "read_account", RepresentativesListed, AsKnown)
def list_representatives(call: Call[Any, AsKnown]) -> Answer:
    """Who may see the account or act for the person, who may no longer, and by which authority."""
    account, known = account_known(call), known_at(call)
    found = representatives(account)
    words = shown_words(call.council, account.id, [each.entry.version for each in found], call.identity)
    names = {version: fields.get("name") for version, fields in words.items()}
    items = tuple(_one(each, names.get(each.entry.version), day_in_london(known)) for each in found)
    listed = RepresentativesListed(account_id=account.id, version=account.version, known_at=known, items=items)
    return Answer(listed, version=account.version)


def require_leave_to_name(role: Role, wanted: NamedRepresentative) -> None:
    """A person names by themselves whoever needs no paper; raises Forbidden."""
    if role == "citizen" and not named_by_the_person(wanted.authority, wanted.permissions):
        raise Forbidden(NEEDS_A_PAPER)


def require_leave_to_end(role: Role, account: CareAccount, command: EndRepresentative) -> None:
    """A person ends by themselves what they may name by themselves; raises Forbidden."""
    found = representative(account, command.representative)
    if role == "citizen" and found and found.named.authority not in NAMED_BY_THE_PERSON:
        raise Forbidden(NOT_YOURS_TO_END)


def _one(each: Represented, name: str | None, today: Day) -> RepresentativeListed:
    named = each.named
    return RepresentativeListed(
        entry_id=each.entry.id,
        name=name,
        authority=named.authority,
        provision=PROVISIONS[named.authority],
        permissions=named.permissions,
        effective_from=named.effective_from,
        ending_before=each.ending_before,
        status="ended" if each.ended(today) else "current" if each.begun(today) else "to_come",
    )
