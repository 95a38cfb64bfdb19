"""Which lines does the form of an assessment have, and what stands in each? One description for reading and showing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from api.pages.money import CAPITAL, FREQUENCIES, INCOME, OUTGOINGS, RELATIVES

Kind = Literal["one_of", "pounds", "text", "day", "number", "share", "yes", "stays"]


@dataclass(frozen=True)
class Column:
    """One box of a line: its name here, its name in the request, and how it is read."""

    name: str
    label: str
    kind: Kind
    asked_as: str
    options: Mapping[str, str] = field(default_factory=dict)
    empty: str = ""
    hint: str = ""

    @property
    def required(self) -> bool:
        return self.kind == "one_of" and not self.empty


@dataclass(frozen=True)
class Lines:
    """A list of the form: what it is called, one of its lines, its name in the request and its boxes."""

    name: str
    title: str
    one: str
    asked_as: str
    columns: tuple[Column, ...]


_AMOUNT = Column("amount", "Amount", "pounds", "amount")
_FREQUENCY = Column("frequency", "How often", "one_of", "frequency", FREQUENCIES)
_DESCRIPTION = Column("description", "What it is", "text", "description")

LISTS = (
    Lines(
        "income",
        "Income",
        "income",
        "income",
        (Column("kind", "Kind", "one_of", "kind", INCOME), _AMOUNT, _FREQUENCY),
    ),
    Lines(
        "capital",
        "Capital",
        "holding",
        "capital",
        (
            Column("kind", "Kind", "one_of", "kind", CAPITAL),
            Column("value", "Value of the whole", "pounds", "value"),
            Column("owners", "Owners", "number", "joint_holders", hint="Equal shares"),
            Column("share", "Or the share", "share", "share", hint="Such as 0.25"),
            Column("debt", "Secured debt", "pounds", "secured_debt"),
            Column("costs", "Less a tenth for selling", "yes", "selling_costs_10_percent"),
            Column("occupied_by", "Home: who lives there", "one_of", "occupied_by", RELATIVES, empty="Nobody"),
            Column("since", "Home: in a care home since", "day", "twelve_week_from"),
            Column("stays", "Home: earlier stays", "stays", "earlier_stays", hint="1/2/2025 to 3/4/2025, the next"),
            Column("diminishes", "Notional: worth this on", "day", "diminishes_from"),
        ),
    ),
    Lines(
        "outgoings",
        "Costs of the home",
        "cost",
        "outgoings",
        (Column("kind", "Kind", "one_of", "kind", OUTGOINGS), _AMOUNT, _FREQUENCY),
    ),
    Lines(
        "expenses",
        "Disability-related expenditure",
        "expense",
        "disability_related_expenditure",
        (_AMOUNT, _FREQUENCY, _DESCRIPTION),
    ),
    Lines(
        "left_out",
        "Left out by this council",
        "amount left out",
        "local_disregards",
        (_AMOUNT, _FREQUENCY, _DESCRIPTION, Column("reason", "Why", "text", "reason")),
    ),
)
MOST_LINES = 100


def field_id(lines: Lines, number: int, column: Column | str) -> str:
    """What the box of a line is called in the form."""
    return f"{lines.name}-{number}-{column if isinstance(column, str) else column.name}"
