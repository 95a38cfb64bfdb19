"""How does somebody's care go on from year to year, and what does each April change?"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from api.demo import names
from api.demo.life import Kind, Life
from api.demo.means import Wanted, assessment
from api.demo.prices import price_on, uplift_days
from domain.account.facts import Setting
from domain.dates import ONE_DAY


@dataclass(frozen=True, slots=True)
class Care:
    """How needs are met. Pounds a week at the prices of 2023; `contribution` None: self-funded, or not yet assessed."""

    kind: Kind
    setting: Setting
    weekly_cost: Decimal
    contribution: Decimal | None = None
    full_cost: bool = False

    def costing(self, more: Decimal) -> "Care":
        """The same care for needs that have grown."""
        return replace(self, weekly_cost=self.weekly_cost + more)


def goes_on(life: Life, care: Care, first: date, ending_before: date | None = None) -> None:
    """The care begins, and is priced again each April until it ends or the story does."""
    _priced(life, care, first, life.rng.randint(1, 9), provider=_provider(life, care))
    for day in uplift_days(first, (ending_before or life.story.day) - ONE_DAY):
        _priced(life, care, day, life.rng.randint(-20, 12))


def _priced(life: Life, care: Care, day: date, after: int, provider: str | None = None) -> None:
    noted, cost = day + timedelta(days=after), price_on(care.weekly_cost, day)
    life.budget(cost, day, care.kind, care.setting, noted=noted, provider=provider)
    if care.full_cost or care.contribution is not None:
        weekly = cost if care.contribution is None else price_on(care.contribution, day)
        assessed_on = noted - timedelta(days=life.rng.randint(1, 4))
        wanted = Wanted(weekly, care.full_cost, cost, care.setting, day, assessed_on)
        asked, texts = assessment(life, wanted)
        life.is_assessed(asked, noted, texts)


def _provider(life: Life, care: Care) -> str | None:
    """A Shared Lives carer is a person, and stays unnamed."""
    if care.setting == "shared_lives":
        return None
    if care.setting == "care_home":
        home = life.person.contact.address[0]
        return home if home in names.CARE_HOMES else life.rng.choice(names.CARE_HOMES)
    return life.rng.choice(names.HELP_AT_HOME if care.setting == "own_home" else names.SUPPORTED_LIVING)
