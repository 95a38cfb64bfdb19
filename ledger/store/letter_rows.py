"""Where letters are kept on their way. Whoever works at one takes it, and a letter that is taken is taken by one."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.letters import (
    Heard,
    Letter,
    LetterEvent,
    Listed,
    NoSuchLetter,
    NotHandedOver,
    SentAgainAlready,
    State,
    StillOnItsWay,
    Told,
    What,
    first_letter,
    letter_instead_of,
)
from ledger.store.copying import copy_in
from ledger.store.database import Database
from ledger.store.names import CouncilNames

_LETTER = (
    "letter_id", "account_id", "what", "version", "copy_for", "instead_of", "asked_at", "asked_by", "site",
    "state", "carrier", "carrier_id", "tries", "next_at", "changed_at",
)  # fmt: skip
_EVENT = ("letter_id", "number", "at", "state", "said", "by", "digest")
_COLUMNS = ", ".join(f"letters.{name}" for name in _LETTER)
Paced = Literal["requests", "letters"]


class Letters:
    """One council's letters."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._schema = names.schema
        self._letters = f"{names.schema}.letters"

    def put(self, statements: cursor, about: Iterable[Told], *, by: str, now: datetime) -> None:
        """Have letters go out about entries, in the transaction that decides it. Each entry has one first letter."""
        rows = [_new(first_letter(told), told, by, now) for told in sorted(about)]
        copy_in(statements, self._letters, _LETTER, rows)

    def ask(self, letter_id: UUID, told: Told, *, by: str, now: datetime, site: str | None = None) -> bool:
        """Have a letter go out because somebody asked for it; False where this was asked for before."""
        with self._database.transaction() as statements:
            statements.execute(
                f"INSERT INTO {self._letters} ({', '.join(_LETTER)}) VALUES ({', '.join(['%s'] * len(_LETTER))})"
                " ON CONFLICT (letter_id) DO NOTHING",
                [str(each) if isinstance(each, UUID) else each for each in _new(letter_id, told, by, now, site=site)],
            )
            return bool(statements.rowcount)

    def take(self, now: datetime, until: datetime) -> Letter | None:
        """A letter that something has to be done about now, taken until a moment; None where there is none.

        Whoever takes it and dies is noticed by that moment, and whoever takes it then sees that it was tried.
        """
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT {_COLUMNS} FROM {self._letters} WHERE next_at <= %s"
                " ORDER BY next_at, letter_id LIMIT 1 FOR UPDATE SKIP LOCKED",
                (now,),
            )
            row = statements.fetchone()
            if row is None:
                return None
            letter = _letter(row)
            tries = letter.tries + (letter.state == "waiting")
            statements.execute(
                f"UPDATE {self._letters} SET tries = %s, next_at = %s WHERE letter_id = %s",
                (tries, until, str(letter.letter_id)),
            )
            return _letter([*row[:-3], tries, until, row[-1]])

    def put_back(self, letter: Letter, next_at: datetime) -> None:
        """Leave a letter that was taken for later: nothing was tried."""
        with self._database.transaction() as statements:
            statements.execute(
                f"UPDATE {self._letters} SET tries = %s, next_at = %s WHERE letter_id = %s AND tries = %s",
                (letter.tries - (letter.state == "waiting"), next_at, str(letter.letter_id), letter.tries),
            )

    def note(self, letter_id: UUID, heard: Heard, now: datetime) -> bool:
        """Keep what became of a letter, unless it has come further; whether it was kept. Raises NoSuchLetter."""
        with self._database.transaction() as statements:
            letter = self._held(statements, letter_id)
            if not letter.moved_by(heard):
                return False
            self._change(statements, letter, heard, now)
            return True

    def came_back(self, letter_id: UUID, said: str, *, by: str, now: datetime) -> None:
        """Note that the post brought a letter back; raises NoSuchLetter, NotHandedOver."""
        with self._database.transaction() as statements:
            letter = self._held(statements, letter_id)
            if letter.state in ("waiting", "failed"):
                raise NotHandedOver
            if letter.state != "returned":
                self._change(statements, letter, Heard("returned", said, by), now)

    def send_again(self, letter_id: UUID, *, by: str, now: datetime) -> UUID:
        """Have another letter about the same entry go out; the old one stays. The same asked again is the same letter.

        Raises NoSuchLetter, StillOnItsWay, SentAgainAlready.
        """
        with self._database.transaction() as statements:
            letter, new = self._held(statements, letter_id), letter_instead_of(letter_id)
            if letter.state == "waiting":
                raise StillOnItsWay
            statements.execute(f"SELECT FROM {self._letters} WHERE letter_id = %s", (str(new),))
            if statements.rowcount:
                raise SentAgainAlready
            copy_in(
                statements,
                self._letters,
                _LETTER,
                [_new(new, letter.told, by, now, instead_of=letter_id, site=letter.site)],
            )
            return new

    def count(self, what: Paced, begins: datetime, most: int, number: int = 1) -> bool:
        """Count something within a minute or a day, and say whether it was still allowed: all who send count here."""
        with self._database.transaction() as statements:
            statements.execute(
                f"INSERT INTO {self._schema}.sending_paces AS counted (what, begins, number) VALUES (%s, %s, %s)"
                " ON CONFLICT (what, begins) DO UPDATE SET number = counted.number + excluded.number"
                " WHERE counted.number + excluded.number <= %s RETURNING number",
                (what, begins, number, most),
            )
            return statements.fetchone() is not None

    def fill(self, what: Paced, begins: datetime, most: int) -> None:
        """Count no more within a day: the carrier said that it is full."""
        with self._database.transaction() as statements:
            statements.execute(
                f"INSERT INTO {self._schema}.sending_paces AS counted (what, begins, number) VALUES (%s, %s, %s)"
                " ON CONFLICT (what, begins) DO UPDATE SET number = excluded.number",
                (what, begins, most),
            )

    def counted(self, what: Paced, begins: datetime) -> int:
        """How many were counted within a minute or a day."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT number FROM {self._schema}.sending_paces WHERE what = %s AND begins = %s", (what, begins)
            )
            row = statements.fetchone()
        return int(row[0]) if row else 0

    def states(self) -> dict[tuple[What, State], int]:
        """How many letters of each kind stand where."""
        with self._database.transaction() as statements:
            statements.execute(f"SELECT what, state, count(*) FROM {self._letters} GROUP BY what, state")
            return {(what, state): number for what, state, number in statements}

    def listed(self, states: Collection[State], *, to_look_at: bool, offset: int, limit: int) -> list[Listed]:
        """Letters in some states, the newest first, or only those that somebody has to do something about."""
        where = "letters.state = ANY(%s) AND (NOT %s OR later.letter_id IS NULL)"
        return self._listed(where, (list(states), to_look_at), offset, limit)

    def of(self, account_id: UUID) -> list[Listed]:
        """Every letter about one account, the oldest first."""
        return self._listed("letters.account_id = %s", (str(account_id),), 0, None)[::-1]

    def one(self, letter_id: UUID) -> Listed:
        """One letter; raises NoSuchLetter."""
        found = self._listed("letters.letter_id = %s", (str(letter_id),), 0, 1)
        if not found:
            raise NoSuchLetter(NoSuchLetter.__doc__)
        return found[0]

    def events(self, letter_id: UUID) -> list[LetterEvent]:
        """What was done with a letter and heard of it, in order."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT at, state, said, by, digest FROM {self._schema}.letter_events WHERE letter_id = %s"
                " ORDER BY number",
                (str(letter_id),),
            )
            return [LetterEvent(*row) for row in statements]

    def _listed(self, where: str, values: tuple[object, ...], offset: int, limit: int | None) -> list[Listed]:
        """`where` is one of our own conditions, never a caller's text."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT {_COLUMNS}, reference, later.letter_id FROM {self._letters} AS letters"
                f" JOIN {self._schema}.account_references USING (account_id)"
                f" LEFT JOIN {self._letters} AS later ON later.instead_of = letters.letter_id"
                f" WHERE {where} ORDER BY letters.asked_at DESC, reference, letters.letter_id OFFSET %s LIMIT %s",
                (*values, offset, limit),
            )
            return [
                Listed(_letter(row), reference, UUID(later) if later else None) for *row, reference, later in statements
            ]

    def _held(self, statements: cursor, letter_id: UUID) -> Letter:
        statements.execute(f"SELECT {_COLUMNS} FROM {self._letters} WHERE letter_id = %s FOR UPDATE", (str(letter_id),))
        row = statements.fetchone()
        if row is None:
            raise NoSuchLetter(NoSuchLetter.__doc__)
        return _letter(row)

    def _change(self, statements: cursor, letter: Letter, heard: Heard, now: datetime) -> None:
        statements.execute(
            f"UPDATE {self._letters} SET state = %s, carrier = %s, carrier_id = %s, next_at = %s, changed_at = %s"
            " WHERE letter_id = %s",
            (
                heard.state,
                heard.carrier or letter.carrier,
                heard.carrier_id or letter.carrier_id,
                heard.next_at,
                now,
                str(letter.letter_id),
            ),
        )
        statements.execute(
            f"INSERT INTO {self._schema}.letter_events ({', '.join(_EVENT)})"
            f" SELECT %s, 1 + count(*), %s, %s, %s, %s, %s FROM {self._schema}.letter_events WHERE letter_id = %s",
            (str(letter.letter_id), now, heard.state, heard.said, heard.by, heard.digest, str(letter.letter_id)),
        )


def _new(
    letter_id: UUID, told: Told, by: str, now: datetime, *, instead_of: UUID | None = None, site: str | None = None
) -> tuple[object, ...]:
    return letter_id, *told, instead_of, now, by, site, "waiting", None, None, 0, now, now


def _letter(row: Sequence[Any]) -> Letter:
    letter_id, account_id, what, version, copy_for, instead_of, asked_at, asked_by, *rest = row
    told = Told(UUID(account_id), what, version, copy_for)
    return Letter(UUID(letter_id), told, UUID(instead_of) if instead_of else None, asked_at, asked_by, *rest)
