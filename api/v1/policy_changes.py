"""/v1/policy-changes: amounts of law that a council enters, proposed by one person and decided by another."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from api.kit.call import Answer, Call, Write
from api.kit.endpoint import get, post
from api.kit.problems import ApiError, FieldProblem, pointer_to
from api.v1.paging import Paged, Place, cursor, place_of
from api.v1.shared import AsKnown, known_at
from domain.account.figures import Figures
from domain.dates import FOREVER, Day, Instant
from domain.parameters import OwnAmount
from domain.parameters.dated import Certainty
from domain.parameters.parameter import DatedFigure
from domain.parameters.quantity import Quantity
from domain.terms import Terms
from ledger.amounts import MOST, NoSuchPolicyChange, PolicyChange, Step
from ledger.changed_amounts import ChangedAmount, changed_amounts, proposed_amounts
from ledger.policy import Decide, Decided, NotAllowedByLaw, Policy, approval, require_allowed, reversal

_CHANGES = "/v1/policy-changes"
_ONE = f"{_CHANGES}/{{change_id}}"


def _some(amounts: tuple[OwnAmount, ...]) -> tuple[OwnAmount, ...]:
    if not 0 < len(amounts) <= MOST:
        raise PydanticCustomError("amounts", f"Give 1 to {MOST} amounts.")
    return amounts


class PolicyDraft(Terms):
    """Amounts that are proposed together. Each holds from its day to the day of the next, national or own."""

    amounts: Annotated[tuple[OwnAmount, ...], AfterValidator(_some), Field(json_schema_extra={"minItems": 1})]


class Deciding(Terms):
    """Nothing is asked but the decision itself."""


class StepTaken(Terms):
    """A step of a change, as it was recorded, and the change's `status` since.

    `number` is what people call the change by; `version` counts the steps of every change.
    """

    change_id: UUID
    number: int
    version: int
    status: Step
    recorded_at: Instant


class AmountThen(Figures):
    """An amount that holds, and by what authority."""

    amount: Quantity
    authority: str
    certainty: Certainty
    own: bool


class AmountChanged(Figures):
    """Days on which another amount holds after than before; null where nobody has seen one."""

    parameter: str
    unit: str
    from_: Day = Field(alias="from")
    ending_before: Day | None
    before: AmountThen | None
    after: AmountThen | None


class ChangeWeighed(Terms):
    """What the request would bring about: the change's status, and what it makes of the amounts once two decided so.

    Nothing was kept.
    """

    dry_run: Literal[True]
    status: Step
    items: tuple[AmountChanged, ...]


class StepListed(Terms):
    """A step of a change: which, when and by whom."""

    kind: Step
    recorded_at: Instant
    recorded_by: str


class ChangeListed(Terms):
    """A change with its amounts and every step taken. `counts` says whether figures rest on it."""

    change_id: UUID
    number: int
    status: Step
    counts: bool
    amounts: tuple[OwnAmount, ...]
    steps: tuple[StepListed, ...]


class ChangesQuery(AsKnown, Paged):
    """The moment of knowledge, and which page."""


class ChangesListed(Terms):
    """The changes of the council's own amounts, in the order of proposal."""

    known_at: Instant
    items: tuple[ChangeListed, ...]
    next: str | None


class ChangePreview(Terms):
    """What a change makes of the amounts beside every other that counts: without it (`before`), with it (`after`)."""

    change_id: UUID
    number: int
    status: Step
    known_at: Instant
    items: tuple[AmountChanged, ...]


_TAKEN_OR_WEIGHED: Mapping[int, type[BaseModel]] = {201: StepTaken, 200: ChangeWeighed}


@post(_CHANGES, "propose_amounts", PolicyDraft, _TAKEN_OR_WEIGHED)
def propose_policy_change(call: Call[PolicyDraft, Write]) -> Answer:
    """Propose amounts of law, the council's own or such as nobody here has seen, each with its source.

    They count once a second person approves them. An amount that national law leaves no room for is refused by name.
    """
    try:
        if call.query.dry_run:
            return _weigh_proposal(call)
        policy, by = Policy(call.council), call.identity.sub
        return _taken(policy.propose(call.body.amounts, by=by, now=call.now, request=call.as_request))
    except NotAllowedByLaw as fault:
        raise _of_the_fields(fault) from None


@post(f"{_ONE}/approval", "approve_amounts", Deciding, _TAKEN_OR_WEIGHED)
def approve_policy_change(call: Call[Deciding, Write]) -> Answer:
    """Approve amounts that somebody else proposed; from then on they count, and what was known before stays."""
    return _decide(call, approval)


