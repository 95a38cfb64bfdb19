"""From when to when the account is kept: what follows from opening, closing and reopening it, and from evidence."""

from domain.account.commands import CloseAccount, EvidenceOpening, OpenAccount, ReopenAccount
from domain.account.decisions.decide import Facts, decide
from domain.account.facts import AccountClosed, AccountOpened, AccountReopened, OpeningCarriedIn, OpeningEvidenced
from domain.account.refusals import (
    AlreadyClosed,
    AlreadyEvidenced,
    ClosesBeforeItOpened,
    NoSuchEntry,
    NotClosed,
    ReopensBeforeItClosed,
)
from domain.account.state import CareAccount
from domain.schemes import Scheme


def open_account(command: OpenAccount) -> Facts:
    """Begin a care account. That the council keeps none yet for the person is the vault's to know."""
    return (AccountOpened.on_the_terms_of(command),)


@decide.register
def close_account(command: CloseAccount, account: CareAccount, scheme: Scheme) -> Facts:
    """End the account. What became known late about earlier days may still be recorded afterwards."""
    if account.closed:
        raise AlreadyClosed
    if command.on < account.opened.opened_on:
        raise ClosesBeforeItOpened
    return (AccountClosed.on_the_terms_of(command),)


@decide.register
def reopen_account(command: ReopenAccount, account: CareAccount, scheme: Scheme) -> Facts:
    """Keep the account again. Days between its last and this one stay as they were: closed."""
    if not account.closed:
        raise NotClosed
    if command.on <= account.closed.on:
        raise ReopensBeforeItClosed
    return (AccountReopened.on_the_terms_of(command),)


@decide.register
def evidence_opening(command: EvidenceOpening, account: CareAccount, scheme: Scheme) -> Facts:
    """Say what proves a carried-in balance, which until then is inherited and unproven."""
    if command.opening not in {str(entry.id) for entry, _ in account.of(OpeningCarriedIn)}:
        raise NoSuchEntry
    if any(evidenced.opening == command.opening for _, evidenced in account.of(OpeningEvidenced)):
        raise AlreadyEvidenced
    return (OpeningEvidenced.on_the_terms_of(command),)
