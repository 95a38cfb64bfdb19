"""Does an account that cannot be read or worked out stop nothing but itself, and is it said wherever figures are?"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from random import Random
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent
from flask import Flask

from api.app import create_app
from api.wiring import Installation
from domain.account.accrual import Accrual, accrue
from domain.account.facts import BY_TOPIC, BreakRecorded, BudgetSet
from domain.account.state import CareAccount
from domain.schemes import Scheme
from ledger.council import Council
from ledger.entry import StoredEntry
from projections import follow, reached
from projections.cap_progress import ProgressList, Wanted, progress_list
from projections.follow import catch_up
from projections.rebuild import check, rebuild
from tests.api.caller import ApiCaller
from tests.conftest import NOON
from tests.integration.recording import rows, set_budget
from tests.integration.test_progress_list import digest
from tests.integration.test_replay import live
from tests.integration.years import Years, a_seed
from tests.pages.conftest import signed_in_client
from tests.pages.reading import read

ON = date(2025, 1, 1)
ANOTHER_PROGRAM = "another program"
UNKNOWN = "meteor-struck.1"


@pytest.fixture
def accounts(council: Council) -> tuple[UUID, UUID]:
    """Two people in care homes, both in the list."""
    found = live(council, "950.00"), live(council, "500.00")
    catch_up(council)
    return found


def now(council: Council) -> datetime:
    return council.ledger.recorder.latest(NOON)


def listed(council: Council, known_at: datetime | None = None, on: date = ON) -> ProgressList:
    return progress_list(council, Wanted(on, known_at or now(council), limit=None))


def stored(council: Council, account_id: UUID, topic: str = UNKNOWN, state: bytes = b"{}") -> StoredEvent:
    """An entry after the account's last, of which this program knows the topic or not."""
    version = len(council.ledger.recorder.select_events(account_id)) + 1
    return StoredEntry(account_id, version, topic, state, NOON, "alice", "finance")


def poison(council: Council, account_id: UUID) -> datetime:
    """Record what this version of the program cannot read; from which moment on."""
    council.ledger.recorder.insert_events([stored(council, account_id)])
    return now(council)


