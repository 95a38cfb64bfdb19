"""Which columns has a file of each kind, and which field of the API's body is each?"""

from dataclasses import dataclass, field
from typing import Literal, get_args

from pydantic import BaseModel

from api.importing import cells
from api.importing.cells import Reads
from api.policy import Verb
from api.v1.accounts import OpenCareAccount
from api.v1.bodies import BudgetOfProvider
from domain.account.commands import ImportFinancialAssessment, RaiseCharge, RecordNeedsAssessment
from domain.account.facts import Setting

KindName = Literal["accounts", "needs", "budgets", "assessments", "charges"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the field of the body it is, how its cells are read, and an example.

    `words` are those that it takes, where it takes no others. A `personal` value is never repeated in full. One that
    `names_account` says whose row it is, and is no field of the body.
    """

    name: str
    example: str
    reads: Reads = cells.text
    field: str = ""
    required: bool = False
    personal: bool = False
    words: tuple[str, ...] = ()
    names_account: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """Where its value stands in the body."""
        return tuple((self.field or self.name).split("."))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the body that each of its rows becomes, its columns, and the verb that allows recording it.

    `always` is what stands in each body without a column. Rows of every kind but one are about an account there is,
    which a column names.
    """

    name: KindName
    body: type[BaseModel]
    verb: Verb
    columns: tuple[Column, ...]
    always: dict[str, str] = field(default_factory=dict)

    @property
    def of_an_account(self) -> bool:
        """Whether each row is about an account there is."""
        return any(column.names_account for column in self.columns)

    def column(self, name: str) -> Column | None:
        """The column of a name."""
        return next((column for column in self.columns if column.name == name), None)


ACCOUNT_REFERENCE = "account_reference"
LOCAL_ID = "local_id"
_WHOSE = (
    Column(ACCOUNT_REFERENCE, "", names_account=True),
    Column(LOCAL_ID, "P-1001", personal=True, names_account=True),
)


def _day(name: str, example: str = "", *, required: bool = False, personal: bool = False) -> Column:
    return Column(name, example, cells.day, required=required, personal=personal)


def _money(name: str, example: str) -> Column:
    return Column(name, example, cells.money, required=True)


def _one_of(name: str, *words: str) -> Column:
    return Column(name, words[0], required=True, words=words)


def _yes_or_no(name: str, example: str, *, required: bool = False) -> Column:
    return Column(name, example, cells.truth, required=required, words=("true", "false"))


def _of_person(name: str, example: str, reads: Reads = cells.text, at: str = "") -> Column:
    return Column(name, example, reads, f"person.{at or name}", personal=True)


_ACCOUNTS = Kind(
    "accounts",
    OpenCareAccount,
    "open_account",
    (
        Column("local_id", "P-1001", field="person.local_id", required=True, personal=True),
        _day("opened_on", "2023-10-02", required=True, personal=True),  # a row that slipped has a day of birth here
        _of_person("nhs_number", "9434765919", cells.nhs_number),
        _of_person("given_name", "Ada"),
        _of_person("family_name", "Ames"),
        _of_person("date_of_birth", "1941-05-02", cells.day),
        _of_person("postcode", "CM1 1QH"),
        _of_person("email", "ada@example.org", at="contact.email"),
        _of_person("phone", "01632 960 001", cells.phone, at="contact.phone"),
        _of_person("address", "1 High St | Example Town", cells.several, at="contact.address"),
    ),
)
_NEEDS = Kind(
    "needs",
    RecordNeedsAssessment,
    "record_needs",
    (
        *_WHOSE,
        _day("assessed_on", "2023-10-02", required=True),
        _yes_or_no("eligible", "true", required=True),
        _day("eligible_from", "2023-10-02"),
        _day("duty_arose_on"),
        _day("ending_before"),
        Column("outcomes", "nutrition | hygiene", cells.several),
        Column("assessor", "T-17"),
        _day("review_due", "2024-10-02"),
        _yes_or_no("confirmed", "true"),
    ),
)
_BUDGETS = Kind(
    "budgets",
    BudgetOfProvider,
    "record_needs",
    (
        *_WHOSE,
        _one_of("kind", "independent", "personal"),
        _one_of("setting", *get_args(Setting)),
        _money("weekly_cost", "950.00"),
        _day("effective_from", "2023-10-02", required=True),
        _day("ending_before"),
        _yes_or_no("short_stay", "false"),
        Column("source.system", "brokerage"),
        Column("source.reference", "PB-2023/17"),
        Column("source.model_version", ""),
        Column("provider.name", "Seaview", personal=True),
        Column("provider.cqc_location_id", "1-1234567"),
    ),
)
_ASSESSMENTS = Kind(
    "assessments",
    ImportFinancialAssessment,
    "record_needs",
    (
        *_WHOSE,
        _day("assessed_on", "2023-10-02", required=True),
        _day("effective_from", "2023-10-02", required=True),
        _day("ending_before"),
        _one_of("outcome", "contribution", "full_cost"),
        _money("weekly_contribution", "350.00"),
        Column("source.system", "charging", required=True),
        Column("source.reference", "FA-2023/17"),
        Column("source.model_version", ""),
    ),
    always={"type": "imported"},
)
_CHARGES = Kind(
    "charges",
    RaiseCharge,
    "record_costs",
    (
        *_WHOSE,
        Column("reference", "INV-2024/01", required=True),
        _day("period_from", "2024-01-01", required=True),
        _day("period_ending_before", "2024-01-29", required=True),
        _money("amount", "1400.00"),
    ),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in (_ACCOUNTS, _NEEDS, _BUDGETS, _ASSESSMENTS, _CHARGES)}
