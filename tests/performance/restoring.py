"""How long does it take to have a council again from its bundle alone? `python -m tests.performance.restoring`.

The database that the bundle was made of is gone by then, and another is made. What each part took is printed, and
whether the root of the log and the figures of some accounts are the same.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

import pyrage

from api.bench.filling import fill
from api.bundles.readable import readable
from api.settings import Settings
from api.wiring import Installation
from domain.account.progress import cap_progress
from ledger.bundle.places import made, opened
from ledger.bundle.restoring import Restoring
from ledger.bundle.writing import Asked, Writing
from ledger.council import Council
from ledger.evidence.checkpointing import Signing, origin_of
from ledger.evidence.copies import Copies
from ledger.evidence.note import Signer
from ledger.store.evidence_log import EvidenceLog
from ledger.store.migrate import Setup

CODE = "E90000001"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ENTRIES = 32
COMPARED = 100
"""So many accounts' figures are compared."""


class Watch:
    """Says how long each part took."""

    def __init__(self) -> None:
        self.since, self.worked = perf_counter(), process_time()

    def said(self, what: str) -> float:
        """How long it took by the clock; printed beside what this process itself worked."""
        took, worked = perf_counter() - self.since, process_time() - self.worked
        self.since, self.worked = perf_counter(), process_time()
        print(f"{what}: {took:.1f} s, {worked:.1f} s of it CPU of this process", flush=True)
        return took


@contextmanager
def machine() -> Iterator[Installation]:
    """An installation of its own, with nothing in it, that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="careledger-") as folder:
        installation = Installation(Settings(home=Path(folder), clock=NOW, database_url=None))
        installation.start()
        try:
            yield installation
        finally:
            installation.stop()


def stands(council: Council) -> tuple[int, bytes, list[object]]:
    """How many entries a council's log has, their root, and figures of some accounts."""
    with council.verifier.transaction() as statements:
        log = EvidenceLog.at_one_moment(statements, council.names.schema)
        size, root = log.size, log.root(log.size)
    with council.app.transaction() as statements:
        statements.execute(
            f"SELECT account_id FROM {council.names.schema}.account_references ORDER BY 1 LIMIT {COMPARED}"
        )
        accounts = [account_id for (account_id,) in statements.fetchall()]
    return size, root, [cap_progress(council.ledger.account(each), council.scheme, NOW.date()) for each in accounts]


def bundled(bundle: Path, recipient: str, events: int, keys: Path) -> tuple[Signer, tuple[int, bytes, list[object]]]:
    """Make a council, write its bundle, and lose the council."""
    watch, signer = Watch(), Signer.of_file(origin_of(CODE), keys / "key")
    with machine() as installation:
        council = installation.init(CODE, Setup("Example Council", "reform-2023"))
        fill(council, events // ENTRIES, ENTRIES, lambda *_: None)
        watch.said(f"{events:,} events made")
        with installation.administering() as admin, made(bundle, [recipient]) as files:
            writing = Writing(council, admin, Signing(council, signer, Copies(keys / "copies")))
            pages = readable(council, None, with_names=True, on=NOW.date())
            writing.write(files, Asked(with_people=True), pages, NOW, lambda *_: None)
        watch.said(f"bundle of {bundle.stat().st_size:,} bytes written")
        return signer, stands(council)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=200_000)
    events = parser.parse_args().events
    identity = pyrage.x25519.Identity.generate()
    with tempfile.TemporaryDirectory(prefix="careledger-bundle-") as folder:
        bundle = Path(folder) / "bundle.age"
        signer, before = bundled(bundle, str(identity.to_public()), events, Path(folder))
        with machine() as installation, installation.administering() as admin:
            watch = Watch()
            with opened(bundle, [str(identity)]) as found:
                restoring = Restoring(admin, installation.secret, [found], signer.public())
                took = watch.said("decrypted")
                restoring.verify(lambda *_: None)
                took += watch.said("checked")
                restoring.restore(lambda *_: None)
                took += watch.said("restored")
            print(f"{took:.1f} s in all; the same root and figures: {stands(installation.council(CODE)) == before}")


if __name__ == "__main__":
    main()
