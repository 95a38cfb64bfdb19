"""/v1/access-log and /v1/care-accounts/{id}/access: who looked at whose account, written down before it was shown."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.policy import Role
from api.v1.paging import Paged, Place, cursor, place_of
from api.v1.shared import ACCOUNT
from domain.dates import Instant
from domain.terms import EntryId, Terms
from ledger.store.access_log import How, Looked, Wanted


class AccessQuery(Paged):
    """Which looks: since a moment, before one, by whom, in which role, or those that somebody may want to ask about."""

    since: Instant | None = None
    before: Instant | None = None
    who: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    role: Role | None = None
    unusual: Literal["many", "outside_hours", "refused"] | None = None


class CouncilAccessQuery(AccessQuery):
    """The same of every account, or of one."""

    account_id: EntryId | None = None


class LookListed(Terms):
    """One look at one account: when, by whom in which role, for what (a verb of the policy), at what, by which way.

    `authority` is the entry by which a representative looked. Where it was `refused`, nothing was shown.
    """

    position: int
    account_id: UUID
    at: Instant
    who: str
    role: Role
    authority: UUID | None
    purpose: str
    opened: str
    how: How
    refused: bool


class LooksListed(Terms):
    """Looks, the newest first."""

    items: tuple[LookListed, ...]
    next: str | None


@get("/v1/access-log", "read_access_log", LooksListed, CouncilAccessQuery)
def read_access_log(call: Call[Any, CouncilAccessQuery]) -> Answer:
    """Every look at any account of the council, the newest first. It names nobody but those who looked."""
    asked = call.query.account_id
    return _listed(call, UUID(asked) if asked else None)


@get(f"{ACCOUNT}/access", "read_who_looked", LooksListed, AccessQuery)
def read_who_looked(call: Call[Any, AccessQuery]) -> Answer:
    """Every look at an account, the newest first. This one is not among them yet."""
    call.council.ledger.account(call.account_id)
    return _listed(call, call.account_id)


def _listed(call: Call[Any, Any], account_id: UUID | None) -> Answer:
    asked: AccessQuery = call.query
    wanted = Wanted(
        account_id=account_id,
        who=asked.who,
        roles=(asked.role,) if asked.role else None,
        since=asked.since,
        before=asked.before,
        unusual=asked.unusual,
        below=place_of(call).offset or None,
        limit=asked.limit + 1,
    )
    found = call.council.access_log.read(wanted)
    page = found[: asked.limit]
    call.shows(each.account_id for each in page)
    more = cursor(Place(offset=page[-1].position)) if len(found) > len(page) else None
    return Answer(LooksListed(items=tuple(map(_one, page)), next=more))


def _one(looked: Looked) -> LookListed:
    return LookListed.model_validate(
        {"position": looked.position, "account_id": looked.account_id, **looked.look._asdict()}
    )
