"""Who came with costs that were counted elsewhere, and is there proof of them?"""

from datetime import timedelta
from decimal import Decimal

from api.demo import acts
from api.demo.beginnings import begins
from api.demo.care import Care, goes_on
from api.demo.life import Life
from api.demo.people import reference
from domain.account.facts import CarriedRate, Provenance

ELSEWHERE = "E10000098"
"""A code that no council has."""


def moved_in_without_proof(life: Life) -> None:
    """To be near a daughter; until needs are assessed here, the first council's rate goes on. Its papers are late."""
    first = life.days_ago(47)
    life.opens(reference(life.number), first)
    origin = Provenance(kind="transfer", council=ELSEWHERE, reference="CA-TRANSFER-114")
    rate = CarriedRate(metered=Decimal("612.00"), daily_living_costs=Decimal("200.00"))
    acts.carries_in(life, first, Decimal("31482.57"), Decimal("10285.71"), origin, rate)


def moved_in_with_proof(life: Life) -> None:
    """The first council's papers came after six weeks, and the needs were assessed here after three."""
    first = life.days_ago(312)
    life.opens(reference(life.number), first)
    origin = Provenance(kind="transfer", council=ELSEWHERE, reference="CA-TRANSFER-087")
    rate = CarriedRate(metered=Decimal("248.00"))
    opening = acts.carries_in(life, first, Decimal("18240.10"), Decimal("0.00"), origin, rate)
    assessed = first + timedelta(days=21)
    life.needs(assessed)
    goes_on(life, Care("independent", "own_home", Decimal("232.00")), assessed)
    acts.evidences(life, opening, "bundle-087", first + timedelta(days=44))


def kept_in_the_old_system(life: Life) -> None:
    """What the council's earlier system had counted by the day it was switched off. Nobody has checked it yet."""
    first = life.days_ago(400)
    begins(life, Care("independent", "care_home", Decimal("905.00")), first)
    origin = Provenance(kind="migration", system="spreadsheet-2", reference="row-311")
    acts.carries_in(life, first, Decimal("22615.00"), Decimal("6028.57"), origin)
