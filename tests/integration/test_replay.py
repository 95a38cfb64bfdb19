"""Is a whole council worked out under another scheme, to the penny, and nothing of it written?"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from psycopg2.extensions import cursor

from api.cli import cli
from domain import schemes
from domain.account.commands import CloseAccount, ImportFinancialAssessment, RecordNeedsAssessment, SetBudget
from domain.account.facts import Source
from domain.account.progress import cap_progress
from ledger.council import Council
from ledger.store.database import StoreUnavailable
from projections import replay
from projections.accounts import chunks
from projections.replay import Replay
from projections.replay_report import Replayed
from tests.conftest import NOON
from tests.integration.conftest import Admin
from tests.integration.recording import ALICE, FIRST_DAY, asking, open_account

Run = Callable[..., Result]
TODAY = date(2026, 11, 22)


def live(council: Council, weekly_cost: str, *, contribution: str = "", now: datetime = NOON) -> UUID:
    """Somebody in a care home since October 2023; with a contribution, at home, where the council meets the needs."""
    account_id = open_account(council, now=now).account.id
    assessed = RecordNeedsAssessment(assessed_on=FIRST_DAY, eligible=True, eligible_from=FIRST_DAY)
    kind: Any = ("personal", "own_home") if contribution else ("independent", "care_home")
    set_to = SetBudget(kind=kind[0], setting=kind[1], weekly_cost=Decimal(weekly_cost), effective_from=FIRST_DAY)
    commands: list[Any] = [assessed, set_to]
    if contribution:
        commands.append(
            ImportFinancialAssessment(
                type="imported",
                assessed_on=FIRST_DAY,
                effective_from=FIRST_DAY,
                outcome="contribution",
                weekly_contribution=Decimal(contribution),
                source=Source(system="charging"),
            )
        )
    for command in commands:
        council.ledger.handle(account_id, command, by=ALICE, now=now, request=asking())
    return account_id


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in this session's installation, its clock standing."""
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", NOON.isoformat())
    return lambda *words: CliRunner().invoke(cli, ["replay", *words])


@pytest.fixture
def three(council: Council) -> Council:
    """Mrs A, past the cap since 12 December 2025; somebody who pays 100.00 of 1,400.00; somebody far from it."""
    live(council, "950.00")
    live(council, "1400.00", contribution="100.00")
    live(council, "450.00")
    return council


def replayed(council: Council, scheme: str, on: date = TODAY, known_at: datetime = NOON + timedelta(days=1)) -> Replay:
    found = Replay(council, council.scheme_at(known_at), council.schemes.named(scheme), on, known_at)
    list(found.run())
    return found


def test_under_the_unamended_act_whoever_pays_little_gains_and_the_years_add_up(three: Council) -> None:
    report = replayed(three, "care-act-2014-unamended").report()
    # 1,400 / 7 = 200.00 a day for 1,148 days = 229,600.00, of which 143,600.00 are past the cap: it was reached after
    # 430 days, on 4 December 2024. To 31 March 2025 117 days x 200.00, then 365 and 236 days.
    # Mrs A: 250/7 = 35.714285... on 12 December 2025, 109 days to 31 March 2026, 236 to 22 November, at 107.142857...
    assert (report.accounts, report.gaining, report.losing, report.unchanged) == (3, 1, 0, 2)
    assert (report.own.reaching_the_cap, report.other.reaching_the_cap) == (1, 2)
    assert [
        (year.financial_year, str(year.relief_under_own), str(year.relief), str(year.cost)) for year in report.years
    ] == [
        ("2024-25", "0.00", "23400.00", "23400.00"),
        ("2025-26", "11714.29", "84714.29", "73000.00"),
        ("2026-27", "25285.71", "72485.71", "47200.00"),
    ]
    assert [(year.reaching_the_cap_under_own, year.reaching_the_cap) for year in report.years] == [
        (0, 1),
        (1, 1),
        (0, 0),
    ]
    assert (report.gained, report.lost, report.cost) == (Decimal("143600.00"), Decimal(0), Decimal("143600.00"))


