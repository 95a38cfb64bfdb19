"""Which request do the answers come to? The same that the API takes, so that both give the same figures."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from api.pages.anyone.estimate.fields import NONE
from api.pages.anyone.estimate.questions import SAME_KIND, Answers, chosen, questions
from api.v1.assessment_bodies import Asked, AssessmentToWorkOut

MORE_THAN_CARE_COSTS = "10000.00"
"""Pounds a week, where nobody knows the cost: enough never to be what limits a contribution from income."""


def knows_the_cost(answers: Answers) -> bool:
    """Whether the cost of care was given."""
    return answers["cost-known"][0] == "yes"


def read(body: Mapping[str, Any]) -> Asked:
    """A request as the API reads it; raises ValidationError."""
    return AssessmentToWorkOut.model_validate_json(json.dumps(body)).root


def body_of(answers: Answers, today: date) -> dict[str, Any]:
    """The body of the request, as it is sent. What is no longer asked is left out, whatever was answered before."""
    asked = {question.slug: answers[question.slug] for question in questions(answers)}
    return {
        "type": "full",
        "assessed_on": today.isoformat(),
        "effective_from": asked["day"][0],
        "setting": asked["care"][0],
        "circumstances": _circumstances(asked),
        "cost_of_care": asked["cost"][0] if knows_the_cost(asked) else MORE_THAN_CARE_COSTS,
        "income": [_paid(asked[f"income-{kind}"], kind) for kind in chosen(asked, "income")],
        "capital": [_holding(asked, kind) for kind in chosen(asked, "capital")],
        "outgoings": [_paid(asked[f"outgoing-{kind}"], kind) for kind in chosen(asked, "outgoings")],
        "disability_related_expenditure": list(_disability_costs(asked)),
        "local_disregards": [],
    }


def _circumstances(asked: Answers) -> dict[str, Any]:
    by_birth = asked["age"][0] == "birth"
    age = {"date_of_birth": asked["date-of-birth"][0]} if by_birth else {"age_group": asked["age"][0]}
    return {
        **age,
        "household": asked["household"][0],
        "premiums": chosen(asked, "premiums"),
        "children": int(asked["children"][0]) if "children" in asked else 0,
    }


def _paid(texts: Any, kind: str) -> dict[str, str]:
    return {"kind": SAME_KIND.get(kind, kind), **_sum(texts)}


def _sum(texts: Any) -> dict[str, str]:
    amount, frequency = texts
    return {"weekly": amount} if frequency == "weekly" else {"amount": amount, "frequency": frequency}


def _holding(asked: Answers, kind: str) -> dict[str, Any]:
    value, *of_land, owners = asked[f"capital-{kind}"]
    found: dict[str, Any] = {"kind": SAME_KIND.get(kind, kind), "value": value}
    if int(owners) > 1:
        found["joint_holders"] = int(owners)
    if of_land:
        debt, costs = of_land
        found |= {"secured_debt": debt, "selling_costs_10_percent": costs == "yes"}
    if kind == "main_home" and "home-lives" in asked:
        lives = asked["home-lives"][0]
        found |= {"twelve_week_from": asked["home-since"][0]} if lives == NONE else {"occupied_by": lives}
    return found


def _disability_costs(asked: Answers) -> Iterator[dict[str, str]]:
    if "disability-costs" in asked:
        yield _sum(asked["disability-costs"])
