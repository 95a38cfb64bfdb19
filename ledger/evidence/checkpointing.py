"""How does a council's log come to be signed, every minute, by somebody who would notice if it had been changed?

What was signed last is kept outside the database too, in a file that is only added to, and the next is signed only if
it follows from that. So yesterday's database put back, or another one put in its place, is refused.
"""

from datetime import datetime
from typing import NamedTuple

from ledger.council import Council
from ledger.evidence.checkpoint import Checkpoint, Inconsistent, of_nothing, require_growth
from ledger.evidence.copies import Copies
from ledger.evidence.note import Signer, signed
from ledger.evidence.tree import consistency_proof
from ledger.store.evidence_log import EvidenceLog


def origin_of(code: str) -> str:
    """The name of a council's log."""
    return f"care-account-ledger/{code}"


class Signing(NamedTuple):
    """Whoever signs what one council's log says."""

    council: Council
    signer: Signer
    copies: Copies

    def sign(self, now: datetime, *, thorough: bool = False) -> Checkpoint | None:
        """Sign how the log stands, unless nothing was recorded since.

        New entries are hashed again from what is stored before their hashes are believed; when thorough, all are.
        Raises Inconsistent, NoHashYet, NotThere.
        """
        before = self.copies.last(self.signer.public())
        with self.council.verifier.transaction() as statements:
            log = EvidenceLog.at_one_moment(statements, self.council.names.schema)
            after = self.stand(log, now, thorough=thorough)
            if after.size == before.size:
                return None
        self.keep(after, signed(after.text, self.signer))
        return after

    def stand(self, log: EvidenceLog, now: datetime, *, thorough: bool = False) -> Checkpoint:
        """How the log stands, once that follows from what was signed before; raises as `sign` does."""
        before = self.copies.last(self.signer.public())
        after = Checkpoint(self.signer.name, log.size, log.root(log.size), now)
        for earlier in (before, self._last_in(log)):
            require_grown(log, earlier, after)
        if wrong := next(log.wrong(0 if thorough else before.size, log.size), None):
            raise Inconsistent(str(wrong))
        return after

    def keep(self, after: Checkpoint, note: str) -> None:
        """Keep what was signed of a log that stood so: in the database, and outside it."""
        before = self.copies.last(self.signer.public())
        with self.council.verifier.transaction() as statements:
            log = EvidenceLog(statements, self.council.names.schema)
            log.keep_nodes(before.size, after.size)
            log.keep_note(after.size, note)
        self.copies.add(note)

    def _last_in(self, log: EvidenceLog) -> Checkpoint:
        """The newest checkpoint that the database itself keeps; raises NotSigned."""
        note, key = log.last_note(), self.signer.public()
        return Checkpoint.read(note, key) if note else of_nothing(key.name)


def require_grown(log: EvidenceLog, earlier: Checkpoint, after: Checkpoint) -> None:
    """Raises Inconsistent unless the log as it stands now follows from how it stood."""
    proof = consistency_proof(earlier.size, after.size, log.whole) if earlier.size <= after.size else ()
    require_growth(earlier, after, proof)
