"""W7: how many statements a second are made, with their PDF, beside the typesetter given the same pages ready?"""

import time
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from uuid import UUID

from api.bench.figures import Goal, Shown, Trial
from api.bench.lives import BY, lives, moment, period_after
from api.bench.place import Place
from api.bench.sizes import FEW, Size
from api.letters.statement import statement_document
from api.letters.typesetting import Document, pdfs, ready, shared_out, typeset
from api.pages.face import CouncilFace
from domain import schemes
from domain.account.commands import IssueStatement
from domain.account.decisions import decide
from domain.account.facts import StatementIssued
from domain.account.state import CareAccount, Entry
from ledger.vault.person import Contact, Person

SCHEME = schemes.load("reform-2023")
COUNCIL = CouncilFace(name="Example Council", phone="01632 960 000", address=["Town Hall", "Example Town"])
SOMEBODY = Person(
    local_id="P-1", given_name="Ada", family_name="Ames", contact=Contact(address=("1 High Street", "Example Town"))
)
PROCESSES = 2


def trials(place: Place, size: Size, shown: Shown) -> Iterator[Trial]:
    """From accounts that were read: what each statement states, in words, on paper; the floor sets the same pages."""
    pages = [ready(document) for document in _documents(size.statements)]
    yield Trial(
        "W7",
        "statements with PDF/UA, two processes",
        "statements a second",
        Goal(">=", 0.7),
        lambda: _a_second(pdfs(_documents(size.statements), PROCESSES)),
        lambda: _a_second(shared_out(typeset, pages, PROCESSES)),
    )


def _documents(number: int) -> Iterator[Document]:
    """Of some accounts in turn."""
    accounts = [
        CareAccount(tuple(Entry(UUID(int=n), v, *lived, BY.sub, BY.role) for v, lived in enumerate(life, start=1)))
        for n, life in enumerate(lives(FEW, SCHEME))
    ]
    return islice(map(_document, cycle(accounts)), number)


def _document(account: CareAccount) -> Document:
    to = period_after(FEW)
    (issued,) = decide(IssueStatement(to=to, kind="annual", known_at=moment(to)), account, SCHEME)
    assert isinstance(issued, StatementIssued)  # the command records nothing else
    return statement_document(COUNCIL, account, issued, SCHEME, SOMEBODY)


def _a_second(made: Iterable[bytes]) -> float:
    began = time.perf_counter()
    number = sum(1 for _ in made)
    return number / (time.perf_counter() - began)
