"""/v1/imports: take in a file of rows, see first what it would do, and read what became of it."""

from typing import Any
from uuid import UUID

from api.auth import Forbidden
from api.importing.answers import ImportBegun, ImportListed, ImportRead, ImportWeighed, begun, listed, read, weighed
from api.importing.columns import KINDS, KindName
from api.importing.faults import NotATable
from api.importing.table import Table, read_table
from api.importing.working import file_given, try_out, work
from api.kit.afterwards import afterwards
from api.kit.call import Answer, Call, TrueOrFalse, Write
from api.kit.endpoint import get, post
from api.kit.problems import ApiError, FieldProblem
from api.kit.reading import FileSent
from api.policy import may
from api.v1.paging import Paged, Place, cursor, place_of
from domain.dates import day_in_london
from domain.terms import Terms
from ledger.import_run import Import, NoSuchImport
from ledger.imports import Imports

_IMPORTS = "/v1/imports"
_NEWEST = 2**31 - 1
TAKES = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


class ImportAsked(Write):
    """Of which kind the rows are, and whether the good ones are to be recorded though others are bad."""

    kind: KindName
    partial: TrueOrFalse = False


class ImportsListed(Terms):
    """The council's imports, newest first."""

    items: tuple[ImportListed, ...]
    next: str | None


@post(_IMPORTS, "import_rows", FileSent, {202: ImportBegun, 200: ImportWeighed}, query=ImportAsked, takes=TAKES)
def start_import(call: Call[FileSent, ImportAsked]) -> Answer:
    """Record each row of a file, all of them or none; the work goes on after this answer.

    The file is CSV in UTF-8 or an Excel workbook. A row that was recorded before, by whichever file, is not recorded
    again. Who may import a kind is who may record the same one by one. An import of the same file that was cut off is
    gone on with.
    """
    kind = KINDS[call.query.kind]
    if not may(call.identity.role, kind.verb):
        raise Forbidden(Forbidden.__doc__)
    try:
        table = read_table(call.body.content, kind)
    except NotATable as fault:
        errors = [FieldProblem(pointer="", detail=line) for line in fault.lines]
        raise ApiError(422, "not-a-table", "The file cannot be read as rows of this kind.", errors) from None
    return _weigh(call, table) if call.query.dry_run else _begin(call, table)


def _begin(call: Call[FileSent, ImportAsked], table: Table) -> Answer:
    run, replayed = Imports(call.council).begin(
        file_given(table, call.query.partial), by=call.identity.caller, now=call.now, request=call.as_request
    )
    _go_on(call, table, run)
    headers = {"Location": f"{_IMPORTS}/{run.run_id}"} | ({"Idempotent-Replayed": "true"} if replayed else {})
    return Answer(begun(run), status=202, headers=headers)


def _weigh(call: Call[FileSent, ImportAsked], table: Table) -> Answer:
    tried = try_out(table, call.council, partial=call.query.partial, by=call.identity.caller, now=call.now)
    return Answer(weighed(table, call.query.partial, tried, call.council, day_in_london(call.now)))


@get(_IMPORTS, "read_council", ImportsListed, Paged)
def list_imports(call: Call[Any, Paged]) -> Answer:
    """Every import there was, newest first."""
    found = Imports(call.council).rows.standings(place_of(call).offset or _NEWEST, call.query.limit)
    last = found[-1].run.number if found else 1
    return Answer(ImportsListed(items=tuple(map(listed, found)), next=cursor(Place(offset=last)) if last > 1 else None))


@get(f"{_IMPORTS}/{{import_id}}", "read_council", ImportRead)
def read_import(call: Call[Any, Any]) -> Answer:
    """What became of an import: its rows counted, and what is wrong with each that is bad."""
    rows = Imports(call.council).rows
    standing = rows.standing(_import_id(call))
    return Answer(read(standing, rows.faults(standing.run)))


def _go_on(call: Call[Any, Any], table: Table, run: Import) -> None:
    council, clock = call.council, call.installation.settings.now
    afterwards(f"import {run.run_id} of {council.code}", lambda: work(table, council, run, clock))


def _import_id(call: Call[Any, Any]) -> UUID:
    """The import in the address; what is no id names no import either."""
    try:
        return UUID(call.ids["import_id"])
    except ValueError:
        raise NoSuchImport(NoSuchImport.__doc__) from None
