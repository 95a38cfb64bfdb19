"""The schemes that random lives are metered under, each also as the policy the reference takes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.parameters.parameter import Parameter
from domain.schemes import Scheme
from tests.reference.metering import Policy


@dataclass(frozen=True)
class Rules:
    """One scheme in both forms."""

    scheme: Scheme
    policy: Policy


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """A scheme with any of the switches, commenced or not, its amounts changing while people live under it."""
    if draw(st.sampled_from([False] * 19 + [True])):
        return Rules(_scheme(None), Policy(None, {}, {}))
    commencement = draw(st.sampled_from([date(2023, 10, 1)] * 4 + [date(2023, 6, 1), date(2024, 6, 1)]))
    cap = {commencement: draw(st.sampled_from(["86000.00", "20000.00", "86000.00", "5000.00", "500.00", "0.00"]))}
    costs = {commencement: draw(st.sampled_from(["200.00", "237.65"]))}
    if draw(st.booleans()):
        costs[date(2025, 4, 6)] = "210.35"
    if draw(st.booleans()):
        cap[date(2024, 10, 1)] = draw(st.sampled_from(["88580.00", "19800.00", "400.00", "1000.00"]))
    days_of_adjustment = draw(st.sets(st.sampled_from([date(2024, 10, 1), date(2025, 10, 1), date(2025, 12, 12)])))
    policy = Policy(
        commencement,
        cap,
        costs,
        annual_adjustments={
            day: draw(st.sampled_from(["3", "-1", "2.5", "50", "-99.9999"])) for day in days_of_adjustment
        },
        reached_when=draw(st.sampled_from(["at_or_above", "above"])),
        daily_living_costs_on_short_stays=draw(st.booleans()),
        personal_base=draw(st.sampled_from(["charge", "weekly_cost"])),
    )
    return Rules(_scheme(policy), policy)


_WORDS = {"authority": "drawn", "certainty": "official", "status": "announced, never in force"}


def _scheme(policy: Policy | None) -> Scheme:
    cap: dict[str, Any] | None = (
        None
        if policy is None
        else {
            "commencement": policy.commencement,
            "amount": _parameter("cap_on_care_costs", policy.cap),
            "reached_when": policy.reached_when,
            "daily_living_costs": _parameter("daily_living_costs", policy.daily_living_costs),
            "daily_living_costs_on_short_stays": policy.daily_living_costs_on_short_stays,
            "personal_base": policy.personal_base,
            "annual_adjustments": tuple(
                {"from": day, "percentage": percentage, **_WORDS}
                for day, percentage in sorted(policy.annual_adjustments.items())
            ),
        }
    )
    words = {"title": "drawn", "description": "drawn", "authority": "drawn"}
    return Scheme.model_validate({"name": "drawn", **words, "in_force": False, "cap": cap})


def _parameter(name: str, amounts: Any) -> Parameter:
    values = tuple(
        {
            "from": day,
            "amount": amount,
            **_WORDS,
        }
        for day, amount in sorted(amounts.items())
    )
    given = {"name": name, "description": "drawn", "unit": "pounds", "checked_on": date(2026, 1, 1), "values": values}
    return Parameter.model_validate(given)
