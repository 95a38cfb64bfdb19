"""/v1/proofs: that an entry stands in the council's evidence log, and that the log has only grown."""

from typing import Annotated, Any

from pydantic import Field

from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.kit.problems import ApiError, invalid_field
from domain.terms import Terms
from ledger.evidence.proving import signed
from ledger.evidence.tree import Hash, consistency_proof, inclusion_proof
from ledger.store.evidence_log import EvidenceLog

MOST = 2**53 - 1
Position = Annotated[int, Field(ge=1, le=MOST)]
Size = Annotated[int, Field(ge=0, le=MOST)]


class LastCheckpoint(Terms):
    """What was last said of the log and signed: a note by C2SP's form, to be checked by the council's public key.

    Before anything is signed, by `careledger checkpoint`, the size is 0 and the note is empty.
    """

    size: int
    note: str


class OfEntry(Terms):
    """Which entry, by the position that its receipt gives."""

    position: Position


class Included(Terms):
    """How an entry's hash, `leaf`, leads to the root that `note` says of the tree of `size` leaves.

    By RFC 9162 section 2.1.3: `index` is where the leaf stands, counted from nought. All hashes are hexadecimal.
    """

    position: int
    index: int
    leaf: str
    size: int
    proof: tuple[str, ...]
    note: str


class OfGrowth(Terms):
    """From which size of the log to which: to that of the last checkpoint where the second is left out."""

    before: Size
    size: Size | None = None


class Grown(Terms):
    """What shows that the log of `size` leaves begins with that of `before` (RFC 9162 section 2.1.4)."""

    before: int
    size: int
    proof: tuple[str, ...]


@get("/v1/proofs/checkpoint", "read_proofs", LastCheckpoint)
def read_checkpoint(call: Call[Any, Any]) -> Answer:
    """The newest checkpoint of the council's evidence log."""
    with call.council.app.transaction() as statements:
        log = EvidenceLog.at_one_moment(statements, call.council.names.schema)
        size, note = signed(log)
    return Answer(LastCheckpoint(size=size, note=note))


@get("/v1/proofs/inclusion", "read_proofs", Included, OfEntry)
def prove_inclusion(call: Call[Any, OfEntry]) -> Answer:
    """That an entry stands in the log, under the newest checkpoint."""
    with call.council.app.transaction() as statements:
        log = EvidenceLog.at_one_moment(statements, call.council.names.schema)
        (size, note), index = signed(log), log.index_of(call.query.position)
        if index >= size:
            raise _beyond("/position", size)
        (leaf,), proof = log.leaves(index, index + 1), inclusion_proof(index, size, log.whole)
    found = Included(
        position=call.query.position, index=index, leaf=leaf.hex(), size=size, proof=_hex(proof), note=note
    )
    return Answer(found)


@get("/v1/proofs/consistency", "read_proofs", Grown, OfGrowth)
def prove_consistency(call: Call[Any, OfGrowth]) -> Answer:
    """That the log begins with what it was when it had fewer entries."""
    with call.council.app.transaction() as statements:
        log = EvidenceLog.at_one_moment(statements, call.council.names.schema)
        last, _ = signed(log)
        size, before = last if call.query.size is None else call.query.size, call.query.before
        if size > last:
            raise _beyond("/size", last)
        if before > size:
            raise invalid_field("/before", "A log does not begin with a larger one: ask for fewer entries.")
        proof = consistency_proof(before, size, log.whole)
    return Answer(Grown(before=before, size=size, proof=_hex(proof)))


def _beyond(field: str, size: int) -> ApiError:
    return invalid_field(field, f"That far nothing has been signed yet, only {size} entries. Try again in a minute.")


def _hex(proof: list[Hash]) -> tuple[str, ...]:
    return tuple(each.hex() for each in proof)
