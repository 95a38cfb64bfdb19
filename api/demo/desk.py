"""What waits on the desks of the fictitious council today, so that whoever looks around finds no list empty?

Everything is asked for as the pages and the commands ask for it, once the story has been told.
"""

import hashlib
from contextlib import suppress
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from api.delivery.deliver import Delivery
from api.delivery.documents import paper_of
from api.delivery.folder import Folder
from api.demo.chronicle import ADA
from api.demo.filling import account_of
from api.demo.life import ASSESSORS, FINANCE
from api.demo.sent_in import PRICES, PRICES_NAME, SENDER, estimate, own_amount, prices
from api.importing.proposed import find_out
from api.importing.table import read_table
from api.importing.working import file_given
from api.letters.issuing import with_paper
from api.wiring import Installation
from domain.account.facts import StatementIssued
from domain.dates import ONE_DAY, day_in_london
from domain.parameters import NotInForce
from ledger.council import Council
from ledger.import_proposal import NoSuchProposal
from ledger.import_proposals import ImportProposals
from ledger.letters import Told
from ledger.notice_runs import NoticeRuns
from ledger.policy import Policy
from ledger.receipts import Request
from ledger.resuming import Clock
from ledger.statement_run import StatementsWanted
from ledger.statement_runs import StatementRuns
from ledger.store.letter_rows import Letters

FINANCE_OFFICER, ASSESSOR, POLICY = FINANCE[0], ASSESSORS[0], "j.marsh"
FILE = UUID("5f9d2f1e-8f0a-5c7d-9c1b-3b6f5d0f4a11")
"""The file that is given last: once it is there, so is everything."""


def lay_out(installation: Installation, council: Council) -> None:
    """Have something wait for somebody in each list, once. What was interrupted is done the next time."""
    with suppress(NoSuchProposal):
        ImportProposals(council).rows.standing(FILE)
        return
    clock = installation.settings.now
    _notices(council, clock)
    _letters(installation, council, clock)
    _closing_statements(council, clock)
    _statement_by_post(council, clock())
    Policy(council).propose((own_amount(),), by=POLICY, now=clock(), request=_request(POLICY, "amount"))
    _estimate(council, clock())
    _file(council, clock)


def _notices(council: Council, clock: Clock) -> None:
    """People are told what has come about up to yesterday."""
    runs = NoticeRuns(council)
    runs.work(runs.begin(day_in_london(clock()) - ONE_DAY, by=FINANCE_OFFICER, now=clock()), clock)


def _letters(installation: Installation, council: Council, clock: Clock) -> None:
    """Those so far are handed over, to a folder whatever key there is, since nobody here is real. One came back."""
    letters, folder = Letters(council.app, council.names), Folder(installation.settings.home, council.code, clock)
    Delivery(letters, folder, partial(paper_of, installation, council), clock).work()
    for each in letters.listed(["sent"], to_look_at=False, offset=0, limit=1):
        letters.came_back(each.letter.letter_id, "came-back", by=FINANCE_OFFICER.sub, now=clock())


def _closing_statements(council: Council, clock: Clock) -> None:
    """Statements are made of the accounts that ended, and wait for a second person."""
    runs, to = StatementRuns(council, with_paper), day_in_london(clock()).replace(day=1) - ONE_DAY
    request = _request(FINANCE_OFFICER.sub, "closing statements")
    run, _ = runs.begin(StatementsWanted(to, "closing"), by=FINANCE_OFFICER, now=clock(), request=request)
    runs.work(run, clock)


def _statement_by_post(council: Council, now: datetime) -> None:
    """Mrs Ada Ames has asked for her last statement by post."""
    account_id = account_of(council, ADA)
    assert account_id is not None  # every fictitious council has her
    entry, _ = council.ledger.account(account_id).of(StatementIssued)[-1]
    told = Told(account_id, "statement", entry.version)
    letters = Letters(council.app, council.names)
    letters.ask(uuid5(account_id, "asked for by post"), told, by=ADA.lower(), now=now)


def _estimate(council: Council, now: datetime) -> None:
    """Somebody has sent the answers they gave; nobody has in a year without amounts of law."""
    with suppress(NotInForce):
        asked, figures = estimate(day_in_london(now), council.amounts_now)
        council.received.receive(FILE.hex, SENDER, asked, figures.model_dump(mode="json"), now=now)


def _file(council: Council, clock: Clock) -> None:
    """A home's new prices wait to be let in; in one row something is wrong."""
    proposals, now = ImportProposals(council), clock()
    content = prices(day_in_london(now).replace(day=1))
    file = file_given(read_table(content, PRICES), partial=True)
    request = _request(ASSESSOR.sub, "new prices")
    given = proposals.give(FILE, file, PRICES_NAME, content, by=ASSESSOR, now=now, request=request)
    find_out(council, given.proposal, clock)


def _request(who: str, what: str) -> Request:
    """The same whenever it is made, so that nothing is asked for twice."""
    return Request(who, f"demonstration, {what}", hashlib.sha256(what.encode()).digest())
