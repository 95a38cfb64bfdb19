"""Do workers of an older version and of this one serve the same council at the same time, as a release asks for?

The older version is this one without what a later one might have brought: a migration and a kind of fact.
"""

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from domain.account.facts import DisputeRaised
from ledger.store import forward
from tests.faults.served import PROJECT, Answered, Home, Server
from tests.integration.recording import rows

CHANGED, THE_SAME = ("domain", "ledger"), ("projections", "api")
EACH = 12
BUDGET = {"kind": "independent", "setting": "care_home", "effective_from": "2023-10-02"}
DISPUTE = {"about": {"line": {"from": "2024-01-01", "to": "2024-01-31"}}, "text": "I was in hospital."}


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The folder of a program that knows neither the newest migration nor what a dispute is."""
    folder = tmp_path / "older"
    for package in CHANGED:
        shutil.copytree(PROJECT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for package in THE_SAME:
        (folder / package).symlink_to(PROJECT / package)
    (folder / "ledger" / "store" / "migrations" / forward.migrations()[-1].name).unlink()
    facts = folder / "domain" / "account" / "facts" / "__init__.py"
    known = facts.read_text("utf-8")
    listed = f"        {DisputeRaised.__name__},\n"
    assert known.count(listed) == 1
    facts.write_text(known.replace(listed, ""), "utf-8")
    return folder


@pytest.fixture
def servers(tmp_path: Path, older: Path) -> Iterator[tuple[Server, Server]]:
    home = Home(tmp_path / "home")
    new, old = Server(home, processes=1), Server(home, processes=1, program=older)
    try:
        for server in (new, old):
            server.start()
        yield new, old
    finally:
        for server in (new, old):
            server.stop()


def budget(server: Server, account: str, pounds: int) -> Answered:
    return server.send("POST", f"{account}/budgets", "assessor", BUDGET | {"weekly_cost": f"{pounds}.00"}, uuid4().hex)


def test_old_and_new_workers_record_side_by_side_and_what_is_new_stops_its_account_only(
    servers: tuple[Server, Server],
) -> None:
    new, old = servers
    theirs, disputed = new.open_account("P-1"), old.open_account("P-2")

    def keep_on(server: Server) -> set[int]:
        return {budget(server, theirs, 100 + n).status for n in range(EACH)}

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(keep_on, servers)) == [{201}, {201}]
    assert new.send("POST", f"{disputed}/disputes", "finance", DISPUTE, uuid4().hex).status == 201

    for server in servers:
        assert server.send("GET", f"{theirs}/history", "finance").status == 200
        assert server.send("GET", "/v1/cap-progress?on=2024-03-31", "finance").status == 200
    assert new.send("GET", f"{disputed}/history", "finance").status == 200
    assert budget(new, disputed, 950).status == 201
    for refused in (old.send("GET", f"{disputed}/history", "finance"), budget(old, disputed, 950)):
        told = json.loads(refused.body)
        assert (refused.status, told["type"]) == (503, "/problems/recorded-by-a-newer-version")
        assert told["detail"].startswith(f"{DisputeRaised.TOPIC}: A newer version")

    with new.home.council() as council:
        recorded = [position for (position,) in rows(council, "SELECT position FROM {schema}.events ORDER BY 1")]
        assert recorded == list(range(1, 2 + 2 * EACH + 2 + 1))
