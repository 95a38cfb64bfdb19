"""What was written down wrong or told too late, and how was it put right?"""

from datetime import date, timedelta
from decimal import Decimal

from api.demo import acts
from api.demo.beginnings import begins
from api.demo.care import Care
from api.demo.life import Life
from api.demo.people import reference
from api.demo.posting import run_days
from domain.dates import ONE_DAY

HOURS = 14


def hourly_rate_was_wrong(life: Life) -> None:
    """14 hours a week at 21.00 for 13 weeks, which should have been 20.16: 152.88 too much was counted."""
    first = life.days_ago(160)
    ending_before = first + timedelta(days=13 * 7)
    life.opens(reference(life.number), first)
    life.needs(first)
    wrong = life.budget(HOURS * Decimal("21.00"), first, "independent", "own_home", ending_before=ending_before)
    life.budget(HOURS * Decimal("20.16"), ending_before, "independent", "own_home")
    life.states(ending_before - ONE_DAY, "on_request", noted=ending_before + timedelta(days=3))
    right = HOURS * Decimal("20.16")
    acts.corrects(life, wrong, "rate-error", ending_before + timedelta(days=12), weekly_cost=right)
    life.states(ending_before + timedelta(days=30), "on_request", noted=ending_before + timedelta(days=33))


def told_of_a_new_rate_after_posting(life: Life) -> None:
    """The home's new rate came after its first month had been posted: the next posting carries the difference."""
    *_, (month, _), (_, next_run) = run_days(life.story)
    raised = month.replace(day=1)
    first = raised - timedelta(days=203)
    life.opens(reference(life.number), first)
    life.needs(first)
    life.budget(Decimal("882.00"), first, "independent", "care_home", provider="Tollgate Manor")
    noted = next_run - timedelta(days=12)
    life.budget(Decimal("931.00"), raised, "independent", "care_home", noted=noted)


def reported_dead_by_mistake(life: Life) -> None:
    """Somebody of the same name had died. Twelve days later the report was taken back, with an apology."""
    begins(life, Care("personal", "own_home", Decimal("264.00"), Decimal("66.10")), date(2025, 2, 17))
    on = _last(life, 9, 12)
    report = life.ends(on, "died", noted=on + timedelta(days=2))
    acts.corrects(life, report, "another-person", on + timedelta(days=12))


def moved_away_and_came_back(life: Life) -> None:
    """She went to live with her sister in another council's area, and after seven weeks came back."""
    begins(life, Care("independent", "own_home", Decimal("338.00")), date(2025, 1, 13))
    on = _last(life, 5, 11)
    life.ends(on, "moved", noted=on + timedelta(days=1))
    acts.reopens(life, on + timedelta(days=49), "came-back", on + timedelta(days=51))


def in_hospital_and_nobody_said_so(life: Life) -> None:
    """Three weeks in hospital, of which the office heard only after it had stated those days."""
    begins(life, Care("personal", "own_home", Decimal("377.00"), Decimal("118.30")), date(2025, 3, 10))
    away = life.days_ago(96)
    life.states(away + timedelta(days=30), "on_request", noted=away + timedelta(days=32))
    life.pauses(away, away + timedelta(days=21), "hospital", noted=away + timedelta(days=49))
    life.states(away + timedelta(days=60), "on_request", noted=away + timedelta(days=62))


def _last(life: Life, month: int, day: int) -> date:
    """The last such day of a year that is well over: away from April's prices and from the days of posting."""
    this_year = life.story.day.replace(month=month, day=day)
    return this_year if this_year < life.days_ago(60) else this_year.replace(year=this_year.year - 1)
