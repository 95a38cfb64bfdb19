"""What does the first council say of an account that is to move, in a file that its signed bundle names?"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from domain.account.facts import CarriedRate, EarlierAdjustment, OpeningCarriedIn
from domain.account.progress import cap_progress
from domain.account.state import CareAccount
from domain.account.statement import canonical
from domain.dates import Day
from domain.money import Money
from domain.schemes import Scheme
from domain.terms import Code, Terms
from ledger.bundle.writing import Readable
from ledger.council import Council

OFFER = "offer.json"


class Offer(Terms):
    """What had accrued by the close of the last day that the first council counts. Pounds."""

    from_council: Code
    to_council: Code
    account_id: Code
    reference: Code
    on: Day
    scheme: Code
    edition: Code
    accrued_costs: Money
    daily_living_costs: Money
    weekly_rate: CarriedRate | None
    adjustments: tuple[EarlierAdjustment, ...]


class Offering(NamedTuple):
    """An account of a council, the council it is to go to, and the last day that counts here."""

    council: Council
    account_id: UUID
    to_council: str
    on: date

    def offer(self, known_at: datetime | None = None) -> Offer:
        """The offer, as known now or at a moment; raises NoSuchAccount, NotInForce."""
        account = self.council.ledger.account(self.account_id, known_at)
        scheme = self.council.scheme_at(known_at) if known_at else self.council.scheme
        found = cap_progress(account, scheme, self.on)
        week = found.weekly_rate
        return Offer(
            from_council=self.council.code,
            to_council=self.to_council,
            account_id=str(account.id),
            reference=account.opened.reference,
            on=self.on,
            scheme=scheme.name,
            edition=scheme.edition,
            accrued_costs=found.accrued_costs,
            daily_living_costs=found.daily_living_costs,
            weekly_rate=CarriedRate(metered=week.metered, daily_living_costs=week.daily_living_costs) if week else None,
            adjustments=tuple(_adjustments(account, scheme, self.on)),
        )

    def beside(self, readable: Readable) -> Readable:
        """The offer among the files that people read, of the same moment."""

        def files(known_at: datetime) -> Mapping[str, Iterable[bytes]]:
            offer = self.offer(known_at).model_dump(mode="json", by_alias=True)
            return {**readable(known_at), OFFER: [canonical(offer)]}

        return files


def _adjustments(account: CareAccount, scheme: Scheme, on: date) -> Iterator[EarlierAdjustment]:
    """The annual adjustments that the balance holds: those carried in before, and those made here."""
    since = account.opened.opened_on
    for _, carried in account.of(OpeningCarriedIn):
        yield from (each for each in carried.adjustments if carried.on <= on)
    for adjusted in scheme.cap.annual_adjustments if scheme.cap else ():
        if since <= adjusted.from_ <= on:
            yield EarlierAdjustment(on=adjusted.from_, percentage=adjusted.percentage)
