"""Which people have a story of their own, so that each thing a council has to deal with happens to somebody?"""

from collections.abc import Callable
from typing import NamedTuple

from api.demo import arrivals, beginnings, changes, charging, endings, mistakes, questions, reaching
from api.demo.life import Life
from domain.account.facts import Setting


class Portrait(NamedTuple):
    """What happens to somebody, how old they are when it is told, and where they live."""

    tell: Callable[[Life], None]
    age: int
    setting: Setting = "own_home"


PORTRAITS = (
    Portrait(reaching.mrs_ada_ames, 85, "care_home"),
    Portrait(reaching.close_to_the_cap, 88, "care_home"),
    Portrait(changes.back_from_hospital, 84),
    Portrait(reaching.reached_it_last_month, 91, "care_home"),
    Portrait(reaching.reached_it_months_ago, 93, "care_home"),
    Portrait(changes.told_late_of_a_new_rate, 82, "care_home"),
    Portrait(changes.in_hospital_now, 79),
    Portrait(changes.moved_into_a_care_home, 87, "care_home"),
    Portrait(endings.died, 96, "care_home"),
    Portrait(beginnings.without_a_budget, 76),
    Portrait(beginnings.without_a_financial_assessment, 81),
    Portrait(beginnings.with_a_self_assessment, 74),
    Portrait(beginnings.without_eligible_needs, 71),
    Portrait(beginnings.just_grown_up, 19, "supported_living"),
    Portrait(endings.died_and_nobody_said_so, 90),
    Portrait(changes.stayed_in_a_care_home_for_a_while, 86),
    Portrait(endings.moved_away, 78),
    Portrait(changes.paid_at_home_and_then_in_a_care_home, 101, "care_home"),
    Portrait(endings.got_better, 69),
    Portrait(charging.charged_every_four_weeks, 83),
    Portrait(charging.charged_twice, 89),
    Portrait(charging.charged_too_much, 77),
    Portrait(mistakes.hourly_rate_was_wrong, 80),
    Portrait(mistakes.told_of_a_new_rate_after_posting, 92, "care_home"),
    Portrait(mistakes.reported_dead_by_mistake, 88),
    Portrait(mistakes.moved_away_and_came_back, 73),
    Portrait(mistakes.in_hospital_and_nobody_said_so, 85),
    Portrait(arrivals.moved_in_without_proof, 86, "care_home"),
    Portrait(arrivals.moved_in_with_proof, 79),
    Portrait(arrivals.kept_in_the_old_system, 94, "care_home"),
    Portrait(questions.ombudsman_decided, 82),
    Portrait(questions.waits_for_a_second_person, 75),
    Portrait(questions.question_is_open, 90),
    Portrait(questions.question_was_answered, 84),
)
"""In the order of their local_ids; a smaller council has the first of them. The first three are given sign-in links."""
