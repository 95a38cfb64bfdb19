"""Does a person see what might become of their account, as a range of the same figures, with nothing of it kept?"""

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.pages.words import month, pounds
from domain.account.commands import SetBudget
from domain.account.facts import BudgetSet
from domain.account.in_force import entry_on
from domain.account.progress import cap_progress
from domain.dates import ONE_DAY
from ledger.council import Council
from ledger.outcomes import Caller
from tests.conftest import NOON
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.everything import Everything
from tests.pages.office import Office
from tests.pages.reading import read, words_of

PATH = "/account/if-things-change"
TOMORROW = NOON.date() + ONE_DAY
Person = Callable[..., FlaskClient]


@pytest.fixture
def of_everything(site: Flask, everything: Everything) -> Person:
    return lambda who: signed_in_client(site, everything.council, "citizen", getattr(everything, who))


def asked(client: FlaskClient, given: Mapping[str, str]) -> str:
    answer = client.get(PATH, query_string=given)
    assert answer.status_code == 200
    return words_of(answer)


@pytest.mark.parametrize("what", ["cost", "home"])
def test_the_middle_of_the_range_is_what_the_ledger_would_say_if_it_were_recorded(
    site: Flask, everything: Everything, of_everything: Person, what: str
) -> None:
    council, who = everything.council, everything.late
    words = asked(of_everything("late"), {"what": what, "amount": "1000.00"})
    held = entry_on(council.ledger.account(who), BudgetSet, NOON.date())
    assert held
    assert isinstance(held.fact, BudgetSet)
    other = {"weekly_cost": Decimal("1000.00"), "effective_from": TOMORROW, "ending_before": None}
    command = SetBudget.model_validate(
        held.fact.model_dump() | other | ({"setting": "care_home"} if what == "home" else {})
    )
    would = council.ledger.weigh(who, command, by=Caller("p.shah", "assessor"), now=NOON).after
    progress = cap_progress(would, council.scheme, TOMORROW)
    assert progress.expected_to_reach_cap_on
    assert f"As you said {month(progress.expected_to_reach_cap_on)}" in words
    for year in range(2026, 2031):
        counted = cap_progress(would, council.scheme, TOMORROW.replace(year=year, month=12, day=31)).accrued_costs
        assert f" {pounds(counted)} " in words.partition(f"{year} ")[2]


def test_a_cost_is_a_range_beside_what_counts_now(of_everything: Person, everything: Everything) -> None:
    words = asked(of_everything("late"), {"what": "cost", "amount": "1000.00"})
    now = cap_progress(everything.council.ledger.account(everything.late), everything.council.scheme, NOON.date())
    assert now.weekly_rate
    assert f"a week might count towards the cap. Now {pounds(now.weekly_rate.metered)} counts." in words
    assert "This is a range and not a promise." in words
    assert "We kept nothing of what you said." in words


def test_a_rise_of_income_gives_what_would_be_paid_by_the_same_means_test(of_everything: Person) -> None:
    words = asked(of_everything("assessed"), {"what": "income", "kind": "state_pension", "amount": "20.00"})
    assert "your state pension goes up by £20.00 a week." in words
    assert "You might pay between £" in words


def test_nothing_of_it_is_kept(of_everything: Person, everything: Everything) -> None:
    council, client = everything.council, of_everything("late")
    before, position = council.ledger.account(everything.late), council.ledger.recorder.max_notification_id()
    client.get(PATH)
    cookie = client.get_cookie("careledger")
    asked(client, {"what": "cost", "amount": "1000.00"})
    assert client.get_cookie("careledger") == cookie
    assert council.ledger.account(everything.late).entries == before.entries
    assert council.ledger.recorder.max_notification_id() == position


def test_one_question_follows_another(of_everything: Person) -> None:
    client = of_everything("assessed")
    assert "What might change?" in read(client, PATH)
    assert "How much would the care home cost each week?" in read(client, f"{PATH}?asked=what&what=home")
    words = read(client, f"{PATH}?asked=what&what=income")
    assert "Which income might go up?" in words
    assert "your state pension" in words
    assert "How much more would you get" in read(client, f"{PATH}?asked=kind&what=income&kind=state_pension")


@pytest.mark.parametrize(
    ("given", "mended"),
    [
        ("asked=what", "Choose what might change"),
        ("asked=kind&what=income", "Choose which income might go up"),
        ("asked=amount&what=cost", "Enter an amount in pounds, such as 312.50"),
        ("asked=amount&what=cost&amount=lots", "Enter an amount in pounds, such as 312.50"),
        ("asked=amount&what=cost&amount=0", "Enter an amount from £0.01 to £100,000.00"),
        ("asked=amount&what=home&amount=100000.01", "Enter an amount from £0.01 to £100,000.00"),
    ],
)
def test_what_cannot_be_read_is_mended_and_is_not_lost(of_everything: Person, given: str, mended: str) -> None:
    answer = of_everything("assessed").get(f"{PATH}?{given}")
    assert answer.status_code == 422
    assert mended in words_of(answer)
    if "amount=lots" in given:
        assert 'value="lots"' in answer.get_data(as_text=True)


def test_what_cannot_be_worked_out_says_so_and_what_to_do(site: Flask, kept: Kept, of_everything: Person) -> None:
    client = signed_in_client(site, kept.council, "citizen", kept.mr_d)  # no budget and no money check
    assert "We cannot work this out from what we know. Phone us" in asked(client, {"what": "cost", "amount": "9.00"})
    assert "We cannot work this out here" in read(client, f"{PATH}?what=income")
    gone = asked(of_everything("dead"), {"what": "cost", "amount": "9.00"})
    assert "We cannot work this out from what we know." in gone


def test_where_no_cap_is_in_force_nothing_would_count(site: Flask, new_council: Callable[[str], Council]) -> None:
    council = new_council("national")
    client = signed_in_client(site, council, "citizen", Office(council).mrs_a())
    words = asked(client, {"what": "cost", "amount": "1000.00"})
    assert "There is no cap in force. So nothing would count towards one." in words
    assert "When you might reach the cap" not in words
