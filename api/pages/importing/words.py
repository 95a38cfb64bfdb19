"""How is said what kind of rows a file has, where it stands, and what is wrong with it?"""

KINDS = {
    "accounts": "Accounts to open",
    "needs": "Needs assessments",
    "budgets": "Personal budgets",
    "assessments": "Financial assessments made elsewhere",
    "charges": "Charges",
}
BAD_ROWS = {
    "none": "Record nothing until every row is right",
    "good": "Record the good rows, and leave the bad ones",
}
STATES = {
    "checking": ("Being checked", "blue"),
    "waits": ("Waits for a second person", "yellow"),
    "nothing_new": ("Nothing new in it", "grey"),
    "bad": ("Rows are wrong", "orange"),
    "committed": ("Let in", "green"),
    "rejected": ("Turned away", "grey"),
}
STATUSES = {
    "running": ("Under way", "blue"),
    "recorded": ("Recorded", "green"),
    "recorded_in_part": ("Recorded in part", "yellow"),
    "nothing_new": ("Nothing new in it", "grey"),
    "refused": ("Nothing recorded", "orange"),
}
REASONS = {
    "wrong-file": "It is the wrong file",
    "wrong-figures": "Figures are wrong",
    "wrong-people": "They are for the wrong people",
    "not-needed": "It is not needed any more",
}
AMOUNTS = {
    "weekly_cost": "Budgets, a week",
    "weekly_contribution": "Contributions, a week",
    "charged": "Charges so far",
    "accrued_costs": "Counted so far",
}
