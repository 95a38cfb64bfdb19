"""Can staff see what statements are due, make them in a second step, and have a second person let them go out?"""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ledger.council import Council
from ledger.statement_run import Standing
from ledger.statement_runs import StatementRuns
from tests.faults.served import until
from tests.integration.posting import self_funder
from tests.integration.stating import made_run, written_to
from tests.pages.conftest import signed_in_client
from tests.pages.reading import read, words_of
from tests.pages.test_reassessments import hidden

CHECK = "/statement-runs/check?to-day=31&to-month=10&to-year=2024&kind=annual"


@pytest.fixture
def account(council: Council) -> UUID:
    """Somebody who can be written to, beside somebody who cannot."""
    self_funder(council)
    return written_to(council, given_name="Ada", family_name="Ames")


@pytest.fixture
def finance(site: Flask, council: Council, account: UUID) -> FlaskClient:
    return signed_in_client(site, council, "finance")


@pytest.fixture
def approver(site: Flask, council: Council, account: UUID) -> FlaskClient:
    return signed_in_client(site, council, "finance_approver", sub="bert")


def runs_of(council: Council) -> list[Standing]:
    return StatementRuns(council).rows.standings(99, 99)


def waiting_run(council: Council) -> str:
    return f"/statement-runs/{made_run(council).run.run_id}"


def test_what_is_due_is_seen_first_and_then_made(finance: FlaskClient, council: Council) -> None:
    words = read(finance, CHECK)
    assert "Yearly statements to 31 October 2024, with all that is known now. Nothing has been made." in words
    assert "Statements to make 1 Held 1" in words
    assert "No address 1 Record where the person is to be written to." in words
    assert runs_of(council) == []
    made = finance.post("/statement-runs", data=hidden(finance.get(CHECK).get_data(as_text=True)))
    assert made.status_code == 303
    until(lambda: runs_of(council)[0].finished_at, "the run is finished")
    words = read(finance, str(made.headers["Location"]))
    assert "Making yearly statements to 31 October 2024 was begun." in words
    assert "Waits for release Run 1" in words
    assert "You began this run, so somebody else releases it." in words
    assert "Ames, Ada" in words
    assert "Held: No address" in words
    assert "Yearly statements to 31 October 2024, run 1" in read(finance, "/statement-runs")


def test_the_form_that_is_sent_twice_begins_one_run(finance: FlaskClient, council: Council) -> None:
    form = hidden(finance.get(CHECK).get_data(as_text=True))
    assert len({finance.post("/statement-runs", data=form).headers["Location"] for _ in range(2)}) == 1
    assert len(runs_of(council)) == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "Enter the last day that the statements are to cover"),
        ("to-day=31&to-month=2&to-year=2024", "There is no such day: check the day and the month"),
        ("to-day=23&to-month=11&to-year=2026", "A statement covers days that have come."),
    ],
)
def test_a_day_that_cannot_be_is_told_with_what_was_typed(finance: FlaskClient, asked: str, said: str) -> None:
    words = read(finance, f"/statement-runs/check?{asked}", 422)
    assert said in words
    assert "There is a problem" in words


def test_a_second_person_ticks_the_sample_and_releases(approver: FlaskClient, council: Council) -> None:
    run = waiting_run(council)
    page = approver.get(f"{run}/release").get_data(as_text=True)
    assert "Ada Ames" in page
    sent = hidden(page)
    untouched = approver.post(f"{run}/release", data=sent)
    assert untouched.status_code == 422
    assert "Look at each statement of the sample, and tick it" in words_of(untouched)
    assert runs_of(council)[0].decided is None
    ((_, statement_id),) = StatementRuns(council).sample(runs_of(council)[0].run)
    done = approver.post(f"{run}/release", data=sent | {"seen": str(statement_id)})
    assert (done.status_code, done.headers["Location"]) == (303, run)
    words = read(approver, run)
    assert "The statements were released." in words
    assert "Released on 22 November 2026 at 12:00pm (midday) by bert." in words
    assert "There is nothing to release: the run is released already." in read(approver, f"{run}/release")


def test_whoever_began_it_cannot_release_it_even_as_an_approver(site: Flask, council: Council, account: UUID) -> None:
    run = waiting_run(council)
    alice = signed_in_client(site, council, "finance_approver")
    assert "You began this run, so somebody else looks at it and releases it." in read(alice, f"{run}/release")


def test_a_run_is_withdrawn_with_a_reason(approver: FlaskClient, council: Council) -> None:
    run = waiting_run(council)
    sent = hidden(approver.get(f"{run}/withdrawal").get_data(as_text=True))
    without = approver.post(f"{run}/withdrawal", data=sent)
    assert (without.status_code, "Choose why they are not to go out" in words_of(without)) == (422, True)
    assert approver.post(f"{run}/withdrawal", data=sent | {"reason": "wrong-day"}).status_code == 303
    words = read(approver, run)
    assert "by bert. They cover the wrong days." in words
    assert "There is nothing to withdraw: the run is withdrawn already." in read(approver, f"{run}/withdrawal")


def test_the_accounts_are_filtered_by_what_came_of_them(finance: FlaskClient, council: Council) -> None:
    run = waiting_run(council)
    made, held = (read(finance, f"{run}?show={state}") for state in ("made", "held"))
    assert ("Ames, Ada" in made, "Ames, Ada" in held) == (True, False)
    assert "1 of 2 accounts made or held" in held