def test_where_there_is_no_cap_whoever_was_past_it_loses(three: Council) -> None:
    report = replayed(three, "national").report()
    assert (report.gaining, report.losing, report.unchanged) == (0, 1, 2)
    assert (report.lost, report.cost) == (Decimal("37000.00"), Decimal("-37000.00"))
    assert report.other.accrued_costs == 0


def test_each_persons_figures_are_those_of_their_account(three: Council) -> None:
    own, other = three.scheme, schemes.load("reform-2025")
    found = {each.reference: each for each in Replay(three, own, other, TODAY, NOON + timedelta(days=1)).run()}
    for kept in (kept for chunk in chunks(three) for kept in chunk):
        account, each = three.ledger.account(kept.account_id), found.pop(kept.reference)
        for outcome, scheme in ((each.own, own), (each.other, other)):
            progress = cap_progress(account, scheme, TODAY)
            assert (outcome.accrued_costs, outcome.cap_reached_on) == (progress.accrued_costs, progress.cap_reached_on)
    assert found == {}


def test_only_what_was_known_and_only_days_up_to_then_are_worked_out(three: Council) -> None:
    known = three.ledger.recorder.latest(NOON)
    live(three, "2000.00", now=known + timedelta(days=3))
    assert replayed(three, "national", known_at=known).report().accounts == 3
    assert replayed(three, "national", known_at=known + timedelta(days=4)).report().accounts == 4
    assert replayed(three, "national", on=date(2025, 12, 11)).report().cost == 0


def test_a_scheme_of_the_councils_own_is_one_to_replay_under(three: Council, run: Run) -> None:
    ours = schemes.text_of("reform-2023").replace("reached_when: at_or_above", "reached_when: above")
    three.scheme_changes.keep(schemes.read("ours", ours), ours, by="alice", now=NOON)
    said = run("--council", three.code, "--scheme", "ours", "--json")
    report = json.loads(said.stdout)
    assert (report["other"]["scheme"], report["unchanged"], report["cost"]) == ("ours", 3, "0.00")
    assert report["other"]["edition"] != report["own"]["edition"]


def test_the_file_holds_a_row_for_each_person_and_its_totals_are_those_of_the_report(
    three: Council, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "differences.csv"
    wanted = ("--council", three.code, "--scheme", "care-act-2014-unamended", "--to", str(file))
    report = json.loads(run(*wanted, "--json").stdout)
    *people, total = csv.DictReader(io.StringIO(file.read_text("utf-8")))
    assert [row["reference"] for row in people] == sorted(row["reference"] for row in people)
    assert total["reference"] == "total"
    for column in ("accrued_costs_under_own", "accrued_costs", "relief_under_own", "relief", "difference"):
        assert sum(Decimal(row[column]) for row in people) == Decimal(total[column])
    assert total["difference"] == report["cost"]
    assert (total["accrued_costs"], total["relief"]) == (report["other"]["accrued_costs"], report["other"]["relief"])
    assert sum(Decimal(year["cost"]) for year in report["years"]) == Decimal(report["cost"])
    assert {row["cap_reached_on_under_own"] for row in people} == {"", "2025-12-12"}
    assert {(row["own_scheme"], row["scheme"], row["on"]) for row in people} == {
        ("reform-2023", "care-act-2014-unamended", "2026-11-22")
    }
    assert list(tmp_path.iterdir()) == [file]


def test_it_is_said_in_words(three: Council, run: Run) -> None:
    said = run("--council", three.code, "--scheme", "care-act-2014-unamended", "--on", "2026-03-31")
    assert said.exit_code == 0
    lines = [" ".join(line.split()) for line in said.stdout.splitlines()]
    assert lines[0].startswith("Figures for the close of 2026-03-31, as known at 2026-11-22T12:00:00")
    assert "gain under care-act-2014-unamended 1" in lines
    assert "2024-25 pounds 0.00 23,400.00 23,400.00" in lines
    assert "in all pounds 11,714.29 108,114.29 96,400.00" in lines
    assert "Working out: 3 of 3" in said.stderr


def test_an_unknown_scheme_is_told_with_the_names_there_are(three: Council, run: Run) -> None:
    said = run("--council", three.code, "--scheme", "reform")
    assert said.exit_code == 1
    assert 'There is no scheme "reform". Use one of: care-act-2014-unamended, national,' in said.stderr


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--known-at", "2027-01-01T00:00:00Z", "Nobody knows yet"),
        ("--known-at", "yesterday", "Write the instant"),
        ("--on", "2026-02-30", "There is no such day"),
        ("--to", "/nowhere/differences.csv", "cannot be written"),
    ],
)
def test_what_cannot_be_asked_is_told(three: Council, run: Run, option: str, value: str, sentence: str) -> None:
    said = run("--council", three.code, "--scheme", "national", option, value)
    assert said.exit_code in (1, 2)
    assert sentence in said.stderr
    assert "Traceback" not in said.output


