"""How does a neighbour see, without seeing anybody's account, that a council's log only grows?

The request is that of C2SP's tlog-witness: the size that the witness saw last, what shows the growth since, and the new
checkpoint. The answer is a line to put under the checkpoint. A request is a text, so it may go by any way there is.
"""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from ledger.council import Council
from ledger.evidence.checkpoint import Checkpoint, Inconsistent, cosigned, require_growth, witnessed
from ledger.evidence.copies import Copies
from ledger.evidence.note import NotSigned, PublicKey, Signer
from ledger.evidence.said import Cosigned
from ledger.evidence.tree import Hash
from ledger.store.checked_log import CheckedLog


class Asked(NamedTuple):
    """What a witness is asked to sign."""

    before: int
    proof: Sequence[Hash]
    note: str

    def __str__(self) -> str:
        lines = [f"old {self.before}", *(base64.b64encode(each).decode() for each in self.proof)]
        return "".join(f"{line}\n" for line in lines) + f"\n{self.note}"

    @classmethod
    def read(cls, text: str) -> "Asked":
        """What a text asks; raises NotSigned for one that asks nothing."""
        head, _, note = text.partition("\n\n")
        old, *proof = head.split("\n")
        try:
            return cls(int(old.removeprefix("old ")), [base64.b64decode(each, validate=True) for each in proof], note)
        except (ValueError, binascii.Error) as fault:
            raise NotSigned("This is no request to a witness: make one with careledger checkpoint --since.") from fault


def witness(asked: Asked, of: PublicKey, seen: Copies, signer: Signer, at: datetime) -> str:
    """The witness's line, once what was seen last leads to what is asked; raises Inconsistent, NotSigned."""
    before, after = seen.last(of), Checkpoint.read(asked.note, of)
    if asked.before != before.size:
        raise Inconsistent(
            f"The last checkpoint of {of.name} seen here has {before.size:,} entries, and this request begins at"
            f" {asked.before:,}. Ask for one with: careledger checkpoint --since {before.size}."
        )
    require_growth(before, after, asked.proof)
    line = cosigned(asked.note, signer, at)
    seen.add(asked.note + line)
    return line


def keep_witnessed(council: Council, line: str, witness: PublicKey) -> Cosigned:
    """Keep a witness's line under the checkpoint that it is of; raises NotSigned where it is of none."""
    with council.verifier.transaction() as statements:
        log = CheckedLog.at_one_moment(statements, council.names.schema)
        for note in reversed(log.notes()):
            if any(witnessed(note + line, witness)):
                kept = Cosigned(Checkpoint.unproved(note).size, str(witness), line)
                log.keep_cosignature(kept)
                return kept
    raise NotSigned(f"{witness.name} signed no checkpoint that is kept here.")
