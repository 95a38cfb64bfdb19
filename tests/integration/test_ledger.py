"""Is everything recorded once, in one order, and nothing else, whoever writes at the same time?"""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg2.extensions import cursor

from api.app import create_app
from api.wiring import Installation
from domain import schemes
from domain.account.commands import CloseAccount
from domain.account.facts import BudgetSet
from domain.account.refusals import AlreadyClosed
from ledger.council import Council
from ledger.outcomes import AccountExists, NoSuchAccount, Outcome, Stale
from ledger.receipts import KeyUsedForAnotherRequest
from ledger.vault.people import Search
from tests.api.caller import ApiCaller
from tests.conftest import NOON
from tests.integration.conftest import Admin
from tests.integration.recording import ALICE, asking, budget, open_account, rows, set_budget

WRITERS = 8


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What calls return that begin at the same moment, each in a thread of its own."""
    together = Barrier(len(calls))

    def call(one: Callable[[], Any]) -> Any:
        together.wait(timeout=30)
        return one()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(call, calls))


def weekly_costs(council: Council, account_id: UUID) -> list[int]:
    """The budgets of an account in the order of its versions, in pounds."""
    return [
        int(entry.fact.weekly_cost) for entry in council.ledger.entries(account_id) if isinstance(entry.fact, BudgetSet)
    ]


def test_a_repeated_request_has_one_effect_and_the_same_outcome(council: Council) -> None:
    account_id = open_account(council).account.id
    request = asking(950)
    first = set_budget(council, account_id, 950, request=request)
    set_budget(council, account_id, 1_000)  # what happens in between changes nothing about the answer
    again = set_budget(council, account_id, 950, request=request, now=NOON + timedelta(days=1))
    assert again == Outcome(first.account, first.entries, first.receipted, replayed=True)
    assert weekly_costs(council, account_id) == [950, 1_000]


def test_a_repeated_opening_brings_the_same_account(council: Council) -> None:
    request = asking("open")
    first, again = (open_account(council, request=request, local_id="P-1", family_name="Ames") for _ in range(2))
    assert again == Outcome(first.account, first.entries, first.receipted, replayed=True)
    assert rows(council, "SELECT count(*) FROM {schema}.events") == [(1,)]
    assert council.people.find(Search(local_id="P-1")) == [first.account.id]


def test_a_key_that_served_for_another_request_is_refused(council: Council) -> None:
    account_id = open_account(council).account.id
    set_budget(council, account_id, 950, request=asking(950, key="k"))
    with pytest.raises(KeyUsedForAnotherRequest):
        set_budget(council, account_id, 960, request=asking(960, key="k"))
    assert weekly_costs(council, account_id) == [950]


def test_two_callers_may_choose_the_same_key(council: Council) -> None:
    account_id = open_account(council).account.id
    set_budget(council, account_id, 950, request=asking(950, key="k", caller="alice"))
    set_budget(council, account_id, 960, request=asking(960, key="k", caller="bob"))
    assert weekly_costs(council, account_id) == [950, 960]


def test_a_refused_request_leaves_no_receipt_so_its_key_may_be_used_again(council: Council) -> None:
    account_id = open_account(council).account.id
    close = CloseAccount(on=date(2024, 1, 1), reason="moved")
    council.ledger.handle(account_id, close, by=ALICE, now=NOON, request=asking("first"))
    with pytest.raises(AlreadyClosed):
        council.ledger.handle(account_id, close, by=ALICE, now=NOON, request=asking("second", key="k"))
    assert rows(council, "SELECT count(*) FROM {schema}.receipts WHERE key = 'k'") == [(0,)]


def test_the_same_request_sent_at_once_has_one_effect(council: Council) -> None:
    account_id = open_account(council).account.id
    request = asking(950)
    outcomes = at_once(*[lambda: set_budget(council, account_id, 950, request=request)] * WRITERS)
    assert weekly_costs(council, account_id) == [950]
    assert {outcome.entries for outcome in outcomes} == {outcomes[0].entries}
    assert sorted(outcome.replayed for outcome in outcomes) == [False] + [True] * (WRITERS - 1)


def test_the_same_opening_sent_at_once_opens_one_account(council: Council) -> None:
    request = asking("open")
    outcomes = at_once(*[lambda: open_account(council, request=request, local_id="P-1")] * WRITERS)
    assert len({outcome.account.id for outcome in outcomes}) == 1
    assert rows(council, "SELECT count(*) FROM {schema}.events") == [(1,)]


def test_writers_on_one_account_at_once_all_take_effect_in_one_order(council: Council) -> None:
    account_id = open_account(council).account.id
    costs = [100, 200, 300, 400]
    outcomes = at_once(*[lambda cost=cost: set_budget(council, account_id, cost) for cost in costs])
    account = council.ledger.account(account_id)
    assert [entry.version for entry in account.entries] == [1, 2, 3, 4, 5]
    assert sorted(weekly_costs(council, account_id)) == costs
    assert sorted(outcome.account.version for outcome in outcomes) == [2, 3, 4, 5]
    for outcome in outcomes:  # each was decided on what stood before it
        assert outcome.account.entries == account.entries[: outcome.account.version]


def test_sixteen_writers_who_keep_on_at_one_account_are_all_served(council: Council) -> None:
    account_id, each = open_account(council).account.id, 8

    def keep_on(writer: int) -> None:
        for n in range(each):
            set_budget(council, account_id, writer * each + n + 1)

    at_once(*[lambda writer=writer: keep_on(writer) for writer in range(2 * WRITERS)])
    assert sorted(weekly_costs(council, account_id)) == list(range(1, 2 * WRITERS * each + 1))


def test_a_request_that_names_an_older_version_is_refused(council: Council) -> None:
    account_id = open_account(council).account.id
    set_budget(council, account_id)
    with pytest.raises(Stale):
        council.ledger.handle(account_id, budget(), by=ALICE, now=NOON, request=asking(), if_version=1)


def test_of_two_writers_who_name_the_same_version_one_is_refused(council: Council) -> None:
    account_id = open_account(council).account.id

    def write(pounds: int) -> str:
        try:
            council.ledger.handle(account_id, budget(pounds), by=ALICE, now=NOON, request=asking(), if_version=1)
        except Stale:
            return "stale"
        return "recorded"

    assert sorted(at_once(lambda: write(100), lambda: write(200))) == ["recorded", "stale"]
    assert len(weekly_costs(council, account_id)) == 1


def test_positions_are_dense_and_recording_time_rises_whatever_the_clocks_say(council: Council) -> None:
    account_id = open_account(council).account.id
    clocks = [NOON, NOON, NOON - timedelta(days=1), NOON + timedelta(hours=1), NOON]
    recorded = [set_budget(council, account_id, now=now).entries[0].recorded_at for now in clocks]
    found = rows(council, "SELECT position, recorded_at FROM {schema}.events ORDER BY position")
    assert [position for position, _ in found] == [1, 2, 3, 4, 5, 6]
    assert [at for _, at in found[1:]] == recorded
    assert all(earlier < later for (_, earlier), (_, later) in pairwise(found))
    assert recorded[3] == NOON + timedelta(hours=1)
    assert rows(council, "SELECT position, recorded_at FROM {schema}.head") == [found[-1]]


def test_a_reader_that_follows_the_positions_skips_none_while_eight_write(council: Council) -> None:
    each = 40
    accounts = [open_account(council).account.id for _ in range(WRITERS)]

    def write(account_id: UUID) -> None:
        for n in range(each):
            set_budget(council, account_id, 100 + n, now=datetime.now(UTC))

    def follow() -> list[int]:
        seen: list[int] = []
        with council.ledger.recorder.subscribe(gt=0) as events:
            for event in events:
                seen.append(event.id)
                if event.id == WRITERS * (1 + each):
                    return seen
        return seen

    *_, seen = at_once(*[lambda account_id=account_id: write(account_id) for account_id in accounts], follow)
    assert seen == list(range(1, WRITERS * (1 + each) + 1))
    found = rows(council, "SELECT recorded_at FROM {schema}.events ORDER BY position")
    assert all(earlier < later for earlier, later in pairwise(found))


def test_two_councils_have_an_order_each(council: Council, new_council: Callable[..., Council]) -> None:
    other = new_council()
    for kept in (council, other, council):
        open_account(kept)
    assert rows(council, "SELECT position FROM {schema}.events ORDER BY position") == [(1,), (2,)]
    assert rows(other, "SELECT position FROM {schema}.events") == [(1,)]


def test_an_account_is_read_as_it_was_known_at_any_moment(council: Council) -> None:
    opened = open_account(council).entries[0]
    account_id = opened.account_id
    later = [set_budget(council, account_id, cost, now=NOON + timedelta(days=cost)).entries[0] for cost in (1, 2)]
    for entry in (opened, *later):
        assert council.ledger.account(account_id, entry.recorded_at).version == entry.version
        just_before = entry.recorded_at - timedelta(microseconds=1)
        if entry is opened:
            with pytest.raises(NoSuchAccount):
                council.ledger.account(account_id, just_before)
        else:
            assert council.ledger.account(account_id, just_before).version == entry.version - 1
    assert council.ledger.account(account_id).version == 3


def test_an_account_nobody_opened_is_no_account(council: Council) -> None:
    with pytest.raises(NoSuchAccount):
        council.ledger.account(uuid4())
    with pytest.raises(NoSuchAccount):
        set_budget(council, uuid4())
    assert rows(council, "SELECT count(*) FROM {schema}.receipts") == [(0,)]


def test_a_person_has_one_account(council: Council) -> None:
    open_account(council, local_id="P-1", family_name="Ames")
    with pytest.raises(AccountExists):
        open_account(council, local_id="P-1", family_name="Ames-Brook")
    assert rows(council, "SELECT position FROM {schema}.head") == [(1,)]
    assert [
        person.family_name for person in council.people.of(council.people.find(Search(local_id="P-1"))).values()
    ] == ["Ames"]


def test_of_openings_for_one_person_at_once_one_wins(council: Council) -> None:
    def attempt() -> bool:
        try:
            open_account(council, local_id="P-1")
        except AccountExists:
            return False
        return True

    assert sum(at_once(*[attempt] * WRITERS)) == 1
    assert rows(council, "SELECT count(*) FROM {schema}.events") == [(1,)]
    assert rows(council, "SELECT count(*) FROM {schema}.account_references") == [(1,)]


def test_an_opening_that_fails_at_the_last_statement_leaves_nothing(
    council: Council, admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(council, admin)
    after_vault: list[int] = []

    def fail(statements: cursor, events: object, after: object) -> None:
        statements.execute(
            "SELECT count(*) FROM pg_stat_xact_all_tables WHERE schemaname = %s AND n_tup_ins > 0",
            (council.names.vault,),
        )
        after_vault.append((statements.fetchone() or (0,))[0])
        raise RuntimeError("cut here")

    with monkeypatch.context() as cut:
        cut.setattr(council.ledger.recorder, "_insert", fail)
        with pytest.raises(RuntimeError, match="cut here"):
            open_account(council, local_id="P-1", family_name="Ames")
    assert after_vault == [2]  # the person and their local_id had been written by then
    assert everything(council, admin) == before
    open_account(council, local_id="P-1", family_name="Ames")  # and nothing stands in the way of the next attempt


def test_a_budget_that_fails_leaves_neither_its_words_nor_a_receipt(
    council: Council, admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id = open_account(council).account.id
    before = everything(council, admin)

    def fail(statements: cursor, events: object, after: object) -> None:
        raise RuntimeError("cut here")

    with monkeypatch.context() as cut:
        cut.setattr(council.ledger.recorder, "_insert", fail)
        with pytest.raises(RuntimeError, match="cut here"):
            set_budget(council, account_id, texts={"provider.name": "Mrs Betty Thornbury"})
    assert everything(council, admin) == before


def everything(council: Council, admin: Admin, *schemas: str) -> dict[str, list[str]]:
    """Every row of every table of the council's, as text; state as what it says."""
    found = {}
    with admin() as statements:
        statements.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(%s) ORDER BY 1, 2",
            (list(schemas) or [council.names.schema, council.names.vault],),
        )
        for schema, table in statements.fetchall():
            row = "t::text || convert_from(state, 'UTF8')" if table == "events" else "t::text"
            statements.execute(f"SELECT {row} FROM {schema}.{table} AS t ORDER BY 1")
            found[table] = [text for (text,) in statements.fetchall()]
    return found