@post(f"{_ONE}/reversal", "approve_amounts", Deciding, _TAKEN_OR_WEIGHED)
def reverse_policy_change(call: Call[Deciding, Write]) -> Answer:
    """Undo a change. One that nobody approved is withdrawn; one that counts takes this of two people.

    The first proposes the reversal, the second decides it. Both stay to be seen.
    """
    return _decide(call, reversal)


@get(_CHANGES, "read_policy", ChangesListed, ChangesQuery)
def list_policy_changes(call: Call[Any, ChangesQuery]) -> Answer:
    """Every change that had been proposed by then, with its amounts and who decided what."""
    known, start = known_at(call), place_of(call).offset
    changes, end = call.council.amounts.known_at(known).changes, start + call.query.limit
    listed = ChangesListed(
        known_at=known,
        items=tuple(_listed(change) for change in changes[start:end]),
        next=cursor(Place(offset=end, known_at=known)) if end < len(changes) else None,
    )
    return Answer(listed)


@get(f"{_ONE}/preview", "read_policy", ChangePreview, AsKnown)
def preview_policy_change(call: Call[Any, AsKnown]) -> Answer:
    """On which days which amounts are others by this change. One that does not count is shown as if approved now."""
    moment = known_at(call)
    known = call.council.amounts.known_at(moment)
    change = known.change(_change_id(call))
    items = _shown(changed_amounts(known, change, moment))
    preview = ChangePreview(
        change_id=change.change_id, number=change.number, status=change.status, known_at=moment, items=items
    )
    return Answer(preview)


def _decide(call: Call[Deciding, Write], how: Decide) -> Answer:
    change_id, by = _change_id(call), call.identity.sub
    if call.query.dry_run:
        return _weigh_decision(call, change_id, how)
    return _taken(Policy(call.council).decide(change_id, how, by=by, now=call.now, request=call.as_request))


def _of_the_fields(fault: NotAllowedByLaw) -> ApiError:
    errors = [FieldProblem(pointer=pointer_to("amounts", m.place, m.field), detail=m.sentence) for m in fault.mistakes]
    return ApiError(422, "invalid-fields", NotAllowedByLaw.__doc__ or "", errors)


def _weigh_proposal(call: Call[PolicyDraft, Write]) -> Answer:
    require_allowed(call.body.amounts)
    changed = proposed_amounts(call.council.amounts, call.body.amounts, call.now)
    return Answer(ChangeWeighed(dry_run=True, status="proposed", items=_shown(changed)))


def _weigh_decision(call: Call[Deciding, Write], change_id: UUID, how: Decide) -> Answer:
    known = call.council.amounts
    change = known.change(change_id)
    status = how(change, call.identity.sub)
    changed = changed_amounts(known, change, call.now)
    if change.counts:
        changed = [each.turned() for each in changed]
    items = () if status == "withdrawn" else _shown(changed)
    return Answer(ChangeWeighed(dry_run=True, status=status, items=items))


def _change_id(call: Call[Any, Any]) -> UUID:
    """The id in the address; what is no id names no change either."""
    try:
        return UUID(call.ids["change_id"])
    except ValueError:
        raise NoSuchPolicyChange(NoSuchPolicyChange.__doc__) from None


def _taken(decided: Decided) -> Answer:
    change, step = decided.change, decided.step
    taken = StepTaken(
        change_id=change.change_id,
        number=change.number,
        version=step.number,
        status=step.kind,
        recorded_at=step.recorded_at,
    )
    replayed = {"Idempotent-Replayed": "true"} if decided.replayed else {}
    return Answer(taken, status=201, version=step.number, headers=replayed)


def _listed(change: PolicyChange) -> ChangeListed:
    steps = tuple(
        StepListed(kind=step.kind, recorded_at=step.recorded_at, recorded_by=step.recorded_by) for step in change.steps
    )
    return ChangeListed(
        change_id=change.change_id,
        number=change.number,
        status=change.status,
        counts=change.counts,
        amounts=change.entries,
        steps=steps,
    )


def _shown(changed: list[ChangedAmount]) -> tuple[AmountChanged, ...]:
    return tuple(
        AmountChanged(
            parameter=each.parameter,
            unit=each.unit,
            from_=each.first,
            ending_before=None if each.ending_before == FOREVER else each.ending_before,
            before=_then(each.without),
            after=_then(each.with_it),
        )
        for each in changed
    )


def _then(figure: DatedFigure | None) -> AmountThen | None:
    if figure is None or figure.amount is None:
        return None
    return AmountThen(
        amount=figure.amount,
        authority=figure.authority,
        certainty=figure.certainty,
        own=figure.approved_on is not None,
    )
