"""What do the rows of a table ask of the ledger, each known again by what it says?"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from api.importing.columns import ACCOUNT_REFERENCE, LOCAL_ID
from api.importing.faults import shown
from api.importing.rows import Row, Whose, read_rows
from api.importing.table import Table
from api.v1 import bodies
from api.v1.accounts import OpenCareAccount
from domain.account.commands import OpenAccount
from domain.account.statement import canonical
from ledger.asked import Asked, NewAccount
from ledger.council import Council
from ledger.import_run import RowFault
from ledger.receipts import Request
from ledger.reference import new_reference

CALLER = "import"
"""Whoever gives a file: a row that one of them recorded is known to every other."""

SHOWN_AFTER = 500
"""Rows are read far faster than anybody could watch."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class AskedByRows:
    """What good rows ask, in their order, with the number of each; and the faults of the bad ones."""

    numbers: list[int] = field(default_factory=list)
    asked: list[Asked | NewAccount] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


def asked_by(table: Table, council: Council, progress: Progress | None = None) -> AskedByRows:
    """What every row asks, whatever the others do."""
    found, good = AskedByRows(), list[Row]()
    for done, row in enumerate(read_rows(table), start=1):
        if isinstance(row, Row):
            good.append(row)
        else:
            found.faults += row
        if progress and (done % SHOWN_AFTER == 0 or done == table.rows):
            progress(done, table.rows)
    accounts, told = _Accounts(council, [row.whose for row in good if row.whose]), _Told(table.kind.name)
    for row in good:
        try:
            account_id = accounts.of(row.whose) if row.whose else None
        except _NotNamed as fault:
            found.faults.append(fault.of_row(row.number))
            continue
        found.numbers.append(row.number)
        found.asked.append(_asked(row, account_id, told.request(row, account_id)))
    return found


def _asked(row: Row, account_id: UUID | None, request: Request) -> Asked | NewAccount:
    if account_id is None:
        assert isinstance(row.body, OpenCareAccount)  # rows of every other kind name their account
        command = OpenAccount(reference=new_reference(), opened_on=row.body.opened_on)
        return NewAccount(uuid4(), command, request, row.body.person)
    asked = bodies.asked(row.body)
    return Asked(account_id, asked.command, request, (asked.words,) if asked.words else ())


class _Told:
    """How each row is known again: by what it says, and by how many rows of the file said the same before it.

    What it says is its body without what is left at its default, so that a column added later makes no other row of it,
    and the account's id, so that it does not matter how the file names the account.
    """

    def __init__(self, kind: str) -> None:
        self._kind, self._times = kind, Counter[str]()

    def request(self, row: Row, account_id: UUID | None) -> Request:
        """What makes the row the same one when it is given again, in whichever file."""
        said = [self._kind, str(account_id or ""), row.body.model_dump(mode="json", exclude_defaults=True)]
        what = hashlib.sha256(canonical(said)).hexdigest()
        self._times[what] += 1
        digest = hashlib.sha256(canonical([what, self._times[what]])).digest()
        return Request(CALLER, digest.hex(), digest)


class _NotNamed(Exception):
    """A row names no account of the council's, or two of them."""

    def __init__(self, column: str, value: str, rule: str, fix: str) -> None:
        super().__init__(fix)
        self._said = {"column": column, "value": value, "rule": rule, "fix": fix}

    def of_row(self, number: int) -> RowFault:
        """The fault of the row."""
        return RowFault.model_validate({"row": number, **self._said})


class _Accounts:
    """The accounts that rows name, looked up together."""

    def __init__(self, council: Council, named: Sequence[Whose]) -> None:
        self._of_reference = council.ledger.references.accounts(
            {each.account_reference for each in named if each.account_reference}
        )
        self._of_local_id = council.people.taken({each.local_id for each in named if each.local_id})

    def of(self, whose: Whose) -> UUID:
        """The account of a row; raises _NotNamed."""
        found = {
            *self._found(ACCOUNT_REFERENCE, whose.account_reference, self._of_reference),
            *self._found(LOCAL_ID, whose.local_id, self._of_local_id),
        }
        if len(found) > 1:
            fix = "The reference and the local_id are of two accounts: find out which is meant, and name that one."
            raise _NotNamed(LOCAL_ID, shown(whose.local_id or "", personal=True), "two-accounts", fix)
        return found.pop()

    def _found(self, column: str, name: str | None, accounts: dict[str, UUID]) -> Iterable[UUID]:
        if name is None:
            return ()
        if name not in accounts:
            fix = f"The council keeps no account of this {column}. Compare it, or import the account first."
            raise _NotNamed(column, shown(name, personal=True), "no-such-account", fix)
        return (accounts[name],)
