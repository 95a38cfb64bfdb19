"""Whether the financial assessments of an account are listed, read and compared over HTTP."""

import csv
import io
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.api.caller import ApiCaller
from tests.api.conftest import BUDGET, NEEDS, id_of, opening
from tests.api.test_strictness import pointers

WORDS = {"description": "Bus fares", "reason": "To see her sister."}


def request(pension: str, since: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "full",
        "assessed_on": since,
        "effective_from": since,
        "setting": "own_home",
        "circumstances": {"household": "single", "over_pension_age": True},
        "cost_of_care": "400.00",
        "income": [{"kind": "state_pension", "weekly": pension}],
        "capital": [{"kind": "savings", "value": "14900.00"}],
        "local_disregards": [{"weekly": "5.00", **WORDS}],
        **more,
    }


@pytest.fixture
def assessed(finance: ApiCaller, assessor: ApiCaller) -> str:
    """Ada Ames with two assessments, entries 4 and 5, the second of them in force from April."""
    person = {"given_name": "Ada", "family_name": "Ames"}
    account = f"/v1/care-accounts/{finance.post('/v1/care-accounts', opening(**person)).get_json()['account_id']}"
    writes: list[tuple[str, dict[str, Any]]] = [
        ("needs-assessments", NEEDS),
        ("budgets", BUDGET),
        ("financial-assessments", request("330.25", "2025-04-07")),
        ("financial-assessments", request("341.30", "2026-04-06")),
    ]
    for address, body in writes:
        assert assessor.post(f"{account}/{address}", body).status_code == 201
    return account


def test_each_assessment_is_listed_in_order_and_the_one_in_force_is_marked(assessed: str, finance: ApiCaller) -> None:
    answer = finance.get(f"{assessed}/financial-assessments?on=2025-12-01")
    found = answer.get_json()
    assert (found["version"], answer.headers["ETag"], found["on"], found["next"]) == (5, '"5"', "2025-12-01", None)
    listed = [(item["entry_id"], item["weekly_contribution"], item["in_force"]) for item in found["items"]]
    assert listed == [(id_of(assessed, 4), "95.65", True), (id_of(assessed, 5), "97.85", False)]
    later = finance.get(f"{assessed}/financial-assessments?on=2026-04-06").get_json()
    assert [item["in_force"] for item in later["items"]] == [False, True]


def test_a_list_is_read_page_by_page_and_as_it_was_known(assessed: str, finance: ApiCaller) -> None:
    first = finance.get(f"{assessed}/financial-assessments?limit=1").get_json()
    second = finance.get(f"{assessed}/financial-assessments?limit=1&cursor={first['next']}").get_json()
    assert [item["entry_id"] for page in (first, second) for item in page["items"]] == [
        id_of(assessed, 4),
        id_of(assessed, 5),
    ]
    assert second["next"] is None
    then = first["items"][0]["recorded_at"]
    known = finance.get(f"{assessed}/financial-assessments?known_at={then}").get_json()
    assert (known["version"], len(known["items"]), known["known_at"]) == (4, 1, then)
    assert finance.get(f"{assessed}/financial-assessments/{id_of(assessed, 5)}?known_at={then}").status_code == 404


def test_what_was_corrected_stays_in_the_list_and_says_so(assessed: str, finance: ApiCaller) -> None:
    wrong = {"entry_id": id_of(assessed, 5), "reason_code": "another-person"}
    assert finance.post(f"{assessed}/corrections", wrong).status_code == 201
    first, second = finance.get(f"{assessed}/financial-assessments?on=2026-05-01").get_json()["items"]
    assert (first["voided_by"], first["in_force"]) == (None, True)
    assert (second["voided_by"], second["in_force"]) == (id_of(assessed, 6), False)


def test_one_is_read_with_every_line_what_was_said_and_its_words(assessed: str, finance: ApiCaller) -> None:
    found = finance.get(f"{assessed}/financial-assessments/{id_of(assessed, 5)}").get_json()
    assert (found["outcome"], found["weekly_contribution"], found["tariff_income"]) == ("contribution", "97.85", "3.00")
    assert found["before"] == id_of(assessed, 4)
    assert (found["asked"]["circumstances"]["age_group"], found["source"]) == ("pension_age", None)
    assert {"step": "income", "of": "state_pension", "amount": "341.30"}.items() <= found["lines"][3].items()
    assert found["words"] == {f"local_disregards.0.{field}": text for field, text in WORDS.items()}


