"""Somebody who answers the questions of the estimate, in the order in which they are asked."""

import re
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from api.pages.anyone.estimate.questions import Answers, first_open
from api.pages.asked import Asked

Form = Mapping[str, Any]


def day_boxes(name: str, day: str) -> dict[str, str]:
    """A day such as 2026-05-01 in its three boxes."""
    year, month, of_month = day.split("-")
    return {f"{name}-day": of_month, f"{name}-month": month, f"{name}-year": year}


def paid(amount: str, frequency: str = "weekly") -> dict[str, str]:
    return {"amount": amount, "frequency": frequency}


def held(value: str, owners: str = "1", **of_land: str) -> dict[str, str]:
    return {"value": value, "owners": owners, **of_land}


AT_HOME: dict[str, Form] = {
    "care": {"care": "own_home"},
    "age": {"age": "birth"},
    "date-of-birth": day_boxes("date-of-birth", "1934-02-01"),
    "household": {"household": "single"},
    "children": {"children": "0"},
    "premiums": {"premiums": "none"},
    "income": {"income": ["state_pension", "attendance_allowance"]},
    "income-state_pension": paid("910.20", "four_weekly"),
    "income-attendance_allowance": paid("72.65"),
    "capital": {"capital": ["savings"]},
    "capital-savings": held("17,050.91"),
    "outgoings": {"outgoings": "rent"},
    "outgoing-rent": paid("216.67", "monthly"),
    "disability-costs": paid("12.34"),
    "cost-known": {"cost-known": "yes"},
    "cost": {"cost": "300"},
    "day": day_boxes("day", "2024-05-06"),
}
"""Somebody of 90 at home with savings between the limits."""


def answering(base: dict[str, Form], *without: str, **changed: Form) -> dict[str, Form]:
    """Other answers made of some; `_` in a name stands for `-`."""
    kept = {slug: form for slug, form in base.items() if slug not in without}
    return kept | {name.replace("__", "-"): form for name, form in changed.items()}


IN_A_CARE_HOME = answering(
    AT_HOME, "children", "premiums", "outgoings", "outgoing-rent", "disability-costs", "income-attendance_allowance",
    care={"care": "care_home_permanent"},
    income={"income": ["state_pension", "savings_credit"]},
    income__state_pension=paid("227.55"),
    income__savings_credit=paid("7.25"),
    cost={"cost": "685.37"},
)  # fmt: skip
"""The example of the specification: £209.70 a week."""

SPREAD: dict[str, dict[str, Form]] = {
    "at home": AT_HOME,
    "in a care home": IN_A_CARE_HOME,
    "nothing to pay": answering(
        AT_HOME, "date-of-birth", "income-attendance_allowance", "disability-costs", "capital-savings", "outgoing-rent",
        age={"age": "25_to_pension_age"},
        income={"income": "state_pension"},
        income__state_pension=paid("95.20"),
        capital={"capital": "none"},
        outgoings={"outgoings": "none"},
    ),
    "too much capital": answering(AT_HOME, capital__savings=held("23250.01")),
    "the cost not known": answering(AT_HOME, "cost", **{"cost__known": {"cost-known": "no"}}),
    "too much capital and the cost not known": answering(
        AT_HOME, "cost", capital__savings=held("60000"), **{"cost__known": {"cost-known": "no"}}
    ),
    "a couple with a home and what is shared": answering(
        IN_A_CARE_HOME, "income-savings_credit",
        household={"household": "couple"},
        income={"income": ["state_pension", "private_pension", "private_pension_2", "attendance_allowance"]},
        income__private_pension=paid("1200", "annual"),
        income__private_pension_2=paid("88.88", "monthly"),
        income__attendance_allowance=paid("108.55"),
        capital={"capital": ["main_home", "savings", "savings_shared", "second_property"]},
        capital__main_home=held("280000", "2", debt="12000", costs="yes"),
        home__lives={"home-lives": "partner"},
        capital__savings_shared=held("3001.01", "2"),
        capital__second_property=held("8000", "4", debt="1000", costs="no"),
    ),
    "the twelve weeks": answering(
        IN_A_CARE_HOME,
        capital={"capital": ["main_home", "savings"]},
        capital__main_home=held("280000", "1", debt="0", costs="yes"),
        home__lives={"home-lives": "none"},
        home__since=day_boxes("home-since", "2024-04-22"),
    ),
    "a lone parent with premiums": answering(
        AT_HOME, "date-of-birth",
        age={"age": "18_to_24"},
        household={"household": "lone_parent"},
        children={"children": "2"},
        premiums={"premiums": ["disability", "enhanced_disability"]},
        income={"income": ["esa", "pip_daily_living", "child_benefit"]},
        income__esa=paid("390.30", "four_weekly"),
        income__pip_daily_living=paid("108.55"),
        income__child_benefit=paid("42.55"),
        day=day_boxes("day", "2021-06-07"),
    ),
    "somebody young who cares for another": answering(
        AT_HOME, "date-of-birth", age={"age": "18_to_24"}, premiums={"premiums": ["disability", "carer"]}
    ),
    "a short stay": answering(AT_HOME, care={"care": "care_home_short_term"}),
    "for a time": answering(
        AT_HOME, "children", "premiums", "disability-costs", care={"care": "care_home_temporary"}
    ),
}  # fmt: skip
"""Answers that lead along every way through the questions, for days of which the amounts are known."""


def token_of(html: str) -> str:
    """The form's own token."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found
    return found[1]


def send(client: FlaskClient, path: str, form: Form) -> TestResponse:
    """Send a form from the page it stands on."""
    return client.post(path, data={"csrf_token": token_of(client.get("/estimate/care").get_data(as_text=True)), **form})


def go_through(client: FlaskClient, answers: Mapping[str, Form]) -> list[str]:
    """Answer each question that is asked until none is left; the questions, in order."""
    where, asked = client.get("/estimate/check-answers").headers.get("Location", ""), []
    while where != "/estimate/check-answers":
        slug = where.removeprefix("/estimate/")
        assert client.get(where).status_code == 200
        answer = send(client, where, answers[slug])
        assert answer.status_code == 303, answer.get_data(as_text=True)
        asked.append(slug)
        where = answer.headers["Location"]
    return asked


def answers_of(forms: Mapping[str, Form]) -> Answers:
    """The answers that forms come to, with no browser between."""
    found: dict[str, list[str]] = {}
    while left := first_open(found):
        asked = Asked(MultiDict(forms[left.slug]))
        found[left.slug] = [text for field in left.fields if (text := field.read(asked)) is not None]
        assert asked.errors == {}
    return found
