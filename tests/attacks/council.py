"""A council with a few lives in it, signed, witnessed and copied; what may be done to it, and how it is made good."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from psycopg2.extensions import cursor

from api.verifying import Evidence, Verifying
from api.wiring import Installation
from domain.account.commands import IssueStatement
from ledger.council import Council
from ledger.evidence.checkpoint import Checkpoint
from ledger.evidence.checkpointing import Signing, origin_of
from ledger.evidence.copies import Copies
from ledger.evidence.found import Found
from ledger.evidence.note import COSIGNATURE, Signer
from ledger.evidence.said import Kept
from ledger.evidence.tree import consistency_proof
from ledger.evidence.witnessing import Asked, keep_witnessed, witness
from ledger.store.evidence_log import EvidenceLog
from projections.follow import catch_up
from tests.conftest import NOON
from tests.integration.conftest import administering
from tests.integration.posting import posted_run, self_funder, told
from tests.integration.recording import set_budget
from tests.integration.test_export import live

CHANGES = 4
"""How many schemes a new council is given: the first leaves of its tree."""
LATER = NOON + timedelta(minutes=1)
TABLES = (
    "head",
    "events",
    "receipts",
    "policy_entries",
    "scheme_changes",
    "checkpoints",
    "tree_nodes",
    "cosignatures",
    "progress_spans",
)
"""What is put back after each attack, in this order; emptied in the other."""


class Attacked(NamedTuple):
    """The council, whoever signs its log, and what is kept where nobody who can change the database comes."""

    installation: Installation
    council: Council
    signing: Signing
    witness: Signer
    seen: Copies

    @property
    def schema(self) -> str:
        return self.council.names.schema

    def found(self) -> list[Found]:
        """What does not hold, as the command and the worker come to it."""
        kept = [Kept("the copy", self.signing.copies.notes()), Kept("the witness", self.seen.notes())]
        evidence = Evidence(self.signing.signer.public(), [Kept(each.where, list(each.notes)) for each in kept])
        verifying = Verifying(self.council, evidence)
        done = verifying.go_on(verifying.begin(by="alice", now=NOON), lambda: NOON)
        return self.council.verifications.findings(done, 10_000)

    def sign(self) -> Checkpoint | None:
        """Sign how the log stands, and have the neighbour witness it."""
        before = self.seen.last(self.signing.signer.public()).size
        signed = self.signing.sign(LATER)
        if signed:
            *_, note = self.signing.copies.notes()
            with self.council.verifier.transaction() as statements:
                log = EvidenceLog.at_one_moment(statements, self.schema)
                asked = Asked(before, consistency_proof(before, signed.size, log.whole), note)
            line = witness(asked, self.signing.signer.public(), self.seen, self.witness, LATER)
            keep_witnessed(self.council, line, self.witness.public(COSIGNATURE))
        return signed

    @contextmanager
    def as_superuser(self) -> Iterator[cursor]:
        """Whatever may be done to the database by somebody who may do anything."""
        with administering(self.installation) as statements:
            yield statements

    def save(self, to: str) -> None:
        """Keep every table aside, as somebody does who copies the files of the database."""
        with self.as_superuser() as statements:
            statements.execute(f"DROP SCHEMA IF EXISTS {to} CASCADE")
            statements.execute(f"CREATE SCHEMA {to}")
            for table in TABLES:
                statements.execute(f"CREATE TABLE {to}.{table} AS SELECT * FROM {self.schema}.{table}")

    def put_back(self, saved: str) -> None:
        """Have every table hold what it held when it was kept aside."""
        with self.as_superuser() as statements:
            for table in reversed(TABLES):
                statements.execute(f"DELETE FROM {self.schema}.{table}")
            for table in TABLES:
                statements.execute(
                    f"INSERT INTO {self.schema}.{table} OVERRIDING SYSTEM VALUE SELECT * FROM {saved}.{table}"
                )


def attacked(installation: Installation, council: Council, folder: Path) -> Attacked:
    """Lives, a posting run and statements, signed and witnessed twice; yesterday's files are kept aside."""
    signer = Signer.of_file(origin_of(council.code), folder / "key")
    signing = Signing(council, signer, Copies(folder / "copies"))
    neighbour = Signer.of_file("witness.example", folder / "witness.key")
    found = Attacked(installation, council, signing, neighbour, Copies(folder / "seen"))
    mrs_a, mr_b = self_funder(council), self_funder(council)
    live(council, mrs_a)
    found.sign()
    found.save(f"{found.schema}_yesterday")
    posted_run(council, date(2024, 4, 28))
    told(council, mrs_a, IssueStatement(to=date(2025, 3, 31), kind="annual", known_at=NOON))
    for pounds in (960, 970, 980):
        set_budget(council, mr_b, pounds)
    found.sign()
    catch_up(council)
    found.save(f"{found.schema}_today")
    return found
