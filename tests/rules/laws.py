"""The 2023 reform with one thing changed, so that an example shows what that thing does."""

from typing import Any

from domain.parameters import Parameter
from domain.schemes import AnnualAdjustment, CapRules, Scheme
from tests.rules.build import REFORM_2023

WORDS = {"authority": "a test", "certainty": "official", "status": "announced, never in force"}


def reform(
    cap: str | dict[str, str] | None = "86000.00",
    costs: str | None = "200.00",
    adjustments: dict[str, str] | None = None,
    **switches: Any,
) -> Scheme:
    """`cap` is one amount from commencement on, or amounts by their days; `adjustments` are percentages by theirs."""
    rules = {
        "commencement": "2023-10-01",
        "amount": _amounts("cap_on_care_costs", cap if isinstance(cap, dict) else {"2023-10-01": cap}),
        "reached_when": "at_or_above",
        "daily_living_costs": _amounts("daily_living_costs", {"2023-10-01": costs}),
        "daily_living_costs_on_short_stays": True,
        "personal_base": "charge",
        "annual_adjustments": tuple(annual(on, percentage) for on, percentage in (adjustments or {}).items()),
    }
    return REFORM_2023.model_copy(update={"cap": CapRules.model_validate(rules | switches)})


def annual(on: str, percentage: str) -> AnnualAdjustment:
    return AnnualAdjustment.model_validate({"from": on, "percentage": percentage, **WORDS})


def _amounts(name: str, amounts: dict[str, str] | dict[str, str | None]) -> Parameter:
    values = tuple({"from": first, "amount": amount, **WORDS} for first, amount in amounts.items())
    given = {"name": name, "description": "a test", "unit": "pounds", "checked_on": "2026-01-01", "values": values}
    return Parameter.model_validate(given)
