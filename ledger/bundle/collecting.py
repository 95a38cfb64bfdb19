"""How is the evidence of some accounts, each as it was known then, put into files that prove themselves?"""

import json
from collections.abc import Mapping
from uuid import UUID

from ledger.bundle.manifest import MANIFEST, NO_BUNDLE, Manifest
from ledger.bundle.writing import Signed
from ledger.council import Council
from ledger.evidence.checkpoint import Checkpoint
from ledger.evidence.export import line_with_proof, size_of, write_entries, write_proof
from ledger.evidence.note import PublicKey, Signer
from ledger.store.evidence_log import EvidenceLog


def collect(council: Council, versions: Mapping[UUID, int], key: PublicKey | None, files: Signed) -> str:
    """Write the entries of some accounts, each up to a version, every change of scheme or amounts, and what it takes to
    check them. The newest checkpoint. Raises NoHashYet.
    """
    with council.app.transaction() as statements:
        log = EvidenceLog.at_one_moment(statements, council.names.schema)
        notes = log.notes()
        size = size_of(notes[-1])
        found = {each.place: each for of in versions for each in log.entries_of(of) if each.place < size}
        wanted = (found[place] for place in sorted(found) if _wanted(found[place].entry, versions))
        write_entries(files, (line_with_proof(log, each, size) for each in wanted), size, lambda *_: None)
    write_proof(files, notes, key)
    return notes[-1]


def _wanted(entry: bytes, versions: Mapping[UUID, int]) -> bool:
    """Whether an entry is of no account, or of one of them and not too late."""
    said = json.loads(entry)
    return "stream" in said or said["version"] <= versions[UUID(said["account_id"])]


def sign_list(files: Signed, note: str, signer: Signer) -> None:
    """Write the list of the files, by the SHA-256 of each, under a checkpoint and signed with the log's key."""
    manifest = Manifest(Checkpoint.read(note, signer.public()), 0, NO_BUNDLE, dict(files.digests), {})
    files.add(MANIFEST, [manifest.signed(signer).encode()])
