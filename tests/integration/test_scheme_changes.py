"""Does a figure rest on the scheme that was known then, whatever is kept or adopted afterwards?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from threading import Barrier
from uuid import UUID

import pytest

from api.wiring import Installation
from domain import parameters, schemes
from domain.account.commands import IssueStatement, RecordNeedsAssessment
from domain.account.facts import StatementIssued
from domain.account.progress import cap_progress
from domain.schemes import Scheme, UnknownScheme
from ledger.council import Council
from ledger.schemes import SchemeChange, Unfinished, _scheme_of
from ledger.store import forward
from ledger.store.migrate import Setup
from ledger.store.safety import UnsafeStore, require_safe
from projections import follow
from projections.cap_progress import Wanted, progress_list
from projections.follow import catch_up
from projections.rebuild import rebuild
from projections.spans import Reckoning
from projections.tables import Generation
from projections.thoughts import Thoughts
from projections.working import Working
from tests.conftest import FACE, NOON
from tests.faults.served import until
from tests.integration.recording import ALICE, asking, open_account, rows, set_budget
from tests.integration.test_progress_list import catch_up_or_die, digest, figures_of, one_by_one
from tests.integration.years import Years, a_seed

ON = date(2025, 1, 1)
OWN = """
title: Our own rules
description: A lower cap, for comparison
authority: a resolution of the council
in_force: "false"
cap:
  commencement: 2023-10-01
  amount:
    description: A lower cap
    unit: pounds
    checked_on: 2026-01-01
    values:
      - from: 2023-10-01
        amount: CAP
        authority: a resolution of the council
        certainty: official
        status: announced, never in force
  reached_when: at_or_above
  daily_living_costs: daily_living_costs
  daily_living_costs_on_short_stays: "true"
  personal_base: charge
"""


def keep(council: Council, cap: str = "10000.00", name: str = "our-own") -> SchemeChange | None:
    """Keep a scheme of the council's own with this cap."""
    text = OWN.replace("CAP", cap)
    return council.scheme_changes.keep(schemes.read(name, text), text, by="b.ode", now=NOON)


def adopt(council: Council, name: str) -> SchemeChange | None:
    return council.scheme_changes.adopt(name, by="b.ode", now=NOON)


def recorded(council: Council) -> list[SchemeChange]:
    """What was kept and adopted, beside the schemes that came with the program."""
    return [change for change in council.schemes.changes if change.kind != "shipped"]


def metered(council: Council) -> UUID:
    """An account that has gone on at 750.00 a week since 2 October 2023."""
    account_id = open_account(council).account.id
    needs = RecordNeedsAssessment(assessed_on=date(2023, 10, 2), eligible=True, eligible_from=date(2023, 10, 2))
    council.ledger.handle(account_id, needs, by=ALICE, now=NOON, request=asking())
    set_budget(council, account_id)
    return account_id


# --- what is known when ---


def test_until_something_is_adopted_the_scheme_of_the_set_up_counts_from_the_beginning(council: Council) -> None:
    assert council.schemes.adoption is None
    assert council.scheme == council.scheme_at(NOON - timedelta(days=36500)) == schemes.load("reform-2023")


def test_a_change_has_its_own_place_among_the_events(council: Council) -> None:
    """All by one clock that stands still: the order is the ledger's."""
    opened = open_account(council)
    kept, adopted = keep(council), adopt(council, "our-own")
    budget = set_budget(council, opened.account.id)
    assert kept is not None
    assert adopted is not None
    moments = [opened.entries[0].recorded_at, kept.recorded_at, adopted.recorded_at, budget.entries[0].recorded_at]
    assert all(earlier < later for earlier, later in pairwise(moments))
    assert (kept.position, adopted.position) == (1, 1)
    assert (kept.recorded_by, kept.edition) == ("b.ode", adopted.edition)


def test_a_scheme_is_known_from_the_moment_it_was_kept_and_adopted_from_the_moment_it_was_adopted(
    council: Council,
) -> None:
    kept, adopted = keep(council), adopt(council, "our-own")
    assert kept is not None
    assert adopted is not None
    a_moment = timedelta(microseconds=1)
    with pytest.raises(UnknownScheme, match=r"Use one of: care-act-2014-unamended, national, reform-2023, reform-2025"):
        council.schemes.known_at(kept.recorded_at - a_moment).named("our-own")
    assert council.schemes.known_at(kept.recorded_at).names == tuple(sorted((*schemes.names(), "our-own")))
    assert council.scheme_at(adopted.recorded_at - a_moment).name == "reform-2023"
    assert council.scheme_at(adopted.recorded_at).name == council.scheme.name == "our-own"