def newer_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the same code taken for that of another version."""
    for module in (follow, reached):
        monkeypatch.setattr(module, "program", lambda: ANOTHER_PROGRAM)


def failing(monkeypatch: pytest.MonkeyPatch, fails: Callable[[CareAccount], bool]) -> None:
    """A program with a fault: it cannot work out some accounts at some versions."""

    def faulty(account: CareAccount, scheme: Scheme, on: date) -> Accrual:
        if fails(account):
            raise ZeroDivisionError("planted")
        return accrue(account, scheme, on)

    monkeypatch.setattr("projections.spans.accrue", faulty)


def test_an_event_that_cannot_be_read_stops_its_account_alone(council: Council, accounts: tuple[UUID, UUID]) -> None:
    struck, other = accounts
    before = listed(council)
    since = poison(council, struck)
    assert catch_up(council) == council.ledger.recorder.max_notification_id()
    set_budget(council, other, 600)
    found = listed(council)
    assert [item.account_id for item in found.items] == [str(other)]
    assert found.items[0].accrued_costs > next(i.accrued_costs for i in before.items if i.account_id == str(other))
    (account,) = found.under_review
    assert (account.account_id, account.kind, account.since) == (str(struck), "unreadable", since)
    assert (found.totals.accounts, found.totals.under_review) == (1, 1)
    assert found.totals.accrued_costs == found.items[0].accrued_costs


def test_what_was_known_before_is_shown_as_it_was_known_then(council: Council, accounts: tuple[UUID, UUID]) -> None:
    moment = now(council)
    before = listed(council, moment)
    poison(council, accounts[0])
    assert listed(council, moment) == before
    assert before.totals.under_review == 0


def test_it_is_told_once_and_loud_and_without_what_stands_in_the_record(
    council: Council, accounts: tuple[UUID, UUID], caplog: pytest.LogCaptureFixture
) -> None:
    poison(council, accounts[0])
    for _ in range(2):
        catch_up(council)
        set_budget(council, accounts[1])
    poison(council, accounts[0])
    catch_up(council)
    (told,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert f"account {accounts[0]} is under review from version 4 on" in told.getMessage()
    assert "Unreadable" in told.getMessage()
    assert UNKNOWN not in told.getMessage()


def test_it_is_tried_again_when_something_new_is_recorded_of_it(
    council: Council, accounts: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, lambda account: account.id == accounts[0] and account.version == 4)
    set_budget(council, accounts[0], 700)
    during = now(council)
    assert [each.kind for each in listed(council).under_review] == ["not_worked_out"]
    set_budget(council, accounts[0], 800)
    assert (len(listed(council).items), listed(council).under_review) == (2, [])
    assert [each.account_id for each in listed(council, during).under_review] == [str(accounts[0])]
    live_rows = digest(council)
    rebuild(council)
    assert digest(council) == live_rows


def test_a_new_version_of_the_program_tries_it_again_and_makes_all_that_was_missed(
    council: Council, accounts: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_break = BreakRecorded.model_validate({"from": date(2024, 1, 1), "reason": "hospital"})
    state = a_break.model_dump_json(by_alias=True).encode()
    council.ledger.recorder.insert_events([stored(council, accounts[0], state=state)])
    council.ledger.recorder.insert_events([stored(council, accounts[0])])  # that even the newer one cannot read
    catch_up(council)
    monkeypatch.setitem(BY_TOPIC, UNKNOWN, BreakRecorded)
    assert [each.account_id for each in listed(council).under_review] == [str(accounts[0])]  # tried by this one
    newer_program(monkeypatch)
    catch_up(council)
    assert rows(council, "SELECT version, cardinality(tried_by) FROM {schema}.accounts_under_review") == [(5, 2)]
    assert check(council).same


def test_a_new_version_of_the_program_gives_the_figures_back(
    council: Council, accounts: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as faulty:
        failing(faulty, lambda account: account.id == accounts[0])
        set_budget(council, accounts[0], 700)
        assert len(listed(council).items) == 1
        assert len(listed(council).items) == 1  # the same program does not try in vain at every reading
    assert len(listed(council).items) == 1
    newer_program(monkeypatch)
    assert (len(listed(council).items), listed(council).under_review) == (2, [])
    assert check(council).same


def test_making_the_list_again_tries_every_account_again(
    council: Council, accounts: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as faulty:
        failing(faulty, lambda account: account.id == accounts[0])
        set_budget(council, accounts[0], 700)
        catch_up(council)
    rebuild(council)
    assert (len(listed(council).items), listed(council).under_review) == (2, [])


def test_a_version_that_is_missing_is_seen(council: Council, accounts: tuple[UUID, UUID]) -> None:
    last = stored(council, accounts[0], "budget-set.1")
    council.ledger.recorder.insert_events([replace(last, originator_version=last.originator_version + 1)])
    assert [each.kind for each in listed(council).under_review] == ["unreadable"]


def test_want_of_memory_is_no_fault_of_the_account(
    council: Council, accounts: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    set_budget(council, accounts[0], 700)
    with monkeypatch.context() as short:
        short.setattr("projections.spans.accrue", full)
        with pytest.raises(MemoryError):
            catch_up(council)
    assert (len(listed(council).items), listed(council).under_review) == (2, [])


def test_whatever_happens_what_is_made_again_is_what_was_followed(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Random lives, entries that nobody can read, a program that fails now and then, followed in random parts."""
    seed = a_seed()
    chance = Random(seed)
    failing(monkeypatch, lambda account: (account.id.int + len(account.of(BudgetSet))) % 5 == 0)
    accounts = set[UUID]()
    for account_id in Years(seed).pass_over(council, accounts=10, facts=6):
        accounts.add(account_id)
        if chance.random() < 0.2:
            monkeypatch.setattr(follow, "BATCH", chance.randint(1, 9))
            catch_up(council)
    for account_id in chance.sample(sorted(accounts), 2):
        poison(council, account_id)  # last, since nothing more can be decided on them
    catch_up(council)
    assert rows(council, "SELECT count(DISTINCT account_id) >= 2 FROM {schema}.accounts_under_review") == [(True,)]
    found = check(council)
    assert found.same, f"seed {seed}: {found}"


@pytest.fixture
def site(installation: Installation) -> Flask:
    return create_app(installation)


def test_the_api_and_its_files_say_which_accounts_are_left_out(
    council: Council, accounts: tuple[UUID, UUID], site: Flask
) -> None:
    poison(council, accounts[0])
    finance = ApiCaller(site, council.code, "finance")
    answer = finance.get(f"/v1/cap-progress?on={ON}&metering=paused").get_json()
    (account,) = answer["under_review"]
    assert (account["account_id"], account["kind"]) == (str(accounts[0]), "unreadable")
    assert "accrued_costs" not in account
    assert (answer["totals"]["accounts"], answer["totals"]["under_review"]) == (0, 1)
    assert finance.get(f"/v1/forecast?on={ON}").get_json()["under_review"] == 1
    table = finance.get(f"/v1/cap-progress?on={ON}", Accept="text/csv").get_data(as_text=True).splitlines()
    assert [line.split(",")[3:6] for line in table if str(accounts[0]) in line] == [["under_review", "", ""]]


def test_the_pages_say_it_in_a_sentence(council: Council, accounts: tuple[UUID, UUID], site: Flask) -> None:
    poison(council, accounts[0])
    reference = council.ledger.references.of(accounts)[accounts[0]]
    finance, auditor = (signed_in_client(site, council, role) for role in ("finance", "auditor"))
    for page in (read(finance, "/accounts"), read(auditor, "/audit/accounts")):
        assert "1 account under review. No figures can be shown for it at the moment" in page
        assert f"{reference}, since 22 November 2026" in page
    assert "1 account under review, with no figures at the moment" in read(finance, "/accounts/forecast")
    table = finance.get("/accounts.csv").get_data(as_text=True).splitlines()
    assert [line.split(",")[-1] for line in table if reference in line] == [str(accounts[0])]
