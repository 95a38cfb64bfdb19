"""Does an auditor draw a sample that anybody can draw again, and is what was found of it kept for good?"""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import psycopg2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from ledger.council import Council
from ledger.samples import RISKS
from tests.conftest import NOON
from tests.integration.recording import rows
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.everything import Everything, at
from tests.pages.office import FINANCE, Office, adjustment, budget
from tests.pages.reading import read, words_of
from tests.pages.test_policy import form_of

NOBODY_S = "CA-0XSN-JG01"


@pytest.fixture
def ines(site: Flask, everything: Everything) -> FlaskClient:
    return signed_in_client(site, everything.council, "auditor", sub="ines")


def drawn(client: FlaskClient, **asked: str) -> str:
    """The address of the sample that is drawn by going through the form."""
    check = client.get("/audit/samples/check", query_string=asked).get_data(as_text=True)
    form = form_of(check, "Draw the sample") | {"references": asked.get("references", "")}
    answer = client.post("/audit/samples", data=form)
    assert answer.status_code == 303, words_of(answer)
    return answer.headers["Location"]


@pytest.mark.parametrize("method", ["random", "by_risk"])
def test_the_same_accounts_come_of_it_when_it_is_drawn_again_later(
    site: Flask, new_council: Callable[[], Council], method: str
) -> None:
    office = Office(new_council())
    first = office.mrs_a()
    for n in range(9):
        office.open(f"P-{n}", "Ann", f"A{n}")
    client = signed_in_client(site, office.council, "auditor")
    path = drawn(client, method=method, size="4", seed="1968")
    for n in range(20):
        office.open(f"Q-{n}", "Zoe", f"Z{n}")  # what becomes known later is no part of it
    office.record(first, budget("1000.00"), NOON + timedelta(days=1))
    words = read(client, f"{path}?again=yes")
    assert "Drawn again just now: the same accounts in the same order." in words
    assert "Drawn from 10 accounts" in words
    assert "Seed 1968" in words


def test_a_sample_that_does_not_come_out_the_same_is_told(ines: FlaskClient, everything: Everything) -> None:
    samples = everything.council.samples
    population = samples.population()
    assert population
    by_hand = sorted(population.candidates)[:3]
    made_up = uuid4()
    samples.keep(made_up, "random", "1968", population, by_hand, by="mallory", now=NOON)
    assert "Drawn again just now: other accounts." in read(ines, f"/audit/samples/{made_up}?again=yes")


def test_by_risk_each_account_is_one_of_the_risk_that_its_entries_show(everything: Everything) -> None:
    population = everything.council.samples.population()
    assert population
    risk = dict(population.candidates)
    assert {risk[who] for who in (everything.hourly, everything.moved, everything.assessed)} == {"corrected"}
    assert risk[everything.lent] == "late"
    assert set(risk.values()) <= set(RISKS)


@pytest.mark.parametrize(
    ("amount", "days_late", "risk"),
    [("499.99", 28, "none"), ("-500.00", 28, "adjusted"), ("10.00", 29, "late"), ("500.00", 29, "adjusted")],
)
def test_a_risk_begins_where_the_page_says(
    new_council: Callable[[], Council], amount: str, days_late: int, risk: str
) -> None:
    office, first = Office(new_council()), date(2025, 4, 1)
    who = office.open("P-1", "Edith", "Evans", first)
    office.record(who, budget("400.00", first), at(2025, 4, 1) + timedelta(days=days_late))
    office.record(who, adjustment(date(2025, 5, 1), amount, "complaint"), at(2025, 5, 2), FINANCE)
    population = office.council.samples.population()
    assert population
    assert dict(population.candidates) == {who: risk}


def test_an_auditor_draws_looks_finds_and_sees_how_far_it_has_come(ines: FlaskClient, everything: Everything) -> None:
    reference = everything.council.ledger.account(everything.late).opened.reference
    other = everything.council.ledger.account(everything.dead).opened.reference
    path = drawn(ines, method="by_list", references=f"{reference}\n{other}\n{reference}")
    words = read(ines, path)
    assert "How drawn By a list of references" in words
    assert "Looked at 0 of 2" in words
    page = f"{path}/accounts/{everything.late}"
    html = ines.get(page).get_data(as_text=True)
    assert "Nobody has said yet what was found." in words_of(html)
    answer = ines.post(page, data=form_of(html, "What was found") | {"found": "question"}, follow_redirects=True)
    assert f"{reference}: open question." in words_of(answer)
    assert "Looked at 1 of 2 1 open question" in words_of(answer)
    assert f"{reference}, in sample" in read(ines, "/audit").partition("Open questions")[2]
    again = form_of(ines.get(page).get_data(as_text=True), "What was found")
    ines.post(page, data=again | {"found": "agrees"})
    assert "Looked at 1 of 2 0 open questions" in read(ines, path)
    kept = "SELECT found, checked_by FROM {schema}.sample_checks WHERE account_id = '%s' ORDER BY number"
    assert rows(everything.council, kept % everything.late) == [("question", "ines"), ("agrees", "ines")]


