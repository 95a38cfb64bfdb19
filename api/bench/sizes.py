"""How much of each workload is there: the sizes of the specification, or less of everything?"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Size:
    """How many accounts and entries each workload works on, and for how many seconds those run that have no end."""

    clients: int
    seconds: int
    accounts_commanded: int
    """Of each council that W1 sends commands to."""
    accounts_in_batch: int
    accounts_read: int
    entries_of_one: int
    accounts_listed: int
    events_rebuilt: int
    assessments: int
    statements: int
    accounts_posted: int
    entries_of_posted: int

    def of(self, accounts: int | None, entries: int | None) -> "Size":
        """The same with another number of accounts, or of entries an account, for whatever works on many."""
        given = self
        if accounts:
            given = replace(given, accounts_in_batch=accounts, accounts_listed=accounts, accounts_posted=accounts)
        if entries:
            given = replace(given, entries_of_one=entries, entries_of_posted=entries)
        return given


FEW = 20
"""So many entries has an account where the specification asks for few."""

SIZES = {
    "small": Size(2, 1, 20, 50, 10, 200, 50, 1_000, 200, 24, 20, 30),
    "normal": Size(8, 4, 500, 5_000, 200, 200, 5_000, 100_000, 5_000, 400, 1_000, 100),
    "full": Size(8, 10, 2_000, 50_000, 200, 200, 100_000, 1_000_000, 20_000, 2_000, 100_000, 100),
}
