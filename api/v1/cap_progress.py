"""/v1/care-accounts/{id}/cap-progress: how far one account has come, on any day, as known at any moment."""

from datetime import datetime
from typing import Any
from uuid import UUID

from api.kit.basis import Basis, basis
from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.v1.shared import AsOf, account_known, known_at, on_day, scheme_of
from domain.account.figures import CapProgress
from domain.account.progress import cap_progress
from domain.account.state import CareAccount
from domain.dates import Instant
from domain.schemes import Scheme


class AccountCapProgress(CapProgress):
    """How far an account has come, with what the answer rests on."""

    account_id: UUID
    version: int
    known_at: Instant
    scheme: str
    basis: Basis


@get("/v1/care-accounts/{account_id}/cap-progress", "read_account", AccountCapProgress, AsOf)
def read_cap_progress(call: Call[Any, AsOf]) -> Answer:
    """How far the account has come at the close of a day, as known at a moment, under a scheme."""
    account, scheme = account_known(call), scheme_of(call)
    found = progress_shown(cap_progress(account, scheme, on_day(call)), account, scheme, known_at(call))
    return Answer(found, version=account.version)


def progress_shown(progress: CapProgress, account: CareAccount, scheme: Scheme, known: datetime) -> AccountCapProgress:
    """The figures of an account with what they rest on."""
    return AccountCapProgress(
        **dict(progress),
        account_id=account.id,
        version=account.version,
        known_at=known,
        scheme=scheme.name,
        basis=basis(scheme),
    )
