"""Which evidence does a form ask for, and of which files is it made?"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from api.letters.printed import printed
from api.pages.asked import Asked
from api.pages.audit.references import accounts_named
from api.pages.explained import told
from api.pages.page import Visit
from domain.account.facts import StatementIssued
from domain.account.progress import cap_progress
from domain.account.state import CareAccount, Entry
from domain.account.statement import canonical
from domain.dates import day_in_london, instant_text
from ledger.bundle.collecting import collect, sign_list
from ledger.bundle.places import Zipped
from ledger.bundle.writing import Signed
from ledger.council import Council
from ledger.evidence.checkpointing import origin_of
from ledger.evidence.note import Signer
from ledger.evidence.proving import size_signed

CONTENTS: Mapping[str, str] = {
    "figures": "The figures of each account and how they were worked out",
    "statements": "Each statement as it was printed, under the reference alone",
}


@dataclass(frozen=True)
class Bundled:
    """The evidence that is asked for: accounts as known at a moment.

    `signed` is how many entries of the log were signed last, `signs` whether this machine can sign the list of files.
    """

    accounts: tuple[CareAccount, ...]
    known_at: datetime
    contents: tuple[str, ...]
    signed: int
    signs: bool

    @staticmethod
    def statements(account: CareAccount) -> Sequence[tuple[Entry, StatementIssued]]:
        """The statements that had been made."""
        return account.of(StatementIssued)


def bundled(visit: Visit, asked: Asked) -> Bundled | None:
    """What a form asks for; None where it cannot be had, and then the mistakes are kept by field."""
    named, known_at = accounts_named(visit, asked, "references"), _moment(visit, asked)
    newest = [visit.council.ledger.account(account_id) for account_id in named]
    then = [account.as_known_at(known_at) for account in newest]
    for account, known in zip(newest, then, strict=True):
        if known is None:
            asked.errors["known_at"] = f"Nothing was recorded of {account.opened.reference} by then: enter a later day"
    signed = size_signed(visit.council)
    if named and not signed:
        asked.errors["references"] = "Nothing has been signed yet, so nothing can be proved. Try again in a minute"
    if asked.errors:
        return None
    contents = tuple(asked.some_of("contents", CONTENTS))
    return Bundled(tuple(filter(None, then)), known_at, contents, signed, _key_of(visit).exists())


def _moment(visit: Visit, asked: Asked) -> datetime:
    exact = asked.instant("known_at", visit.latest)
    if exact:
        return exact
    return asked.known("known_at", asked.day_in_boxes("known_at"), asked.text("time"), visit.latest)


def _key_of(visit: Visit) -> Path:
    """Where the key of the council's log is kept, where this machine signs it."""
    return visit.installation.settings.home / "evidence" / f"{visit.council.code}.key"


def made(visit: Visit, found: Bundled) -> bytes:
    """The evidence as one zip."""
    council, written = visit.council, io.BytesIO()
    signer = Signer.of_file(origin_of(council.code), _key_of(visit)) if found.signs else None
    versions = {account.id: account.version for account in found.accounts}
    zipped = Zipped(written)
    files = Signed(zipped)
    note = collect(council, versions, signer.public() if signer else None, files)
    for name, content in _read(council, found):
        files.add(name, [content])
    if signer:
        sign_list(files, note, signer)
    zipped.close()
    return written.getvalue()


def _read(council: Council, found: Bundled) -> Iterator[tuple[str, bytes]]:
    """What people and their programs read of it, by the name of the file."""
    if "figures" in found.contents:
        yield "figures.json", canonical([_figures(council, account, found.known_at) for account in found.accounts])
    if "statements" in found.contents:
        for account in found.accounts:
            yield from printed(council, account)


def _figures(council: Council, account: CareAccount, known_at: datetime) -> dict[str, object]:
    """The figures at the close of the moment's day, and what makes them up."""
    on, scheme = day_in_london(known_at), council.scheme_at(known_at)
    return {
        "account_id": str(account.id),
        "reference": account.opened.reference,
        "version": account.version,
        "known_at": instant_text(known_at),
        "on": on.isoformat(),
        "scheme": scheme.name,
        "figures": cap_progress(account, scheme, on).model_dump(mode="json", by_alias=True),
        "explanation": told(account, scheme, on, "accrued_costs").whole.model_dump(mode="json", by_alias=True),
    }
