"""Does the list of a whole council say what each account says by itself, on any day, as known at any moment?"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from threading import Barrier
from uuid import UUID

import pytest

from domain.account.commands import OpenAccount
from domain.account.figures import CapProgress
from domain.account.progress import cap_progress
from domain.dates import EARLIEST, FOREVER, ONE_DAY
from domain.schemes import Scheme
from ledger.council import Council
from ledger.outcomes import NoSuchAccount
from ledger.reference import new_reference
from ledger.vault.person import Person
from projections import follow
from projections.cap_progress import ListedAccount, Totals, Wanted, progress_list
from projections.digest import digest as table_digest
from projections.follow import catch_up
from projections.reached import standing
from projections.rebuild import rebuild
from projections.tables import COLUMNS, Generation
from projections.thoughts import Thoughts
from projections.working import Working
from tests.conftest import NOON
from tests.integration.recording import ALICE, asking
from tests.integration.years import Years, a_seed

QUESTIONS = 60


@pytest.fixture(scope="module", params=["reform-2023", "national"])
def filled(
    new_council: Callable[..., Council], request: pytest.FixtureRequest
) -> tuple[Council, list[UUID], Years, int]:
    """A council with a random past, the seed of which a failing test shows."""
    council, seed = new_council(request.param), a_seed()
    years = Years(seed)
    return council, list(dict.fromkeys(years.pass_over(council))), years, seed


def one_by_one(council: Council, ids: list[UUID], wanted: Wanted) -> dict[str, CapProgress]:
    """The same question asked of each account by itself, through the domain."""
    found = {}
    for account_id in ids:
        with suppress(NoSuchAccount):
            account = council.ledger.account(account_id, wanted.known_at)
            found[str(account_id)] = cap_progress(account, council.scheme_at(wanted.known_at), wanted.on)
    return found


def figures_of(item: ListedAccount) -> CapProgress:
    return CapProgress.model_validate({field: getattr(item, field) for field in CapProgress.model_fields})


def added_up(progress: list[CapProgress]) -> Totals:
    return Totals(
        accounts=len(progress),
        accrued_costs=sum((p.accrued_costs for p in progress), Decimal("0.00")),
        remaining=sum((p.remaining or Decimal("0.00") for p in progress), Decimal("0.00")),
        daily_living_costs=sum((p.daily_living_costs for p in progress), Decimal("0.00")),
        by_metering={
            metering: sum(p.metering == metering for p in progress) for metering in {p.metering for p in progress}
        },
        under_review=0,
    )


Filled = tuple[Council, list[UUID], Years, int]


def test_the_list_agrees_with_every_account_on_any_day_as_known_at_any_moment(filled: Filled) -> None:
    council, ids, years, seed = filled
    some_accrued = False
    for _ in range(QUESTIONS):
        wanted = Wanted(on=years.any_day(), known_at=years.moment(council), limit=None)
        items, totals, _ = progress_list(council, wanted)
        alone = one_by_one(council, ids, wanted)
        assert {item.account_id: figures_of(item) for item in items} == alone, f"seed {seed}: {wanted}"
        assert totals == added_up(list(alone.values())), f"seed {seed}: {wanted}"
        some_accrued = some_accrued or totals.accrued_costs > 0
    assert some_accrued == (council.scheme.cap is not None), f"seed {seed}: no question was worth asking"


@pytest.mark.parametrize("opened_on", [EARLIEST, date(2023, 10, 1), date(2024, 6, 1)])
def test_the_days_before_an_account_was_opened_show_the_cap_of_each(council: Council, opened_on: date) -> None:
    """The cap was to begin on 1 October 2023: an account opened later has days of either kind before it."""
    command = OpenAccount(reference=new_reference(), opened_on=opened_on)
    person = Person(local_id="P-1")
    account_id = council.ledger.open(person, command, by=ALICE, now=NOON, request=asking()).account.id
    for on in (EARLIEST, date(2023, 9, 30), date(2023, 10, 1), date(2024, 5, 31), FOREVER - ONE_DAY):
        wanted = Wanted(on, council.ledger.recorder.latest(NOON), limit=None)
        (item,) = progress_list(council, wanted).items
        assert {item.account_id: figures_of(item)} == one_by_one(council, [account_id], wanted)


def test_filters_and_pages_show_what_the_whole_list_shows(filled: Filled) -> None:
    council, _, years, seed = filled
    whole = Wanted(on=date(2025, 6, 1), known_at=years.now + ONE_DAY, limit=None, sort="accrued_costs", descending=True)
    items, totals, _ = progress_list(council, whole)
    paged = [
        item
        for offset in range(0, len(items), 7)
        for item in progress_list(council, replace(whole, offset=offset, limit=7))[0]
    ]
    assert paged == items, f"seed {seed}"
    assert [item.accrued_costs for item in items] == sorted((item.accrued_costs for item in items), reverse=True)
    for metering in {item.metering for item in items}:
        some = progress_list(council, replace(whole, metering=[metering])).items
        assert some == [item for item in items if item.metering == metering], f"seed {seed}"
        assert len(some) == totals.by_metering[metering]
    half = Decimal(50)
    some = progress_list(council, replace(whole, percent_from=half)).items
    assert some == [item for item in items if item.percent and Decimal(item.percent) >= half], f"seed {seed}"


def digest(council: Council) -> list[str]:
    """The SHA-256 of every table that is ready to read."""
    with council.projector.transaction() as statements:
        generation = standing(statements, council).generation
        found = [table_digest(statements, council.names.schema, table, generation) for table in COLUMNS]
    assert found[0] != sha256().hexdigest()  # nothing equals nothing
    return found


def test_rows_made_again_equal_the_live_rows_byte_for_byte(council: Council) -> None:
    seed = a_seed()
    for n, _ in enumerate(Years(seed).pass_over(council, accounts=12, facts=6)):
        if n % 5 == 0:
            catch_up(council)  # live: a few events at a time
    assert catch_up(council) == council.ledger.recorder.max_notification_id()
    live = digest(council)
    assert rebuild(council) == council.ledger.recorder.max_notification_id()
    assert digest(council) == live, f"seed {seed}"


def test_followers_at_once_do_what_one_does(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = a_seed()
    list(Years(seed).pass_over(council, accounts=8, facts=6))
    monkeypatch.setattr(follow, "BATCH", 3)  # so that they take many turns
    together, handled, real = Barrier(2), list[int](), Working.record

    def noted(working: Working, version: int, scheme: Scheme) -> None:
        handled.append(working._events[version].position)
        real(working, version, scheme)

    def one_of_them() -> int:
        together.wait(timeout=30)
        return catch_up(council)

    monkeypatch.setattr(Working, "record", noted)
    with ThreadPoolExecutor(2) as threads:
        reached = [follower.result() for follower in [threads.submit(one_of_them) for _ in range(2)]]
    last = council.ledger.recorder.max_notification_id()
    assert reached == [last, last]
    assert sorted(handled) == list(range(1, (last or 0) + 1))  # every event by one of them
    both = digest(council)
    monkeypatch.undo()
    rebuild(council)
    assert digest(council) == both, f"seed {seed}"


def test_a_follower_that_dies_half_way_leaves_no_half(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = a_seed()
    list(Years(seed).pass_over(council, accounts=6, facts=5))
    monkeypatch.setattr(follow, "BATCH", 4)
    real, calls = Generation.write, 0

    def dies_sometimes(rows: Generation, accounts: Mapping[UUID, Thoughts], tried_by: Iterable[str]) -> None:
        nonlocal calls
        calls += 1
        real(rows, accounts, tried_by)
        if calls % 3 == 0:
            raise RuntimeError("cut here")

    monkeypatch.setattr(Generation, "write", dies_sometimes)
    while catch_up_or_die(council) is None:
        assert calls < 1000
    monkeypatch.undo()
    followed = digest(council)
    rebuild(council)
    assert digest(council) == followed, f"seed {seed}"


def catch_up_or_die(council: Council) -> int | None:
    try:
        return catch_up(council)
    except RuntimeError:
        return None
