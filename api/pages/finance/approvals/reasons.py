"""Why is an adjustment sent back?"""

RETURNED_BECAUSE = {
    "not-shown": "What it rests on is not shown",
    "wrong-amount": "The amount is wrong",
    "wrong-day": "The day is wrong",
    "not-called-for": "It is not called for",
}