def test_other_rules_under_a_name_are_a_new_edition_from_then_on(council: Council) -> None:
    first, _, second = keep(council), adopt(council, "our-own"), keep(council, "20000.00")
    assert first is not None
    assert second is not None
    assert first.edition != second.edition
    assert council.scheme.edition == second.edition
    just_before = second.recorded_at - timedelta(microseconds=1)
    assert council.scheme_at(just_before).edition == first.edition


def test_what_is_kept_or_adopted_already_is_not_recorded_again(council: Council) -> None:
    assert keep(council) is not None
    assert keep(council) is None
    assert adopt(council, "reform-2023") is None
    assert adopt(council, "our-own") is not None
    assert adopt(council, "our-own") is None
    assert [change.kind for change in recorded(council)] == ["kept", "adopted"]


def test_a_scheme_nobody_knows_is_not_adopted(council: Council) -> None:
    keep(council)
    with pytest.raises(UnknownScheme, match="national, our-own, reform-2023"):
        adopt(council, "reform-2026")
    assert council.scheme.name == "reform-2023"


def test_a_scheme_that_lacks_an_amount_can_be_asked_for_and_cannot_be_adopted(council: Council) -> None:
    unfinished = OWN.replace("CAP", "10000.00").replace("- from: 2023-10-01", "- from: 2024-10-01")

    def keep_unfinished() -> SchemeChange | None:
        return council.scheme_changes.keep(schemes.read("our-own", unfinished), unfinished, by="b.ode", now=NOON)

    assert keep_unfinished() is not None
    assert council.schemes.named("our-own").cap is not None
    with pytest.raises(Unfinished, match="No amount of cap_on_care_costs is in force on 2023-10-01"):
        adopt(council, "our-own")
    keep(council)
    adopt(council, "our-own")
    with pytest.raises(Unfinished, match="on every day from commencement on"):
        keep_unfinished()
    assert [change.kind for change in recorded(council)] == ["kept", "kept", "adopted"]


