"""What tests ask of every answer: is each account that it names written down as looked at?"""

from dataclasses import dataclass
from uuid import UUID

from werkzeug.test import TestResponse

from ledger.council import Council
from ledger.store.access_log import Looked, Wanted


@dataclass(frozen=True)
class Watch:
    """One council, from a moment of its access log on."""

    council: Council
    last: int

    @classmethod
    def from_now(cls, council: Council) -> "Watch":
        newest = council.access_log.read(Wanted(limit=1))
        return cls(council, newest[0].position if newest else 0)

    def looks(self) -> list[Looked]:
        """What was written down since, the newest first."""
        return [each for each in self.council.access_log.read(Wanted(limit=None)) if each.position > self.last]

    def named_in(self, answer: TestResponse) -> set[UUID]:
        """The accounts that an answer names, by id or by reference, in its body or where it leads to.

        What it was asked for it may repeat.
        """
        text = answer.get_data().decode("utf-8", "replace") + answer.headers.get("Location", "")
        text = text.replace(answer.request.path, "")
        with self.council.app.transaction() as statements:
            statements.execute(f"SELECT account_id, reference FROM {self.council.names.schema}.account_references")
            return {UUID(each) for each, reference in statements if each in text or reference in text}

    def not_written_down(self, answer: TestResponse) -> set[UUID]:
        """The accounts that an answer shows without its being written down; there may be none."""
        return self.named_in(answer) - {each.account_id for each in self.looks()}
