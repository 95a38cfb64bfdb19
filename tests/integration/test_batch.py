"""Has each of many requests carried out together the one effect it would have had by itself?"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.account.commands import CloseAccount, OpenAccount
from domain.account.decisions import decide
from domain.account.refusals import AccountIsClosed
from domain.dates import ONE_DAY
from ledger import batch, together
from ledger.application import CareAccountLedger
from ledger.asked import Answer, Asked, Done, NewAccount, NotAll
from ledger.batch import handle_many, weigh_many
from ledger.council import Council
from ledger.entry import UnknownTopic
from ledger.outcomes import AccountExists, NoSuchAccount, TooManyAtOnce
from ledger.receipts import KeyUsedForAnotherRequest, Receipt
from ledger.reference import new_reference
from ledger.store.database import OutcomeUnknown, StoreUnavailable
from ledger.vault.people import Search
from ledger.vault.person import Person
from tests.conftest import NOON
from tests.integration.conftest import Admin
from tests.integration.recording import ALICE, FIRST_DAY, asking, budget, open_account, rows, set_budget
from tests.integration.test_ledger import weekly_costs

PLACES = "SELECT array_agg(position ORDER BY position) FROM {schema}.events"


def budgets(accounts: Sequence[UUID], pounds: int = 950) -> list[Asked]:
    return [Asked(account_id, budget(pounds + n), asking(n)) for n, account_id in enumerate(accounts)]


def opening(**person: Any) -> NewAccount:
    kept_for = Person(**{"local_id": f"P-{uuid4().hex}"} | person)
    return NewAccount(uuid4(), OpenAccount(reference=new_reference(), opened_on=FIRST_DAY), asking(), kept_for)


def asked_for(*asked: Asked | NewAccount) -> list[Asked | NewAccount]:
    return list(asked)


def handled(council: Council, asked: Sequence[Asked | NewAccount], **more: Any) -> list[Answer]:
    return handle_many(council.ledger, asked, by=ALICE, now=NOON, **more)


def facts(council: Council, account_id: UUID) -> list[object]:
    return [entry.fact for entry in council.ledger.entries(account_id)]


def close(account_id: UUID) -> Asked:
    return Asked(account_id, CloseAccount(on=FIRST_DAY, reason="died"), asking())


@pytest.fixture
def accounts(council: Council) -> list[UUID]:
    return [open_account(council).account.id for _ in range(3)]


def test_many_are_recorded_as_one_by_one_in_one_dense_order(council: Council) -> None:
    many, single = ([open_account(council).account.id for _ in range(40)] for _ in range(2))
    answers = handled(council, budgets(many))
    for n, account_id in enumerate(single):
        set_budget(council, account_id, 950 + n)
    assert answers == [Done(Receipt(account_id, 2, 2)) for account_id in many]
    assert [facts(council, each)[1:] for each in many] == [facts(council, each)[1:] for each in single]
    ((places,),) = rows(council, PLACES)
    assert places == list(range(1, 161))
    one, other = (council.ledger.account(each).entries[-1] for each in (many[0], single[0]))
    assert (one.recorded_by, one.role) == (other.recorded_by, other.role)


def test_what_is_refused_stands_in_its_place_and_stops_no_other(council: Council, accounts: list[UUID]) -> None:
    nobody = uuid4()
    closed, late = close(accounts[1]), Asked(accounts[1], budget(800, FIRST_DAY + ONE_DAY), asking())
    one, other = budgets([accounts[0], accounts[2]])
    answers = handled(council, [one, closed, late, Asked(nobody, budget(), asking()), other])
    assert [type(answer) for answer in answers] == [Done, Done, AccountIsClosed, NoSuchAccount, Done]
    assert [len(facts(council, account_id)) for account_id in accounts] == [2, 2, 2]


def test_requests_about_one_account_are_decided_in_the_order_they_were_made(
    council: Council, accounts: list[UUID]
) -> None:
    first, second = (Asked(accounts[0], budget(pounds), asking(pounds)) for pounds in (900, 800))
    answers = handled(council, [first, *budgets(accounts[1:]), second])
    assert [answers[0], answers[-1]] == [Done(Receipt(accounts[0], 2, 2)), Done(Receipt(accounts[0], 3, 3))]
    assert weekly_costs(council, accounts[0]) == [900, 800]


def test_the_same_requests_again_change_nothing_and_say_so(council: Council, accounts: list[UUID]) -> None:
    asked = asked_for(*budgets(accounts), opening())
    first = handled(council, asked)
    before = rows(council, PLACES)
    again = handled(council, [*asked, close(accounts[1])])
    assert again[:-1] == [Done(answer.receipt, replayed=True) for answer in first if isinstance(answer, Done)]
    assert rows(council, "SELECT max(position) FROM {schema}.events") == [(len(before[0][0]) + 1,)]


def test_a_key_that_served_for_another_request_is_refused_for_that_one_alone(
    council: Council, accounts: list[UUID]
) -> None:
    set_budget(council, accounts[0], request=asking("this", key="k"))
    wrong = Asked(accounts[0], budget(), asking("that", key="k"))
    answers = handled(council, [wrong, *budgets(accounts[1:])])
    assert [type(answer) for answer in answers] == [KeyUsedForAnotherRequest, Done, Done]


def test_with_all_or_nothing_one_refusal_leaves_nothing_recorded(council: Council, accounts: list[UUID]) -> None:
    asked = asked_for(*budgets(accounts), opening(local_id="P-new"), Asked(uuid4(), budget(), asking()))
    with pytest.raises(NotAll) as refused:
        handled(council, asked, all_or_nothing=True)
    assert [type(refused.value.answers[n]) for n in range(5)] == [Done, Done, Done, Done, NoSuchAccount]
    assert rows(council, "SELECT count(*) FROM {schema}.events") == [(3,)]
    assert council.people.find(Search(local_id="P-new")) == []
    assert all(isinstance(answer, Done) for answer in handled(council, asked[:-1], all_or_nothing=True))


def test_all_or_nothing_is_one_instant_however_many_they_are(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (batch, together):
        monkeypatch.setattr(module, "READ", 2)
    handled(council, [opening() for _ in range(7)], all_or_nothing=True)
    assert rows(council, "SELECT count(*), count(DISTINCT recorded_at) FROM {schema}.events") == [(7, 1)]
    handled(council, [opening() for _ in range(7)])
    assert rows(council, "SELECT count(*), count(DISTINCT recorded_at) FROM {schema}.events") == [(14, 5)]


def test_accounts_are_opened_with_their_people_and_references(council: Council) -> None:
    asked = [opening(family_name=name) for name in ("O'Brien", "Ames\\nford", "\\N")]
    assert handled(council, asked) == [Done(Receipt(each.account_id, 1, 1)) for each in asked]
    for each in asked:
        assert council.people.of([each.account_id]) == {each.account_id: each.person}
        assert council.ledger.account_of_reference(each.command.reference) == each.account_id
        assert council.people.find(Search(local_id=each.person.local_id)) == [each.account_id]


def test_a_person_has_one_account_among_those_there_are_and_those_asked_for(council: Council) -> None:
    open_account(council, local_id="P-there")
    asked = [opening(local_id="P-there"), opening(local_id="P-twice"), opening(local_id="P-twice")]
    assert [type(answer) for answer in handled(council, asked)] == [AccountExists, Done, AccountExists]
    assert len(council.people.find(Search(local_id="P-twice"))) == 1


def test_an_account_that_is_opened_may_have_more_asked_of_it(council: Council) -> None:
    new = opening()
    words = {"provider": "Rose House\nRow 2"}
    answers = handled(council, [new, Asked(new.account_id, budget(), asking(), (words,))])
    assert answers == [Done(Receipt(new.account_id, 1, 1)), Done(Receipt(new.account_id, 2, 2))]
    assert council.people.texts(new.account_id) == {2: words}


def test_an_account_changed_in_between_is_decided_again_and_the_others_stand(
    council: Council, accounts: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = CareAccountLedger.append, budgets(accounts)
    calls: list[object] = []

    def overtaken(ledger: CareAccountLedger, *arguments: Any, **more: Any) -> None:
        monkeypatch.setattr(CareAccountLedger, "append", real)
        council.ledger.handle(accounts[1], close(accounts[1]).command, by=ALICE, now=NOON, request=asking())
        real(ledger, *arguments, **more)

    def counted(*arguments: Any) -> Any:
        calls.append(arguments[0])
        return decide(*arguments)

    monkeypatch.setattr(CareAccountLedger, "append", overtaken)
    monkeypatch.setattr(batch, "decide", counted)
    assert handled(council, asked)[1] == Done(Receipt(accounts[1], 3, 3))
    assert len(calls) == 4  # three, and the one that changed once more
    assert [len(facts(council, account_id)) for account_id in accounts] == [2, 3, 2]


@pytest.mark.parametrize("all_or_nothing", [True, False])
@pytest.mark.parametrize("committed", [True, False])
def test_a_commit_whose_acknowledgement_was_lost_has_one_effect_and_is_no_repetition(
    council: Council, accounts: list[UUID], monkeypatch: pytest.MonkeyPatch, committed: bool, all_or_nothing: bool
) -> None:
    real = CareAccountLedger.append

    def cut(ledger: CareAccountLedger, *arguments: Any, **more: Any) -> None:
        monkeypatch.setattr(CareAccountLedger, "append", real)
        if committed:
            real(ledger, *arguments, **more)
        raise OutcomeUnknown("the connection was cut here")

    monkeypatch.setattr(CareAccountLedger, "append", cut)
    answers = handled(council, budgets(accounts), all_or_nothing=all_or_nothing)
    assert answers == [Done(Receipt(account_id, 2, 2)) for account_id in accounts]
    assert [len(facts(council, account_id)) for account_id in accounts] == [2, 2, 2]


def test_the_same_requests_made_twice_at_once_have_one_effect(council: Council, accounts: list[UUID]) -> None:
    asked, start = asked_for(*budgets(accounts), *(opening() for _ in range(40))), Barrier(2)

    def one_of_them() -> list[Answer]:
        start.wait(timeout=30)
        return handled(council, asked)

    with ThreadPoolExecutor(2) as threads:
        found = [each.result() for each in [threads.submit(one_of_them) for _ in range(2)]]
    receipts = [[answer.receipt for answer in answers if isinstance(answer, Done)] for answers in found]
    assert receipts[0] == receipts[1]
    assert rows(council, "SELECT count(*), max(position) FROM {schema}.events") == [(46, 46)]


def test_an_account_that_others_keep_changing_is_refused_and_the_rest_is_recorded(
    council: Council, accounts: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = CareAccountLedger.append
    monkeypatch.setattr(together, "ATTEMPTS", 2)

    def overtaken(ledger: CareAccountLedger, decided: Any, **more: Any) -> None:
        these = list(decided)
        if accounts[1] in [account_id for account_id, *_ in these]:
            set_budget(council, accounts[1])
        real(ledger, these, **more)

    monkeypatch.setattr(CareAccountLedger, "append", overtaken)
    answers = handled(council, budgets(accounts))
    assert [type(answer) for answer in answers] == [Done, TooManyAtOnce, Done]


def test_an_account_that_cannot_be_read_stops_nothing_but_itself(
    council: Council, accounts: list[UUID], admin: Admin
) -> None:
    with admin() as statements:
        statements.execute(
            f"INSERT INTO {council.names.schema}.events SELECT account_id, 2, 4, 'to-come.1', state, recorded_at,"
            f" recorded_by, role, leaf FROM {council.names.schema}.events WHERE account_id = %s",
            (str(accounts[1]),),
        )
        statements.execute(f"UPDATE {council.names.schema}.head SET position = 4")
    answers = handled(council, budgets(accounts))
    assert [type(answer) for answer in answers] == [Done, UnknownTopic, Done]


def test_a_store_that_goes_away_ends_it_and_the_same_requests_go_on(
    council: Council, accounts: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "READ", 1)
    seen: list[tuple[int, int]] = []

    def away(done: int, of: int) -> None:
        seen.append((done, of))
        if done == 2:
            raise StoreUnavailable("gone")

    asked = budgets(accounts)
    with pytest.raises(StoreUnavailable):
        handled(council, asked, progress=away)
    assert seen == [(0, 3), (1, 3), (2, 3)]
    assert sum(answer.replayed for answer in handled(council, asked) if isinstance(answer, Done)) == 2


def test_weighing_shows_what_would_follow_and_keeps_nothing(council: Council, accounts: list[UUID]) -> None:
    known, *others = budgets(accounts)
    openings = [opening(), opening(local_id="P-1"), opening(local_id="P-1")]
    handled(council, [known])
    before = rows(council, PLACES)
    late = Asked(accounts[0], budget(1, FIRST_DAY + timedelta(days=9)), asking())
    asked = asked_for(known, *others, *openings, close(accounts[0]), late)
    weighed = {each.account_id: each for each in weigh_many(council.ledger, asked, by=ALICE, now=NOON)}
    assert rows(council, PLACES) == before
    assert [type(answer) for answer in weighed[accounts[0]].answers.values()] == [Done, Done, AccountIsClosed]
    versions = [(each.before and each.before.version, each.after and each.after.version) for each in weighed.values()]
    assert sorted(versions, key=str) == sorted([(2, 3), (1, 2), (1, 2), (None, 1), (None, 1), (None, None)], key=str)