def test_an_own_scheme_stays_as_it_was_kept_when_the_national_amounts_it_names_change(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(council)
    as_kept = council.schemes.named("our-own")
    _scheme_of.cache_clear()
    monkeypatch.setattr(parameters, "load", lambda name: pytest.fail(f"{name} is read again"))
    assert council.schemes.named("our-own") == as_kept


def test_a_running_program_sees_a_new_scheme_with_its_next_question(
    installation: Installation, council: Council
) -> None:
    elsewhere = Council(council.code, installation._url_of)
    assert elsewhere.scheme.name == "reform-2023"
    keep(council)
    adopt(council, "our-own")
    assert (elsewhere.scheme, elsewhere.ledger.scheme) == (council.scheme, council.scheme)
    elsewhere.close()


def test_two_who_adopt_the_same_at_once_adopt_it_once(council: Council) -> None:
    both_wait = "SELECT count(*) = 2 FROM pg_stat_activity WHERE usename = current_user AND wait_event_type = 'Lock'"
    with ThreadPoolExecutor(2) as threads:
        with council.app.transaction() as writer:
            writer.execute(f"SELECT 1 FROM {council.names.schema}.head FOR UPDATE")  # as somebody who records just then
            changes = [threads.submit(adopt, council, "reform-2025") for _ in range(2)]
            until(lambda: rows(council, both_wait) == [(True,)], "both wait for their place in the ledger")
        done = [change.result() for change in changes]
    assert sorted(change is None for change in done) == [False, True]


def test_a_request_is_decided_under_the_scheme_adopted_then(council: Council) -> None:
    account_id = metered(council)
    first = _statement(council, account_id)
    adopt(council, "national")
    assert (first.figures.scheme, _statement(council, account_id).figures.scheme) == ("reform-2023", "national")
    assert council.ledger.account(account_id).of(StatementIssued)[0][1] == first


def _statement(council: Council, account_id: UUID) -> StatementIssued:
    command = IssueStatement(to=date(2025, 3, 31), kind="on_request", known_at=council.ledger.recorder.latest(NOON))
    outcome = council.ledger.handle(account_id, command, by=ALICE, now=NOON, request=asking())
    assert isinstance(outcome.entries[0].fact, StatementIssued)
    return outcome.entries[0].fact


# --- versions of the program ---


def test_a_new_version_of_the_program_moves_no_figure_known_before(
    installation: Installation, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id = metered(council)
    before = Wanted(ON, council.ledger.recorder.latest(NOON))
    then = progress_list(council, before)
    text = schemes.text_of("reform-2023").replace("at_or_above", "above").replace("2023-10-01", "2024-10-01")
    newer, load = schemes.read("reform-2023", text), schemes.load
    monkeypatch.setattr(schemes, "load", lambda name: newer if name == "reform-2023" else load(name))
    assert council.scheme == load("reform-2023")  # until the tables are brought up to date
    installation.init(council.code, council.setup)
    assert council.scheme == newer
    (item,) = progress_list(council, Wanted(ON, council.ledger.recorder.latest(NOON))).items
    assert figures_of(item) == cap_progress(council.ledger.account(account_id), newer, ON)
    assert item.accrued_costs != then[0][0].accrued_costs
    assert progress_list(council, before) == then
    installation.init(council.code, council.setup)
    assert [change.name for change in council.schemes.changes if change.kind == "shipped"].count("reform-2023") == 2


def test_setting_up_takes_no_name_from_a_council_that_uses_it_for_rules_of_its_own(
    installation: Installation, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(council, name="reform-2030")
    ours, load = council.schemes.named("reform-2030"), schemes.load
    names = (*schemes.names(), "reform-2030")
    monkeypatch.setattr(schemes, "names", lambda: names)
    monkeypatch.setattr(schemes, "load", lambda name: load("national" if name == "reform-2030" else name))
    installation.init(council.code, council.setup)
    assert council.schemes.named("reform-2030") == ours


def test_a_council_of_an_older_version_is_refused_until_its_tables_are_made_and_then_goes_on_as_it_was(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup, code = Setup("Example Council", "reform-2023", FACE), "E92000001"
    older = forward.migrations()[:3]
    with monkeypatch.context() as patched:
        patched.setattr(forward, "migrations", lambda: older)
        with pytest.raises(UnsafeStore, match=r"scheme_changes is not there.*careledger migrate --council E92000001"):
            installation.init(code, setup)
    council = installation.init(code, setup)
    require_safe(council.app, council.names)
    assert (council.scheme.name, recorded(council)) == ("reform-2023", [])
    council.close()


# --- what is ready to read ---


class ChangingYears(Years):
    """Years in which the council changes its mind about the scheme now and then."""

    def live_through(self, council: Council, accounts: int, facts: int) -> list[UUID]:
        """Pass over the years, following them now and then; the accounts."""
        ids: dict[UUID, None] = {}
        for n, account_id in enumerate(self.pass_over(council, accounts, facts)):
            ids[account_id] = None
            if n % 10 == 9:
                self._change(council)
            if n % 7 == 0:
                catch_up(council)
        return list(ids)

    def _change(self, council: Council) -> None:
        if self._random.random() < 0.3:
            keep(council, f"{self._random.choice((5000, 20000, 86000))}.00", self._random.choice(("one", "two")))
        else:
            known = council.schemes
            adopt(council, self._random.choice([name for name in known.names if name != known.adopted.name]))


@pytest.fixture(scope="module")
def changing(new_council: Callable[..., Council]) -> Iterator[tuple[Council, list[UUID], Random, int]]:
    council, seed = new_council(), a_seed()
    ids = ChangingYears(seed).live_through(council, accounts=12, facts=8)
    assert len(recorded(council)) > 2, f"seed {seed}: nothing changed"
    yield council, ids, Random(seed), seed
    council.close()


def test_the_list_agrees_with_every_account_across_every_change_of_scheme(
    changing: tuple[Council, list[UUID], Random, int],
) -> None:
    council, ids, chance, seed = changing
    editions = set()
    for change in recorded(council):
        for moved in (-1, 0, 1):
            on = date(2023, 9, 1) + timedelta(days=chance.randrange(1200))
            wanted = Wanted(on, change.recorded_at + timedelta(microseconds=moved), limit=None)
            items = progress_list(council, wanted).items
            alone = one_by_one(council, ids, wanted)
            assert {item.account_id: figures_of(item) for item in items} == alone, f"seed {seed}: {wanted}"
            editions.add(council.scheme_at(wanted.known_at).edition)
    assert len(editions) > 1, f"seed {seed}: no change was asked about"


def test_rows_made_again_across_changes_of_scheme_equal_the_live_rows_byte_for_byte(
    changing: tuple[Council, list[UUID], Random, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    council, _, _, seed = changing
    catch_up(council)
    live = digest(council)
    monkeypatch.setattr(follow, "ACCOUNTS", 5)  # in other parts than when it was live
    monkeypatch.setattr(follow, "BATCH", 11)
    rebuild(council)
    assert digest(council) == live, f"seed {seed}"


def test_followers_at_once_carry_out_each_change_once(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(7):
        metered(council)
    keep(council)
    adopt(council, "our-own")
    keep(council, "20000.00")
    metered(council)
    monkeypatch.setattr(follow, "BATCH", 4)
    monkeypatch.setattr(follow, "ACCOUNTS", 2)  # so that they take many turns
    together, carried_out, real = Barrier(2), list[tuple[str, int, datetime]](), Working.become

    def noted(working: Working, version: int, position: int, scheme: Scheme, at: datetime) -> None:
        carried_out.append((str(working._events[1].entry.originator_id), version, at))
        real(working, version, position, scheme, at)

    def one_of_them() -> int:
        together.wait(timeout=30)
        return catch_up(council)

    monkeypatch.setattr(Working, "become", noted)
    with ThreadPoolExecutor(2) as threads:
        reached = [follower.result() for follower in [threads.submit(one_of_them) for _ in range(2)]]
    assert reached == [24, 24]
    assert len(carried_out) == len(set(carried_out)) == 24 + 2 * 7  # every event, and two changes of the first seven
    both = digest(council)
    monkeypatch.undo()
    rebuild(council)
    assert digest(council) == both


def test_a_follower_that_dies_in_a_change_of_scheme_leaves_no_half(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(6):
        metered(council)
    catch_up(council)
    adopt(council, "reform-2025")
    adopt(council, "care-act-2014-unamended")
    monkeypatch.setattr(follow, "ACCOUNTS", 2)
    real, calls = Generation.write, 0

    def dies_sometimes(rows: Generation, accounts: Mapping[UUID, Thoughts], tried_by: Iterable[str]) -> None:
        nonlocal calls
        calls += 1
        real(rows, accounts, tried_by)
        if calls % 2 == 0:
            raise RuntimeError("cut here")

    monkeypatch.setattr(Generation, "write", dies_sometimes)
    while catch_up_or_die(council) is None:
        assert calls < 100
    monkeypatch.undo()
    assert calls >= 12  # three parts of either change, each second one cut off
    followed = digest(council)
    rebuild(council)
    assert digest(council) == followed


def test_a_scheme_that_is_kept_and_not_adopted_moves_no_row(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    metered(council)
    catch_up(council)
    keep(council)
    monkeypatch.setattr(Reckoning, "spans", lambda *_: pytest.fail("an account was worked out again"))
    assert catch_up(council) == 3
    assert rows(council, "SELECT scheme_change FROM {schema}.positions") == [(council.schemes.last,)]


def test_the_past_does_not_move_when_another_scheme_is_adopted(council: Council) -> None:
    account_id = metered(council)
    before = Wanted(ON, council.ledger.recorder.latest(NOON))
    then = progress_list(council, before)
    change = adopt(council, "reform-2025")
    assert change is not None
    assert progress_list(council, before) == then
    (item,), totals, _ = progress_list(council, Wanted(ON, change.recorded_at))
    assert [then[0][0].metering, item.metering] == ["metering", "not_commenced"]
    assert totals.accrued_costs == 0
    account = council.ledger.account(account_id, change.recorded_at)
    assert figures_of(item) == cap_progress(account, schemes.load("reform-2025"), ON)


def test_how_far_a_change_has_come_is_told_in_accounts(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        metered(council)
    catch_up(council)
    adopt(council, "reform-2025")
    monkeypatch.setattr(follow, "ACCOUNTS", 2)
    told: list[tuple[int, int]] = []
    catch_up(council, lambda done, to_do: told.append((done, to_do)))
    assert told == [(2, 5), (4, 5), (15, 15)]
