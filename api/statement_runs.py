"""What does a statement run say of itself, to a program and to whoever gave the command?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal
from uuid import UUID

from api.kit.basis import Basis, basis
from domain.account.state import entry_id
from domain.account.statement_due import RunKind
from domain.dates import Day, Instant
from domain.money import Money
from domain.schemes import Scheme
from domain.terms import Code, Terms
from ledger.schemes import KnownSchemes
from ledger.statement_run import WHAT_TO_DO, Came, Decided, RunItem, Standing, StatementRun, StatementsWanted, WhyHeld

RunState = Literal["running", "to_release", "nothing_made", "released", "withdrawn"]


class StatementRunWanted(Terms):
    """The last day that statements are to cover, and which are made for whoever's is due."""

    to: Day
    kind: RunKind = "annual"

    @property
    def wanted(self) -> StatementsWanted:
        return StatementsWanted(self.to, self.kind)


class StatementRunBegun(Terms):
    """A statement run as it was begun. Nothing of this changes."""

    run_id: UUID
    number: int
    to: Day
    kind: RunKind
    scheme: str
    seed: int
    started_at: Instant
    started_by: str


class HeldCount(Terms):
    """How many statements are held for one reason, and what to do about it."""

    why_held: WhyHeld
    accounts: int
    what_to_do: str


class StatementCounts(Terms):
    """The accounts of a run: all of them, those it made a statement for, those held, those whose none was due."""

    accounts: int
    made: int
    held: int
    not_due: int


class StatementRunFigures(Terms):
    """What a run came to, or would: `accrued_costs` adds up what its statements say, in pounds."""

    counts: StatementCounts
    held: tuple[HeldCount, ...]
    accrued_costs: Money


class StatementRunDecided(Terms):
    """By whom it was decided whether the statements of a run go out; `reason_code` is why they do not."""

    run_id: UUID
    decision: Literal["released", "withdrawn"]
    reason_code: Code | None
    decided_at: Instant
    decided_by: str


class StatementRunListed(StatementRunBegun, StatementRunFigures):
    """A statement run, how far it has come, and whether its statements go out."""

    status: RunState
    finished_at: Instant | None
    decided: StatementRunDecided | None
    basis: Basis


class StatementRunWeighed(StatementRunFigures):
    """What a run would come to, were it begun now. Nothing was recorded."""

    dry_run: Literal[True]
    to: Day
    kind: RunKind
    basis: Basis


class StatementRunItem(Terms):
    """An account of a run whose statement was made, or is held."""

    account_id: UUID
    reference: str
    outcome: Literal["made", "held", "not_due"]
    statement_id: UUID | None
    accrued_costs: Money | None
    why_held: WhyHeld | None
    what_to_do: str | None


class StatementRunItems(Terms):
    """One page of the accounts that a run made a statement for or held, in the order of their references."""

    items: tuple[StatementRunItem, ...]
    next: str | None


class Sampled(Terms):
    """A statement of the sample that is looked at before a run is released."""

    account_id: UUID
    statement_id: UUID


class StatementRunRead(StatementRunListed):
    """A statement run with its sample and its accounts."""

    sample: tuple[Sampled, ...]
    statements: StatementRunItems


def begun(run: StatementRun) -> StatementRunBegun:
    """The run as it was begun."""
    return StatementRunBegun(
        run_id=run.run_id,
        number=run.number,
        to=run.wanted.to,
        kind=run.wanted.kind,
        scheme=run.scheme,
        seed=run.seed,
        started_at=run.started_at,
        started_by=run.by.sub,
    )


def weighed(wanted: StatementsWanted, scheme: Scheme, came: Iterable[Came]) -> StatementRunWeighed:
    """What would come of every account, counted and added up."""
    counts, why_held, total = Counter[str](), Counter[WhyHeld](), Decimal("0.00")
    for each in came:
        counts[each.outcome] += 1
        total += each.accrued_costs or 0
        if each.why_held:
            why_held[each.why_held] += 1
    found = _figures(counts["made"], counts["not_due"], why_held, total, counts.total())
    return StatementRunWeighed(**dict(found), dry_run=True, to=wanted.to, kind=wanted.kind, basis=basis(scheme))


def listed(schemes: KnownSchemes, standing: Standing) -> StatementRunListed:
    """The run and how far it has come."""
    run = standing.run
    found = _figures(standing.made, standing.not_due, standing.held, standing.accrued_costs, run.accounts)
    return StatementRunListed(
        **dict(begun(run)),
        **dict(found),
        status=state_of(standing),
        finished_at=standing.finished_at,
        decided=decided(standing.decided) if standing.decided else None,
        basis=basis(schemes.named(run.scheme)),
    )


def read(
    schemes: KnownSchemes,
    standing: Standing,
    sample: Iterable[tuple[UUID, UUID]],
    page: Iterable[RunItem],
    next_page: str | None = None,
) -> StatementRunRead:
    """The run with its sample and a page of its accounts."""
    return StatementRunRead(
        **dict(listed(schemes, standing)),
        sample=tuple(Sampled(account_id=account_id, statement_id=each) for account_id, each in sample),
        statements=StatementRunItems(items=tuple(map(item, page)), next=next_page),
    )


def decided(decision: Decided) -> StatementRunDecided:
    """The decision about a run."""
    return StatementRunDecided(
        run_id=decision.run_id,
        decision=decision.decision,
        reason_code=decision.reason_code,
        decided_at=decision.at,
        decided_by=decision.by.sub,
    )


def state_of(standing: Standing) -> RunState:
    """Where a run stands on the way from being made to going out."""
    if standing.decided:
        return standing.decided.decision
    if not standing.finished_at:
        return "running"
    return "to_release" if standing.made else "nothing_made"


def item(found: RunItem) -> StatementRunItem:
    """One account of a run."""
    return StatementRunItem(
        account_id=found.account_id,
        reference=found.reference,
        outcome=found.outcome,
        statement_id=entry_id(found.account_id, found.version) if found.version else None,
        accrued_costs=found.accrued_costs,
        why_held=found.why_held,
        what_to_do=WHAT_TO_DO[found.why_held] if found.why_held else None,
    )


def _figures(
    made: int, not_due: int, held: Mapping[WhyHeld, int], accrued_costs: Decimal, accounts: int
) -> StatementRunFigures:
    return StatementRunFigures(
        counts=StatementCounts(accounts=accounts, made=made, held=sum(held.values()), not_due=not_due),
        held=tuple(
            HeldCount(why_held=why, accounts=number, what_to_do=WHAT_TO_DO[why]) for why, number in sorted(held.items())
        ),
        accrued_costs=accrued_costs,
    )
