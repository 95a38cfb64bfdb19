"""A statement of each state that an account can be in, made without a store."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache

from api.letters.document import StatementDocument
from api.letters.statement import statement_document
from api.letters.typesetting import pdf
from api.pages.face import CouncilFace
from domain import schemes
from domain.account.facts import StatementIssued
from domain.account.figures import PrintSize
from ledger.vault.person import Contact, Person
from tests.pages.office import assessment, budget, carried_in, died, in_hospital, money_check, needs
from tests.pages.test_changes import FIRST, HOME, Told, charged, self_funder
from tests.rules.means import weekly

COUNCIL = CouncilFace(
    name="Example Council",
    team="Adult social care finance",
    phone="01632 960 000",
    hours="Monday to Friday, 9am to 5pm",
    address=("Town Hall", "Example Town", "EX1 1AA"),
)
SEPTEMBER = datetime(2024, 9, 2, 9, tzinfo=UTC)


def somebody(given_name: str = "Ada", family_name: str = "Ames", *address: str) -> Person:
    lines = address or ("1 High Street", "Example Town")
    contact = Contact.model_construct(address=lines)
    return Person.model_construct(
        local_id="P-1", given_name=given_name, family_name=family_name, postcode="EX1 1AB", contact=contact
    )


ADA = somebody()


def document(told: Told, person: Person | None = ADA) -> StatementDocument:
    """The account's last statement."""
    issued = told.account.of(StatementIssued)[-1][1]
    return statement_document(COUNCIL, told.account, issued, told.scheme, person)


def _risen() -> Told:
    """The pension rose on 1 July, and with it what is paid."""
    told = Told().hears(needs(FIRST), budget("400.00", FIRST, **HOME))
    first, second = (assessment(since, income=weekly(state_pension=pension)) for since, pension in RISES)
    return told.hears(first).states().hears(second).states(date(2024, 8, 31), SEPTEMBER)


RISES = (("2024-01-01", "331.00"), ("2024-07-01", "362.00"))


def _in_a_home(cost: str) -> Told:
    return Told().hears(needs(FIRST), budget(cost, FIRST))


STATES: Mapping[str, Callable[[], Told]] = {
    "the first, self-funded in a care home": lambda: _in_a_home("950.00").states(),
    "arranged by us, with charges": lambda: charged().states(),
    "the pension rose": _risen,
    "corrected late": lambda: (
        self_funder()
        .states()
        .hears(budget("310.00", date(2024, 6, 3), setting="own_home"))
        .states(date(2024, 8, 31), SEPTEMBER)
    ),
    "away, and a total from before": lambda: (
        self_funder()
        .hears(in_hospital(date(2024, 2, 1), date(2024, 2, 15)), carried_in(date(2024, 1, 2), "1000.00"))
        .states()
    ),
    "the cap is near": lambda: _in_a_home("3350.00").states(),
    "the cap is reached": lambda: _in_a_home("9950.00").states(),
    "nothing is counted": lambda: Told().hears(needs(FIRST)).states(),
    "the person has died": lambda: self_funder().hears(died(date(2024, 5, 1))).states(),
    "closed": lambda: self_funder().hears(died(date(2024, 5, 1)).model_copy(update={"reason": "moved"})).states(),
    "no cap is in force": lambda: (
        Told(schemes.load("national"))
        .hears(needs(FIRST), budget("300.00", FIRST, **HOME), money_check("100.00", FIRST))
        .states()
    ),
}


@cache
def state(name: str) -> StatementDocument:
    return document(STATES[name]())


@cache
def paper(name: str, size: PrintSize) -> bytes:
    return pdf(state(name), size)
