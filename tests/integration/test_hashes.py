"""Does every entry bear its hash, in whichever way it came to be recorded, and does that hash bind the one before it?

What is stored is held against the chain that the domain works out from the entries alone, and for one entry against
SHA-256 of its bytes written out here.
"""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from api.wiring import Installation
from domain.account.chain import hashes
from domain.account.commands import Correct
from ledger.asked import Asked
from ledger.batch import handle_many
from ledger.council import Council
from ledger.outcomes import Caller
from tests.conftest import NOON
from tests.integration.conftest import Admin
from tests.integration.posting import posted_run, self_funder
from tests.integration.recording import ALICE, asking, budget, open_account, rows, set_budget
from tests.integration.test_own_amounts import propose

OTHER_NAMES = ("O'Bri\"en", "back\\slash", "Zoë \u2028 東京", "tab\tand\x1f", "percent %s {schema}")
INSTANTS = (
    datetime(2026, 12, 1, tzinfo=UTC),
    datetime(2027, 1, 2, 3, 4, 5, 6, tzinfo=UTC),
    datetime(2027, 10, 31, 0, 30, 59, 999_999, tzinfo=UTC),
)


def kept(council: Council) -> dict[UUID, list[str | None]]:
    """The hashes that are stored, by account, in order of version."""
    found: dict[UUID, list[str | None]] = {}
    for account_id, leaf in rows(
        council, "SELECT account_id, encode(leaf, 'hex') FROM {schema}.events ORDER BY account_id, version"
    ):
        found.setdefault(UUID(account_id), []).append(leaf)
    return found


def worked_out(council: Council) -> dict[UUID, list[str]]:
    """What they have to be, by the domain's own reading of the entries."""
    return {account_id: list(hashes(council.ledger.account(account_id).entries)) for account_id in kept(council)}


def batch(council: Council, accounts: list[UUID]) -> None:
    handle_many(council.ledger, [Asked(each, budget(), asking()) for each in accounts], by=ALICE, now=NOON)


def test_an_entrys_hash_is_that_of_a_zero_byte_and_its_canonical_bytes(council: Council) -> None:
    account_id = open_account(council, reference="CA-0000-0000").account.id
    text = (
        f'{{"account_id":"{account_id}","data":{{"opened_on":"2023-10-02","reference":"CA-0000-0000"}},'
        f'"previous":"{"0" * 64}","recorded_at":"2026-11-22T12:00:00.000000Z","recorded_by":"alice",'
        '"role":"finance","topic":"account-opened.1","version":1}'
    )
    assert kept(council) == {account_id: [hashlib.sha256(b"\x00" + text.encode()).hexdigest()]}


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_whoever_recorded_it_and_whenever_the_store_hashes_what_the_domain_does(council: Council, name: str) -> None:
    account_id = open_account(council).account.id
    for now in INSTANTS:
        council.ledger.handle(account_id, budget(), by=Caller(name, "finance"), now=now, request=asking())
    assert kept(council) == worked_out(council)


def test_a_request_that_brings_two_facts_chains_them(council: Council) -> None:
    account_id = open_account(council).account.id
    wrong = set_budget(council, account_id, 950).entries[0]
    correction = Correct(entry_id=str(wrong.id), reason_code="mistyped", replacement=budget(905))
    outcome = council.ledger.handle(account_id, correction, by=ALICE, now=NOON, request=asking())
    assert len(outcome.entries) == 2
    assert kept(council) == worked_out(council)


@pytest.mark.parametrize("number", [1, 2, 40])
def test_a_batch_goes_on_with_each_accounts_chain(council: Council, number: int) -> None:
    accounts = [open_account(council).account.id for _ in range(number)]
    for _ in range(2):
        batch(council, accounts)
    assert kept(council) == worked_out(council)
    assert {len(found) for found in kept(council).values()} == {3}


def test_what_a_run_posts_is_chained_too(council: Council) -> None:
    self_funder(council), self_funder(council)
    posted_run(council)
    assert kept(council) == worked_out(council)
    assert {len(found) for found in kept(council).values()} == {4}


def test_writers_of_one_account_at_once_leave_one_chain(council: Council) -> None:
    account_id = open_account(council).account.id
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda pounds: set_budget(council, account_id, pounds), range(100, 112)))
    assert kept(council) == worked_out(council)
    assert len(kept(council)[account_id]) == 13


def forget(council: Council, admin: Admin, which: str) -> None:
    """Leave some entries as a program leaves them that does not know of hashes."""
    with admin() as statements:
        statements.execute(f"UPDATE {council.names.schema}.events SET leaf = NULL WHERE {which}")


def test_after_an_entry_without_a_hash_none_is_made_up(council: Council, admin: Admin) -> None:
    account_id = open_account(council).account.id
    forget(council, admin, "true")
    set_budget(council, account_id)
    batch(council, [account_id, open_account(council).account.id])
    assert kept(council)[account_id] == [None, None, None]


@pytest.mark.parametrize("which", ["true", "version = 1", "version > 1", "version = 2"])
def test_migrating_fills_in_what_an_older_program_left_without_a_hash(
    council: Council, admin: Admin, installation: Installation, which: str
) -> None:
    accounts = [open_account(council).account.id for _ in range(3)]
    batch(council, accounts)
    before = kept(council)
    forget(council, admin, which)
    batch(council, accounts)
    installation.migrate(council.code)
    assert kept(council) == worked_out(council)
    assert {account: found[:2] for account, found in kept(council).items()} == before


def test_an_entry_whose_predecessor_is_not_there_keeps_no_migration_from_ending(
    council: Council, admin: Admin, installation: Installation
) -> None:
    account_id = open_account(council).account.id
    set_budget(council, account_id)
    set_budget(council, account_id)
    with admin() as statements:
        statements.execute(f"DELETE FROM {council.names.schema}.events WHERE version = 2")
    forget(council, admin, "true")
    installation.migrate(council.code)
    assert [leaf is None for leaf in kept(council)[account_id]] == [False, True]


def test_changes_of_scheme_and_of_amounts_are_entries_of_one_chain(council: Council) -> None:
    council.scheme_changes.adopt("national", by="pat", now=NOON)
    propose(council)
    council.scheme_changes.adopt("reform-2023", by="pat", now=NOON + timedelta(days=1))
    found = rows(council, "SELECT stream, entry, leaf, position FROM {schema}.policy_entries ORDER BY number")
    streams = [stream for stream, *_ in found]
    assert streams[-3:] == ["scheme", "amounts", "scheme"]
    assert set(streams[:-3]) == {"scheme"}
    previous = "0" * 64
    for _, entry, leaf, position in found:
        assert f'"previous":"{previous}"' in bytes(entry).decode()
        assert bytes(entry).decode().startswith(f'{{"after":{position},"change":')
        previous = hashlib.sha256(b"\x00" + bytes(entry)).hexdigest()
        assert bytes(leaf).hex() == previous


def test_a_change_that_an_older_program_left_out_is_entered_by_a_migration(
    council: Council, admin: Admin, installation: Installation
) -> None:
    council.scheme_changes.adopt("national", by="pat", now=NOON)
    kinds = "SELECT count(*) FROM {schema}.policy_entries"
    before = rows(council, kinds)
    open_account(council)
    with admin() as statements:
        statements.execute(
            f"DELETE FROM {council.names.schema}.policy_entries WHERE number ="
            f" (SELECT max(number) FROM {council.names.schema}.policy_entries)"
        )
    installation.migrate(council.code)
    assert rows(council, kinds) == before
    assert rows(council, "SELECT position FROM {schema}.policy_entries ORDER BY number DESC LIMIT 1") == [(1,)]
