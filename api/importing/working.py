"""What comes of a file, tried or recorded: every bad row with its faults, and what became of the others."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from psycopg2.extensions import cursor

from api.errors import as_api_error
from api.importing.asking import AskedByRows, Progress, asked_by
from api.importing.faults import Faults, gathered
from api.importing.table import Table
from ledger.asked import Answer, Done, NotAll
from ledger.batch import Also, handle_many
from ledger.council import Council
from ledger.import_run import Came, FileGiven, Import, RowFault
from ledger.import_weighing import RowsWeighed, weigh_rows
from ledger.imports import Imports
from ledger.outcomes import Caller
from ledger.receipts import Receipt
from ledger.resuming import Clock
from ledger.store.database import StoreUnavailable

Stages = Callable[[str], AbstractContextManager[Progress]]
"""Opens a stage of the work by its name, and shows how far it is."""


def silently(_: str) -> AbstractContextManager[Progress]:
    """Stages that nobody watches."""
    return nullcontext(lambda done, total: None)


@dataclass(frozen=True, slots=True)
class Tried:
    """What would come of a file: rows and faults counted, and the accounts that would be opened or changed."""

    came: Came
    faults: Faults
    weighed: RowsWeighed


def file_given(table: Table, partial: bool) -> FileGiven:
    """The file as its import is known by."""
    return FileGiven(table.kind.name, partial, table.digest, table.rows)


def try_out(
    table: Table, council: Council, *, partial: bool, by: Caller, now: datetime, stages: Stages = silently
) -> Tried:
    """What would come of the file, were it given now. Nothing is recorded; raises NotATable, StoreUnavailable."""
    rows = _read(table, council, stages)
    weighed, faults = _weighed(rows, council, by, now, stages)
    new = len(rows.asked) - weighed.known - len(weighed.refused)
    applied = new if partial or not faults.count else 0
    return Tried(Came(applied, weighed.known, faults.rows, faults.count), faults, weighed)


def work(table: Table, council: Council, run: Import, clock: Clock, stages: Stages = silently) -> None:
    """Record the rows of an import and note what became of them; raises NotATable, StoreUnavailable.

    It may be cut off anywhere, and gone on with by whoever has the file: a row that was recorded is known again.
    """
    now = max(clock(), run.started_at)
    rows = _read(table, council, stages)
    if rows.faults and not run.file.partial:
        weighed, faults = _weighed(rows, council, run.by, now, stages)
        came = Came(0, weighed.known, faults.rows, faults.count)
    else:
        applied, known, refused = _recorded(rows, council, run, now, stages)
        faults = gathered([*rows.faults, *refused])
        came = Came(applied, known, faults.rows, faults.count)
    Imports(council).rows.end(run, came, faults.shown, council.ledger.recorder.latest(clock()))


def _read(table: Table, council: Council, stages: Stages) -> AskedByRows:
    with stages("Reading") as shown:
        return asked_by(table, council, shown)


def _weighed(
    rows: AskedByRows, council: Council, by: Caller, now: datetime, stages: Stages
) -> tuple[RowsWeighed, Faults]:
    with stages("Weighing") as shown:
        weighed = weigh_rows(council, rows.asked, by=by, now=now, progress=shown)
    refused = [_fault(rows.numbers[place], refusal) for place, refusal in weighed.refused.items()]
    return weighed, gathered([*rows.faults, *refused])


def _recorded(
    rows: AskedByRows, council: Council, run: Import, now: datetime, stages: Stages
) -> tuple[int, int, list[RowFault]]:
    """How many rows this import recorded, how many were known before it, and the faults of those refused."""
    answers, kept = _answers(rows, council, run, now, stages)
    done = [answer for answer in answers.values() if isinstance(answer, Done)]
    replayed = [answer.receipt for answer in done if answer.replayed]
    before_it_was_cut_off = Imports(council).rows.recorded_since(replayed, run.started_at) if replayed else 0
    refused = [_fault(rows.numbers[n], answer) for n, answer in answers.items() if isinstance(answer, Exception)]
    new = len(done) - len(replayed) if kept else 0
    return new + before_it_was_cut_off, len(replayed) - before_it_was_cut_off, refused


def _answers(
    rows: AskedByRows, council: Council, run: Import, now: datetime, stages: Stages
) -> tuple[Mapping[int, Answer], bool]:
    """What each row came to, and whether those that were not refused are kept."""
    all_or_nothing = not run.file.partial
    with stages("Recording") as shown:
        try:
            answers = handle_many(
                council.ledger,
                rows.asked,
                by=run.by,
                now=now,
                all_or_nothing=all_or_nothing,
                progress=shown,
                also=_with_their_rows(rows, council, run),
            )
        except NotAll as none:
            return none.answers, False
    return dict(enumerate(answers)), True


def _with_their_rows(rows: AskedByRows, council: Council, run: Import) -> Also:
    """Keeps of each entry from which row it comes."""

    def also(statements: cursor, brought: Sequence[tuple[int, Receipt]]) -> None:
        sources = ((receipt, rows.numbers[number]) for number, receipt in brought)
        council.import_sources.note(statements, run.run_id, sources)

    return also


def _fault(number: int, refusal: Exception) -> RowFault:
    """The fault of a row that could be read and was refused."""
    if isinstance(refusal, StoreUnavailable):
        raise refusal
    told = as_api_error(refusal)
    return RowFault(row=number, column=None, value="", rule=told.slug, fix=told.detail)
