"""/v1/care-accounts/{id}/explanation: what makes up a figure, from its arithmetic to the entries and the law."""

from typing import Any
from uuid import UUID

from api.kit.basis import Basis, basis
from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.v1.shared import ACCOUNT, AsOf, account_known, known_at, on_day, scheme_of
from domain.account.explanation import Explained, Figure, explain
from domain.dates import Day, Instant


class ExplanationQuery(AsOf):
    """Which figure: what has accrued when it is left out."""

    figure: Figure = "accrued_costs"


class Explanation(Explained):
    """A figure as a tree: the last parts of it add up to its amount. With it, what the answer rests on."""

    account_id: UUID
    version: int
    on: Day
    known_at: Instant
    scheme: str
    basis: Basis


@get(f"{ACCOUNT}/explanation", "read_account", Explanation, ExplanationQuery)
def read_explanation(call: Call[Any, ExplanationQuery]) -> Answer:
    """What makes up a figure at the close of a day, as known at a moment, under a scheme."""
    account, scheme, on = account_known(call), scheme_of(call), on_day(call)
    found = Explanation(
        **dict(explain(account, scheme, on, call.query.figure)),
        account_id=account.id,
        version=account.version,
        on=on,
        known_at=known_at(call),
        scheme=scheme.name,
        basis=basis(scheme),
    )
    return Answer(found, version=account.version)
