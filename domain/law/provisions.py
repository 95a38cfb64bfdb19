"""By which provision does each part of a figure count, or not count?

Sections 15 and 16 of the Care Act 2014 have never been commenced. Section 15 is cited as it would read.
"""

_SUBSTITUTED = "as substituted by Health and Care Act 2022 s 166"

THE_ACCOUNT = "Care Act 2014 s 29(1) and (3)"
UP_TO_DATE = "Care Act 2014 s 29(1)(a)"
THE_CAP = "Care Act 2014 s 15(1) and (4)"
MOST_THAT_COUNTS = "Care Act 2014 s 15(1)"
NO_MORE_THAN_IT_COSTS = "Care Act 2014 s 14(4)"
CHARGED = f"Care Act 2014 s 15(2)(a) {_SUBSTITUTED}"
MET_BY_ANOTHER = f"Care Act 2014 s 15(2)(b) {_SUBSTITUTED}"
COST_AS_ENACTED = "Care Act 2014 s 15(2) as enacted, before Health and Care Act 2022 s 166"
DAILY_LIVING_COSTS = "Care Act 2014 s 15(6)"
ANNUAL_ADJUSTMENT = "Care Act 2014 s 16(2)"
CARRIED_IN = "Care Act 2014 s 37"
CARRIED_RATE = "Care Act 2014 s 38"

DAYS = {
    "metering": f"Care Act 2014 s 15(2) {_SUBSTITUTED}",
    "capped": MOST_THAT_COUNTS,
    "closed": "Care Act 2014 s 29(2)",
    "not_commenced": "Care Act 2014 s 15(1) and (5)",
    "not_eligible": f"Care Act 2014 s 15(3) and (3A) {_SUBSTITUTED}",
    "no_budget": f"Care Act 2014 s 15(3) {_SUBSTITUTED}",
    "unassessed": "Care Act 2014 ss 14(1)(a) and 17",
    "paused": f"Care Act 2014 s 15(2) {_SUBSTITUTED}",
}
"""Why costs accrue on a day, or why they do not, by the word for the day."""