def test_an_auditor_reads_the_same_without_words_or_a_name(
    assessed: str, finance: ApiCaller, auditor: ApiCaller
) -> None:
    address = f"{assessed}/financial-assessments/{id_of(assessed, 5)}"
    one, other = (caller.get(address).get_json() for caller in (finance, auditor))
    for moving in ("known_at", "words"):
        del one[moving]
    assert other.pop("words") == {}
    del other["known_at"]
    assert one == other
    letters = [caller.get(address, Accept="text/html").get_data(as_text=True) for caller in (finance, auditor)]
    assert ["Ames" in letter for letter in letters] == [True, False]


def test_it_is_a_letter_for_who_asks_for_one(assessed: str, finance: ApiCaller) -> None:
    answer = finance.get(f"{assessed}/financial-assessments/{id_of(assessed, 5)}", Accept="text/html")
    assert (answer.mimetype, answer.headers["ETag"], answer.headers["Vary"]) == ("text/html", '"5"', "Accept")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "<strong>£97.85</strong> a week towards your care" in answer.get_data(as_text=True)


def test_its_lines_are_a_table_for_who_asks_for_one(assessed: str, finance: ApiCaller) -> None:
    answer = finance.get(f"{assessed}/financial-assessments/{id_of(assessed, 5)}", Accept="text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert rows[3] == {
        "step": "income",
        "of": "state_pension",
        "label": "State pension",
        "amount": "341.30",
        "authority": "SI 2014/2672 reg 13",
        "parameter": "",
        "certainty": "secondary",
    }
    assert rows[-1]["amount"] == "97.85"


def test_one_made_elsewhere_has_its_source_and_no_working(mrs_a: str, assessor: ApiCaller) -> None:
    body = {
        "type": "imported",
        "assessed_on": "2025-04-07",
        "effective_from": "2025-04-07",
        "outcome": "contribution",
        "weekly_contribution": "60.00",
        "source": {"system": "charging"},
    }
    made = assessor.post(f"{mrs_a}/financial-assessments", body).get_json()
    found = assessor.get(f"{mrs_a}/financial-assessments/{made['entry_id']}").get_json()
    assert (found["type"], found["lines"], found["asked"], found["assessable_capital"]) == ("imported", [], None, None)
    assert found["source"]["system"] == "charging"
    assert found["before"] is None


def test_the_difference_from_the_one_before_adds_up_and_is_said_in_a_sentence(
    assessed: str, finance: ApiCaller
) -> None:
    answer = finance.get(f"{assessed}/financial-assessments/{id_of(assessed, 5)}/difference")
    found = answer.get_json()
    assert (found["before"], found["after"], found["change"], found["from"]) == ("95.65", "97.85", "2.20", "2026-04-06")
    assert sum(Decimal(cause["amount"]) for cause in found["causes"]) == Decimal("2.20")
    assert found["words"] == (
        "You pay £2.20 more a week from 6 April 2026 because your state pension rose by £11.05, "
        "although the amount you keep to live on rose by £8.85."
    )
    assert (found["other"], answer.headers["ETag"]) == (id_of(assessed, 4), '"5"')


def test_the_difference_from_any_other_is_told_when_it_is_named(assessed: str, finance: ApiCaller) -> None:
    address = f"{assessed}/financial-assessments/{id_of(assessed, 4)}/difference"
    found = finance.get(f"{address}?other={id_of(assessed, 5)}").get_json()
    assert (found["change"], found["other"]) == ("-2.20", id_of(assessed, 5))
    assert pointers(finance.get(address)) == ["/other"]  # none was in force before it
    assert pointers(finance.get(f"{address}?other={id_of(assessed, 2)}")) == ["/other"]
    assert pointers(finance.get(f"{address}?other=the-last")) == ["/other"]


@pytest.mark.parametrize("below", ["", "/difference"])
def test_what_is_no_assessment_of_this_account_is_not_found(assessed: str, finance: ApiCaller, below: str) -> None:
    for entry in (id_of(assessed, 2), str(uuid4()), "nothing"):
        assert finance.get(f"{assessed}/financial-assessments/{entry}{below}").status_code == 404