PERSON = {
    "local_id": "LAS-0099317",
    "nhs_number": "9434765919",
    "given_name": "Ottoline",
    "family_name": "Hathersage",
    "date_of_birth": "1938-02-17",
    "postcode": "EX4 9ZZ",
    "contact": {"email": "otto@example.org", "phone": "01632 960 123", "address": ["17 Weavers Court", "Tiverton"]},
}
PROVIDER = "Betty Thornbury Shared Lives"


def test_what_the_ledger_holds_names_nobody(council: Council, installation: Installation, admin: Admin) -> None:
    """Through the API, with every personal field there is; then every table outside the vault is searched."""
    app = create_app(installation)
    finance, assessor = (ApiCaller(app, council.code, role) for role in ("finance", "assessor"))
    opened = finance.post("/v1/care-accounts", {"person": PERSON, "opened_on": "2023-10-02"})
    account = f"/v1/care-accounts/{opened.get_json()['account_id']}"
    given = {"kind": "independent", "setting": "shared_lives", "weekly_cost": "950.00", "effective_from": "2023-10-02"}
    assessor.post(
        f"{account}/needs-assessments", {"assessed_on": "2023-10-02", "eligible": True, "eligible_from": "2023-10-02"}
    )
    recorded = assessor.post(f"{account}/budgets", given | {"provider": {"name": PROVIDER, "cqc_location_id": "1-234"}})
    finance.post(f"{account}/statements", {"to": "2024-03-31", "kind": "annual"})
    assert finance.get("/v1/cap-progress?on=2024-03-31").status_code == 200
    assert recorded.status_code == 201

    ledger = everything(council, admin, council.names.schema)
    assert {table: len(found) for table, found in ledger.items()} | {"migrations": 0} == {
        "access_log": 5,
        "account_references": 1,
        "accounts_under_review": 0,
        "checkpoints": 0,
        "cosignatures": 0,
        "council": 1,
        "events": 4,
        "head": 1,
        "import_checks": 0,
        "import_decisions": 0,
        "import_ends": 0,
        "import_faults": 0,
        "import_proposals": 0,
        "import_sources": 0,
        "import_steps": 0,
        "imports": 0,
        "letter_events": 0,
        "letters": 0,
        "migrations": 0,
        "onwards": 0,
        "policy_changes": 0,
        "policy_entries": len(schemes.names()),
        "positions": 1,
        "posting_run_accounts": 0,
        "posting_run_exceptions": 0,
        "posting_runs": 0,
        "progress_spans": len(ledger["progress_spans"]),
        "progress_spans_0": len(ledger["progress_spans"]),
        "progress_spans_1": 0,
        "notice_run_accounts": 0,
        "notice_runs": 0,
        "reassessment_run_accounts": 0,
        "reassessment_runs": 0,
        "receipts": 4,
        "run_claims": 0,
        "sample_accounts": 0,
        "sample_checks": 0,
        "samples": 0,
        "schedule_changes": 0,
        "scheme_changes": len(schemes.names()),
        "sending_paces": 0,
        "statement_run_accounts": 0,
        "statement_run_decisions": 0,
        "statement_runs": 0,
        "tree_nodes": 0,
        "verification_findings": 0,
        "verification_steps": 0,
        "verifications": 0,
    }
    vault = json.dumps(everything(council, admin, council.names.vault))
    outside = json.dumps(ledger).lower()
    for value in _values({**PERSON, "provider": PROVIDER}):
        assert value in vault  # or this test looks for the wrong thing
        assert value.lower() not in outside


def _values(of: Any) -> list[str]:
    if isinstance(of, dict):
        return [value for part in of.values() for value in _values(part)]
    return [value for part in of for value in _values(part)] if isinstance(of, list) else [of]