def test_an_account_that_cannot_be_read_or_worked_out_is_told_and_the_rest_goes_on(
    three: Council, run: Run, admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    unreadable = live(three, "500.00")
    reference = three.ledger.account(unreadable).opened.reference
    with admin() as statements:
        strange(statements, three, unreadable)
    said = run("--council", three.code, "--scheme", "national", "--json")
    report = json.loads(said.stdout)
    assert said.exit_code == 1
    assert (report["accounts"], [each["reference"] for each in report["not_worked_out"]]) == (3, [reference])
    assert f"{reference}  NOT WORKED OUT: Its record" in run("--council", three.code, "--scheme", "national").stdout


def strange(statements: cursor, council: Council, account_id: UUID) -> None:
    """Make the last entry of an account one that this program does not know."""
    schema = council.names.schema
    statements.execute(f"ALTER TABLE {schema}.events DISABLE TRIGGER USER")
    statements.execute(
        f"UPDATE {schema}.events SET topic = 'something-else.1' WHERE account_id = %s AND version = 3",
        (str(account_id),),
    )
    statements.execute(f"ALTER TABLE {schema}.events ENABLE TRIGGER USER")


def test_an_account_whose_days_the_scheme_knows_no_amount_for_is_told_with_the_day(three: Council) -> None:
    rules = three.scheme.cap
    assert rules
    from_2024 = rules.amount.values[0].model_copy(update={"from_": date(2024, 1, 1)})
    amount = rules.amount.model_copy(update={"values": (from_2024,)})
    late = three.scheme.model_copy(update={"cap": rules.model_copy(update={"amount": amount})})
    found = Replay(three, three.scheme, late, TODAY, NOON + timedelta(days=1))
    assert list(found.run()) == []
    assert len(found.not_worked_out) == 3
    assert all("2023-10-02" in each.detail for each in found.not_worked_out)


def test_nothing_is_written(three: Council, run: Run) -> None:
    before = three.ledger.recorder.max_notification_id()
    run("--council", three.code, "--scheme", "national")
    assert three.ledger.recorder.max_notification_id() == before


def test_interrupted_it_leaves_the_file_as_it_was(
    three: Council, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "differences.csv"
    file.write_text("as it was")
    real = Replay.run

    def interrupted(self: Replay, progress: Any = None) -> Iterator[Replayed]:
        yield next(real(self, progress))
        raise KeyboardInterrupt

    monkeypatch.setattr(Replay, "run", interrupted)
    said = run("--council", three.code, "--scheme", "national", "--to", str(file))
    assert (said.exit_code, "Interrupted." in said.stderr) == (1, True)
    assert file.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [file]


def test_a_store_that_is_away_ends_it(three: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise StoreUnavailable("away")

    monkeypatch.setattr(replay, "accrue", away)
    with pytest.raises(StoreUnavailable):
        replayed(three, "national")


def test_an_account_closed_before_the_cap_is_nobodys_gain(council: Council) -> None:
    account_id = live(council, "950.00")
    closed = CloseAccount(on=date(2025, 1, 1), reason="died")
    council.ledger.handle(account_id, closed, by=ALICE, now=NOON, request=asking())
    assert replayed(council, "national").report().unchanged == 1
