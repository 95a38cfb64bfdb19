"""What did somebody say of their money, in lines that an officer can read?"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from api.pages.anyone.estimate.asked import MORE_THAN_CARE_COSTS
from api.pages.assessing.lines import LISTS
from api.pages.assessing.read import AGES
from api.pages.money import CAPITAL, FREQUENCIES, HOUSEHOLDS, INCOME, OUTGOINGS, PREMIUMS, RELATIVES, SETTINGS
from api.pages.words import day, pounds

_KINDS = {**INCOME, **CAPITAL, **OUTGOINGS}


class Said(NamedTuple):
    """One thing that was said: what it is of, and the words."""

    name: str
    value: str


def told(asked: Mapping[str, Any]) -> list[Said]:
    """Everything a request says, in the order in which it is asked."""
    return list(_told(asked))


def _told(asked: Mapping[str, Any]) -> Iterator[Said]:
    who = asked["circumstances"]
    born = who.get("date_of_birth")
    yield Said("Care", SETTINGS[asked["setting"]])
    yield Said("Age", f"Born {day(born)}" if born else AGES[who["age_group"]])
    yield Said("Lives with a partner", HOUSEHOLDS[who["household"]])
    yield Said("Children", str(who["children"]))
    yield Said("Premiums", ", ".join(PREMIUMS[each] for each in who["premiums"]) or "None")
    for lines in LISTS:
        for given in asked[lines.asked_as]:
            yield Said(lines.title, _line(given))
        if not asked[lines.asked_as]:
            yield Said(lines.title, "None")
    unknown = asked["cost_of_care"] == MORE_THAN_CARE_COSTS
    yield Said("Cost of care each week", "Not known to the sender" if unknown else pounds(asked["cost_of_care"]))
    yield Said("From", day(asked["effective_from"]))


def _line(given: Mapping[str, Any]) -> str:
    """One line in words: State Pension: £910.20 every 4 weeks."""
    kind = _KINDS.get(given.get("kind", ""), "")
    return ", ".join(part for part in (f"{kind}: {_amount(given)}".removeprefix(": "), *_of_holding(given)) if part)


def _amount(given: Mapping[str, Any]) -> str:
    if "value" in given:
        return pounds(given["value"])
    frequency = FREQUENCIES[given.get("frequency", "weekly")].lower()
    return f"{pounds(given.get('weekly') or given['amount'])} {frequency}"


def _of_holding(given: Mapping[str, Any]) -> Iterator[str]:
    if given.get("joint_holders"):
        yield f"shared by {given['joint_holders']}"
    if given.get("secured_debt"):
        yield f"{pounds(given['secured_debt'])} secured on it"
    if given.get("selling_costs_10_percent"):
        yield "selling would cost something"
    if given.get("occupied_by"):
        yield f"lived in by: {RELATIVES[given['occupied_by']].lower()}"
    if given.get("twelve_week_from"):
        yield f"in a care home for good from {day(given['twelve_week_from'])}"
