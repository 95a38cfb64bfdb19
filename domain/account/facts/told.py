"""What was reported and what was said about it: periods posted, statements, disputes."""

from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from domain.account.facts.fact import Fact
from domain.account.figures import ExactTotals, LedgerLine, PrintSize, StatementFigures, StatementKind
from domain.dates import Day, Instant
from domain.money import Money
from domain.terms import Code, EntryId, Terms


class PeriodPosted(Fact):
    """The costs of the days up to `through` were counted towards the cap (Care Act 2014 s 15).

    It carries its lines and exact totals, so that what was reported is read and never worked out again. `edition`
    names the rules and amounts up to that day.
    """

    TOPIC = "period-posted.1"
    through: Day
    scheme: Code
    edition: Code
    lines: tuple[LedgerLine, ...]
    accrued_costs: Money
    totals: ExactTotals
    cap_reached_on: Day | None

    @property
    def effective_from(self) -> date:
        return self.through


class Print(Terms):
    """A statement set in letters of a size, in points: the SHA-256, in hex, of the file that came out."""

    points: PrintSize
    sha256: Code


class Paper(Terms):
    """How a statement was set on paper when it was made, under its reference alone: by which template and engine.

    `digest` is that of the figures that were set.
    """

    template: Code
    engine: Code
    digest: Code
    prints: tuple[Print, ...]


def _not_kept(value: Any) -> bool:
    """What an earlier program did not keep. Left out, the fact reads as it always did."""
    return value is None


class StatementIssued(Fact):
    """A care account statement was made (Care Act 2014 s 29(4)); its figures never change."""

    TOPIC = "statement-issued.1"
    kind: StatementKind
    known_at: Instant
    figures: StatementFigures
    digest: Code
    paper: Paper | None = Field(default=None, exclude_if=_not_kept)

    @property
    def effective_from(self) -> date:
        return self.figures.to


class DisputedLine(Terms):
    """Days of the account that somebody questions, as a line of the ledger or of a statement shows them."""

    from_: Day = Field(alias="from")
    to: Day
    statement_id: EntryId | None = None


class DisputedThing(Terms):
    """What a dispute is about: one entry, or one line."""

    entry_id: EntryId | None = None
    line: DisputedLine | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "DisputedThing":
        if (self.entry_id is None) == (self.line is None):
            raise ValueError("Say what it is about: give entry_id or line, one of them.")
        return self


class DisputeRaised(Fact):
    """Somebody questioned an entry or a line. Their words stand in the vault; the council has until `answer_due_on`.

    `attachment` is the SHA-256, in hex, of a paper that they sent with it, which stands in the vault too.
    """

    TOPIC = "dispute-raised.1"
    about: DisputedThing
    raised_on: Day
    answer_due_on: Day
    attachment: Code | None = Field(default=None, exclude_if=_not_kept)

    @property
    def effective_from(self) -> date:
        return self.raised_on


class DisputeOutcome(Terms):
    """What the council found."""

    on: Day
    outcome: Literal["upheld", "partly_upheld", "not_upheld", "withdrawn"]


class DisputeAnswered(DisputeOutcome, Fact):
    """The council answered a dispute; what it then put right are entries of their own."""

    TOPIC = "dispute-answered.1"
    dispute: EntryId

    @property
    def effective_from(self) -> date:
        return self.on