def test_a_form_that_is_sent_twice_draws_and_finds_once(ines: FlaskClient, everything: Everything) -> None:
    check = ines.get("/audit/samples/check?method=random&size=2").get_data(as_text=True)
    form = form_of(check, "Draw the sample")
    before = len(everything.council.samples.all())
    first, second = (ines.post("/audit/samples", data=form).headers["Location"] for _ in range(2))
    assert first == second
    samples = everything.council.samples.all()
    assert len(samples) == before + 1
    assert [one.number for one in samples] == list(range(len(samples), 0, -1))
    assert samples[0].size == 2


def test_a_seed_made_by_chance_is_another_each_time_and_is_kept(ines: FlaskClient) -> None:
    checks = [ines.get("/audit/samples/check?method=random&size=2").get_data(as_text=True) for _ in range(2)]
    seeds = [form_of(check, "Draw the sample")["seed"] for check in checks]
    assert seeds[0] != seeds[1]
    path = drawn(ines, method="random", size="2", seed=seeds[0])
    assert f"Seed {seeds[0]}" in read(ines, path)


@pytest.mark.parametrize(
    ("asked", "mended"),
    [
        ("", "Choose how the accounts are to be drawn"),
        ("method=random", "Enter how many accounts are to be drawn"),
        ("method=by_risk&size=8", "Enter a whole number from 1 to 7"),
        ("method=by_list", "Enter a reference on each line, such as CA-7K3M-92QX"),
        ("method=by_list&references=CA-1234-5678", "This is no account reference"),
        (f"method=by_list&references={NOBODY_S}", f"There is no account with the reference {NOBODY_S}"),
    ],
)
def test_what_cannot_be_drawn_is_mended_and_nothing_typed_is_lost(ines: FlaskClient, asked: str, mended: str) -> None:
    answer = ines.get(f"/audit/samples/check?{asked}&seed=1968")
    assert answer.status_code == 422
    assert mended in words_of(answer)
    assert 'value="1968"' in answer.get_data(as_text=True)


def test_before_there_is_an_account_nothing_can_be_drawn(site: Flask, council: Council) -> None:
    client = signed_in_client(site, council, "auditor")
    assert "There is no account to draw from yet" in read(client, "/audit/samples/check?method=random&size=1", 422)


def test_only_an_auditor_draws_and_finds_and_nobody_finds_nothing(
    ines: FlaskClient, finance: FlaskClient, kept: Kept, auditor: FlaskClient
) -> None:
    assert finance.get("/audit/samples/new").status_code == 403
    assert "What did you find?" not in read(finance, f"/audit/samples/{kept.sample}/accounts/{kept.mr_b}")
    page = f"/audit/samples/{kept.sample}/accounts/{kept.mr_b}"
    form = form_of(auditor.get(page).get_data(as_text=True), "What was found")
    answer = auditor.post(page, data=form)
    assert answer.status_code == 422
    assert "Choose what you found" in words_of(answer)


def test_a_sample_that_is_not_there_is_not_found(auditor: FlaskClient, kept: Kept) -> None:
    assert auditor.get("/audit/samples/nothing").status_code == 404
    assert auditor.get(f"/audit/samples/{kept.mr_b}").status_code == 404
    assert auditor.get(f"/audit/samples/{kept.sample}/accounts/{kept.sample}").status_code == 404


@pytest.mark.parametrize("table", ["samples", "sample_accounts", "sample_checks"])
def test_what_was_drawn_and_found_cannot_be_changed(everything: Everything, table: str) -> None:
    for statement in (f"UPDATE {{schema}}.{table} SET sample_id = sample_id", f"DELETE FROM {{schema}}.{table}"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            rows(everything.council, statement)
